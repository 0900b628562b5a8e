"""What each number rests on, counted from the data files themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from soleus.domain.knowledge_base import Source
from soleus.knowledge.loader import Library, load_library
from soleus.knowledge.numbers import EVIDENCE, Told, ages, count_evidence, every_number
from soleus.knowledge.schema import Number
from soleus.knowledge.stats import stats


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def source(id_: str, read: str, year: int | None) -> Source:
    return Source(id_, "Title", "", year, "", "cohort", read)


SOURCES = {s.id: s for s in (source("a-2020", "abstract", 2020), source("b-2001", "recalled", 2001), source("c", "secondary", None))}


def told(**number: object) -> Told:
    return Told("conditions", "x", "male", Number.model_validate(number), "")


NUMBERS = [
    told(value=0.5, ref="a-2020"),
    told(**{"class": "frequent", "ref": "b-2001"}),
    told(derived=0.5, ref="c", **{"from": "half"}),
    told(estimate=0.5),
    told(estimate={"a": 0.5, "b": 0.5}),
]


def test_a_source_recalled_from_memory_is_counted_apart_from_one_that_was_read():
    counted = count_evidence(NUMBERS, SOURCES)
    assert tuple(counted) == EVIDENCE
    assert {ground: n for ground, n in counted.items() if n} == {
        "published, read": 1,
        "published, recalled": 1,
        "derived, quoted": 1,
        "estimate": 2,
    }


def test_ages_are_those_of_the_sources_with_a_year():
    assert ages(NUMBERS, SOURCES, 2026) == (6, 25, 25)
    assert ages(NUMBERS[3:], SOURCES, 2026) is None


def test_every_number_of_the_conditions_is_counted_once(library):
    """Against the counts that the loader makes while it reads."""
    result = stats(library.kb, "2026-03-02", list(every_number(library)))
    by_origin = {o: sum(n for ground, n in result.evidence["conditions"].items() if ground.startswith(o)) for o in result.numbers}
    assert by_origin == result.numbers
    sites = result.evidence["lesion sites"]
    assert {o: sum(n for g, n in sites.items() if g.startswith(o)) for o in library.kb.anatomy.origins} == library.kb.anatomy.origins


def test_every_estimate_has_a_reason(library):
    assert [(n.id, n.at) for n in every_number(library) if n.number.origin == "estimate" and not n.reason] == []


def test_the_forty_commonest_are_forty(library):
    common = sorted(library.kb.conditions.values(), key=lambda c: -c.yield_per_100k)[:40]
    result = stats(library.kb, "2026-03-02", list(every_number(library)))
    assert sum(result.evidence["40 commonest"].values()) == sum(sum(c.origins.values()) for c in common)


def test_without_the_entries_the_older_counts_stand_alone(library):
    result = stats(library.kb, "2026-03-02")
    assert result.evidence == {}
    assert sum(result.numbers.values()) > 7000


def test_the_library_is_the_same_knowledge_base(library, compiled):
    assert library.kb.conditions == compiled.kb.conditions
    assert set(library.entries["conditions"]) == {
        p.stem for p in (Path(__file__).parents[2] / "src/soleus/knowledge/data/conditions").iterdir()
    }
