"""`soleus track add | show | list | edit | remove | undo | measures | import | next`: record measurements; is it really getting worse?"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence
from pathlib import Path

from soleus.domain.errors import OutOfRange, Problem, UsageError

TODO = {
    "add": "track_record.add",
    "edit": "track_record.edit",
    "remove": "track_record.remove",
    "undo": "track_record.undo",
    "show": "track_show.show",
    "list": "track_show.list_entries",
    "measures": "track_show.measures",
    "next": "track_show.next_measurements",
    "import": "track_import.run_import",
}
"""Module and function of each subcommand: imported when it is asked for."""


def run(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    module, _, name = TODO[options.command].partition(".")
    command = getattr(importlib.import_module(f"soleus.cli.{module}"), name)
    try:
        return int(command(options))
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
    imports.add_argument(
        "--every", choices=("week", "day"), default="week", help="of a phone: means of weeks, or every day (default: week)"
    )
    imports.add_argument("--since", metavar="DATE", help="leave out what was measured before this day")
    following = command("next", "how often to measure so that a change that matters is not missed")
    following.add_argument("measure", metavar="MEASURE", help="a measure, by id, name or another name")
    following.add_argument("--side", choices=("left", "right", "both"), help="the side")
    following.add_argument(
        "--within", metavar="MONTHS", type=float, default=12.0, help="time in which the change would happen (default: 12)"
    )
    following.add_argument("--loss", metavar="X", type=float, help="the change that should not be missed (default: what matters to people)")
    return parser
