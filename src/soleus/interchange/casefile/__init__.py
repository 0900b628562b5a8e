"""The case file: YAML or JSON, checked as a whole, every problem listed with its line and a way to mend it."""
