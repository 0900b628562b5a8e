"""A care plan for people to read, print and keep: JSON, terminal, Markdown, HTML sheet, calendar."""
