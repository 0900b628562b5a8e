"""Where Soleus keeps what it can make again."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """`$SOLEUS_CACHE`, or `soleus` in the user's cache folder."""
    named = os.environ.get("SOLEUS_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "soleus"
