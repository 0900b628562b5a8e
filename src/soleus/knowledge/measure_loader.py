"""Reads the catalogue of measures (`data/measures`, one file a measure, its name the id) and checks it against itself and the sources.

The dataclass `MeasureEntry` is the schema: pydantic checks the data against it and builds it, so nothing is written twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter

from soleus.domain.errors import KnowledgeError
from soleus.domain.figure import figure_of
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.measure import DIFFERENCE_OF_TWO, Amount
from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.norm import Norm, NormEquation, Physique
from soleus.domain.support import Support
from soleus.knowledge.loader import DATA, Entry, Reading, _nearest

FOLDER = "measures"
ESTIMATE = "consensus"
"""Source of a number that nobody published."""
AMOUNTS = ("sem", "mdc95", "mcid", "practice", "ageing_per_year")
MDC_TOLERANCE = 0.15
"""A minimal detectable change that is further from 1.96 x sqrt(2) x SEM than this says why. [-]"""


def load_measures(kb: KnowledgeBase, folder: Path = DATA, today: datetime.date | None = None) -> Mapping[str, MeasureEntry]:
    """Read and check the measures of a data folder whose knowledge base is `kb`. With `today`, an overdue review is a problem.

    Raises:
        KnowledgeError: With every problem found, each with file, line and cure.
    """
    reading = Reading(folder)
    table = reading.unique(_entries(reading))
    _Check(reading, kb.sources, table, today, kb.findings).all()
    if reading.problems:
        raise KnowledgeError(reading.problems, source=str(folder))
    return {id_: entry.model for id_, entry in table.items()}


def _entries(reading: Reading) -> Iterator[Entry]:
    adapter = TypeAdapter(MeasureEntry)
    for path in sorted((reading.folder / FOLDER).glob("*.yaml")):
        located, name = reading.document(path), reading.name(path)
        if not isinstance(located.value, dict):
            reading.report(name, None, "", "holds no mapping.", "Write the keys of the measure.")
            continue
        model = reading.checked(adapter, {**located.value, "id": path.stem}, located, name, ())
        if model is not None:
            yield Entry(path.stem, model, name, located.line(()))


class _Check:
    """Cross-checks the entries: sources exist, estimates say why, numbers fit each other, figures can be drawn."""

    def __init__(
        self,
        reading: Reading,
        sources: Mapping[str, object],
        table: Mapping[str, Entry],
        today: datetime.date | None,
        findings: Mapping[str, object],
    ) -> None:
        self.r = reading
        self.sources = sources
        self.table = table
        self.today = today
        self.findings = findings

    def all(self) -> None:
        self._names()
        for entry in self.table.values():
            measure: MeasureEntry = entry.model
            for where, support in _supports(measure):
                self._source(entry, where, support.ref)
            for name in AMOUNTS:
                self._amount(entry, name, getattr(measure, name))
            self._sizes(entry, measure)
            for i, threshold in enumerate(measure.thresholds):
                if not measure.lowest <= threshold.value <= measure.highest:
                    cure = f"The measure runs from {measure.lowest:g} to {measure.highest:g}."
                    self.report(entry, f"thresholds[{i}].value", f"{threshold.value:g} is outside the measure.", cure)
            self._signs(entry, measure)
            for i, norm in enumerate(measure.norms):
                self._norm(entry, f"norms[{i}]", norm, measure)
            if measure.figure is not None:
                for problem in figure_of(measure.figure)[1]:
                    self.report(entry, "figure", problem, "See docs/reference/exercise-figures.md.")
            if self.today and measure.review.next < self.today:
                cure = "Check the entry against its sources and set both dates."
                self.report(entry, "review.next", f"was due on {measure.review.next}.", cure)

    def report(self, entry: Entry, where: str, what: str, cure: str = "") -> None:
        self.r.report(entry.file, entry.line, f"{entry.id}.{where}", what, cure)

    def _source(self, entry: Entry, where: str, ref: str) -> None:
        if ref and ref not in self.sources:
            self.report(entry, where, f'source "{ref}" is not in sources/.', _nearest(ref, self.sources))

    def _signs(self, entry: Entry, measure: MeasureEntry) -> None:
        for i, sign in enumerate(measure.signs):
            if sign.finding not in self.findings:
                self.report(entry, f"signs[{i}].finding", f'"{sign.finding}" does not exist.', _nearest(sign.finding, self.findings))
            if sign.at is None and not measure.grades:
                self.report(entry, f"signs[{i}].at", "is missing.", "Say from which value on the finding is there.")
            if sign.at is not None and not measure.lowest <= sign.at <= measure.highest:
                self.report(entry, f"signs[{i}].at", f"{sign.at:g} is outside the measure.")

    def _names(self) -> None:
        """A name leads to one measure: what is written in a file must not be guessed."""
        seen: dict[str, str] = {}
        for entry in self.table.values():
            for name in {n.casefold() for n in entry.model.names}:
                if name in seen:
                    self.report(entry, "synonyms", f'"{name}" is a name of {seen[name]} already.', "Keep it at one of them.")
                seen[name] = entry.id

    def _amount(self, entry: Entry, where: str, amount: Amount | None) -> None:
        if amount is None:
            return
        if amount.ref == ESTIMATE:
            if not amount.because:
                self.report(entry, f"{where}.because", "is missing: nobody published this number.", "Say why it is about right.")
            return
        self._source(entry, f"{where}.ref", amount.ref)
        if not amount.at:
            self.report(entry, f"{where}.at", "is missing.", "Say where in the source, or what it says there.")

    def _sizes(self, entry: Entry, measure: MeasureEntry) -> None:
        """Error, detectable and important change in a sensible proportion to each other and to the measure."""
        low, high = measure.plausible
        for name in AMOUNTS:
            amount: Amount | None = getattr(measure, name)
            if amount is not None and amount.at_level(max(abs(low), abs(high))) > (high - low) / 2:
                self.report(entry, name, f"{amount.value:g} is more than half of what people are seen to reach.", "Is the unit right?")
        mdc = measure.mdc95
        if mdc is not None and mdc.share == measure.sem.share and not mdc.because:
            implied = DIFFERENCE_OF_TWO * measure.sem.value
            if abs(mdc.value / implied - 1) > MDC_TOLERANCE:
                what = f"{mdc.value:g} does not follow from the SEM: 1.96 x sqrt(2) x {measure.sem.value:g} is {implied:.3g}."
                self.report(entry, "mdc95", what, "Say why in `because`, or leave it out.")

    def _norm(self, entry: Entry, where: str, norm: Norm, measure: MeasureEntry) -> None:
        low, high = measure.plausible
        for part in norm.parts:
            values: list[float | None]
            if isinstance(part, NormEquation):
                values = [part.expected(Physique(age, part.sex or "male", 170.0, 70.0, 3.0)) for age in part.ages]
            else:
                values = [part.mean, *part.percentiles.values()]
                if (part.mean is not None and part.sd is None and norm.spread is None) or (
                    list(part.percentiles) == [50] and norm.spread is None
                ):
                    self.report(entry, where, "does not say how far people spread.", "Give `sd` in the row, or `spread` with a reason.")
            for value in values:
                if value is not None and not low <= value <= high:
                    what = f"{value:g} at {part.ages[0]:g} to {part.ages[1]:g} years is not plausible ({low:g} to {high:g})."
                    self.report(entry, where, what, "Mend the norm or the plausible range.")


def _supports(measure: MeasureEntry) -> Iterator[tuple[str, Support]]:
    yield "support", measure.support
    for i, sign in enumerate(measure.signs):
        yield f"signs[{i}].support", sign.support
    for i, threshold in enumerate(measure.thresholds):
        yield f"thresholds[{i}].support", threshold.support
    for i, norm in enumerate(measure.norms):
        yield f"norms[{i}].support", norm.support
        if norm.spread is not None:
            yield f"norms[{i}].spread.support", norm.spread.support
