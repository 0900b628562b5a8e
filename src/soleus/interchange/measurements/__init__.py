"""Measurements of one person: read from a case file, a table or a phone, and written into a case file."""
