"""The front page, privacy, the choice of colours, and what is shown when something goes wrong."""
