"""Reads the log of done sessions (`soleus/log/1`), gathering every problem with its line."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from soleus.domain.errors import CaseError, Problem
from soleus.domain.finding import Side
from soleus.domain.training_log import SYMPTOMS, Done, LoggedSession, TrainingLog
from soleus.formats.located_yaml import Located, dotted, parse, read_named
from soleus.interchange.log_notes import symptoms_of

SCHEMA = "soleus/log/1"
MAX_BYTES = 4_000_000
MOST_VALUES = 300_000
"""Some ten years of three sessions a week, with ten exercises of each leg."""
SESSION_KEYS = ("on", "exercises", "pain_next_morning", "soreness_hours", "symptoms", "note", "seen")
DONE_KEYS = ("exercise", "side", "sets", "hold_s", "minutes", "load_kg", "effort", "pain")
SIDES = {"left": Side.LEFT, "right": Side.RIGHT, "both": Side.BOTH, "l": Side.LEFT, "r": Side.RIGHT, None: Side.BOTH}
MOST_REPETITIONS, MOST_HOLD_S, MOST_MINUTES, MOST_KG = 200, 900, 600, 500
Path_ = tuple[str | int, ...]


def read_log(name: str, exercises: Collection[str], today: datetime.date) -> TrainingLog:
    """Read a log from a file, or from standard input where the name is `-`.

    Args:
        exercises: Ids of the catalogue.

    Raises:
        CaseError: With every problem in it.
    """
    text, unreadable = read_named(name, MAX_BYTES)
    if unreadable:
        raise CaseError(unreadable)
    return log_of_text(text, exercises, today, source="standard input" if name == "-" else name)


def log_of_text(text: str, exercises: Collection[str], today: datetime.date, source: str = "") -> TrainingLog:
    """Parse and check the text of a log.

    Raises:
        CaseError: With every problem in it.
    """
    reader = _Reader(parse(text, max_nodes=MOST_VALUES), exercises, today)
    log = reader.log()
    if reader.problems:
        raise CaseError(sorted(reader.problems, key=lambda p: p.line or 0), source=source)
    return log


class _Reader:
    def __init__(self, located: Located, exercises: Collection[str], today: datetime.date) -> None:
        self.located = located
        self.exercises = exercises
        self.today = today
        self.problems: list[Problem] = list(located.problems)

    def fault(self, path: Path_, what: str, cure: str = "") -> None:
        self.problems.append(Problem(dotted(path), what, cure, self.located.line(path)))

    def log(self) -> TrainingLog:
        data = self.located.value
        if not isinstance(data, dict) or not isinstance(data.get("sessions", []), list):
            if not self.problems:
                self.fault((), "is not a log.", f"Write `schema: {SCHEMA}` and a list under `sessions:`.")
            return TrainingLog()
        self._keys(data, ("schema", "sessions"), ())
        if data.get("schema", SCHEMA) != SCHEMA:
            self.fault(("schema",), f'"{data["schema"]}" is not a schema Soleus reads.', f"Write `schema: {SCHEMA}`.")
        sessions = [s for i, item in enumerate(data.get("sessions", [])) if (s := self._session(item, ("sessions", i))) is not None]
        return TrainingLog(tuple(sorted(sessions, key=lambda s: s.on)))

    def _keys(self, data: Mapping[Any, Any], keys: tuple[str, ...], path: Path_) -> None:
        for key in data:
            if key not in keys:
                close = get_close_matches(str(key), keys, n=1)
                self.fault(
                    (*path, str(key)), "is not a key here." + (f" Did you mean {close[0]}?" if close else ""), f"Keys: {', '.join(keys)}."
                )

    def _session(self, item: Any, path: Path_) -> LoggedSession | None:
        if not isinstance(item, dict):
            self.fault(path, "is not a session.", "Write `- on: 2026-11-20` and `exercises:` below it.")
            return None
        self._keys(item, SESSION_KEYS, path)
        on = _date(item.get("on"))
        if on is None:
            self.fault((*path, "on"), "is missing or no date.", "Write year-month-day, such as `on: 2026-11-20`.")
            return None
        if on > self.today:
            self.fault((*path, "on"), f"{on} lies in the future.", f"Today is {self.today}.")
        note = str(item.get("note") or "")
        done = item.get("exercises") or []
        if not isinstance(done, list):
            self.fault((*path, "exercises"), "is not a list.", "Write `- {exercise: bridge, sets: [10, 10], effort: 5}`.")
            done = []
        return LoggedSession(
            on=on,
            done=tuple(d for i, x in enumerate(done) if (d := self._done(x, (*path, "exercises", i))) is not None),
            pain_next_morning=self._number(item, "pain_next_morning", path, 10),
            soreness_hours=self._number(item, "soreness_hours", path, 336),
            symptoms=tuple(dict.fromkeys((*self._symptoms(item, path), *symptoms_of(note)))),
            note=note,
            seen=self._seen(item, on, path),
        )

    def _seen(self, item: Mapping[str, Any], on: datetime.date, path: Path_) -> datetime.date | None:
        """Up to which day a clinician has looked at what the log tells."""
        value = item.get("seen")
        if value is None or value is False:
            return None
        if value is True:
            return on
        day = _date(value)
        if day is None or day > self.today:
            what = f'"{value}" is neither true nor a date.' if day is None else f"{day} lies in the future."
            self.fault(
                (*path, "seen"), what, f"Write `seen: true`, or the day on which a clinician looked at it, such as `seen: {self.today}`."
            )
            return None
        return day

    def _symptoms(self, item: Mapping[str, Any], path: Path_) -> tuple[str, ...]:
        value = item.get("symptoms") or []
        listed = value if isinstance(value, list) else [value]
        for text in listed:
            if str(text).lower() not in SYMPTOMS:
                self.fault(
                    (*path, "symptoms"),
                    f'"{text}" is not known here.',
                    f"One or more of: {', '.join(SYMPTOMS)}; the rest goes into `note`.",
                )
        return tuple(str(t).lower() for t in listed)

    def _done(self, item: Any, path: Path_) -> Done | None:
        if not isinstance(item, dict) or not isinstance(item.get("exercise"), str):
            self.fault(path, "names no exercise.", "Write `- {exercise: bridge, side: both, sets: [10, 10], effort: 5, pain: 0}`.")
            return None
        self._keys(item, DONE_KEYS, path)
        exercise = item["exercise"].strip().lower().replace(" ", "-")
        if exercise not in self.exercises:
            close = get_close_matches(exercise, list(self.exercises), n=1)
            self.fault((*path, "exercise"), f'"{item["exercise"]}" is not in the catalogue.', f"Did you mean {close[0]}?" if close else "")
        told = item.get("side")
        side = SIDES.get(told.strip().lower() if isinstance(told, str) else told) if told is None or isinstance(told, str) else None
        if side is None:
            self.fault((*path, "side"), f'"{told}" is not one of left, right, both.', "Write `side: left`, or one entry a side.")
        return Done(
            exercise=exercise,
            side=side or Side.BOTH,
            repetitions=self._whole(item, "sets", path, MOST_REPETITIONS, "repetitions of each set, such as [10, 9, 8]"),
            holds_s=self._whole(item, "hold_s", path, MOST_HOLD_S, "seconds of each set, such as [30, 25]"),
            minutes=self._number(item, "minutes", path, MOST_MINUTES),
            load_kg=self._number(item, "load_kg", path, MOST_KG),
            effort_rpe=self._number(item, "effort", path, 10),
            pain=self._number(item, "pain", path, 10),
        )

    def _number(self, item: Mapping[str, Any], key: str, path: Path_, most: float) -> float | None:
        value = item.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
            self.fault((*path, key), f'"{value}" is not possible here.', f"A number from 0 to {most:g}.")
            return None
        return float(value)

    def _whole(self, item: Mapping[str, Any], key: str, path: Path_, most: int, what: str) -> tuple[int, ...]:
        value = item.get(key)
        listed = [] if value is None else value if isinstance(value, list) else [value]
        good = [v for v in listed if isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= most]
        if len(good) != len(listed):
            self.fault((*path, key), "holds something that is not possible.", f"Write the {what}; whole numbers from 0 to {most}.")
        return tuple(good)


def _date(value: Any) -> datetime.date | None:
    """A date as YAML or JSON gives it; None if it is none."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = datetime.date.fromisoformat(value.strip())
    return value if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) else None
