"""The week of exercises and what else to do."""
