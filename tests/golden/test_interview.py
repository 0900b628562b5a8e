"""The whole talk of an interview, to be read aloud: is each sentence plain, and does the next question follow?"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

from soleus.cli.interview import Talk, interview
from soleus.domain.case import Case
from soleus.interview.state import State
from soleus.knowledge_store import Compiled

TODAY = datetime.date(2026, 3, 2)

PLAIN = ["52", "2", "", "1 left", "3", "?", "0", "u", "0", "0", "left", "0", "2?", "0", "?", "q"]
EMERGENCY = ["old", "47", "f", "My back has hurt for three days and my right leg is weak.", "0", "2 3"]


def talk(lines: list[str], compiled: Compiled) -> str:
    out = io.StringIO()
    voice = Talk(out, io.StringIO("\n".join([*lines, ""])))
    voice.welcome()
    interview(State(Case(), TODAY), compiled, voice)
    return out.getvalue()


def test_a_plain_interview(compiled: Compiled, golden: Callable[[str, str], None]) -> None:
    golden("interview.txt", talk(PLAIN, compiled))


def test_an_interview_that_ends_in_an_emergency(compiled: Compiled, golden: Callable[[str, str], None]) -> None:
    text = talk(EMERGENCY, compiled)
    assert "emergency number" in text
    golden("interview-emergency.txt", text)
