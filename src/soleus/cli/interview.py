"""`soleus interview`: asks, one question at a time, the most useful next; safety questions first; then assesses."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from soleus.domain.finding import Side
    from soleus.interview.choose import Finish
    from soleus.interview.state import Answer, Question, State
    from soleus.knowledge_store import Compiled

HOW = (
    "Type the number of your answer. Or type d for don't know, ? to hear why I ask, u to go back, s to save and stop, "
    "q to stop and see the result."
)
HOW_MANY = "Type all numbers that fit, such as 1 3, or 0 for none of these. Put ? behind one you are not sure of."
PREFACE = {
    "red-flag": "First some questions about what must not be missed. Most people can say no to nearly all of it.",
    "information": "That was the urgent part. Now about the trouble itself.",
}
LEGS = {"1": "left", "l": "left", "left": "left", "2": "right", "r": "right", "right": "right", "3": "both", "b": "both", "both": "both"}


@dataclass(frozen=True)
class Command:
    """Something else than an answer: `why`, `undo`, `save`, `quit`."""

    name: str


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus interview", description=__doc__, epilog=HOW)
    parser.add_argument("--save", metavar="CASE", type=Path, help="write a case file after each answer; resume if it exists")
    parser.add_argument(
        "--setting",
        choices=["self", "primary-care", "neuromuscular-clinic"],
        help="who asks (default: that of the case, or self); in a clinic what has to be examined is asked as well",
    )
    parser.add_argument(
        "--json", action="store_true", help="transcript and assessment as JSON on standard output; the talk goes to standard error"
    )
    options = parser.parse_args(arguments)

    from dataclasses import replace

    from soleus.domain.case import Case
    from soleus.interview.saved import resume, save
    from soleus.interview.state import State
    from soleus.knowledge_store import open_knowledge

    today = datetime.date.today()
    compiled = open_knowledge()
    talk = Talk(sys.stderr if options.json else sys.stdout, sys.stdin)
    before: dict[str, Any] = {}
    state = State(Case(), today)
    if options.save is not None and options.save.exists():
        state, before = resume(options.save, today)
        talk.say(f"Resuming {options.save}: {len(state.answers)} answers so far.")
    if options.setting:
        state = replace(state, case=replace(state.case, setting=options.setting))
    talk.welcome()

    def keep(changed: State) -> None:
        if options.save is not None:
            save(options.save, changed, before)

    state, finish, saved_only = interview(state, compiled, talk, keep)
    if saved_only:
        if options.save is None:
            talk.say("Nothing was saved, because no file was named. Next time: soleus interview --save my-case.yaml")
        else:
            talk.say(f"Saved in {options.save}. Go on with: soleus interview --save {options.save}")
    return _result(state, finish, compiled, talk, as_json=options.json, assess=not saved_only)


class Talk:
    """Plain lines out, plain lines in: no colour, no cursor, nothing that a screen reader stumbles over."""

    def __init__(self, out: TextIO, source: TextIO) -> None:
        self.out, self.source = out, source
        self.explained = False
        """Whether it has been said how to tick a list."""
        self.prefaced: set[str] = set()

    def say(self, text: str = "") -> None:
        import textwrap

        for line in text.split("\n"):
            print(textwrap.fill(line, 100, subsequent_indent=" " * (len(line) - len(line.lstrip()))), file=self.out)

    def hear(self, prompt: str) -> str | None:
        """The next line; None at the end of the input."""
        print(prompt, end="", file=self.out, flush=True)
        line = self.source.readline()
        if not line:
            print(file=self.out)
            return None
        if not self.source.isatty():
            print(line.strip(), file=self.out)
        return line.strip()

    def welcome(self) -> None:
        self.say("I will ask about the leg, one question at a time. It takes about ten minutes. I advise; I do not diagnose.")
        self.say("If you cannot pass urine, go numb between the legs, or the leg turns cold and white: call for help, do not type.")
        self.say(HOW)
        self.say()

    def ask(self, question: Question, number: int) -> Answer | Command:
        """Put a question until the answer fits, or is a command; the end of the input is `quit`."""
        from soleus.domain.errors import UsageError

        if question.kind in PREFACE and question.kind not in self.prefaced:
            self.say(PREFACE[question.kind])
            self.say()
            self.prefaced.add(question.kind)
        self._put(question, number)
        while True:
            line = self.hear("> ")
            if line is None:
                return Command("quit")
            if command := _COMMANDS.get(line.lower()):
                if command != "why":
                    return Command(command)
                self.say(question.why)
                continue
            try:
                return self._read(question, line)
            except UsageError as error:
                self.say(f"{error} {HOW_MANY if question.form == 'several' else HOW if question.form == 'one' else ''}".strip())

    def _put(self, question: Question, number: int) -> None:
        self.say(f"Question {number}. {question.text}")
        if question.instructions:
            for step in (*question.instructions, *([question.caution] if question.caution else ())):
                self.say(f"   {step}")
        elif question.caution:
            self.say(f"   {question.caution}")
        for i, choice in enumerate(question.choices, start=1):
            self.say(f"  {i}  {choice.text}")
        if question.form == "several":
            self.say("  0  None of these")
            if not self.explained:
                self.say(f"   {HOW_MANY}")
            self.explained = True
        elif question.form == "text":
            self.say("   One line; press Enter to leave it out.")

    def _read(self, question: Question, line: str) -> Answer:
        from soleus.domain.errors import UsageError
        from soleus.interview.state import NONE, reply

        if question.form in ("number", "text"):
            return reply(question, text="" if line.lower() in _UNKNOWN and question.form == "number" else line)
        if line.lower() in _UNKNOWN:
            return reply(question)
        if question.form == "several" and line.lower() in ("0", "none", "no", "n"):
            return reply(question, (NONE,))
        chosen, unsure, leg = _ticks(question, line)
        if question.form == "several" and not chosen and unsure and len(unsure) < len(question.choices):
            chosen = (NONE,)
        if not chosen and not unsure:
            raise UsageError("Please name an answer by its number.")
        sided = any(question.choice(c).sided for c in chosen if c != NONE)
        return reply(question, chosen, side=self._leg(leg) if sided else _no_side(), unsure=unsure)

    def _leg(self, told: str) -> Side:
        from soleus.domain.finding import Side

        while not told:
            line = self.hear("Which leg, or which side?  1 left  2 right  3 both > ")
            if line is None or line.lower() in _UNKNOWN:
                return Side.UNSTATED
            told = LEGS.get(line.lower(), "")
            if not told:
                self.say("Type 1 for left, 2 for right, 3 for both, or d if you cannot say.")
        return Side(told)


_COMMANDS = {
    "?": "why",
    "why": "why",
    "u": "undo",
    "undo": "undo",
    "back": "undo",
    "s": "save",
    "save": "save",
    "q": "quit",
    "quit": "quit",
}
_UNKNOWN = ("d", "", "don't know", "dont know", "do not know", "unknown")
_WORDS = {"yes": "yes", "y": "yes", "no": "no", "n": "no"}


def _no_side() -> Side:
    from soleus.domain.finding import Side

    return Side.UNSTATED


def _by_word(word: str, known: set[str]) -> str | None:
    """The choice of that name, or the only one that begins so: f for female."""
    found = [id_ for id_ in known if id_ == word] or [id_ for id_ in known if word and id_.startswith(word)]
    return found[0] if len(found) == 1 else None


def _ticks(question: Question, line: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Chosen and unsure ids, and the leg where it was named: "1 3? left"."""
    from soleus.domain.errors import UsageError

    chosen: list[str] = []
    unsure: list[str] = []
    leg = ""
    by_number = {str(i): c.id for i, c in enumerate(question.choices, start=1)}
    known = set(by_number.values())
    for word in line.lower().replace(",", " ").replace(";", " ").split():
        plain = word.rstrip("?.")
        id_ = by_number.get(plain) or _by_word(_WORDS.get(plain, plain), known)
        if id_ and not (plain in LEGS and plain.isalpha()):
            (unsure if word.endswith("?") and question.form == "several" else chosen).append(id_)
        elif plain in LEGS:
            leg = LEGS[plain]
        else:
            raise UsageError(f'"{word}" is not one of the answers.')
    return tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(unsure)), leg


