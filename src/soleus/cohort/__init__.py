"""Many cases at once, in arrays."""
