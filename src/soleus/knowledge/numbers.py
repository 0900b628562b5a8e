"""Every number of the data files with its whole origin, which the compiled knowledge base leaves out: for counting and for the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from soleus.domain.knowledge_base import Source
from soleus.knowledge.loader import Library
from soleus.knowledge.schema import Number

READINGS: Mapping[str, str] = {"full": "read", "abstract": "read", "secondary": "quoted", "recalled": "recalled"}
"""How far a source was read, in three words: in full or its abstract, as another text quotes it, or from memory."""
EVIDENCE = (*(f"{origin}, {reading}" for origin in ("published", "derived") for reading in ("read", "quoted", "recalled")), "estimate")
"""Grounds of a number, the firmest first."""


@dataclass(frozen=True)
class Told:
    """One number, or one distribution, where it stands."""

    kind: str
    """`conditions`, `findings`, `syndromes`, `tests`, `settings` or `lesion sites`."""
    id: str
    at: str
    """Place in the entry, such as `findings.leg-pain`."""
    number: Number
    reason: str
    """Why an estimate is what it is: its own reason, or that of its entry or file."""


def every_number(library: Library) -> Iterator[Told]:
    """All of them, in the order of kinds and ids."""
    for kind, entries in library.entries.items():
        for id_, entry in entries.items():
            for at, number in numbers_in(entry.model):
                yield Told(kind, id_, at, number, number.because or entry.reason)


def numbers_in(model: Any, at: str = "") -> Iterator[tuple[str, Number]]:
    """Every number in a model with its place, however deep."""
    if isinstance(model, Number):
        yield at, model
    elif isinstance(model, BaseModel):
        for name in type(model).model_fields:
            yield from numbers_in(getattr(model, name), f"{at}.{name}" if at else name)
    elif isinstance(model, dict):
        for name, value in model.items():
            yield from numbers_in(value, f"{at}.{name}")
    elif isinstance(model, list):
        for i, value in enumerate(model):
            yield from numbers_in(value, f"{at}[{i}]")


def evidence(number: Number, sources: Mapping[str, Source]) -> str:
    """One of `EVIDENCE`: a figure somebody published is firmer where its source was read than where it was remembered."""
    return f"{number.origin}, {READINGS[sources[number.ref].read]}" if number.ref else number.origin


def count_evidence(numbers: Iterable[Told], sources: Mapping[str, Source]) -> dict[str, int]:
    """How many numbers rest on what; every kind of ground is named, also where it is 0."""
    counted = Counter(evidence(told.number, sources) for told in numbers)
    return {ground: counted[ground] for ground in EVIDENCE}


def ages(numbers: Iterable[Told], sources: Mapping[str, Source], this_year: int) -> tuple[int, int, int] | None:
    """Youngest, median and oldest age of the sources behind published and derived numbers; each number counts. [y]"""
    years = (sources[told.number.ref].year for told in numbers if told.number.ref)
    found = sorted(this_year - year for year in years if year)
    return (found[0], found[len(found) // 2], found[-1]) if found else None
