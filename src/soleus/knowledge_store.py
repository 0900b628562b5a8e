"""The compiled knowledge base: parsed, checked, turned into arrays and an index once, then read in milliseconds.

The compiled form lies in the user's cache folder, named after the data files and the code that reads them, so that a
change is never missed. It is written by this program for this user alone, like Python's own byte code (ADR 0005).
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from soleus.cache import cache_folder
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.ledger import Ledger
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.reasoning.network import Network

if TYPE_CHECKING:
    from soleus.domain.care import CareKnowledge
    from soleus.domain.course import PublishedCourse
    from soleus.domain.measure_entry import MeasureEntry
    from soleus.interchange.measurements.evidence import Catalogue

PACKAGE = Path(__file__).parent
CODE = ("domain", "reasoning", "knowledge", "interchange/phrases", "formats")
CARE, MEASURES, COURSES = "care", "measures", "courses"
"""Folders of the data that only a plan, or only the tracking of measurements, needs: an assessment without them neither reads them nor
looks whether they changed."""
Form = TypeVar("Form")


@dataclass(frozen=True)
class Compiled:
    """Everything a command needs to reason: what is known, the network and the phrases."""

    kb: KnowledgeBase
    network: Network
    lexicon: Lexicon


def compile_all(folder: Path | None = None) -> Compiled:
    """Read, check and compile a knowledge base; seconds.

    Raises:
        KnowledgeError: With every problem in the data.
    """
    from soleus.interchange.phrases.lexicon import build_lexicon
    from soleus.interchange.phrases.reader import DULL
    from soleus.knowledge.ledger_loader import load_ledger
    from soleus.knowledge.loader import DATA, load
    from soleus.reasoning.network import compile_network

    kb = load(folder or DATA)
    load_ledger(kb, folder or DATA)  # a fault in it stops the load like any other; no assessment needs what it holds
    return Compiled(kb, compile_network(kb), build_lexicon(kb, DULL))


@lru_cache(maxsize=1)
def open_knowledge(say: Callable[[str], None] = lambda text: print(text, file=sys.stderr)) -> Compiled:
    """The compiled knowledge base that comes with Soleus, from the cache where it is fresh.

    Raises:
        KnowledgeError: If the data files are at fault.
    """
    return _opened("knowledge", Compiled, compile_all, say)


@lru_cache(maxsize=1)
def open_ledger() -> Ledger:
    """The claims and published likelihood ratios that come with Soleus: a file of their own, which no assessment reads.

    Raises:
        KnowledgeError: If the data files are at fault.
    """
    from soleus.knowledge.ledger_loader import load_ledger

    return _opened("ledger", Ledger, lambda: load_ledger(open_knowledge().kb))


@lru_cache(maxsize=1)
def open_care() -> CareKnowledge:
    """Treatments, exercises and everything else a plan is made of: a file of its own, which no assessment reads.

    Raises:
        KnowledgeError: If the data files are at fault.
    """
    from soleus.domain.care import CareKnowledge
    from soleus.knowledge.care_loader import load_care

    return _opened("care", CareKnowledge, lambda: load_care(open_knowledge().kb), also=(CARE,))


@lru_cache(maxsize=1)
def open_measures() -> Mapping[str, MeasureEntry]:
    """The catalogue of measures by id: a file of its own, which no assessment reads.

    Raises:
        KnowledgeError: If the data files are at fault.
    """
    from soleus.knowledge.measure_loader import load_measures

    return _opened("measures", dict, lambda: dict(load_measures(open_knowledge().kb)), also=(MEASURES,))


@lru_cache(maxsize=1)
def open_courses() -> Mapping[str, PublishedCourse]:
    """Published courses by condition: a file of its own, which no assessment without measurements reads.

    Raises:
        KnowledgeError: If the data files are at fault.
    """
    from soleus.knowledge.course_loader import load_courses

    return _opened("courses", dict, lambda: dict(load_courses(open_knowledge().kb, open_measures())), also=(MEASURES, COURSES))


def open_catalogue() -> Catalogue:
    """What the measurements of a case are compared with.

    Raises:
        KnowledgeError: If the data files are at fault.
    """
    from soleus.interchange.measurements.evidence import Catalogue

    return Catalogue(open_measures(), open_courses())


def opened_with(name: str, form: type[Form], make: Callable[[], Form], code: tuple[str, ...]) -> Form:
    """What is made of all the knowledge by code of further folders, from the cache where it is fresh.

    Args:
        name: Of the file, without a hyphen.
        form: What it is.
        make: Makes it, in seconds.
        code: Folders of the package whose code makes it; a change in them makes it anew.
    """
    return _opened(name, form, make, also=(CARE, MEASURES, COURSES), code=code)


def _opened(
    name: str,
    form: type[Form],
    make: Callable[[], Form],
    say: Callable[[str], None] = lambda text: None,
    also: tuple[str, ...] = (),
    code: tuple[str, ...] = (),
) -> Form:
    """From the cache where it is fresh, else made and kept there. `also`: folders that it is made of, and an assessment is not."""
    path = cache_folder() / f"{name}-{_fingerprint(also, code)}.bin"
    try:
        with path.open("rb") as stream, _uncollected():
            compiled = pickle.load(stream)  # our own file, see the module's first lines
        if isinstance(compiled, form):
            return compiled
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        pass
    say("Compiling the knowledge base (once, a few seconds) ...")
    made = make()
    _write(path, made)
    return made


@contextmanager
def _uncollected() -> Iterator[None]:
    """Millions of objects come to stay: to look for garbage among them meanwhile takes longer than to read them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _fingerprint(also: tuple[str, ...], code: tuple[str, ...] = ()) -> str:
    """Changes when any data or code file that the compiled form depends on changes."""
    digest = hashlib.blake2b(f"{sys.version_info[:2]}".encode(), digest_size=12)
    for name, size, modified in _files({"__pycache__", CARE, MEASURES, COURSES} - {*also}, (*CODE, *code)):
        digest.update(f"{name}:{size}:{modified};".encode())
    return digest.hexdigest()


def _files(skipped: Container[str], tops: tuple[str, ...] = CODE) -> Iterator[tuple[str, int, int]]:
    for top in tops:
        stack = [PACKAGE / top]
        while stack:
            with os.scandir(stack.pop()) as entries:
                for entry in sorted(entries, key=lambda e: e.name):
                    if entry.is_dir():
                        if entry.name not in skipped:
                            stack.append(Path(entry.path))
                    elif entry.name.endswith((".py", ".yaml", ".md", ".html", ".json")):
                        stat = entry.stat()
                        yield entry.path, stat.st_size, stat.st_mtime_ns


def _write(path: Path, compiled: object) -> None:
    """Write whole or not at all, and drop older ones of the same name; a cache that cannot be written only costs time."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".compiling-")
        with os.fdopen(handle, "wb") as stream:
            pickle.dump(compiled, stream, protocol=5)
        os.replace(temporary, path)
        for old in path.parent.glob(f"{path.name.split('-')[0]}-*.bin"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return
