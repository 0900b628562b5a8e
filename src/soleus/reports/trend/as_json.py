"""The result of `soleus track show` as plain values for JSON, schema `soleus/trend/1` (docs/reference/trend-json.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from soleus import __version__
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import Source
from soleus.domain.measure import Amount
from soleus.domain.norm import Norm
from soleus.domain.support import Support
from soleus.interchange.measurements.casefile import Recorded
from soleus.track import Crossing, Judged, Sides, Track
from soleus.trends.norms import Standing
from soleus.trends.overall import Overall
from soleus.trends.planning import Settling
from soleus.trends.trend import Estimate

SCHEMA = "soleus/trend/1"
Sources = Mapping[str, Source]


def track_json(
    case: str, track: Track, recorded: Iterable[Recorded], not_understood: Iterable[str], sources: Sources, today: date
) -> dict[str, Any]:
    """The document.

    Args:
        case: Id of the case.
        track: What is said.
        recorded: The entries of the file.
        not_understood: Entries that were left out.
        sources: By id, for citations.
        today: The day of the judgement.
    """
    entries = tuple(recorded)
    return {
        "schema": SCHEMA,
        "soleus": {"version": __version__},
        "case": case,
        "on": today.isoformat(),
        "measures": [
            _judged(j, [r for r in entries if r.measure.id == j.measure.id and r.point.side is j.side], sources) for j in track.judged
        ],
        "alert": " ".join(track.alerts) or None,
        "sides": [_sides(s) for s in track.sides],
        "overall": _overall(track.overall, track),
        "not_understood": list(not_understood),
    }


def _judged(judged: Judged, recorded: list[Recorded], sources: Sources) -> dict[str, Any]:
    measure, trend = judged.measure, judged.trend
    start = trend.level_now.value - trend.change.value
    return {
        "measure": measure.id,
        "name": measure.name,
        "side": side_word(judged.side),
        "unit": measure.unit,
        "kind": measure.kind.value,
        "better": measure.better.value,
        "grades": list(measure.grades),
        "points": [_point(r) for r in sorted(recorded, key=lambda r: (r.point.on, r.number))],
        "norm": _norm(judged.standing, sources),
        "sem": _number(trend.measure.sem.at_level(start)),
        "mdc95": _number(measure.mdc95_at(start)),
        "mcid": _number(measure.mcid.at_level(start)) if measure.mcid else None,
        "important": _number(trend.important),
        "sources": {name: _cited(getattr(measure, name), sources) for name in ("sem", "mdc95", "mcid") if getattr(measure, name)},
        "level_now": _estimate(trend.level_now),
        "change": _estimate(trend.change),
        "slope_per_year": _estimate(trend.slope_per_year) if trend.slope_per_year else None,
        "not_excluded": _number(trend.not_excluded),
        "probability_of_real_decline": trend.probability_of_real_decline,
        "probability_of_real_improvement": trend.probability_of_real_improvement,
        "probability_of_important_decline": trend.probability_of_important_decline,
        "course": trend.course.value,
        "courses": {course.value: p for course, p in trend.courses.items()},
        "turns": [
            {
                "kind": t.kind,
                "on": t.on.isoformat(),
                "between": [t.earliest.isoformat(), t.latest.isoformat()],
                "probability": t.probability,
            }
            for t in trend.turns
        ],
        "measure_again": _settling(judged.settling),
        "forecast": [_crossing(c, sources) for c in judged.crossings],
        "alert": judged.alert or None,
        "plain": " ".join(judged.plain),
    }


def side_word(side: Side) -> str:
    """Empty where there is no side."""
    return "" if side is Side.UNSTATED else side.value


def _point(recorded: Recorded) -> dict[str, Any]:
    point, grades = recorded.point, recorded.measure.grades
    shown: dict[str, Any] = {"entry": recorded.number, "on": point.on.isoformat(), "value": _number(point.value), "unable": point.unable}
    if grades and point.value is not None:
        shown["grade"] = grades[int(point.value)]
    return shown | {k: v for k, v in (("aid", point.aid), ("by", recorded.by), ("note", point.note)) if v}


def recorded_json(recorded: Recorded) -> dict[str, Any]:
    """An entry of the file with its measure and side."""
    return {"measure": recorded.measure.id, "side": side_word(recorded.point.side), "unit": recorded.measure.unit, **_point(recorded)}


def _norm(standing: Standing | None, sources: Sources) -> dict[str, Any] | None:
    if standing is None:
        return None
    norm: Norm = standing.norm
    return {
        "expected": _number(standing.expected),
        "percentile": _number(standing.percentile),
        "lower_limit": _number(standing.lower_limit),
        "upper_limit": _number(standing.upper_limit),
        "population": norm.population,
        "source": support_words(norm.support, sources),
    }


def _settling(settling: Settling | None) -> dict[str, Any] | None:
    if settling is None:
        return None
    ways = [{"on": w.on.isoformat(), "measurements": w.measurements, "every_days": w.every_days, "chance": w.chance} for w in settling.ways]
    return {"settled": settling.settled, "ways": ways}


def _crossing(crossing: Crossing, sources: Sources) -> dict[str, Any]:
    f = crossing.forecast
    return {
        "threshold": f.threshold,
        "name": crossing.threshold.name,
        "means": crossing.threshold.lay,
        "source": support_words(crossing.threshold.support, sources),
        "likeliest": _day(f.likeliest),
        "between80": [_day(d) for d in f.between80],
        "between95": [_day(d) for d in f.between95],
        "horizon_years": f.horizon_years,
        "probability_now": f.probability_now,
        "probability_within_months": {str(m): p for m, p in f.probability_within.items()},
        "probability_within_horizon": f.probability_within_horizon,
        "plain": crossing.plain,
    }


def _sides(sides: Sides) -> dict[str, Any]:
    d, grades = sides.difference, sides.measure.grades
    symmetry = d.symmetry
    return {
        "measure": sides.measure.id,
        "left_less_right": None if grades else _estimate(d.difference),
        "probability_left_weaker": d.probability_left_weaker,
        "weaker": d.weaker.value if d.weaker else None,
        "symmetry_percent": None
        if symmetry is None
        else {"estimate": _number(symmetry.index), "ci95": [_number(symmetry.low), _number(symmetry.high)]},
        "plain": sides.plain,
    }


def _overall(overall: Overall | None, track: Track) -> dict[str, Any] | None:
    if overall is None:
        return None
    return {
        "course": overall.course.value,
        "probability_of_real_decline": overall.probability_of_real_decline,
        "probability_of_real_improvement": overall.probability_of_real_improvement,
        "of_side": {side.value: p for side, p in overall.of_side.items()},
        "series": track.counted,
        "leading": [{"measure": t.measure.id, "side": side_word(t.side)} for t in overall.leading],
        "plain": track.plain,
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {"estimate": _number(estimate.value), "ci95": [_number(estimate.low), _number(estimate.high)]}


def _number(value: float | None) -> float | None:
    """Six digits: no measurement has more."""
    return None if value is None else float(f"{value:.6g}")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _cited(amount: Amount, sources: Sources) -> str:
    return _citation(amount.ref, amount.at or amount.because, sources)


def support_words(support: Support, sources: Sources) -> str:
    """Where a number comes from: the citation, or that it is an estimate and why."""
    return _citation(support.ref, support.at or support.estimate, sources)


def _citation(ref: str, at: str, sources: Sources) -> str:
    source = sources.get(ref)
    name = source.citation if source is not None else "expert estimate" if ref in ("", "consensus") else ref
    return f"{name}: {at}" if at else name
