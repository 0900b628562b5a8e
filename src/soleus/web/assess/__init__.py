"""Body map, free text, interview and result."""
