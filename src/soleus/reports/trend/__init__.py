"""What the measurements of one person say: as JSON and for the terminal."""
