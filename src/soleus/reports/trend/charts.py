"""The pictures of a person's measurements: one specification for each measure, both sides in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.norm import Physique
from soleus.reports.charts.build import same_dates, spec_of
from soleus.reports.charts.spec import ChartSpec, Threshold
from soleus.track import Judged, Track, aged
from soleus.trends.norms import peers

_Z95 = 1.6449
"""5 % of healthy people lie below the band, and 5 % above."""


def charts(track: Track, person: Physique, today: date) -> tuple[ChartSpec, ...]:
    """One for each measure, in the order of the track, over the same days."""
    measures = {j.measure.id: j.measure for j in track.judged}
    return same_dates([chart(m, [j for j in track.judged if j.measure.id == m.id], person, today) for m in measures.values()])


def chart(measure: MeasureEntry, judged: Sequence[Judged], person: Physique, today: date) -> ChartSpec:
    """Both sides of one measure."""
    return spec_of(
        measure,
        [j.series for j in judged],
        [j.trend for j in judged],
        norms=_usual(measure, person, today),
        thresholds=[Threshold(t.value, t.name) for t in measure.thresholds],
    )


def _usual(measure: MeasureEntry, person: Physique, today: date) -> Callable[[date], tuple[float, float, float]] | None:
    """What is usual at the person's age on a day; none if no norm speaks of the person today."""
    now = peers(measure.norms, person)
    if now is None:
        return None

    def on(day: date) -> tuple[float, float, float]:
        alike = peers(measure.norms, aged(person, today, day)) or now
        low, middle, high = (min(max(alike.at(z), measure.lowest), measure.highest) for z in (-_Z95, 0.0, _Z95))
        return low, middle, high

    return on
