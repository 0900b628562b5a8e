"""`soleus track show | list | measures | next`: what was measured, what it says, and how often to measure."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soleus.cli.output_file import write
from soleus.cli.track_case import Told, needs_scipy, open_told
from soleus.domain.errors import CaseError, Problem, UsageError

if TYPE_CHECKING:
    from soleus.domain.measure import Series
    from soleus.domain.norm import Physique
    from soleus.track import Track

SEED = 1
"""The dice fall alike every time: the same case gives the same answer."""
DAYS_PER_MONTH = 30.4


def list_entries(options: argparse.Namespace) -> int:
    from rich.console import Console

    from soleus.reports.trend.as_json import recorded_json
    from soleus.reports.trend.text import print_list

    told = open_told(options.case)
    if options.json:
        return _print_json(
            {
                "measurements": [recorded_json(r) for r in told.measurements.recorded],
                "not_understood": list(told.measurements.not_understood),
            }
        )
    if not told.measurements.recorded and not told.measurements.not_understood:
        print("Nothing was recorded yet. Such as: soleus track add CASE heel-rise 9 --side left")
        return 0
    print_list(Console(highlight=False), told.measurements.recorded, told.measurements.not_understood)
    return 0


def measures(options: argparse.Namespace) -> int:
    from rich.console import Console

    from soleus.interchange.measurements.casefile import find_measure
    from soleus.knowledge_store import open_knowledge, open_measures
    from soleus.reports.trend.text import print_measures, print_protocol

    console, measures = Console(highlight=False), open_measures()
    if options.id:
        print_protocol(console, find_measure(options.id, measures), open_knowledge().kb.sources)
    else:
        print_measures(console, measures.values())
    return 0


def show(options: argparse.Namespace) -> int:
    needs_scipy()
    for path, kind in ((options.svg, ".svg"), (options.png, ".png")):
        _check_target(path, kind, options.force)
    told = open_told(options.case)
    series = _wanted(told, options.measure)
    if not series:
        missed = " ".join(told.measurements.not_understood)
        cure = f"Left out: {missed}" if missed else "Such as: soleus track add CASE heel-rise 9 --side left"
        raise CaseError(Problem("measurements", "hold nothing that could be judged.", cure), source=options.case)

    from numpy.random import default_rng

    from soleus.interchange.measurements.casefile import physique_of
    from soleus.knowledge_store import open_knowledge
    from soleus.track import track

    person = physique_of(told.case)
    result = track(series, told.measures, person, told.today, default_rng(SEED), with_forecast=options.forecast)
    _write_pictures(options, result, person, told)
    sources = open_knowledge().kb.sources
    if options.json:
        from soleus.reports.trend.as_json import track_json

        recorded = told.measurements.recorded
        return _print_json(track_json(told.case.id, result, recorded, told.measurements.not_understood, sources, told.today))
    from rich.console import Console

    from soleus.reports.trend.charts import charts
    from soleus.reports.trend.text import print_track

    print_track(
        Console(highlight=False), result, charts(result, person, told.today, told.case.events), told.measurements.not_understood, sources
    )
    return 0


def _wanted(told: Told, measure: str | None) -> tuple[Series, ...]:
    from soleus.interchange.measurements.casefile import find_measure

    series = told.measurements.series()
    if measure is None:
        return series
    id_ = find_measure(measure, told.measures).id
    found = tuple(s for s in series if s.measure.id == id_)
    if not found:
        known = ", ".join(dict.fromkeys(s.measure.id for s in series)) or "none"
        raise UsageError(Problem("--measure", f"{id_} was not measured.", f"Measured: {known}."))
    return found


def _check_target(path: Path | None, kind: str, force: bool) -> None:
    if path is None:
        return
    if path.suffix.lower() != kind:
        raise UsageError(Problem(str(path), "is not named as a picture of this kind.", f"End it in {kind}."))
    if path.exists() and not force:
        raise UsageError(Problem(str(path), "exists already.", "Name another file, or add --force to write over it."))


def _write_pictures(options: argparse.Namespace, result: Track, person: Physique, told: Told) -> None:
    if options.svg is None and options.png is None:
        return
    from soleus.reports.charts.svg import multiples, svg
    from soleus.reports.trend.charts import charts

    specs = charts(result, person, told.today, told.case.events)
    picture = svg(specs[0]) if len(specs) == 1 else multiples(specs, title="Measurements")
    if options.svg is not None:
        write(options.svg, picture.encode())
    if options.png is not None:
        from soleus.reports.charts.png import png

        write(options.png, png(picture))


def _print_json(document: Any) -> int:
    import json

    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


def next_measurements(options: argparse.Namespace) -> int:
    needs_scipy()
    from numpy.random import default_rng
    from rich.console import Console
    from rich.progress import Progress

    from soleus.domain.measure import with_unit
    from soleus.interchange.measurements.casefile import find_measure, physique_of
    from soleus.reports.trend.words import schedule_words, settling_words
    from soleus.track import how_often, track

    told = open_told(options.case)
    measure = find_measure(options.measure, told.measures)
    if not 1 <= options.within <= 120:
        raise UsageError(Problem("--within", f"{options.within:g} is not a number of months from 1 to 120."))
    series = [s for s in told.measurements.series() if s.measure.id == measure.id and (not options.side or s.side.value == options.side)]
    if not series:
        raise UsageError(Problem(measure.id, "was not measured yet.", f"Measure it once first: soleus track add CASE {measure.id} VALUE"))
    rng = default_rng(SEED)
    result = track(series, told.measures, physique_of(told.case), told.today, rng)
    judged = min(result.judged, key=lambda j: measure.sign * j.trend.level_now.value)  # the weaker side needs watching
    level = min(max(judged.trend.level_now.value, measure.lowest), measure.highest)
    loss = options.loss if options.loss is not None else measure.important_at(level)
    if loss <= 0 or loss > measure.highest - measure.lowest:
        raise UsageError(Problem("--loss", f"{with_unit(f'{loss:g}', measure.unit)} is no loss that {measure.name} can show."))
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Simulating schedules", total=None)
        tried = how_often(
            measure,
            level,
            loss,
            round(options.within * DAYS_PER_MONTH),
            rng,
            tell=lambda done, total: bar.update(task, completed=done, total=total),
        )
    for alert in result.alerts:  # a collapse comes before any schedule
        print(alert)
    print(schedule_words(measure, judged, loss, options.within, tried))
    if judged.settling is not None:
        print(settling_words(judged.settling))
    return 0
