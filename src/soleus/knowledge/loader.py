"""Reads the data files into a `KnowledgeBase`, gathering every problem with file, line and cure before it stops."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from soleus.domain.anatomy import DEGREES
from soleus.domain.errors import KnowledgeError, Problem
from soleus.domain.finding import AGE_BANDS, Finding, Kind
from soleus.domain.knowledge_base import (
    COURSES,
    ONSETS,
    SETTINGS,
    Condition,
    FootprintShare,
    KnowledgeBase,
    Quantity,
    RedFlagRule,
    Source,
    Syndrome,
    Test,
)
from soleus.formats.located_yaml import Located, dotted, parse, read_text
from soleus.knowledge import schema
from soleus.knowledge.anatomy_loader import load_anatomy, site_entries
from soleus.knowledge.reach import unreachable

DATA = Path(__file__).parent / "data"
VERSION = "2026.11.0"
MAX_FILE = 4_000_000
DEFAULT_DEGREE = {"mild": 0.25, "moderate": 0.45, "severe": 0.3}
"""Severity with which people come because of weakness, where a condition does not state it (expert estimate)."""
COMPLETE_OF_SEVERE = 0.45
"""Share of complete lesions among the severe ones where a condition does not state it (expert estimate)."""
Model = TypeVar("Model", bound=BaseModel)
Built = TypeVar("Built")


@dataclass
class Entry:
    """One validated entry and where it stands."""

    id: str
    model: Any
    file: str
    line: int | None
    reason: str = ""
    """Why the estimates of this entry hold that give no reason of their own."""


@dataclass
class Reading:
    """Everything read so far, problems included."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def report(self, file: str, line: int | None, where: str, what: str, cure: str = "") -> None:
        self.problems.append(Problem(f"{file}{':' + str(line) if line else ''}  {where}".rstrip(), what, cure))

    def document(self, path: Path) -> Located:
        """Parse one file; its structural problems are recorded."""
        name = self.name(path)
        text, unreadable = read_text(path, MAX_FILE)
        located = parse(text, max_nodes=400_000) if not unreadable else Located(None, {}, unreadable)
        for problem in located.problems:
            self.report(name, problem.line, problem.where, problem.what, problem.cure)
        return located

    def name(self, path: Path) -> str:
        return str(path.relative_to(self.folder))

    def validate(self, model: type[Model], data: Any, located: Located, name: str, base: tuple[str | int, ...]) -> Model | None:
        """Validate `data` against the schema; each fault becomes a problem with its line."""
        return self._built(model.model_validate, lambda: [f.alias or n for n, f in model.model_fields.items()], data, located, name, base)

    def checked(self, form: TypeAdapter[Built], data: Any, located: Located, name: str, base: tuple[str | int, ...]) -> Built | None:
        """The same for a dataclass of the core."""
        return self._built(
            form.validate_python, lambda: [k for k in form.json_schema()["properties"] if k != "id"], data, located, name, base
        )

    def _built(
        self,
        build: Callable[[Any], Built],
        keys: Callable[[], list[str]],
        data: Any,
        located: Located,
        name: str,
        base: tuple[str | int, ...],
    ) -> Built | None:
        try:
            return build(data)
        except ValidationError as error:
            seen = set()
            for fault in error.errors():
                path = _real_path(located.value, base + fault["loc"])
                what = _plain(fault)
                if (path, what) not in seen:
                    seen.add((path, what))
                    self.report(name, located.line(path), dotted(path), what, _cure(fault, keys))
            return None

    def mapping(self, subfolder: str, model: type[Model]) -> Iterator[Entry]:
        """Entries of every `*.yaml` in a folder, each file a mapping of id to entry (`_file` holds notes)."""
        for path in sorted((self.folder / subfolder).glob("*.yaml")):
            yield from self.entries(path, model)

    def entries(self, path: Path, model: type[Model]) -> Iterator[Entry]:
        located = self.document(path)
        name = self.name(path)
        if not isinstance(located.value, dict):
            self.report(name, None, "", "holds no mapping of id to entry.", "Write `id:` and its keys below.")
            return
        notes = located.value.get("_file") or {}
        reason = notes.get("estimates_because", "") if isinstance(notes, dict) else ""
        for key, data in located.value.items():
            if key == "_file":
                self.validate(schema.FileNotes, data, located, name, (key,))
                continue
            entry = self.validate(model, data, located, name, (key,))
            if entry is not None:
                own = getattr(entry, "because", None) or getattr(entry, "estimates_because", None) or reason
                yield Entry(key, entry, name, located.line((key,)), own or "")

    def unique(self, entries: Iterable[Entry]) -> dict[str, Entry]:
        """Entries by id; an id that stands twice is a problem."""
        found: dict[str, Entry] = {}
        for entry in entries:
            if entry.id in found:
                first = found[entry.id]
                self.report(entry.file, entry.line, entry.id, f"stands twice (also in {first.file}:{first.line}).", "Keep one.")
            found[entry.id] = entry
        return dict(sorted(found.items()))


