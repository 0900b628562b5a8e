"""`soleus knowledge book DIR`: everything Soleus knows as pages to read."""

from __future__ import annotations

import argparse

from soleus.domain.errors import Problem, UsageError


def run(options: argparse.Namespace) -> int:
    try:
        from soleus.reports.book.write import write_book
    except ModuleNotFoundError as missing:
        if missing.name != "jinja2":
            raise
        raise UsageError(Problem("", "The book needs Jinja2, which is not installed.", "Install it: pip install 'soleus[book]'")) from None
    from soleus.knowledge.ledger_loader import load_ledger
    from soleus.knowledge.loader import load_library
    from soleus.reasoning.network import compile_network

    library = load_library()
    try:
        count = write_book(library, compile_network(library.kb), load_ledger(library.kb), options.folder)
    except OSError as error:
        why = f"cannot be written: {error.strerror}."
        raise UsageError(Problem(str(options.folder), why, "Check the folder and the permissions.")) from error
    print(f"{count} pages written. Open {options.folder / 'index.html'} in a browser.")
    return 0
