"""Free text, a person's own words or a clinician's letter, to the entries of a case file."""
