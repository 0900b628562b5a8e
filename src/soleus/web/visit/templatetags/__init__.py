"""Tags of the visit."""
