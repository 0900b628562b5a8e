"""`soleus track add | show | list | edit | remove | undo | measures | import | next`: record measurements; is it really getting worse?"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soleus.domain.errors import CaseError, OutOfRange, Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from soleus.domain.case import Case
    from soleus.domain.measure import Point, Series
    from soleus.domain.measure_entry import MeasureEntry
    from soleus.interchange.measurements.casefile import Measurements
    from soleus.interchange.measurements.file import OpenFile
    from soleus.track import Track

SEED = 1
"""The dice fall alike every time: the same case gives the same answer."""
DAYS_PER_MONTH = 30.4


def run(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    todo = {
        "add": _add,
        "show": _show,
        "list": _list,
        "edit": _edit,
        "remove": _remove,
        "undo": _undo,
        "measures": _measures,
        "import": _import,
        "next": _next,
    }
    try:
        return todo[options.command](options)
    except OutOfRange as error:
        raise UsageError(Problem("", str(error))) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="soleus track", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, what: str, *, case: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
        if case:
            made.add_argument("case", metavar="CASE", help="a case file (YAML or JSON)")
        return made

    add = command("add", "record a measurement")
    add.add_argument("measure", metavar="MEASURE", help="its id, name or another name; `soleus track measures` lists them")
    add.add_argument("value", metavar="VALUE", nargs="?", help="a number, or a grade such as 4-")
    edit = command("edit", "change a recorded measurement")
    edit.add_argument("number", metavar="N", type=int, help="its number in `soleus track list`")
    edit.add_argument("--value", metavar="VALUE", help="a number, or a grade such as 4-")
    for either in (add, edit):
        either.add_argument("--side", choices=("left", "right", "both"), help="the side that was measured")
        either.add_argument("--on", metavar="DATE", help="the day, such as 2026-03-01" + (" (default: today)" if either is add else ""))
        either.add_argument("--unit", metavar="U", help="unit of the value, if it is not the usual one")
        either.add_argument("--aid", metavar="A", help="stick, brace, rail: whatever helped")
        either.add_argument("--by", metavar="WHO", help="who measured")
        either.add_argument("--note", metavar="N", help="anything that may matter later")
        either.add_argument("--unable", action="store_true", help="it was tried and could not be done")
        either.add_argument("--force", action="store_true", help="take a value that is unusual but possible")
    show = command("show", "say for each measure and side whether it is really getting worse")
    show.add_argument("--measure", metavar="M", help="this one alone")
    show.add_argument("--json", action="store_true", help="the result as JSON on standard output")
    show.add_argument("--svg", metavar="FILE", type=Path, help="also write the charts as an SVG picture")
    show.add_argument("--png", metavar="FILE", type=Path, help="also write the charts as a PNG picture")
    show.add_argument("--forecast", action="store_true", help="also when values that mean something would be reached")
    show.add_argument("--force", action="store_true", help="write over pictures that exist")
    listing = command("list", "every recorded measurement with its number")
    listing.add_argument("--json", action="store_true", help="as JSON on standard output")
    remove = command("remove", "take a recorded measurement out")
    remove.add_argument("number", metavar="N", type=int, help="its number in `soleus track list`")
    command("undo", "take back the last change of the case file; once more brings it back")
    measures = command("measures", "what can be measured; of one measure, how it is done", case=False)
    measures.add_argument("id", metavar="ID", nargs="?", help="a measure, by id, name or another name")
    imports = command("import", "read measurements from a table (CSV) or the export of a phone (export.xml, export.zip)")
    imports.add_argument("file", metavar="FILE", type=Path, help="*.csv, export.xml or export.zip of Apple Health")
    imports.add_argument("--skip-faulty", action="store_true", help="leave faulty lines of a table out instead of importing nothing")
    following = command("next", "how often to measure so that a change that matters is not missed")
    following.add_argument("measure", metavar="MEASURE", help="a measure, by id, name or another name")
    following.add_argument("--side", choices=("left", "right", "both"), help="the side")
    following.add_argument(
        "--within", metavar="MONTHS", type=float, default=12.0, help="time in which the change would happen (default: 12)"
    )
    following.add_argument("--loss", metavar="X", type=float, help="the change that should not be missed (default: what matters to people)")
    return parser


# What every command starts from


@dataclass(frozen=True)
class _Told:
    """A case and its measurements, as the file says them."""

    case: Case
    measurements: Measurements
    measures: Mapping[str, MeasureEntry]
    today: datetime.date


def _told(name: str, text: str | None = None) -> _Told:
    """Read and check a case.

    Raises:
        CaseError: With every problem in it.
    """
    from soleus.interchange.casefile.read import check_case, check_text
    from soleus.interchange.measurements.casefile import read_measurements

    today = datetime.date.today()
    measures = _open_measures()
    case, problems = check_case(name, today) if text is None else check_text(text, today)
    problems = [p for p in problems if p.what != "says nothing of the person's trouble."]  # a new diary may be empty
    found = read_measurements(case.measurements, measures, today)
    if problems or found.problems:
        raise CaseError([*problems, *found.problems], source="standard input" if name == "-" else name)
    return _Told(case, found, measures, today)


def _open_measures() -> Mapping[str, MeasureEntry]:
    from soleus.knowledge_store import open_measures

    return open_measures()


def _needs_scipy() -> None:
    from importlib.util import find_spec

    if find_spec("scipy") is None:
        raise UsageError(Problem("", "Judging measurements needs scipy.", "Install it with: pip install 'soleus[track]'"))


# Recording


def _add(options: argparse.Namespace) -> int:
    from soleus.interchange.measurements.casefile import entry_of, find_measure, written
    from soleus.interchange.measurements.edit import with_entries
    from soleus.interchange.measurements.file import open_file, save

    if (options.value is None) != options.unable:
        raise UsageError(
            Problem("VALUE", "give a value, or --unable if it could not be done.", "Such as: soleus track add CASE heel-rise 9")
        )
    measure = find_measure(options.measure, _open_measures())
    file = open_file(options.case)
    told = _told(options.case, file.text)
    point = _point(measure, options, told.today)
    _refuse_again(told, measure, point, None)
    entry = entry_of(measure, point, given=None if point.unable else written(options.value), unit=options.unit or "", by=_line(options.by))
    what = _words(measure, point)
    _save(file, with_entries(file.text, [entry]), f"add {what}", save)
    print(f"Recorded: {what}.")
    return 0


def _edit(options: argparse.Namespace) -> int:
    from soleus.interchange.measurements.casefile import UNABLE, written
    from soleus.interchange.measurements.edit import with_changes
    from soleus.interchange.measurements.file import open_file, save

    file = open_file(options.case)
    told = _told(options.case, file.text)
    old = _entry(told, options.number)
    if options.unable and options.value is not None:
        raise UsageError(Problem("--unable", "stands beside --value.", "Give one of them."))
    if options.unit and options.value is None:
        raise UsageError(Problem("--unit", "belongs to a new value.", "Give --value with it."))
    changes: dict[str, Any] = {key: _line(getattr(options, key)) for key in ("aid", "by", "note") if getattr(options, key) is not None}
    if options.unable or options.value is not None:
        changes["value"] = UNABLE if options.unable else written(options.value)
        if options.unit is not None or _entry_of_file(told, options.number).get("unit"):
            changes["unit"] = options.unit or old.measure.unit
    if options.side:
        changes["side"] = options.side
    wanted = argparse.Namespace(**vars(options))
    wanted.value = options.value if options.value is not None else None if options.unable or old.point.unable else old.given.split(" ")[0]
    wanted.unable = options.unable or (old.point.unable and options.value is None)
    wanted.unit = options.unit if options.value is not None else _entry_of_file(told, options.number).get("unit") or ""
    wanted.side = options.side or (old.point.side.value if old.point.side.value != "unstated" else None)
    wanted.on = options.on or old.point.on.isoformat()
    point = _point(old.measure, wanted, told.today)
    if options.on:
        changes["on"] = point.on
    if not changes:
        raise UsageError(Problem("edit", "nothing to change was given.", "Such as: soleus track edit CASE 3 --value 11"))
    _refuse_again(told, old.measure, point, options.number)
    what = _words(old.measure, point)
    _save(file, with_changes(file.text, options.number - 1, changes), f"change entry {options.number}", save)
    print(f"Entry {options.number} is now: {what}.")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from soleus.interchange.measurements.edit import without
    from soleus.interchange.measurements.file import open_file, save

    file = open_file(options.case)
    text = without(file.text, options.number - 1)
    _save(file, text, f"remove entry {options.number}", save)
    print(f"Entry {options.number} is removed. `soleus track undo` brings it back.")
    return 0


def _undo(options: argparse.Namespace) -> int:
    from soleus.interchange.measurements.file import undo

    print(f"Taken back: {undo(options.case)}.")
    return 0


def _save(file: OpenFile, text: str, what: str, save: Any) -> None:
    if not save(file, text, what):
        print("The cache folder cannot be written: this change cannot be taken back by `soleus track undo`.", file=sys.stderr)


def _point(measure: MeasureEntry, options: argparse.Namespace, today: datetime.date) -> Point:
    """The measurement that was typed, refused if it cannot be or is hardly possible.

    Raises:
        OutOfRange: If it is no value, date or side.
        UsageError: If it is not plausible, and nobody insisted.
    """
    from soleus.domain.finding import Side
    from soleus.domain.measure import Point, Series
    from soleus.interchange.measurements.casefile import UNABLE, day_of, value_of

    side = Side(options.side) if options.side else Side.UNSTATED
    value, unable = value_of(measure, UNABLE if options.unable else options.value, options.unit or "")
    low, high = measure.plausible
    measure.check(low if value is None else min(max(value, low), high), side)
    point = Point(day_of(options.on, today) if options.on else today, value, side, unable, _line(options.aid), _line(options.note))
    Series(measure, side, (point,))
    if value is not None and not low <= value <= high and not options.force:
        shown = f"{value:g} {measure.unit}"
        cure = f"Plausible is {low:g} to {high:g} {measure.unit}. Mend it, or add --force if it is really so."
        raise UsageError(Problem(measure.name, f"{shown} is not plausible.", cure))
    return point


def _refuse_again(told: _Told, measure: MeasureEntry, point: Point, but: int | None) -> None:
    from soleus.interchange.measurements.casefile import same

    for r in same(told.measurements.recorded, measure, point):
        if r.number != but:
            raise UsageError(
                Problem(_words(measure, point), f"stands in the file already, as entry {r.number}.", "A second value on a day must differ.")
            )


def _entry(told: _Told, number: int) -> Any:
    for r in told.measurements.recorded:
        if r.number == number:
            return r
    count = len(told.case.measurements)
    if 1 <= number <= count:
        cure = f"`soleus track remove CASE {number}` takes it out."
        raise CaseError(Problem(f"measurements[{number - 1}]", "was not understood, and cannot be changed here.", cure))
    cure = f"Entries run from 1 to {count}; `soleus track list` shows them." if count else "Nothing was recorded yet."
    raise UsageError(Problem("N", f"There is no entry {number}.", cure))


def _entry_of_file(told: _Told, number: int) -> Mapping[str, Any]:
    return told.case.measurements[number - 1]


def _line(text: str | None) -> str:
    """One line of printable text."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split()) if text else ""


