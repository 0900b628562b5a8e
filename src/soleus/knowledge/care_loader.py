"""Reads what Soleus knows of care (`data/care`), checks every id in it against itself and against the knowledge base.

The dataclasses of `domain` are the schema: pydantic checks the data against them and builds them, so nothing is written twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from soleus.domain import care
from soleus.domain.care import CareKnowledge, Caution
from soleus.domain.errors import KnowledgeError
from soleus.domain.exercise import Exercise
from soleus.domain.figure import figure_of
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.support import Support
from soleus.knowledge.loader import DATA, Entry, Reading, _nearest

FOLDER = "care"
FORMS: Mapping[str, type] = {
    "facts": care.Fact,
    "hazards": care.Hazard,
    "exercises": Exercise,
    "regimens": care.Regimen,
    "treatments": care.Treatment,
    "pathways": care.Pathway,
    "devices": care.Device,
    "techniques": care.Technique,
    "prevention": care.Prevention,
    "safety_net": care.SafetyPoint,
    "goals": care.Goal,
    "equipment": care.Equipment,
    "rules": care.Rule,
}
ONE_A_FILE = ("exercises", "regimens", "treatments", "pathways")
"""Kinds whose entries have a file each, named after the id; the others are lists of a subject in one or several files."""


def load_care(kb: KnowledgeBase, folder: Path = DATA, today: datetime.date | None = None) -> CareKnowledge:
    """Read and check the care part of a data folder whose knowledge base is `kb`. With `today`, an overdue review is a problem.

    A folder that has no care part gives none.

    Raises:
        KnowledgeError: With every problem found, each with file, line and cure.
    """
    if not (folder / FOLDER).is_dir():
        return CareKnowledge()
    reading = Reading(folder)
    tables = {kind: reading.unique(_entries(reading, kind)) for kind in FORMS}
    _Check(reading, kb, tables, today).all()
    if reading.problems:
        raise KnowledgeError(reading.problems, source=str(folder))
    return CareKnowledge(**{kind: {id_: e.model for id_, e in table.items()} for kind, table in tables.items()})


def _entries(reading: Reading, kind: str) -> Iterator[Entry]:
    adapter: TypeAdapter[Any] = TypeAdapter(FORMS[kind])
    for path in sorted((reading.folder / FOLDER / kind).glob("*.yaml")):
        located, name = reading.document(path), reading.name(path)
        if not isinstance(located.value, dict):
            reading.report(name, None, "", "holds no mapping.", "Write the keys of the entry, or `id:` and its keys below.")
            continue
        alone = kind in ONE_A_FILE
        for id_, data in {path.stem: located.value}.items() if alone else located.value.items():
            base = () if alone else (id_,)
            model = reading.checked(adapter, {**data, "id": id_} if isinstance(data, dict) else data, located, name, base)
            if model is not None:
                yield Entry(str(id_), model, name, located.line(base))


class _Check:
    """Cross-checks the entries: every id named exists, every condition has care, every figure can be drawn."""

    def __init__(self, reading: Reading, kb: KnowledgeBase, tables: Mapping[str, Mapping[str, Entry]], today: datetime.date | None) -> None:
        self.r = reading
        self.kb = kb
        self.t = tables
        self.today = today

    def all(self) -> None:
        for table in self.t.values():
            for entry in table.values():
                self._supports(entry)
                self._review(entry)
        for check in (self._facts, self._hazards, self._exercises, self._regimens, self._treatments, self._pathways, self._the_rest):
            check()

    def report(self, entry: Entry, where: str, what: str, cure: str = "") -> None:
        self.r.report(entry.file, entry.line, f"{entry.id}.{where}", what, cure)

    def known(self, ids: Iterable[str], table: str | Mapping[str, Any], entry: Entry, where: str) -> None:
        names = self.t[table] if isinstance(table, str) else table
        what = table.rstrip("s") if isinstance(table, str) else where.rstrip("s")
        for id_ in ids:
            if id_ not in names:
                self.report(entry, where, f'{what} "{id_}" does not exist.', _nearest(id_, names))

    def _supports(self, entry: Entry) -> None:
        for support in _supports_in(entry.model):
            if support.ref and support.ref not in self.kb.sources:
                self.report(entry, "support", f'source "{support.ref}" is not in sources/.', _nearest(support.ref, self.kb.sources))

    def _review(self, entry: Entry) -> None:
        review = getattr(entry.model, "review", None)
        if self.today and review and review.next < self.today:
            self.report(entry, "review.next", f"was due on {review.next}.", "Check the entry against its sources and set both dates.")

    def _cautions(self, cautions: Iterable[Caution], entry: Entry) -> None:
        for i, caution in enumerate(cautions):
            self.known((*caution.facts, *caution.together), "facts", entry, f"cautions[{i}].facts")
            if not caution.facts:
                self.report(entry, f"cautions[{i}]", "names no fact.", "A warning for everybody belongs under `always`.")

    def _facts(self) -> None:
        for entry in self.t["facts"].values():
            m = entry.model
            self.known(m.findings, self.kb.findings, entry, "findings")
            self.known(m.conditions, self.kb.conditions, entry, "conditions")
            self.known(m.groups, self.kb.groups, entry, "groups")
            self.known((*m.facts, *m.beside), "facts", entry, "facts")
            self.known(m.outcomes, self.kb.tests, entry, "outcomes")
            for test, outcomes in m.outcomes.items():
                if test in self.kb.tests:
                    self.known(outcomes, dict.fromkeys(self.kb.tests[test].outcomes), entry, f"outcomes.{test}")

    def _hazards(self) -> None:
        for entry in self.t["hazards"].values():
            m = entry.model
            self.known((*m.facts, *m.unless), "facts", entry, "facts")
            self.known(m.exercises, "exercises", entry, "exercises")
            if not (m.stress or m.categories or m.exercises or m.level_above or m.effort_rpe_most):
                self.report(entry, "stress", "rules nothing out.", "Give stress, categories, exercises, level_above or effort_rpe_most.")

    def _exercises(self) -> None:
        for entry in self.t["exercises"].values():
            m = entry.model
            self.known(m.equipment, "equipment", entry, "equipment")
            self.known(m.not_for, "hazards", entry, "not_for")
            self.known((s.to for s in (m.easier, m.harder) if s.to), "exercises", entry, "easier/harder")
            for problem in figure_of(m.figure)[1]:
                self.report(entry, "figure", problem, "See docs/reference/exercise-figures.md.")

    def _regimens(self) -> None:
        for entry in self.t["regimens"].values():
            m = entry.model
            self.known(m.hazards, "hazards", entry, "hazards")
            self.known((*m.avoid, *m.prefer, *(m.aerobic.prefer if m.aerobic else ())), "exercises", entry, "prefer/avoid")
            for i, phase in enumerate(m.progress.phases):
                self.known(phase.exercises, "exercises", entry, f"progress.phases[{i}].exercises")

    def _treatments(self) -> None:
        for entry in self.t["treatments"].values():
            self._cautions(entry.model.cautions, entry)
            self.known([entry.model.fact] if entry.model.fact else [], "facts", entry, "fact")

    def _pathways(self) -> None:
        cared: dict[str, Entry] = {}
        for entry in self.t["pathways"].values():
            m = entry.model
            self.known(m.conditions, self.kb.conditions, entry, "conditions")
            for condition in m.conditions:
                if condition in cared:
                    self.report(entry, "conditions", f'"{condition}" is cared for in {cared[condition].file} already.', "Keep one.")
                cared[condition] = entry
            self.known((o.treatment for o in m.options), "treatments", entry, "options")
            self.known((t for o in m.options for t in o.after_tests), self.kb.tests, entry, "after_tests")
            self.known((s.regimen for s in m.stages), "regimens", entry, "stages")
            self.known((f for s in m.stages for f in (*s.facts, *s.not_facts)), "facts", entry, "stages.facts")
            self.known((e for a in m.avoid for e in a.exercises), "exercises", entry, "avoid.exercises")
            self.known(m.devices, "devices", entry, "devices")
        for condition in self.kb.conditions:
            if condition not in cared:
                self.r.report(f"{FOLDER}/pathways", None, condition, "has no care.", "Add it to the `conditions` of a pathway.")

    def _the_rest(self) -> None:
        for kind in ("devices", "techniques", "prevention", "safety_net"):
            for entry in self.t[kind].values():
                m = entry.model
                self.known((*m.facts, *getattr(m, "not_facts", ())), "facts", entry, "facts")
                self._cautions(getattr(m, "cautions", ()), entry)
        for entry in self.t["goals"].values():
            self.known(entry.model.prefer, "exercises", entry, "prefer")
        for entry in self.t["equipment"].values():
            self.known(entry.model.brings, "equipment", entry, "brings")


def _supports_in(value: Any) -> Iterator[Support]:
    if isinstance(value, Support):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _supports_in(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _supports_in(getattr(value, name))
