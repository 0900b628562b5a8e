"""The summary for a visit: one to two pages for the doctor, the key concern in its first line. As a value, HTML, Markdown and PDF."""