def _words(measure: MeasureEntry, point: Point) -> str:
    from soleus.reports.trend.as_json import side_word
    from soleus.reports.trend.text import shown_exact

    side = f", {side_word(point.side)}" if side_word(point.side) else ""
    value = "unable" if point.unable or point.value is None else shown_exact(measure, point.value)
    return f"{measure.name}{side}: {value} on {point.on}"


# Reading


def _list(options: argparse.Namespace) -> int:
    from rich.console import Console

    from soleus.reports.trend.as_json import recorded_json
    from soleus.reports.trend.text import print_list

    told = _told(options.case)
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


def _measures(options: argparse.Namespace) -> int:
    from rich.console import Console

    from soleus.interchange.measurements.casefile import find_measure
    from soleus.knowledge_store import open_knowledge
    from soleus.reports.trend.text import print_measures, print_protocol

    console, measures = Console(highlight=False), _open_measures()
    if options.id:
        print_protocol(console, find_measure(options.id, measures), open_knowledge().kb.sources)
    else:
        print_measures(console, measures.values())
    return 0


def _show(options: argparse.Namespace) -> int:
    _needs_scipy()
    for path, kind in ((options.svg, ".svg"), (options.png, ".png")):
        _check_target(path, kind, options.force)
    told = _told(options.case)
    series = _wanted(told, options.measure)
    if not series:
        missed = "; ".join(told.measurements.not_understood)
        cure = f"Left out: {missed}." if missed else "Such as: soleus track add CASE heel-rise 9 --side left"
        raise CaseError(Problem("measurements", "hold nothing that could be judged.", cure), source=options.case)

    from numpy.random import default_rng

    from soleus.interchange.measurements.casefile import physique_of
    from soleus.knowledge_store import open_knowledge
    from soleus.track import track

    person = physique_of(told.case)
    result = track(series, told.measures, person, told.today, default_rng(SEED), with_forecast=options.forecast)
    _write_pictures(options, result, person, told.today)
    sources = open_knowledge().kb.sources
    if options.json:
        from soleus.reports.trend.as_json import track_json

        recorded = told.measurements.recorded
        return _print_json(track_json(told.case.id, result, recorded, told.measurements.not_understood, sources, told.today))
    from rich.console import Console

    from soleus.reports.trend.charts import charts
    from soleus.reports.trend.text import print_track

    print_track(Console(highlight=False), result, charts(result, person, told.today), told.measurements.not_understood, sources)
    return 0


