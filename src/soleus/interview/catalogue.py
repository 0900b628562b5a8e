"""Reads questions.yaml: safety questions, checklists, things to try at home, and who is not asked what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from soleus.domain.errors import KnowledgeError, Problem
from soleus.domain.finding import Side
from soleus.formats.located_yaml import Located, parse, read_text

PATH = Path(__file__).with_name("questions.yaml")
MAX_BYTES = 200_000
KEYS = ("flags", "lists", "tests", "do_not_try", "do_not_try_from_age", "only", "never")
GROUP_KEYS = ("text", "why", "items", "always", "opening", "unticked")
ITEM_KEYS = ("finding", "side", "say", "says")
TEST_KEYS = ("finding", "text", "instructions", "choices", "instead")
CHOICE_KEYS = ("say", "says", "sided")
ONLY_KEYS = ("sex", "age")


@dataclass(frozen=True)
class Item:
    """One line of a list."""

    finding: str
    say: str = ""
    """Words for the list; empty: the lay name of the finding."""
    side: Side = Side.UNSTATED
    """A side that the words name, such as both."""
    says: tuple[tuple[str, str], ...] = ()
    """What ticking it means, as (finding, value) pairs; empty: the finding is present."""

    @property
    def tells_more(self) -> bool:
        """Whether it says more than that the finding is there, so that not ticking it denies nothing."""
        return bool(self.says) or self.side is not Side.UNSTATED


@dataclass(frozen=True)
class Group:
    """Related findings that are asked in one list."""

    id: str
    text: str
    why: str
    items: tuple[Item, ...]
    flag: bool
    always: bool = False
    opening: bool = False
    unticked_is_absent: bool = True


@dataclass(frozen=True)
class HomeTest:
    """Something a person can try at home, and what each outcome says of which finding."""

    id: str
    finding: str
    text: str
    instructions: tuple[str, ...]
    choices: tuple[tuple[str, str, tuple[tuple[str, str], ...], bool], ...]
    """(id, words, (finding, value) pairs, whether the leg has to be named)"""
    instead: str


@dataclass(frozen=True)
class Limits:
    """Who is asked about a finding."""

    sex: str = ""
    age: tuple[float, float] = (0.0, 200.0)

    def allow(self, age_years: float | None, sex: str) -> bool:
        right_sex = not self.sex or sex not in ("male", "female") or sex == self.sex
        return right_sex and (age_years is None or self.age[0] <= age_years <= self.age[1])


@dataclass(frozen=True)
class Catalogue:
    """All of questions.yaml."""

    groups: tuple[Group, ...]
    tests: tuple[HomeTest, ...]
    do_not_try: frozenset[str]
    do_not_try_from_age: float
    only: Mapping[str, Limits]
    never: frozenset[str]

    @property
    def complaint(self) -> Group:
        return next(g for g in self.groups if g.opening)


@lru_cache(maxsize=1)
def open_catalogue() -> Catalogue:
    """The catalogue that comes with Soleus.

    Raises:
        KnowledgeError: With every fault in the file.
    """
    text, unreadable = read_text(PATH, MAX_BYTES)
    if unreadable:
        raise KnowledgeError(unreadable)
    return read_catalogue(text)


def read_catalogue(text: str) -> Catalogue:
    """Check and read the text of questions.yaml; that its findings exist is checked by `unknown_findings`.

    Raises:
        KnowledgeError: With every fault in it.
    """
    located = parse(text)
    problems = list(located.problems)
    data = located.value if isinstance(located.value, dict) else {}
    problems += _strange(located, data, KEYS)
    groups = []
    for flag, part in ((True, "flags"), (False, "lists")):
        for id_, group in (data.get(part) or {}).items():
            problems += _strange(located, group, GROUP_KEYS, part, id_)
            for item in group.get("items", ()):
                if isinstance(item, dict):
                    problems += _strange(located, item, ITEM_KEYS, part, id_, "items")
            groups.append(_group(id_, group, flag))
    for id_, test in (data.get("tests") or {}).items():
        problems += _strange(located, test, TEST_KEYS, "tests", id_)
        for key, choice in test.get("choices", {}).items():
            problems += _strange(located, choice, CHOICE_KEYS, "tests", id_, "choices", key)
    for id_, limits in (data.get("only") or {}).items():
        problems += _strange(located, limits, ONLY_KEYS, "only", id_)
    if not any(g.opening for g in groups):
        problems.append(Problem("lists", "none of them opens the interview.", "One list needs `opening: true`."))
    if problems:
        raise KnowledgeError(problems, source=PATH.name)
    return Catalogue(
        tuple(groups),
        tuple(_test(id_, test) for id_, test in data.get("tests", {}).items()),
        frozenset(data.get("do_not_try", ())),
        float(data.get("do_not_try_from_age", 200)),
        {id_: Limits(str(limit.get("sex", "")), _ages(limit.get("age"))) for id_, limit in data.get("only", {}).items()},
        frozenset(data.get("never", ())),
    )


def findings_named(catalogue: Catalogue) -> frozenset[str]:
    """Every finding id in the catalogue."""
    in_groups = (f for g in catalogue.groups for item in g.items for f in (item.finding, *(s for s, _ in item.says)))
    in_tests = (finding for t in catalogue.tests for _, _, says, _ in t.choices for finding, _ in says)
    return frozenset(
        [*in_groups, *in_tests, *(t.finding for t in catalogue.tests), *catalogue.do_not_try, *catalogue.only, *catalogue.never]
    )


def _strange(located: Located, data: Any, keys: tuple[str, ...], *path: str) -> Iterator[Problem]:
    if not isinstance(data, dict):
        yield Problem(".".join(path), "is not a mapping.", f"Keys here: {', '.join(keys)}.", located.line(path))
        return
    for key in data:
        if key not in keys:
            where = ".".join((*path, str(key)))
            yield Problem(where, "is not a key here.", f"Keys here: {', '.join(keys)}.", located.line((*path, key)))


def _group(id_: str, data: Mapping[str, Any], flag: bool) -> Group:
    items = tuple(_item(i) for i in data.get("items", ()))
    return Group(
        id_,
        str(data.get("text", "")),
        str(data.get("why", "")),
        items,
        flag,
        bool(data.get("always")),
        bool(data.get("opening")),
        data.get("unticked", "absent") == "absent",
    )


def _item(data: Any) -> Item:
    if isinstance(data, str):
        return Item(data)
    side = Side(data["side"]) if "side" in data else Side.UNSTATED
    return Item(data["finding"], str(data.get("say", "")), side, tuple((f, str(v)) for f, v in data.get("says", {}).items()))


def _test(id_: str, data: Mapping[str, Any]) -> HomeTest:
    choices = tuple(
        (key, str(c["say"]), tuple((f, str(v)) for f, v in c["says"].items()), bool(c.get("sided"))) for key, c in data["choices"].items()
    )
    return HomeTest(id_, data["finding"], data["text"], tuple(data["instructions"]), choices, str(data.get("instead", "")))


def _ages(value: Any) -> tuple[float, float]:
    return (float(value[0]), float(value[1])) if value else (0.0, 200.0)
