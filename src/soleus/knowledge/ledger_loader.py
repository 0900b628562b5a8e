"""Reads the claims and the published likelihood ratios, and checks every id in them against a knowledge base."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from soleus.domain.errors import KnowledgeError
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.ledger import Claim, Ledger, PublishedRatio
from soleus.knowledge import ledger_schema as schema
from soleus.knowledge.loader import DATA, Entry, Reading, _nearest

RATIOS = "likelihood_ratios.yaml"


def load_ledger(kb: KnowledgeBase, folder: Path = DATA, today: datetime.date | None = None) -> Ledger:
    """Read and check the ledger of a data folder whose knowledge base is `kb`. With `today`, an overdue review is a problem.

    Raises:
        KnowledgeError: With every problem found, each with file, line and cure.
    """
    reading = Reading(folder)
    assembly = _Assembly(reading, kb, today)
    claims = reading.unique(reading.mapping("claims", schema.ClaimEntry))
    path = folder / RATIOS
    ratios = reading.unique(reading.entries(path, schema.RatioEntry)) if path.exists() else {}
    ledger = Ledger({i: assembly.claim(e) for i, e in claims.items()}, {i: assembly.ratio(e) for i, e in ratios.items()})
    if reading.problems:
        raise KnowledgeError(reading.problems, source=str(folder))
    return ledger


class _Assembly:
    """Cross-checks the entries and turns them into the plain values of `domain.ledger`."""

    def __init__(self, reading: Reading, kb: KnowledgeBase, today: datetime.date | None) -> None:
        self.r = reading
        self.kb = kb
        self.today = today
        self.subjects: dict[str, Any] = {**kb.groups, **kb.tests, **kb.findings, **kb.conditions}

    def report(self, entry: Entry, where: str, what: str, cure: str = "") -> None:
        self.r.report(entry.file, entry.line, f"{entry.id}.{where}", what, cure)

    def known(self, id_: str, table: Mapping[str, Any] | Iterable[str], what: str, entry: Entry, where: str) -> bool:
        if id_ not in table:
            self.report(entry, where, f'{what} "{id_}" does not exist.', _nearest(id_, table))
        return id_ in table

    def cited(self, reference: schema.Reference, entry: Entry, where: str) -> tuple[str, str]:
        if reference.ref not in self.kb.sources:
            self.report(entry, where, f'source "{reference.ref}" is not in sources/.', _nearest(reference.ref, self.kb.sources))
        return reference.ref, reference.at

    def claim(self, entry: Entry) -> Claim:
        m: schema.ClaimEntry = entry.model
        for id_ in m.about:
            self.known(id_, self.subjects, "condition, finding, test or group", entry, "about")
        if entry.id in self.subjects or entry.id in self.kb.sources:
            self.report(entry, "id", "names something else as well.", "Give the claim another id.")
        if self.today and m.review.next < self.today:
            self.report(entry, "review.next", f"was due on {m.review.next}.", "Check the claim against its sources and set both dates.")
        return Claim(
            id=entry.id,
            topic=Path(entry.file).stem,
            claim=m.claim.strip(),
            verdict=m.verdict,
            why=m.why.strip(),
            certainty=m.certainty,
            sources=tuple(self.cited(s, entry, f"sources[{i}]") for i, s in enumerate(m.sources)),
            about=m.about,
            review_next=m.review.next.isoformat(),
        )

    def ratio(self, entry: Entry) -> PublishedRatio:
        m: schema.RatioEntry = entry.model
        ref, at = self.cited(m.source, entry, "source")
        conditions = tuple(self._selected(m.of, entry, "of"))
        against = tuple(self._selected(m.against, entry, "against")) if m.against else ()
        for id_ in sorted(set(conditions) & set(against)):
            self.report(entry, "against", f'"{id_}" is on both sides of the comparison.')
        return PublishedRatio(
            id=entry.id,
            finding=m.finding or "",
            test=m.test or "",
            states=self._states(m, entry),
            conditions=conditions,
            against=against,
            comparison=m.comparison,
            sensitivity=m.sensitivity,
            specificity=m.specificity,
            stated_positive=m.positive,
            stated_negative=m.negative,
            ref=ref,
            at=at,
            n=m.n,
            population=m.population,
            age_years=m.age,
            disagreement=m.disagreement.strip(),
        )

    def _states(self, m: schema.RatioEntry, entry: Entry) -> tuple[str, ...]:
        """The states that count as positive; all but the healthy one of a finding that names none."""
        default: tuple[str, ...] = ()
        if m.test is not None:
            if not self.known(m.test, self.kb.tests, "test", entry, "test"):
                return ()
            known = self.kb.tests[m.test].outcomes
        else:
            finding = m.finding or ""
            if not self.known(finding, self.kb.findings, "finding", entry, "finding"):
                return ()
            known = self.kb.findings[finding].states
            default = known[1:]
        for state in m.states:
            self.known(state, known, "state or outcome", entry, "states")
        if not (m.states or default):
            self.report(entry, "states", "names no outcome of the test.", f"Its outcomes: {', '.join(known)}.")
        return m.states or default

    def _selected(self, selection: schema.Selection, entry: Entry, where: str) -> Iterator[str]:
        wanted = {i for i in selection.condition if self.known(i, self.kb.conditions, "condition", entry, where)}
        for group in selection.group:
            if self.known(group, self.kb.groups, "group", entry, where):
                wanted |= {i for i, c in self.kb.conditions.items() if group in c.groups}
        return iter(sorted(wanted))
