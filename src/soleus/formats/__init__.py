"""File formats that more than one layer reads, with the place of every value."""