def _wanted(told: _Told, measure: str | None) -> tuple[Series, ...]:
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


def _write_pictures(options: argparse.Namespace, result: Track, person: Any, today: datetime.date) -> None:
    if options.svg is None and options.png is None:
        return
    from soleus.reports.charts.svg import multiples, svg
    from soleus.reports.trend.charts import charts

    specs = charts(result, person, today)
    picture = svg(specs[0]) if len(specs) == 1 else multiples(specs, title="Measurements")
    if options.svg is not None:
        _write(options.svg, picture.encode())
    if options.png is not None:
        from soleus.reports.charts.png import png

        _write(options.png, png(picture))


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(Problem(str(path), f"cannot be written: {error.strerror}.", "Check the folder and the permissions.")) from None
    print(f"{path} is written.", file=sys.stderr)


def _print_json(document: Any) -> int:
    import json

    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


# Looking ahead


def _next(options: argparse.Namespace) -> int:
    _needs_scipy()
    from numpy.random import default_rng
    from rich.console import Console
    from rich.progress import Progress

    from soleus.interchange.measurements.casefile import find_measure, physique_of
    from soleus.reports.trend.text import schedule_words, settling_words
    from soleus.track import how_often, track

    told = _told(options.case)
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
        raise UsageError(Problem("--loss", f"{loss:g} {measure.unit} is no loss that {measure.name} can show."))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Simulating schedules", total=None)
        tried = how_often(
            measure,
            level,
            loss,
            round(options.within * DAYS_PER_MONTH),
            rng,
            tell=lambda done, total: bar.update(task, completed=done, total=total),
        )
    print(schedule_words(measure, judged, loss, options.within, tried))
    if judged.settling is not None:
        print(settling_words(judged.settling))
    return 0


def _import(options: argparse.Namespace) -> int:
    from soleus.cli.track_import import run_import

    return run_import(options)
