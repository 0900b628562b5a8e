"""`--llm URL` of `soleus read` and `soleus assess`: a language model reads the text too. Off unless asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from soleus.interchange.narrative.by_model import ByModel, SetAside
    from soleus.interchange.narrative.endpoint import Endpoint
    from soleus.interchange.narrative.read import Told
    from soleus.interchange.phrases.reader import PhraseReader


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "language model",
        "Off unless --llm is given. The model only adds, and each of its statements is checked against the text. A key is read from the "
        "environment variable SOLEUS_LLM_KEY. A server on this machine may itself pass the text on: look into its settings.",
    )
    group.add_argument("--llm", metavar="URL", help="an OpenAI-compatible server that reads the text too: http://localhost:8080/v1")
    group.add_argument("--model", metavar="NAME", help="the model to ask (default: the first that the server lists)")
    group.add_argument("--send-away", action="store_true", help="allow the text to leave this machine, where the server is another one")
    group.add_argument("--timeout", metavar="SECONDS", type=_seconds, help="the longest wait for the whole answer (default: 60)")


def _seconds(said: str) -> float:
    seconds = float(said)
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError("between 0 and 86400")
    return seconds


@dataclass(frozen=True)
class Asked:
    """A model's reading of a text."""

    host: str
    stays_here: bool
    model: str
    reading: ByModel

    @property
    def as_json(self) -> dict[str, Any]:
        reading = self.reading
        return {
            "host": self.host,
            "leaves_machine": not self.stays_here,
            "model": self.model,
            "statements": reading.statements,
            "added": len(reading.entries),
            "known": reading.known,
            "left_out": [_set_aside(s) for s in reading.left_out],
            "dropped": [_set_aside(s) for s in reading.dropped],
        }

    def __str__(self) -> str:
        reading = self.reading
        whole = [s for s in reading.dropped if s.part == "statement"]
        counts = f"{reading.statements} statements: {len(reading.entries)} added, {reading.known} known already, "
        counts += f"{len(reading.left_out)} tell nothing here, {len(whole)} dropped because the text does not bear them out"
        parts = len(reading.dropped) - len(whole)
        return f"{self.model} at {self.host}: {counts}" + (f"; {parts} sides or values dropped." if parts else ".")


def _set_aside(one: SetAside) -> Mapping[str, str]:
    return {**one.statement.model_dump(), "part": one.part, "why": one.why}


def endpoint_of(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Endpoint | None:
    """The server to ask, None where no model is wanted. Nothing is sent, and no name looked up.

    Raises:
        UsageError: If the address is none, the text would leave the machine without leave, or httpx is missing.
    """
    if options.llm is None:
        if options.model or options.send_away or options.timeout:
            parser.error("--model, --send-away and --timeout go with --llm.")
        return None
    from soleus.domain.errors import Problem, UsageError

    try:
        from soleus.interchange.narrative.endpoint import TIMEOUT_S, endpoint
    except ModuleNotFoundError as missing:
        if missing.name != "httpx":
            raise
        raise UsageError(Problem("--llm", "needs httpx, which is not installed.", "Install it: pip install 'soleus[llm]'")) from None
    found = endpoint(options.llm, options.timeout or TIMEOUT_S)
    if not (found.stays_here or options.send_away):
        raise UsageError(
            Problem(
                "--llm",
                f"{found.host} is not this machine, so the text would leave it. Nothing was sent.",
                "Use a server on this machine (localhost), or add --send-away if the text may go there.",
            )
        )
    return found


def ask(server: Endpoint, model: str | None, text: str, told: Told, reader: PhraseReader) -> Asked:
    """Have a text read. What goes where is said on standard error before anything goes.

    Raises:
        EndpointError: If there is no usable answer. There is no going on without one.
        UsageError: If the text is too long.
    """
    from soleus.domain.errors import Problem, UsageError
    from soleus.interchange.narrative.by_model import INSTRUCTIONS, LONGEST_TEXT, SCHEMA, checked, statements_of
    from soleus.interchange.narrative.endpoint import printable

    if len(text) > LONGEST_TEXT:
        what = f"the text has {len(text):,} characters; a model gets {LONGEST_TEXT:,} at most."
        raise UsageError(Problem("--llm", what, "Shorten it, or leave --llm out."))
    if not server.stays_here:
        how = "over an encrypted connection" if server.encrypted else "NOT ENCRYPTED: everybody on the way can read it"
        print(f"The text leaves this machine: it is sent to {server.host}, {how}.", file=sys.stderr, flush=True)
    name = model or server.first_model()
    answer = server.ask(name, INSTRUCTIONS, text, SCHEMA)
    asked = Asked(server.host, server.stays_here, printable(name), checked(statements_of(answer, server.host), text, told, reader))
    print(asked, file=sys.stderr)
    return asked
