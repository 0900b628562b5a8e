"""The web application: Django, one app a noun. A view reads, calls one action, renders; access is a query."""