def interview(state: State, compiled: Compiled, talk: Talk, keep: Any = lambda state: None) -> tuple[State, Finish | None, bool]:
    """Ask until there is nothing more to ask or the person stops: the last state, why it ended, and whether it was only to be saved."""
    from soleus.interview import words
    from soleus.interview.choose import Finish, next_question
    from soleus.interview.state import answered, undo

    while True:
        step = next_question(state, compiled)
        if isinstance(step, Finish):
            talk.say(step.text)
            if step.because:
                talk.say(step.because)
            for line in step.do_now:
                talk.say(f"  {line}")
            talk.say()
            return state, step, False
        heard = talk.ask(step, len(state.answers) + 1)
        if not isinstance(heard, Command):
            state = answered(state, heard)
            keep(state)
        elif heard.name == "undo":
            if not state.answers:
                talk.say("There is nothing to take back.")
            state = undo(state)
            keep(state)
        elif heard.name == "save":
            keep(state)
            return state, None, True
        else:
            talk.say(words.STOPPED)
            return state, Finish("stopped", words.STOPPED), False
        talk.say()


def _result(state: State, finish: Finish | None, compiled: Compiled, talk: Talk, *, as_json: bool, assess: bool) -> int:
    if not assess and not as_json:
        return 0
    from soleus.assess import assess as assessed
    from soleus.interview.state import case_of, understanding_of

    understanding = understanding_of(state, compiled)
    case = case_of(state)
    result = assessed(understanding.evidence, compiled.kb, compiled.network)
    if as_json:
        import json

        from soleus.interview.as_json import interview_json

        json.dump(interview_json(state, finish, case, understanding, result, compiled.kb), sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
        return 0
    from rich.console import Console

    from soleus.reports.text import print_report

    print_report(Console(highlight=False), case, understanding, result, compiled.kb)
    return 0
