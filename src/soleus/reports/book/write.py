"""Renders the pages and writes them into a folder. The same data give the same bytes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2

from soleus.domain.errors import Problem, UsageError
from soleus.domain.ledger import Ledger
from soleus.knowledge.loader import Library
from soleus.reasoning.network import Network
from soleus.reports.book import entries, lists
from soleus.reports.book.shelf import Shelf
from soleus.reports.words import ADVICE

STYLE = "book.css"
MARKER = "pages.txt"
"""Names every file of the book, so that a later one can take away what it no longer has."""


def write_book(library: Library, network: Network, ledger: Ledger, folder: Path) -> int:
    """Write the whole book and return how many pages it has.

    Raises:
        UsageError: If the folder holds something else.
    """
    before = _former_pages(folder)
    files = {path: text.encode() for path, text in rendered(library, network, ledger)}  # all of it before the folder is touched
    files[STYLE] = (Path(__file__).parent / STYLE).read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_bytes("".join(f"{name}\n" for name in sorted({*files, *before})).encode())
    for name in sorted(before - set(files)):
        (folder / name).unlink(missing_ok=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / MARKER).write_bytes("".join(f"{name}\n" for name in sorted(files)).encode())
    return len(files) - 1  # the style is no page


def _former_pages(folder: Path) -> set[str]:
    """Files of a book that stands there already. A marker is read as names inside the folder, and as nothing else."""
    if folder.is_dir() and not any(folder.iterdir()):
        return set()
    marker = folder / MARKER
    if marker.is_file():
        names = marker.read_text(encoding="utf-8").splitlines()
        return {n for n in names if n and (folder / n).resolve().is_relative_to(folder.resolve())}
    if folder.exists():
        raise UsageError(Problem(str(folder), "holds something that is no book.", "Name a folder that is empty or does not exist yet."))
    return set()


def rendered(library: Library, network: Network, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """(path, text) of every page."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_said,
    )
    reviews = [entry.model.review for entry in library.entries["conditions"].values()]
    environment.globals.update(
        advice=ADVICE,
        version=library.kb.version,
        checked=max(r.checked_against_source for r in reviews).isoformat(),
        reviewed_by=", ".join(sorted({r.clinician for r in reviews})),
    )
    shelf = Shelf(library, network, ledger)
    for page in (*lists.pages(shelf), *entries.pages(shelf)):
        root = "../" * page.path.count("/")
        yield page.path, environment.get_template(page.template).render(page=page, root=root, **page.content)


def _said(value: Any) -> Any:
    """What is not there is left out by the template; that it is printed as `None` or `nan` is a fault."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"{value} is printed on a page of the book")
    return value
