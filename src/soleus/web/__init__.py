"""The web application: Django, one app a noun. A view reads, calls one action, renders; access is a query."""

from __future__ import annotations

import os

# Before numpy is imported: its small products of matrices lose more by being split among threads than they gain, and each request has a
# thread of its own anyway. It halves the time of a result page on two cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
