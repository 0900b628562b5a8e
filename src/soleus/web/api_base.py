"""What all parts of the JSON API share: reading a body, writing an answer, saying what is wrong, and how often one may ask."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser
from ninja.throttling import BaseThrottle

from soleus.domain.errors import KnowledgeError, PlanInfeasible, Problem, SoleusError
from soleus.formats.located_yaml import dotted, parse
from soleus.web.errors import TooOften

MOST_VALUES = 50_000
_LAST_PART = re.compile(r"(\.[^.\[\]]*|\[\d+\]|^[^.\[\]]+)$")


class Refused(SoleusError):
    """A request that cannot be done, with the status that says why."""

    def __init__(self, status: int, what: str, cure: str = "", where: str = "") -> None:
        self.status = status
        super().__init__(Problem(where, what, cure))

    @staticmethod
    def of(status: int, found: Sequence[Problem]) -> Refused:
        """Several problems at once."""
        error = Refused(status, "")
        error.problems = tuple(found)
        return error


# Reading


class JsonBody(Parser):
    """Strict JSON, kept on the request with its text, so that faults can be told with their lines."""

    def parse_body(self, request: HttpRequest) -> Any:
        value, text = read_json(request.body)
        if not isinstance(value, dict):
            raise Refused(400, "is not a JSON object.", "Send one object, in braces.")
        request.told, request.told_text = value, text  # type: ignore[attr-defined]
        return value


def told(request: HttpRequest) -> dict[str, Any]:
    """The body of a request as plain values, read by `JsonBody` before; faults in it are told by the readers of case files and logs."""
    found: dict[str, Any] = request.told  # type: ignore[attr-defined]
    return found


def read_json(body: bytes) -> tuple[Any, str]:
    """The value and the text of a JSON document.

    Raises:
        Refused: If it is none: status 400, with the line.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(400, f"is not UTF-8 text (byte {error.start}).", "Send JSON in UTF-8.") from None
    try:
        value = json.loads(text, parse_constant=_no_number, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        problem = Problem("", f"is not JSON: {error.msg}, column {error.colno}.", "Send one JSON object.", error.lineno)
        raise Refused.of(400, [problem]) from None
    except RecursionError:
        raise Refused(400, "is nested too deeply.", "No document here needs more than twelve levels.") from None
    except ValueError:
        raise Refused(400, "holds a number with too many digits.", "Send numbers as they were measured.") from None
    if "\\u" in text and _has_no_character(value):
        raise Refused(400, "holds a character that is none (NUL, or half of a surrogate pair).", "Send the text again.")
    return value, text


def _no_number(name: str) -> NoReturn:
    raise Refused(400, f"holds {name}, which is no number in JSON.", "Leave out what is not known.")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Refused(400, f'holds the key "{twice[:60]}" twice in one object.', "Keep one of them.")
    return found


def _has_no_character(value: Any) -> bool:
    text = json.dumps(value, ensure_ascii=False)
    return "\\u0000" in text or any("\ud800" <= c <= "\udfff" for c in text)


@contextmanager
def within(part: str) -> Iterator[None]:
    """Faults found inside are told with the place of the part in the body: `findings[0]` is `case.findings[0]`."""
    try:
        yield
    except PlanInfeasible:
        raise  # it names demands that clash, not a place
    except SoleusError as error:
        error.problems = tuple(replace(p, where=f"{part}.{p.where}" if p.where else part) for p in error.problems)
        raise


# Answering


def document(data: Any, status: int = 200) -> HttpResponse:
    """The same bytes as the command line writes with `--json`."""
    text = json.dumps(data, indent=1, ensure_ascii=False, default=str) + "\n"
    return HttpResponse(text, content_type="application/json", status=status)


def refusal(request: HttpRequest, error: SoleusError) -> HttpResponse:
    """What is wrong, all of it at once, with the lines of the body."""
    status = getattr(error, "status", None) or (500 if isinstance(error, KnowledgeError) else 429 if isinstance(error, TooOften) else 422)
    text = getattr(request, "told_text", "")
    return problems(_with_lines(error.problems, text) if text else error.problems, status)


def problems(found: Sequence[Problem], status: int) -> HttpResponse:
    return document({"problems": [{"where": p.where, "what": p.what, "cure": p.cure, "line": p.line} for p in found]}, status)


def _with_lines(found: Sequence[Problem], text: str) -> list[Problem]:
    """The line of the body that each problem is about; none where the body has no such place."""
    located = parse(text, max_nodes=MOST_VALUES)
    lines = {} if located.problems else {dotted(path): line for path, line in located.lines.items()}
    return [replace(p, line=_line(p.where, lines)) for p in found]


def _line(where: str, lines: dict[str, int]) -> int | None:
    while where and where not in lines:
        where, before = _LAST_PART.sub("", where), where
        if where == before:
            return None
    return lines.get(where) if where else None


# How often


class PerAddress(BaseThrottle):
    """So many requests a minute from one address."""

    def __init__(self, name: str, most: int) -> None:
        self.name, self.most = name, most

    def allow_request(self, request: HttpRequest) -> bool:
        key = f"api:{self.name}:{get_adapter(request).get_client_ip(request)}:{int(time.time() // 60)}"
        cache.add(key, 0, 120)
        try:
            return bool(cache.incr(key) <= self.most)
        except ValueError:  # dropped in this moment, as the memory for it is small
            return True

    def wait(self) -> float:
        return math.ceil(60 - time.time() % 60)


QUICK = PerAddress("quick", 120)
"""For what takes a tenth of a second."""
SLOW = PerAddress("slow", 30)
"""For what takes seconds: plans and trends."""