def _real_path(value: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of a pydantic location that exists in the document (it names union branches as well)."""
    path: list[str | int] = []
    for i, part in enumerate(loc):
        inside_list = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if inside_list or (isinstance(value, dict) and part in value):
            value = cast("Any", value)[part]
        elif i == len(loc) - 1 and isinstance(value, dict) and isinstance(part, str):
            path.append(part)
            break
        else:
            continue
        path.append(part)
    return tuple(path)


def _plain(fault: Any) -> str:
    kind, message = fault["type"], fault["msg"]
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return f'"{fault["loc"][-1]}" is not a key here.'
    if kind in ("missing", "missing_argument"):
        return "is missing."
    return str(message).removeprefix("Value error, ") + ("" if message.endswith(".") else ".")


def _cure(fault: Any, known: Callable[[], list[str]]) -> str:
    if fault["type"] in ("extra_forbidden", "unexpected_keyword_argument") and len(fault["loc"]) == 1:
        keys = known()
        return f"{_nearest(str(fault['loc'][0]), keys)} Keys here: {', '.join(keys)}.".lstrip()
    if fault["type"] in ("missing", "missing_argument", "extra_forbidden", "unexpected_keyword_argument"):
        return "See docs/reference/knowledge-authoring.md."
    return ""


def load(folder: Path = DATA, today: datetime.date | None = None) -> KnowledgeBase:
    """Read, check and assemble the knowledge base. With `today`, a review whose date has passed is a problem too.

    Raises:
        KnowledgeError: With every problem found, each with file, line and cure.
    """
    return load_library(folder, today).kb


@dataclass(frozen=True)
class Library:
    """The knowledge base beside the entries it was made of, which say more of each number than reasoning needs."""

    kb: KnowledgeBase
    entries: Mapping[str, Mapping[str, Entry]]
    """Entries by kind and id."""


def load_library(folder: Path = DATA, today: datetime.date | None = None) -> Library:
    """The same as `load`, with the entries.

    Raises:
        KnowledgeError: With every problem found, each with file, line and cure.
    """
    reading = Reading(folder)
    assembly = _Assembly(reading, today)
    kb = assembly.build()
    if reading.problems:
        raise KnowledgeError(reading.problems, source=str(folder))
    assert kb is not None
    return Library(kb, assembly.entries())


class _Assembly:
    """Cross-checks the entries and turns them into the plain values of `domain.knowledge_base`."""

    def __init__(self, reading: Reading, today: datetime.date | None = None) -> None:
        self.r = reading
        self.today = today
        self.hpo = self._vocabulary("hpo")
        self.sources = reading.unique(reading.mapping("sources", schema.SourceEntry))
        self.findings = reading.unique(reading.mapping("findings", schema.FindingEntry))
        self.syndromes = reading.unique(reading.mapping("syndromes", schema.SyndromeEntry))
        self.tests = reading.unique(reading.mapping("tests", schema.TestEntry))
        self.terms = self._terms()
        self.rules = reading.unique(self._rules())
        self.groups = reading.unique(reading.entries(reading.folder / "groups.yaml", schema.NamedEntry))
        self.managements = reading.unique(reading.entries(reading.folder / "management.yaml", schema.NamedEntry))
        self.settings = reading.unique(reading.entries(reading.folder / "settings.yaml", schema.Setting))
        self.conditions = reading.unique(self._condition_entries())
        self.anatomy: Any = None
        try:
            self.anatomy = load_anatomy(reading.folder / "anatomy", self.sources)
        except KnowledgeError as error:
            reading.problems.extend(error.problems)

    def _condition_entries(self) -> Iterator[Entry]:
        for path in sorted((self.r.folder / "conditions").glob("*.yaml")):
            located = self.r.document(path)
            name = self.r.name(path)
            entry = self.r.validate(schema.ConditionEntry, located.value, located, name, ())
            if entry is not None:
                yield Entry(path.stem, entry, name, 1, entry.estimates_because or "")

    def _rules(self) -> Iterator[Entry]:
        for path in sorted((self.r.folder / "red_flags").glob("*.yaml")):
            if path.stem != "terms":
                yield from self.r.entries(path, schema.RuleEntry)

    def _terms(self) -> dict[str, Any]:
        path = self.r.folder / "red_flags" / "terms.yaml"
        terms = self.r.document(path).value if path.exists() else None
        if terms is not None and not isinstance(terms, dict):
            self.r.report(self.r.name(path), None, "", "holds no mapping of name to expression.", "Write `name:` and its expression.")
            return {}
        return dict(terms or {})

    def _vocabulary(self, system: str) -> Mapping[str, str]:
        """Official name by code. A list of the codes in use: the check needs neither a network nor a terminology library."""
        path = self.r.folder / "vocabularies" / f"{system}.yaml"
        located = self.r.document(path)
        entry = self.r.validate(schema.Vocabulary, located.value, located, self.r.name(path), ()) if located.value is not None else None
        return entry.names if entry else {}

    def entries(self) -> dict[str, Mapping[str, Entry]]:
        sites = {i: Entry(i, m, "anatomy/sites.yaml", None, reason) for i, m, reason in site_entries(self.r.folder / "anatomy")}
        return {
            "conditions": self.conditions,
            "findings": self.findings,
            "syndromes": self.syndromes,
            "tests": self.tests,
            "settings": self.settings,
            "lesion sites": sites,
        }

    # -- numbers ---------------------------------------------------------------------------------------------------

    def quantity(self, number: schema.Number, entry: Entry, where: str, low: float = 0.0, high: float = 1.0) -> Quantity:
        """A single number within [low, high], its source known or its estimate given a reason."""
        content = number.content
        if isinstance(content, dict):
            self.r.report(entry.file, entry.line, f"{entry.id}.{where}", "is a distribution; one number is needed.")
            content = low
        if not low <= content <= high:
            self.r.report(entry.file, entry.line, f"{entry.id}.{where}", f"{content} is outside {low:g} to {high:g}.")
        self._origin(number, entry, where)
        return Quantity(float(content), number.origin, number.ref or "", number.because or "")

    def distribution(self, number: schema.Number, keys: tuple[str, ...], entry: Entry, where: str, sums: bool = True) -> tuple[float, ...]:
        """Numbers over `keys` (missing keys are 0); they sum to 1 unless they are rates."""
        content = number.content
        self._origin(number, entry, where)
        place = f"{entry.id}.{where}"
        if not isinstance(content, dict):
            self.r.report(entry.file, entry.line, place, "needs a number for each of " + ", ".join(keys) + ".")
            return tuple(1 / len(keys) for _ in keys)
        for key in content.keys() - set(keys):
            self.r.report(entry.file, entry.line, place, f'"{key}" is not one of {", ".join(keys)}.')
        values = [float(content.get(key, 0.0)) for key in keys]
        if any(v < 0 or not math.isfinite(v) for v in values) or sum(values) <= 0:
            self.r.report(entry.file, entry.line, place, "needs numbers of 0 or more, at least one above 0.")
            return tuple(1 / len(keys) for _ in keys)
        if sums and abs(sum(values) - 1) > 0.011:
            self.r.report(entry.file, entry.line, place, f"sums to {sum(values):.3f}, not to 1.")
        total = sum(values) or 1.0
        return tuple(v / total for v in values) if sums else tuple(values)

    def _origin(self, number: schema.Number, entry: Entry, where: str) -> None:
        if number.ref:
            self.known_source(number.ref, entry, where)
        elif not number.because and not entry.reason:
            self.r.report(
                entry.file,
                entry.line,
                f"{entry.id}.{where}",
                "is an estimate without a reason.",
                "Add `because:` here or `estimates_because:` to the file.",
            )

    def known_source(self, ref: str, entry: Entry, where: str) -> None:
        if ref not in self.sources:
            self.r.report(entry.file, entry.line, f"{entry.id}.{where}", f'source "{ref}" is not in sources/.', _nearest(ref, self.sources))

    def known(self, id_: str, table: Mapping[str, Any], what: str, entry: Entry, where: str) -> bool:
        if id_ not in table:
            self.r.report(entry.file, entry.line, f"{entry.id}.{where}", f'{what} "{id_}" does not exist.', _nearest(id_, table))
        return id_ in table

    # -- assembly --------------------------------------------------------------------------------------------------

    def build(self) -> KnowledgeBase | None:
        findings = {i: self.finding(e) for i, e in self.findings.items()}
        conditions = {i: self.condition(e) for i, e in self.conditions.items()}
        tests = {i: self.test(e) for i, e in self.tests.items()}
        rules = {i: self.rule(e) for i, e in self.rules.items()}
        for name, expression in self.terms.items():
            entry = Entry(name, None, "red_flags/terms.yaml", None)
            self.expression(expression, entry, "term")
            if name in self.findings:
                self.r.report(entry.file, None, name, "is a finding as well.", "Give the term another name.")
            if name in self._terms_within(expression):
                self.r.report(entry.file, None, name, "is made of itself.", "Take it out of its own parts.")
        self._synonyms_are_unique()
        self._everything_is_used(conditions, findings)
        settings = {
            i: {
                g: self.quantity(n, e, f"multipliers.{g}", 0.0, 1000.0).value
                for g, n in e.model.multipliers.items()
                if self.known(g, self.groups, "group", e, "multipliers")
            }
            for i, e in self.settings.items()
        }
        for name in SETTINGS:
            if name not in settings:
                self.r.report("settings.yaml", None, name, "is missing.")
        syndromes = {
            i: Syndrome(i, e.model.name, e.model.lay, self.quantity(e.model.background, e, "background").value)
            for i, e in self.syndromes.items()
        }
        if self.anatomy is not None and not self.r.problems:
            for id_, what in unreachable(conditions, findings, syndromes, self.anatomy):
                table = self.findings if id_ in self.findings else self.syndromes
                self.r.report(table[id_].file, table[id_].line, id_, what, "Raise the rate where it belongs, or remove the entry.")
        if self.r.problems:
            return None
        return KnowledgeBase(
            version=VERSION,
            conditions=conditions,
            findings=findings,
            syndromes=syndromes,
            tests=tests,
            rules=rules,
            sources={i: _source(i, e.model) for i, e in self.sources.items()},
            groups={i: (e.model.name, e.model.lay) for i, e in self.groups.items()},
            managements={i: (e.model.name, e.model.lay) for i, e in self.managements.items()},
            settings=settings,
            anatomy=self.anatomy,
            terms=self.terms,
        )

    def finding(self, entry: Entry) -> Finding:
        m: schema.FindingEntry = entry.model
        parent, syndrome = "risk", ""
        if isinstance(m.parent, dict):
            parent = next(iter(m.parent))
            if parent == "syndrome":
                syndrome = m.parent["syndrome"]
                self.known(syndrome, self.syndromes, "syndrome", entry, "parent")
            else:
                self._computed(m, entry)
        elif m.parent:
            parent = m.parent
        for broader in m.is_a:
            self.known(broader, self.findings, "finding", entry, "is_a")
        if (hpo := m.codes.get("hpo")) and hpo not in self.hpo:
            cure = "Take the id from hpo.jax.org and add it with its official name to vocabularies/hpo.yaml."
            self.r.report(entry.file, entry.line, f"{entry.id}.codes.hpo", f'"{hpo}" is not in vocabularies/hpo.yaml.', cure)
        rates = self._background(m.background, entry)
        given = self.quantity(m.given, entry, "given").value if m.given else 0.0
        sources = tuple(n.ref for n in (m.given, m.background) if n and n.ref)
        return Finding(
            entry.id,
            m.name,
            m.lay,
            Kind(m.kind),
            parent,
            m.sided,
            rates,
            syndrome,
            given,
            tuple(m.synonyms),
            tuple(m.terms),
            tuple(m.is_a),
            tuple(m.who),
            m.question,
            m.examine,
            m.burden,
            m.codes.get("hpo", ""),
            sources,
        )

    def _computed(self, m: schema.FindingEntry, entry: Entry) -> None:
        """A footprint finding is one that the anatomy computes, with the sides the anatomy gives it."""
        if self.anatomy is None:
            return
        table = {**self.anatomy.movements, **self.anatomy.reflexes, **self.anatomy.skin, **self.anatomy.signs}
        if self.known(entry.id, table, "finding of the anatomy", entry, "parent"):
            sided = getattr(table[entry.id], "sided", True)
            if m.sided != sided:
                self.r.report(
                    entry.file, entry.line, f"{entry.id}.sided", f"is {m.sided}, but {sided} in anatomy/.".lower(), "Let both say the same."
                )

    def _background(self, number: schema.Number, entry: Entry) -> tuple[tuple[int, float], ...]:
        """One rate, or rates by age bands such as `0-39` and `65+`."""
        content = number.content
        if not isinstance(content, dict):
            return ((0, self.quantity(number, entry, "background").value),)
        self._origin(number, entry, "background")
        bands = sorted((int(m.group(1)), float(rate)) for band, rate in content.items() if (m := re.fullmatch(r"(\d+)(?:-\d+|\+)", band)))
        if len(bands) < len(content) or not bands or bands[0][0] != 0 or any(not 0 <= rate <= 1 for _, rate in bands):
            self.r.report(
                entry.file,
                entry.line,
                f"{entry.id}.background",
                "needs rates of 0 to 1 by age bands from 0 on.",
                "Such as {0-39: 0.02, 40-64: 0.05, 65+: 0.2}.",
            )
            return ((0, 0.1),)
        return tuple(bands)

    def condition(self, entry: Entry) -> Condition:
        m: schema.ConditionEntry = entry.model
        for group in m.groups:
            self.known(group, self.groups, "group", entry, "groups")
        self.known(m.management, self.managements, "management", entry, "management")
        for look in m.look_alikes:
            self.known(look.condition, self.conditions, "condition", entry, "look_alikes")
        numbers = _numbers(m)
        origins = {o: sum(n.origin == o for n in numbers) for o in ("published", "derived", "estimate")}
        other_codes = {k: ", ".join(v) for k, v in m.codes.model_dump().items() if k != "icd10" and v}
        if self.today and m.review.next < self.today:
            what = f"was due on {m.review.next}."
            self.r.report(entry.file, entry.line, "review.next", what, "Check the entry against its sources and set both dates.")
        return Condition(
            id=entry.id,
            name=m.name,
            lay_name=m.lay_name,
            synonyms=tuple(m.synonyms),
            groups=tuple(m.groups),
            management=m.management,
            urgency=m.urgency,
            relapse=m.relapse or "",
            not_to_miss=self.quantity(m.not_to_miss, entry, "not_to_miss").value,
            yield_per_100k=self.quantity(m.prior, entry, "prior", 1e-6, 1e4).value,
            age_rates=self.distribution(m.age, tuple(b for b, _ in AGE_BANDS), entry, "age", sums=False),
            male_share=self.quantity(m.male, entry, "male").value,
            risk_factors=self._linked(m.risk_factors, "risk", entry, "risk_factors", 1e5),
            footprints=self._footprints(m, entry),
            syndromes={
                s: self.quantity(n, entry, f"syndromes.{s}")
                for s, n in m.syndromes.items()
                if self.known(s, self.syndromes, "syndrome", entry, "syndromes")
            },
            findings=self._linked(m.findings, "condition", entry, "findings", 1.0),
            onset=self.distribution(m.onset, ONSETS, entry, "onset"),
            course=self.distribution(m.course, COURSES, entry, "course"),
            icd10=tuple(m.codes.icd10),
            other_codes=other_codes,
            look_alikes=tuple((look.condition, look.tell) for look in m.look_alikes),
            description=m.description.strip(),
            clinician=m.clinician.strip(),
            review_next=m.review.next.isoformat(),
            origins=origins,
        )

    def _linked(self, numbers: Mapping[str, schema.Number], parent: str, entry: Entry, where: str, high: float) -> dict[str, Quantity]:
        linked = {}
        for id_, number in numbers.items():
            quantity = self.quantity(number, entry, f"{where}.{id_}", 0.0, high)
            if not self.known(id_, self.findings, "finding", entry, where):
                continue
            model = self.findings[id_].model
            actual = "risk" if model.kind == "risk" else next(iter(model.parent)) if isinstance(model.parent, dict) else model.parent
            if actual != parent:
                self.r.report(
                    entry.file,
                    entry.line,
                    f"{entry.id}.{where}.{id_}",
                    f"hangs on: {actual}; here belong findings that hang on: {parent}.",
                    "Footprint findings follow from the sites, syndrome findings from the syndromes.",
                )
                continue
            linked[id_] = quantity
        return linked

    def _footprints(self, m: schema.ConditionEntry, entry: Entry) -> tuple[FootprintShare, ...]:
        shares = []
        for i, fp in enumerate(m.footprints):
            share = self.quantity(fp.share, entry, f"footprints[{i}].share").value
            if self.anatomy is not None and self.known(fp.site, self.anatomy.sites, "site", entry, f"footprints[{i}]"):
                sides = self.anatomy.sites[fp.site].laterality
                if fp.side != "either" and fp.side not in sides:
                    self.r.report(
                        entry.file,
                        entry.line,
                        f"{entry.id}.footprints[{i}].side",
                        f'"{fp.side}" is no side of {fp.site}.',
                        f"Sides of it: {', '.join(sides)}.",
                    )
            degree: Mapping[str, float] = {str(k): v for k, v in fp.degree.items()} if fp.degree else DEFAULT_DEGREE
            total = sum(degree.values())
            if any(not 0 <= part <= 1 for part in degree.values()):
                self.r.report(entry.file, entry.line, f"{entry.id}.footprints[{i}].degree", "needs shares of 0 to 1.")
            elif abs(total - 1) > 0.011:
                self.r.report(entry.file, entry.line, f"{entry.id}.footprints[{i}].degree", f"sums to {total:.3f}, not to 1.")
            mild, moderate, severe, complete = (degree.get(k, 0.0) / (total or 1.0) for k in DEGREES)
            if "complete" not in degree:
                severe, complete = severe * (1 - COMPLETE_OF_SEVERE), severe * COMPLETE_OF_SEVERE
            shares.append(FootprintShare(fp.site, fp.side, share, (mild, moderate, severe, complete)))
        total = sum(s.share for s in shares)
        if abs(total - 1) > 0.011:
            self.r.report(entry.file, entry.line, f"{entry.id}.footprints", f"shares sum to {total:.3f}, not to 1.")
        return tuple(FootprintShare(s.site, s.side, s.share / (total or 1.0), s.degree) for s in shares)

    def test(self, entry: Entry) -> Test:
        m: schema.TestEntry = entry.model
        outcomes = tuple(m.outcomes)
        probabilities = {"*": self.distribution(m.default, outcomes, entry, "default")}
        specificity: dict[str, int] = {}
        for i, given in enumerate(m.given):
            values = self.distribution(given.outcomes, outcomes, entry, f"given[{i}]")
            for id_, rank in self._selected(given, entry, i):
                if rank >= specificity.get(id_, 0):
                    specificity[id_] = rank
                    probabilities[id_] = values
        limits = tuple(o.above for o in m.outcomes.values())
        known = [x for x in limits if x is not None]
        if known != sorted(set(known)):
            self.r.report(entry.file, entry.line, f"{entry.id}.outcomes", "limits (`above`) must rise.")
        for outcome, risk in m.implies.items():
            self.known(outcome, m.outcomes, "outcome", entry, "implies")
            if self.known(risk, self.findings, "finding", entry, "implies") and self.findings[risk].model.kind != "risk":
                self.r.report(entry.file, entry.line, f"{entry.id}.implies", f'"{risk}" is not a risk.')
        self.known_source(m.source, entry, "source")
        b = m.burden
        return Test(
            entry.id,
            m.name,
            m.lay,
            m.category,
            tuple(m.synonyms),
            outcomes,
            tuple(o.name for o in m.outcomes.values()),
            tuple(tuple(o.phrases) for o in m.outcomes.values()),
            limits,
            probabilities,
            m.unit or "",
            m.units,
            m.plausible,
            b.cost,
            b.invasiveness,
            b.wait_days,
            b.text,
            m.earliest_useful,
            m.earliest_useful_days,
            tuple(m.contraindications),
            m.preparation,
            m.when,
            m.source,
            m.why,
            m.codes.get("loinc", ""),
            m.implies,
            m.units_added,
        )

    def _selected(self, given: schema.Given, entry: Entry, i: int) -> Iterator[tuple[str, int]]:
        for group in _listed(given.group):
            if self.known(group, self.groups, "group", entry, f"given[{i}].group"):
                yield from ((c, 2) for c, e in self.conditions.items() if group in e.model.groups)
        if not (given.group or given.level or given.condition):
            self.r.report(entry.file, entry.line, f"{entry.id}.given[{i}]", "names no condition, group or level.", "Name one.")
        for level in _listed(given.level):
            if self.anatomy:
                self.known(level, {s.level: s for s in self.anatomy.sites.values()}, "level", entry, f"given[{i}].level")
            for id_, e in self.conditions.items():
                best = max(e.model.footprints, key=lambda f: 0.0 if isinstance(f.share.content, dict) else f.share.content)
                if self.anatomy and best.site in self.anatomy.sites and self.anatomy.sites[best.site].level == level:
                    yield id_, 1
        for id_ in _listed(given.condition):
            if self.known(id_, self.conditions, "condition", entry, f"given[{i}].condition"):
                yield id_, 3

    def rule(self, entry: Entry) -> RedFlagRule:
        m: schema.RuleEntry = entry.model
        self.expression(m.when, entry, "when")
        for id_ in m.essential:
            self.known(id_, self.findings, "finding", entry, "essential")
        if "ref" not in m.source:
            self.r.report(entry.file, entry.line, f"{entry.id}.source", "has no `ref`.")
        else:
            self.known_source(m.source["ref"], entry, "source")
        return RedFlagRule(entry.id, m.level, m.when, m.text, m.lay, tuple(m.essential), m.source.get("ref", ""), m.source.get("at", ""))

    def expression(self, node: Any, entry: Entry, where: str) -> None:
        """Check one node of a red-flag rule; the grammar stands in docs/reference/red-flag-rules.md."""
        if isinstance(node, str):
            if node not in self.terms:
                self.known(node, self.findings, "finding or term", entry, where)
            return
        if not isinstance(node, dict) or len(node) != 1:
            self.r.report(entry.file, entry.line, f"{entry.id}.{where}", f"{node!r} is neither a finding nor one `key: value`.")
            return
        ((key, value),) = node.items()
        if key in ("all", "any", "at_least"):
            self._parts(key, value, entry, where)
        elif key in ("both_sides", "severe", "brisk", "absent"):
            if self.known(str(value), self.findings, "finding", entry, f"{where}.{key}"):
                finding = self.findings[str(value)].model
                fits = {"both_sides": finding.sided, "severe": finding.kind == "strength", "brisk": finding.kind == "reflex"}
                if not fits.get(key, True):
                    needs = {"both_sides": "has no sides", "severe": "is no strength", "brisk": "is no reflex"}[key]
                    self.r.report(entry.file, entry.line, f"{entry.id}.{where}.{key}", f'"{value}" {needs}: this never holds.')
        elif key == "untold" and value in ("onset", "course"):
            pass
        elif key in ("onset", "course"):
            for item in _listed(value):
                if item not in (ONSETS if key == "onset" else COURSES):
                    self.r.report(entry.file, entry.line, f"{entry.id}.{where}", f'"{item}" is no {key}.')
        elif key == "test" and isinstance(value, dict) and len(value) == 1:
            for test, outcomes in value.items():
                if self.known(test, self.tests, "test", entry, where):
                    for outcome in _listed(outcomes):
                        self.known(outcome, self.tests[test].model.outcomes, "outcome", entry, f"{where}.{test}")
        elif key in ("age", "sex", "test"):
            limits = isinstance(value, dict) and set(value) <= {"min", "max"} and all(isinstance(v, int | float) for v in value.values())
            if key == "test" or (key == "age" and not limits) or (key == "sex" and value not in ("male", "female")):
                cure = {"age": "{age: {min: 60, max: 80}}", "sex": "{sex: female}", "test": "{test: {ck: [very-high]}}"}[key]
                self.r.report(entry.file, entry.line, f"{entry.id}.{where}.{key}", "is not understood.", f"Such as {cure}.")
        else:
            self.r.report(
                entry.file,
                entry.line,
                f"{entry.id}.{where}",
                f'"{key}" is not a key of a rule.',
                "Keys: all, any, at_least, both_sides, severe, brisk, absent, onset, course, untold, age, sex, test.",
            )

    def _parts(self, key: str, value: Any, entry: Entry, where: str) -> None:
        """The parts of `all`, `any` and `at_least`."""
        least: Any = 1
        if key == "at_least":
            least, value = (value.get("n"), value.get("of")) if isinstance(value, dict) else (None, None)
        if not isinstance(value, list) or not isinstance(least, int) or not 1 <= least <= len(value):
            cure = "Such as {at_least: {n: 2, of: [..]}}." if key == "at_least" else f"Such as {{{key}: [..]}}."
            self.r.report(entry.file, entry.line, f"{entry.id}.{where}.{key}", "needs a list of parts that can hold.", cure)
            return
        for i, child in enumerate(value):
            self.expression(child, entry, f"{where}.{key}[{i}]")

    def _terms_within(self, expression: Any) -> set[str]:
        """Terms that an expression uses, however deep."""
        found: set[str] = set()
        waiting = [expression]
        while waiting:
            new = {m for m in _mentioned(waiting.pop()) if m in self.terms} - found
            found |= new
            waiting += [self.terms[m] for m in new]
        return found

    def _synonyms_are_unique(self) -> None:
        for entry, phrase, other in _shared_names(self.findings.values()):
            what = f'synonym "{phrase}" belongs to "{other.id}" ({other.file}:{other.line}) too.'
            self.r.report(entry.file, entry.line, entry.id, what, "Keep it under one finding only.")
        for entry, phrase, other in _shared_names(self.conditions.values()):
            what = f'name "{phrase}" belongs to condition "{other.id}" too.'
            self.r.report(entry.file, entry.line, entry.id, what, "Keep it under one.")

    def _everything_is_used(self, conditions: Mapping[str, Condition], findings: Mapping[str, Finding]) -> None:
        used_syndromes = {s for c in conditions.values() for s in c.syndromes}
        linked = {f for c in conditions.values() for f in (*c.findings, *c.risk_factors)}
        carriers = {f.syndrome for f in findings.values() if f.syndrome}
        broader = {b for f in findings.values() for b in f.is_a}
        flags = set(_mentioned([r.model.when for r in self.rules.values()] + list(self.terms.values())))
        for id_, entry in self.syndromes.items():
            if id_ not in used_syndromes or id_ not in carriers:
                self.r.report(entry.file, entry.line, id_, "is a syndrome that no condition or no finding uses.", "Link it or remove it.")
        for id_, finding in findings.items():
            if finding.parent in ("condition", "risk") and id_ not in linked and id_ not in flags and id_ not in broader:
                entry = self.findings[id_]
                self.r.report(
                    entry.file,
                    entry.line,
                    id_,
                    "is unreachable: no condition and no rule uses it.",
                    "Link it, or give it the parent `neutral`.",
                )


def _shared_names(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str, Entry]]:
    """(entry, name or synonym, the entry before it that has the same)."""
    owners: dict[str, Entry] = {}
    for entry in entries:
        for phrase in {p.casefold().strip() for p in (entry.model.name, *entry.model.synonyms)}:
            if phrase in owners:
                yield entry, phrase, owners[phrase]
            owners[phrase] = entry


def _mentioned(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _mentioned(value)
    elif isinstance(node, list):
        for child in node:
            yield from _mentioned(child)


def _listed(value: Any) -> list[str]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _numbers(model: Any) -> list[schema.Number]:
    """Every number in a model, however deep."""
    if isinstance(model, schema.Number):
        return [model]
    if isinstance(model, BaseModel):
        return [n for value in model.__dict__.values() for n in _numbers(value)]
    if isinstance(model, dict):
        return [n for value in model.values() for n in _numbers(value)]
    if isinstance(model, list):
        return [n for value in model for n in _numbers(value)]
    return []


def _nearest(word: str, table: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, list(table), n=3, cutoff=0.6)
    return f"Did you mean {', '.join(close)}?" if close else ""


def _source(id_: str, m: schema.SourceEntry) -> Source:
    return Source(id_, m.title, m.authors, m.year, m.where, m.kind, m.read, m.doi or "", str(m.pmid or ""), m.url or "")
