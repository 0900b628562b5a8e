"""What has been asked and answered so far, and what that is as evidence. Immutable; every step returns a new state."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import lru_cache

from soleus.domain.case import Case, FindingEntry
from soleus.domain.errors import UsageError
from soleus.domain.evidence import Evidence, Observation, settle
from soleus.domain.finding import Finding, Kind, Side
from soleus.interchange.evidence import Understanding, understand
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.status import read_status, weights
from soleus.interchange.phrases.tempo import read_tempo
from soleus.knowledge_store import Compiled

UNKNOWN = "unknown"
NONE = "none"
"""The choice "none of these" of a list."""
PERSONAL = ("age", "sex", "narrative", "onset", "course")
"""Facts that are no findings."""
MOST_KEPT = 64


@dataclass(frozen=True)
class Fact:
    """One thing that an answer says: a finding, or one of `PERSONAL`, with its value; `unknown` where the person could not tell."""

    about: str
    value: str
    side: Side = Side.UNSTATED


@dataclass(frozen=True)
class Choice:
    """One way to answer, in words, and what it means."""

    id: str
    text: str
    facts: tuple[Fact, ...] = ()
    otherwise: tuple[Fact, ...] = ()
    """What it means that an item of a list was looked at and not ticked."""
    sided: bool = False
    """Whether the leg has to be named."""


@dataclass(frozen=True)
class Question:
    """One question, ready to be put to a person. Everybody may answer "don't know"."""

    id: str
    kind: str
    """`opening`, `red-flag`, `information` or `self-test`."""
    form: str
    """`number`, `text`, `one` (one choice) or `several` (a list; "none of these" is an answer)."""
    text: str
    choices: tuple[Choice, ...] = ()
    why: str = ""
    instructions: tuple[str, ...] = ()
    caution: str = ""
    covers: tuple[str, ...] = ()
    """Findings, or members of `PERSONAL`, that count as asked afterwards."""
    benefit: float = 0.0
    """Expected benefit by which it was chosen. [-]"""

    def choice(self, id_: str) -> Choice:
        return next(c for c in self.choices if c.id == id_)


@dataclass(frozen=True)
class Answer:
    """An answered question: what it says, and the words of both for the transcript."""

    question: str
    kind: str
    facts: tuple[Fact, ...]
    asked: str = ""
    said: str = ""


@dataclass(frozen=True)
class State:
    """The interview so far: what was known before (a saved case), and the answers in their order."""

    case: Case
    today: datetime.date
    answers: tuple[Answer, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(f for a in self.answers for f in a.facts)

    def told(self, about: str) -> str | None:
        """The last value given for one of `PERSONAL`; None where it was not asked."""
        return next((f.value for f in reversed(self.facts) if f.about == about), None)

    @property
    def age_years(self) -> float | None:
        told = self.told("age")
        return float(told) if told not in (None, UNKNOWN) else self.case.age_years

    @property
    def sex(self) -> str:
        return self.told("sex") or self.case.sex

    @property
    def narrative(self) -> str:
        told = self.told("narrative")
        return told if told not in (None, UNKNOWN) else self.case.narrative

    @property
    def asked(self) -> frozenset[str]:
        """Findings and personal facts that were asked about, whatever the answer."""
        return frozenset(f.about for f in self.facts)


def reply(
    question: Question, chosen: tuple[str, ...] = (), *, side: Side = Side.UNSTATED, unsure: tuple[str, ...] = (), text: str = ""
) -> Answer:
    """An answer to a question; nothing chosen and no text is "don't know".

    Args:
        question: The question.
        chosen: Ids of choices; `("none",)` for "none of these".
        side: The leg, where a chosen item has a side.
        unsure: Items of a list that the person cannot tell.
        text: The number, or the words, where the question asks for them.

    Raises:
        UsageError: If the answer does not fit the question.
    """
    if question.form in ("number", "text"):
        return _open(question, text.strip())
    known = {c.id: c for c in question.choices}
    if wrong := [c for c in (*chosen, *unsure) if c not in known and c != NONE]:
        raise UsageError(f'"{wrong[0]}" is no answer to "{question.text}".')
    if question.form == "one" and len(chosen) > 1:
        raise UsageError(f'One answer is wanted to "{question.text}".')
    if not chosen and not unsure:
        return Answer(question.id, question.kind, tuple(Fact(c, UNKNOWN) for c in question.covers), question.text, "don't know")
    picked = [known[c] for c in chosen if c != NONE]
    facts = [replace(f, side=side) if c.sided and f.side is Side.UNSTATED else f for c in picked for f in c.facts]
    facts += [f for c in question.choices if c.id not in (*chosen, *unsure) for f in c.otherwise]
    said = {f.about for f in facts}
    facts += [Fact(c, UNKNOWN) for c in question.covers if c not in said]
    where = "" if side is Side.UNSTATED or not any(c.sided for c in picked) else f" ({_LEGS[side]})"
    words = "; ".join(c.text for c in picked) + where if picked else "none of these" if chosen else ""
    if unsure:
        words = "; ".join([*([words] if words else []), "not sure: " + ", ".join(known[c].text for c in unsure)])
    return Answer(question.id, question.kind, tuple(facts), question.text, words)


_LEGS = {Side.LEFT: "left", Side.RIGHT: "right", Side.BOTH: "both"}


def _open(question: Question, text: str) -> Answer:
    about = question.covers[0]
    if not text:
        return Answer(question.id, question.kind, (Fact(about, UNKNOWN),), question.text, "don't know" if about == "age" else "nothing")
    if question.form == "number":
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = -1.0
        if not 0 <= number <= 120:
            raise UsageError(f'"{text}" is not an age in years, from 0 to 120.')
        text = f"{number:g}"
    return Answer(question.id, question.kind, (Fact(about, text),), question.text, text)


def answered(state: State, answer: Answer) -> State:
    """The state with one more answer."""
    return replace(state, answers=(*state.answers, answer))


def undo(state: State) -> State:
    """The state before the last answer; at the beginning, the same."""
    return replace(state, answers=state.answers[:-1])


def understanding_of(state: State, compiled: Compiled) -> Understanding:
    """Everything known so far as evidence: the saved case and the free text as they are read, and the answers."""
    heard = _heard(state, compiled)
    told = [f for f in state.facts if f.about not in PERSONAL]
    given = [o for f in told if f.about in compiled.kb.findings for o in _observed(f, compiled.kb.findings[f.about])]
    renamed = tuple(f"{f.about}: {f.value}" for f in told if f.about not in compiled.kb.findings)  # by hand, in a saved interview
    observations, contradictions = settle([*heard.evidence.observations, *given], compiled.kb.findings)
    before = heard.evidence
    onset, course = (state.told(which) for which in ("onset", "course"))
    evidence = Evidence(
        age_years=state.age_years if state.age_years is not None else before.age_years,
        sex=state.sex if state.sex != "unknown" else before.sex,
        setting=before.setting,
        observations=observations,
        onset=read_tempo(onset).onset if onset and onset != UNKNOWN else before.onset,
        course=read_tempo(course).course if course and course != UNKNOWN else before.course,
        tests=before.tests,
        onset_text=onset if onset and onset != UNKNOWN else before.onset_text,
        course_text=course if course and course != UNKNOWN else before.course_text,
    )
    missed = (*heard.not_understood, *renamed)
    return replace(heard, evidence=evidence, not_understood=missed, contradictions=(*heard.contradictions, *contradictions))


@dataclass
class _Heard:
    """What was read once: the key objects are kept, so that their ids stay theirs."""

    kept: dict[tuple[int, int, str], tuple[Lexicon, Case, Understanding]] = field(default_factory=dict)


_HEARD = _Heard()


def _heard(state: State, compiled: Compiled) -> Understanding:
    """The case before the interview and the free text; reading takes milliseconds to tenths of a second, so it is done once."""
    key = (id(compiled.lexicon), id(state.case), state.narrative)
    found = _HEARD.kept.get(key)
    if found is None:
        if len(_HEARD.kept) >= MOST_KEPT:
            _HEARD.kept.clear()
        case = replace(state.case, narrative=state.narrative)
        found = (compiled.lexicon, state.case, understand(case, compiled.kb, compiled.lexicon, state.today))
        _HEARD.kept[key] = found
    return found[2]


def _observed(fact: Fact, finding: Finding) -> list[Observation]:
    likelihood = _weights(finding.kind, fact.value)
    if likelihood is None:
        return []
    sides = [Side.UNSTATED] if not finding.sided else [Side.LEFT, Side.RIGHT] if fact.side is Side.BOTH else [fact.side]
    return [Observation(finding.id, side, likelihood, f"{finding.name}: {fact.value}", "interview") for side in sides]


@lru_cache(maxsize=256)
def _weights(kind: Kind, value: str) -> tuple[float, ...] | None:
    """As the reader of case files takes the same value beside the id of a finding."""
    return weights(kind, kind is Kind.REFLEX, read_status(value))


def case_of(state: State) -> Case:
    """Everything told so far as a case: what `soleus assess` of the saved file reads."""
    tempo = "; ".join(v for which in ("onset", "course") if (v := state.told(which)) and v != UNKNOWN)
    entries = [FindingEntry(f.about, f.side, f.value) for f in state.facts if f.about not in PERSONAL]
    if tempo:
        entries.append(FindingEntry("time course", value=tempo))
    return replace(
        state.case,
        age_years=state.age_years,
        sex=state.sex,
        narrative=state.narrative,
        findings=(*state.case.findings, *entries),
    )
