"""Text of a case file to a `Case`. Gathers every problem before it stops."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Mapping
from typing import Any

from soleus.domain.case import Case, EventEntry, FindingEntry, TestEntry
from soleus.domain.errors import CaseError, Problem
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import SETTINGS
from soleus.formats.located_yaml import Located, Path_, dotted, parse, read_named

MAX_BYTES = 1_000_000
SCHEMA = "soleus/case/1"
OLDEST = 120
MOST_ENTRIES = 500
MOST_MEASUREMENTS = 4_000
"""A diary of years, or what a phone counted."""
MOST_VALUES = 50_000
MOST_TEXT = 20_000

KEYS = (
    "schema",
    "id",
    "age",
    "sex",
    "height_cm",
    "weight_kg",
    "activity",
    "setting",
    "conditions",
    "medicines",
    "findings",
    "tests",
    "measurements",
    "events",
    "goals",
    "preferences",
    "narrative",
)
ANSWER_KEYS = (
    "source",
    "patient_voice",
    "diagnosis",
    "lesion_site",
    "course",
    "urgency",
    "urgency_second_rater",
    "urgency_ok",
    "urgency_reason",
    "back_of_leg",
    "treatment",
    "notes",
    "log",
)
"""Keys of published cases with answers; read by `soleus evaluate`, never by an assessment."""
FINDING_KEYS = ("finding", "side", "value", "since", "course", "sure", "note")
MEASUREMENT_KEYS = ("measure", "side", "value", "unit", "on", "aid", "by", "note")
EVENT_KEYS = ("on", "what", "kind")
EVENT_KINDS = ("operation", "injury", "relapse", "medicine")
LONGEST_EVENT = 200
"""Characters: it stands in a chart."""
BODY = {
    "height_cm": (40, 260, "height in centimetres, such as 172"),
    "weight_kg": (2, 400, "weight in kilograms, such as 70"),
    "activity": (1, 6, "level of physical activity, from 1 (hardly any) to 6 (hard training several times a week)"),
}
"""What norms ask for: lowest and highest that is taken, and what it is."""
TEST_KEYS = ("test", "value", "unit", "result", "on", "note")
SEXES = {
    "male": "male",
    "female": "female",
    "intersex": "intersex",
    "unknown": "unknown",
    "m": "male",
    "f": "female",
    "man": "male",
    "woman": "female",
}
SIDES = {
    "left": Side.LEFT,
    "right": Side.RIGHT,
    "both": Side.BOTH,
    "bilateral": Side.BOTH,
    "l": Side.LEFT,
    "r": Side.RIGHT,
    "": Side.UNSTATED,
    "none": Side.UNSTATED,
    "midline": Side.UNSTATED,
    "unstated": Side.UNSTATED,
    "unknown": Side.UNSTATED,
}


def read_case(name: str, today: datetime.date) -> Case:
    """Read a case from a file, or from standard input where the name is `-`.

    Raises:
        CaseError: With every problem in it.
    """
    case, problems = check_case(name, today)
    if problems:
        raise CaseError(problems, source="standard input" if name == "-" else name)
    return case


def case_of_text(text: str, today: datetime.date, source: str = "") -> Case:
    """Parse and check the text of a case file.

    Raises:
        CaseError: With every problem in it.
    """
    case, problems = check_text(text, today)
    if problems:
        raise CaseError(problems, source=source)
    return case


def check_case(name: str, today: datetime.date) -> tuple[Case, list[Problem]]:
    """As much of a case file as can be read, and every problem in it, by line.

    Raises:
        CaseError: If there is no text to read at all.
    """
    text, unreadable = read_named(name, MAX_BYTES)
    if unreadable:
        raise CaseError(unreadable)
    return check_text(text, today)


def check_text(text: str, today: datetime.date) -> tuple[Case, list[Problem]]:
    """As much of a case as the text holds, and every problem in it, by line."""
    checker = _Checker(parse(text, max_nodes=MOST_VALUES), today)
    case = checker.case()
    return case, sorted(checker.problems, key=lambda p: p.line or 0)


class _Checker:
    """Turns plain values into a case, noting each fault with its place."""

    def __init__(self, located: Located, today: datetime.date) -> None:
        self.located = located
        self.today = today
        self.problems: list[Problem] = list(located.problems)

    def fault(self, path: Path_, what: str, cure: str = "") -> None:
        self.problems.append(Problem(dotted(path), what, cure, self.located.line(path)))

    def case(self) -> Case:
        data = self.located.value
        if data is None and not self.problems:
            self.problems.append(
                Problem("", "is empty.", "A case needs at least `findings:` or `narrative:`; see docs/tutorials/first-case.md.")
            )
        if data is not None and not isinstance(data, dict):
            self.problems.append(
                Problem("", f"holds {_kind(data)}, not a case.", "A case is a mapping: `age: 58`, `findings:` and so on.", 1)
            )
        if not isinstance(data, dict):
            return Case()
        self._unknown_keys(data, (*KEYS, *ANSWER_KEYS), ())
        schema = data.get("schema", SCHEMA)
        if schema != SCHEMA:
            self.fault(("schema",), f'"{schema}" is not a schema Soleus reads.', f"Write `schema: {SCHEMA}`.")
        case = Case(
            id=self._text(data, "id"),
            age_years=self._age(data.get("age")),
            sex=self._sex(data.get("sex")),
            height_cm=self._body(data, "height_cm"),
            weight_kg=self._body(data, "weight_kg"),
            activity=self._body(data, "activity"),
            setting=self._setting(data.get("setting")),
            conditions=self._texts(data, "conditions"),
            medicines=self._texts(data, "medicines"),
            findings=self._entries(data, "findings", self._finding),
            tests=self._entries(data, "tests", self._test),
            measurements=self._entries(data, "measurements", self._measurement),
            events=self._entries(data, "events", self._event),
            goals=self._texts(data, "goals"),
            preferences=self._preferences(data.get("preferences")),
            narrative=self._text(data, "narrative"),
        )
        if not self.problems and not (case.findings or case.narrative or case.tests or case.conditions or case.measurements):
            self.problems.append(Problem("", "says nothing of the person's trouble.", "Add `findings:` (or `narrative:`)."))
        return case

    def _unknown_keys(self, data: Mapping[str, Any], keys: tuple[str, ...], path: Path_) -> None:
        for key in data:
            if key not in keys:
                shown = keys if path else KEYS
                self.fault(
                    (*path, key), "is not a key of a case file here." + _did_you_mean(key, keys), "Keys here: " + ", ".join(shown) + "."
                )

    def _text(self, data: Mapping[str, Any], key: str) -> str:
        value = data.get(key)
        if value is None:
            return ""
        if isinstance(value, (dict, list)):
            self.fault((key,), f"is {_kind(value)}; plain text is needed.", f"Write `{key}: words`.")
            return ""
        if len(str(value)) > MOST_TEXT:
            self.fault((key,), f"is longer than {MOST_TEXT:,} characters.", "Shorten it to what matters.")
        return str(value)

    def _texts(self, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = data.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list):
            self.fault((key,), f"is {_kind(value)}; a list is needed.", f"Write `{key}: [first, second]`.")
            return ()
        for i, item in enumerate(value):
            if not isinstance(item, (str, int, float)) or isinstance(item, bool):
                self.fault((key, i), f"is {_kind(item)}; plain text is needed.", f"Write `{key}: [first, second]`.")
        return tuple(str(item) for item in value if isinstance(item, (str, int, float)))

    def _age(self, value: Any) -> float | None:
        if value is None:
            return None
        number = _number(value)
        if number is None:
            self.fault(("age",), f'"{_short(value)}" is not an age.', "Write the age in years, such as 58; leave it out if unknown.")
            return None
        if not 0 <= number <= OLDEST:
            self.fault(("age",), f"{_short(value)} is not a possible age.", f"Years, from 0 to {OLDEST}.")
            return None
        return number

    def _sex(self, value: Any) -> str:
        if value is None:
            return "unknown"
        sex = SEXES.get(str(value).strip().lower())
        if sex is None:
            self.fault(("sex",), f'"{_short(value)}" is not one of male, female, intersex, unknown.', "Leave it out if unknown.")
        return sex or "unknown"

    def _body(self, data: Mapping[str, Any], key: str) -> float | None:
        value = data.get(key)
        if value is None:
            return None
        lowest, highest, what = BODY[key]
        number = _number(value)
        if number is None or not lowest <= number <= highest:
            self.fault((key,), f'"{_short(value)}" is not possible.', f"Write the {what}; leave it out if unknown.")
            return None
        return number

    def _setting(self, value: Any) -> str:
        if value is None:
            return "self"
        if value not in SETTINGS:
            self.fault(("setting",), f'"{_short(value)}" is not one of {", ".join(SETTINGS)}.', "Leave it out if you ask for yourself.")
            return "self"
        return str(value)

    def _entries(self, data: Mapping[str, Any], key: str, read: Any) -> tuple[Any, ...]:
        value = data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault((key,), f"is {_kind(value)}; a list is needed.", f"Begin each entry below `{key}:` with `- `.")
            return ()
        most = MOST_MEASUREMENTS if key == "measurements" else MOST_ENTRIES
        if len(value) > most:
            self.fault((key,), f"holds {len(value):,} entries; {most} at most.", "Is this one person's case?")
            return ()
        return tuple(entry for i, item in enumerate(value) if (entry := read(item, (key, i))) is not None)

    def _finding(self, item: Any, path: Path_) -> FindingEntry | None:
        if isinstance(item, str):
            item = {"finding": item}
        if not isinstance(item, dict):
            self.fault(path, f"is {_kind(item)}, not a finding.", "Write `- {finding: calf weakness, side: left}`.")
            return None
        self._unknown_keys(item, FINDING_KEYS, path)
        text = item.get("finding")
        if not isinstance(text, str) or not text.strip():
            self.fault(
                (*path, "finding") if "finding" in item else path,
                "names no finding." if text is None or text == "" else f"is {_kind(text)}; words are needed.",
                "Write `finding:` and what was found, such as `calf weakness`.",
            )
            return None
        value = item.get("value")
        if isinstance(value, (dict, list)):
            self.fault((*path, "value"), f"is {_kind(value)}; one value is needed.", "Such as present, absent, 4-/5, reduced.")
        return FindingEntry(
            text,
            self._side(item, path),
            _value_text(value),
            self._date(item, "since", path),
            self._word(item, "course", path),
            self._sure(item, path),
            dotted(path),
            self.located.line(path),
        )

    def _side(self, item: Mapping[str, Any], path: Path_) -> Side:
        value = item.get("side")
        side = SIDES.get(str("" if value is None else value).strip().lower())
        if side is None:
            self.fault((*path, "side"), f'"{_short(value)}" is not one of left, right, both.', "Leave it out if there is no side.")
        return side or Side.UNSTATED

    def _word(self, item: Mapping[str, Any], key: str, path: Path_) -> str:
        value = item.get(key)
        if value is not None and not isinstance(value, (str, int, float)):
            self.fault((*path, key), f"is {_kind(value)}; a word is needed.", f"Write `{key}: word`.")
            return ""
        return "" if value is None else str(value)

    def _sure(self, item: Mapping[str, Any], path: Path_) -> float | None:
        value = item.get("sure")
        if value is None:
            return None
        number = _number(str(value).rstrip("% ")) if isinstance(value, str) else _number(value)
        number = number / 100 if number is not None and number > 1 else number
        if number is None or not 0.5 <= number <= 1:
            self.fault(
                (*path, "sure"),
                f'"{_short(value)}" is not a certainty.',
                "From 0.5 (cannot tell) to 1 (certain), or 50 % to 100 %; for an absent finding write `value: absent`.",
            )
            return None
        return number

    def _date(self, item: Mapping[str, Any], key: str, path: Path_) -> datetime.date | None:
        value = item.get(key)
        if value is None:
            return None
        if isinstance(value, datetime.datetime):
            value = value.date()
        if isinstance(value, str) and len(value) == 10:
            with contextlib.suppress(ValueError):
                value = datetime.date.fromisoformat(value)
        if not isinstance(value, datetime.date):
            self.fault((*path, key), f'"{_short(value)}" is not a date.', "Write year-month-day, such as 2026-03-01.")
            return None
        if value > self.today or value.year < self.today.year - OLDEST:
            self.fault(
                (*path, key),
                f"{value} lies in the future." if value > self.today else f"{value} is too long ago.",
                f"Today is {self.today}.",
            )
            return None
        return value

    def _test(self, item: Any, path: Path_) -> TestEntry | None:
        if not isinstance(item, dict):
            self.fault(path, f"is {_kind(item)}, not a test.", "Write `- {test: creatine kinase, value: 180, unit: U/L}`.")
            return None
        self._unknown_keys(item, TEST_KEYS, path)
        name = item.get("test")
        if not isinstance(name, str) or not name.strip():
            self.fault(path, "names no test.", "Write `test:` and its name.")
            return None
        raw, result = item.get("value"), item.get("result")
        number = _number(raw)
        if isinstance(raw, (dict, list)) or isinstance(result, (dict, list)):
            self.fault((*path, "value"), "is not one value.", "Give `value:` with `unit:`, or the words of the report as `result:`.")
        if raw is None and result is None:
            self.fault(path, "has no result.", "Give `value:` with `unit:`, or the words of the report as `result:`.")
        words = " ".join(str(x) for x in (result, raw if number is None else None) if x is not None)
        return TestEntry(
            name, number, self._word(item, "unit", path), words, self._date(item, "on", path), dotted(path), self.located.line(path)
        )

    def _measurement(self, item: Any, path: Path_) -> Mapping[str, object]:
        """One entry; what is none keeps its place empty, so that every other one is found under its number."""
        if not isinstance(item, dict) or not isinstance(item.get("measure"), str):
            self.fault(path, "names no measure.", "Write `- {measure: heel-rise, side: left, value: 9, on: 2026-09-01}`.")
            return {}
        self._unknown_keys(item, MEASUREMENT_KEYS, path)
        value = item.get("value")
        if _number(value) is None and not (isinstance(value, str) and _MEASURED.fullmatch(value.strip())):
            self.fault((*path, "value"), f'"{_short(value)}" is not a number.', "Such as `value: 9`, or `value: unable`.")
        for key in ("unit", "aid", "by", "note"):
            self._word(item, key, path)
        self._side(item, path)
        self._date(item, "on", path)
        return dict(item)

    def _event(self, item: Any, path: Path_) -> EventEntry | None:
        shape = "Write `- {on: 2026-03-01, what: operation on the disc}`."
        if not isinstance(item, dict):
            self.fault(path, f"is {_kind(item)}, not an event.", shape)
            return None
        self._unknown_keys(item, EVENT_KEYS, path)
        what = self._word(item, "what", path).strip()
        if not what:
            self.fault(path, "does not say what happened.", shape)
        elif len(what) > LONGEST_EVENT:
            self.fault((*path, "what"), f"is longer than {LONGEST_EVENT} characters.", "Shorten it to what matters.")
        if item.get("on") is None:
            self.fault(path, "has no date.", shape)
        kind = self._word(item, "kind", path).strip().lower()
        if kind and kind not in EVENT_KINDS:
            self.fault((*path, "kind"), f'"{_short(kind)}" is not one of {", ".join(EVENT_KINDS)}.', "Leave it out if it is none of these.")
        on = self._date(item, "on", path)
        return EventEntry(on, what, kind) if on is not None and what else None

    def _preferences(self, value: Any) -> Mapping[str, object]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(("preferences",), f"is {_kind(value)}; a mapping is needed.", "Such as {minutes_per_day: 30, days: [mon, wed]}.")
            return {}
        return dict(value)


_MEASURED = re.compile(r"(mrc\s*)?[0-5]\s*[+-]?(\s*/\s*5)?|unable|cannot|could not|not able|can't", re.I)
"""What stands for a number under `measurements`: an MRC grade, or that it could not be done."""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        try:
            value = float(value.replace(",", "").strip())
        except ValueError:
            return None
    if isinstance(value, (int, float)) and value == value and abs(value) != float("inf"):
        return float(value)
    return None


def _value_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "present" if value else "absent"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if not isinstance(value, (dict, list)) else ""


def _kind(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", str: "text", bool: "true/false", int: "a number", float: "a number", type(None): "nothing"}
    return names.get(type(value), "binary data" if isinstance(value, bytes) else "a date")


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _did_you_mean(key: str, keys: tuple[str, ...]) -> str:
    import difflib

    close = difflib.get_close_matches(key, keys, n=1)
    return f" Did you mean {close[0]}?" if close else ""
