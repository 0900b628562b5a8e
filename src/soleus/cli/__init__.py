"""The command line. `main` finds the command, runs it and turns every expected error into words and an exit code."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

from soleus.domain.errors import SoleusError

COMMANDS = {
    "assess": "how soon to be seen, where the lesion may lie, what it may be, what to do next",
    "read": "what is understood of a letter or of your own words, as a case file to correct",
    "plan": "treatments to discuss, a week of exercises, aids, prevention, what must bring you back",
    "visit": "the summary for the doctor: one or two pages, the key concern in the first line",
    "track": "record measurements, and say whether it is really getting worse",
    "interview": "asks, one question at a time, what matters most; then assesses",
    "serve": "the web application, for a browser on this machine",
    "knowledge": "check, show, list and count what Soleus knows",
    "evaluate": "accuracy on published cases",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 2 usage, 10 the case, 11 the knowledge base, 12 a server is at fault."""
    gc.set_threshold(100_000, 50, 50)  # loading makes hundreds of thousands of objects, and all of them stay
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_usage())
        return 0 if arguments else 2
    if arguments[0] == "--version":
        from soleus import __version__

        print(f"soleus {__version__}")
        return 0
    name = arguments[0]
    if name not in COMMANDS:
        print(f'soleus: "{name}" is not a command.\n\n{_usage()}', file=sys.stderr)
        return 2
    try:
        command = importlib.import_module(f"soleus.cli.{name}")
        code = command.run(arguments[1:])
        sys.stdout.flush()
        return int(code)
    except SoleusError as error:
        _complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _complain(error: SoleusError) -> None:
    count = len(error.problems)
    head = f"{error.source}: " if error.source else ""
    if count > 1:
        print(f"{head}{count} problems.", file=sys.stderr)
        head = ""
    for problem in error.problems:
        print(f"{head}{problem}", file=sys.stderr)


def _usage() -> str:
    lines = ["Soleus: weakness at the back of a leg. It advises; it does not diagnose.", "", "usage: soleus COMMAND ...", ""]
    width = max(map(len, COMMANDS))
    lines += [f"  {name:<{width}}  {text}" for name, text in COMMANDS.items()]
    return "\n".join([*lines, "", "soleus COMMAND --help says more."])
