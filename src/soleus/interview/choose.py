"""Which question comes next, or why none does. Pure; docs/explanation/interview.md gives the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from soleus.domain.evidence import Evidence, ancestors
from soleus.domain.finding import Finding, Kind, Presence, Side
from soleus.domain.knowledge_base import KnowledgeBase, level_rank
from soleus.interchange.evidence import Understanding
from soleus.interview import words
from soleus.interview.catalogue import Catalogue, Group, HomeTest, Item, open_catalogue
from soleus.interview.state import Choice, Fact, Question, State, understanding_of
from soleus.knowledge_store import Compiled
from soleus.reasoning.inference import Posterior, binary_information_bits, entropy_bits, infer
from soleus.reasoning.network import Array
from soleus.reasoning.outlook import Askable, Consequences, askable, joint_outcomes, present_given
from soleus.reasoning.triage import Told, Triage, triage, with_dangers

MOST_QUESTIONS = 25
"""After so many questions, the opening not counted, people tire and guess (expert estimate)."""
MOST_FLAGS = 6
"""Safety questions before the first other question: all of them once, and no interrogation (expert estimate)."""
MOST_ITEMS = 6
"""Items of a list: what can be kept in mind when it is read aloud (expert estimate)."""
DANGER = {"emergency": 1.0, "same_day": 0.4, "within_2_weeks": 0.1}
"""How much of an alarm a cause is (expert estimate)."""
LEAST_DANGER = 0.02
"""A safety question that would shift the probability of danger by less than this waits (expert estimate)."""
PER_LEVEL = 1.0
"""Benefit of one level of urgency gained, in bits about the cause (expert estimate)."""
PER_CHANGE = 0.5
"""Benefit of another group of management, in bits about the cause (expert estimate)."""
PER_ITEM = 0.15
"""Effort of one more item in a list, against 1 for a question of its own (expert estimate)."""
TRYING = 0.5
"""Effort of standing up to try something, beside 1 for the question itself (expert estimate)."""
LEAST_CHANGE = 0.02
"""A question that changes urgency or advice less often than this is not worth asking for that (expert estimate)."""
LEAST_BITS = 0.05
"""... nor for less information about the cause than this. [bit]"""
LEAST_ITEM_BITS = 0.004
"""An item of a list that says less than this is left out. [bit]"""
CLARIFYING = 3
"""So many answers may clear up an alarm that rests on probabilities and on no red flag (expert estimate)."""
ENOUGH_CAUSES = 0.995
"""Lists are weighed among the causes that hold this share of the probability: it is twice as fast."""
HOME = "self"
SIDES_TELL = frozenset(("symmetrical-weakness", "asymmetrical-weakness"))
"""Findings that are known once the weak side is, and of which one tells the other."""


@dataclass(frozen=True)
class Finish:
    """No further question: why, and, in an emergency, what to do now."""

    reason: str
    """`emergency`, `settled` (no answer would change much) or `enough` (so many questions tire)."""
    text: str
    do_now: tuple[str, ...] = ()
    because: str = ""
    """The red flag, in plain words."""


@dataclass(frozen=True)
class Picture:
    """All that is known at a state of the interview."""

    understanding: Understanding
    by_rule: Triage
    posterior: Posterior
    triage: Triage

    @property
    def evidence(self) -> Evidence:
        return self.understanding.evidence


@dataclass(frozen=True)
class _Flag:
    """A safety question and what it may reveal."""

    question: Question
    shift: float
    """Expected shift of the probability of danger by its answer. [-]"""
    always: bool


@dataclass(frozen=True)
class _Candidate:
    """A question that might come next."""

    make: Callable[[], Question]
    """Made only when it is chosen: there are hundreds of candidates."""
    benefit: float
    bits: float
    change: float
    """P(the answer changes the urgency or the leading group of management). [-]"""
    yes: Array | None = None
    """(C,) P(any yes | condition), for the reason."""
    urgent: bool = False
    """Whether it asks for a red flag that could still make a rule fire."""


def picture_of(state: State, compiled: Compiled) -> Picture:
    """Evidence, urgency and causes at this state; the same sums as an assessment."""
    understanding = understanding_of(state, compiled)
    evidence = understanding.evidence
    by_rule = triage(evidence, compiled.kb)
    posterior = infer(compiled.network, compiled.kb, evidence)
    return Picture(understanding, by_rule, posterior, with_dangers(by_rule, posterior, compiled.kb, evidence))


def next_question(
    state: State, compiled: Compiled, catalogue: Catalogue | None = None, *, most: int = MOST_QUESTIONS, stop_in_emergency: bool = True
) -> Question | Finish:
    """The most useful next question, or why there is none.

    Opening, then the safety questions by the danger they may reveal, then by benefit per effort. A red flag that makes an
    emergency ends it at once; an emergency that rests on probabilities alone ends it once the safety questions are asked.
    """
    catalogue = catalogue or open_catalogue()
    if opening := _personal(state):
        return opening
    picture = picture_of(state, compiled)
    if stop_in_emergency and picture.by_rule.level == "emergency":
        return _emergency(picture)
    if not _any_complaint(picture.evidence, compiled.kb) and catalogue.complaint.id not in _asked_questions(state):
        return _list(catalogue.complaint, catalogue.complaint.items, compiled.kb, "opening")
    chooser = _Chooser(state, compiled, catalogue, picture)
    if flag := chooser.flag():
        return flag
    if stop_in_emergency and picture.triage.level == "emergency" and _has_lasted(state, compiled):
        return _emergency(picture)
    if len(_counted(state)) >= most:
        return Finish("enough", words.ENOUGH)
    return chooser.information() or Finish("settled", words.SETTLED)


def questionnaire(state: State, compiled: Compiled, catalogue: Catalogue | None = None) -> Iterator[Question]:
    """Everything that can be asked of such a person, in a fixed order: complaint, tempo, lists, then findings by how common they are.

    For comparison: what a form would ask.
    """
    catalogue = catalogue or open_catalogue()
    kb = compiled.kb
    fixed = _fixed(compiled, catalogue, state.case.setting, state.age_years)
    yield _list(catalogue.complaint, catalogue.complaint.items, kb, "opening")
    yield words.ONSET_QUESTION
    yield words.COURSE_QUESTION
    for group in catalogue.groups:
        items = [i for i in group.items if i.finding in fixed.askable.column]
        for part, first in enumerate(range(0, 0 if group.opening else len(items), MOST_ITEMS), start=1):
            id_ = group.id if part == 1 else f"{group.id}-{part}"
            yield _list(group, items[first : first + MOST_ITEMS], kb, "red-flag" if group.flag else "information", id_)
    alone = [kb.findings[f] for f in fixed.askable.findings if f not in fixed.listed]
    for finding in sorted(alone, key=lambda f: -f.background_at(state.age_years)):
        yield _plain(finding, state.case.setting == HOME)


def _has_lasted(state: State, compiled: Compiled) -> bool:
    """Whether an alarm by probability has outlasted some answers: a single one that just passes a limit may be cleared up by the next."""
    if len(_counted(state)) < CLARIFYING:
        return False
    return picture_of(replace(state, answers=state.answers[:-CLARIFYING]), compiled).triage.level == "emergency"


def _emergency(picture: Picture) -> Finish:
    reason = next((r for r in picture.triage.reasons if r.level == "emergency" and r.rule), None)
    return Finish("emergency", words.EMERGENCY, words.DO_NOW, reason.lay if reason else "")


def _counted(state: State) -> list[str]:
    """Questions that count: all but the opening."""
    return [a.question for a in state.answers if a.kind != "opening"]


def _asked_questions(state: State) -> frozenset[str]:
    return frozenset(a.question for a in state.answers)


def _any_complaint(evidence: Evidence, kb: KnowledgeBase) -> bool:
    return any(o.presence is Presence.PRESENT and kb.findings[o.finding].kind is not Kind.RISK for o in evidence.observations)


def _personal(state: State) -> Question | None:
    asked = state.asked
    if "age" not in asked and state.case.age_years is None:
        return words.AGE
    if "sex" not in asked and state.case.sex == "unknown":
        return words.SEX
    if "narrative" not in asked and not state.case.narrative.strip() and not state.case.findings:
        return words.NARRATIVE
    return None


@dataclass(frozen=True)
class _Causes:
    """Some of the causes, or all: their indices, probabilities now and before any finding, and what follows from them."""

    causes: NDArray[np.intp]
    p: Array
    prior: Array
    consequences: Consequences


class _Chooser:
    """The candidates at one state."""

    def __init__(self, state: State, compiled: Compiled, catalogue: Catalogue, picture: Picture) -> None:
        self.state, self.catalogue, self.picture = state, catalogue, picture
        self.kb, self.network = compiled.kb, compiled.network
        self.evidence, self.posterior = picture.evidence, picture.posterior
        self.now = self.posterior.conditions
        self.told = Told.of(self.evidence, self.kb)
        self.asked = state.asked
        self.questions = _asked_questions(state)
        self.home = self.evidence.setting == HOME
        self.fixed = _fixed(compiled, catalogue, self.evidence.setting, self.evidence.age_years)
        self.column = self.fixed.askable.column
        self.present = present_given(self.posterior, self.fixed.askable)
        told = (self.kb.findings[o.finding] for o in self.evidence.observations if o.presence is Presence.PRESENT)
        self.pain = any(finding.attribute == "pain" for finding in told)
        self.side_told = any(
            o.presence is Presence.PRESENT and o.side is not Side.UNSTATED and self.kb.findings[o.finding].attribute == "strength"
            for o in self.evidence.observations
        )
        self.red = frozenset(picture.triage.unasked_red_flags)

    def _is_open(self, id_: str) -> bool:
        """Whether it makes sense to ask: nobody asked, nothing known implies it, and it can be true of such a person."""
        if id_ in self.asked or self.told.presence(id_) is not Presence.UNKNOWN:
            return False
        if any(self.told.presence(broader) is Presence.ABSENT for broader in self.fixed.broader[id_]):
            return False
        if (id_ == "painless" and self.pain) or (id_ in SIDES_TELL and (self.side_told or self.asked & SIDES_TELL)):
            return False
        limits = self.catalogue.only.get(id_)
        return limits is None or limits.allow(self.evidence.age_years, self.evidence.sex)

    def _item_is_open(self, item: Item) -> bool:
        if item.finding not in self.column:
            return False
        if item.says:  # how weak may be asked of what is known to be weak
            return all(self.told.presence(f) is not Presence.ABSENT for f, _ in item.says)
        if item.side is Side.BOTH:  # "both legs" may be asked of what is known of one leg, or of a leg
            sides = {o.side for o in self.told.by_finding.get(item.finding, ()) if o.presence is Presence.PRESENT}
            return self.told.presence(item.finding) is not Presence.ABSENT and not sides >= {Side.LEFT, Side.RIGHT}
        return self._is_open(item.finding)

    # -- safety questions ------------------------------------------------------------------------------------------------

    def flag(self) -> Question | None:
        """The safety question that may reveal most danger, those that nobody may be spared first."""
        if sum(a.kind == "red-flag" for a in self.state.answers) >= MOST_FLAGS:
            return None
        best = max(self._flags(), key=lambda f: (f.always, f.shift), default=None)
        return best.question if best else None

    def _flags(self) -> Iterator[_Flag]:
        weight = np.array([DANGER.get(u, 0.0) for u in self.network.urgency])
        danger = self.now * (weight - float(self.now @ weight))  # its sum over P(answer | condition) is the shift by that answer
        if self.evidence.onset is None and "onset" not in self.asked:
            yield _Flag(words.ONSET_QUESTION, float(np.abs(danger @ self.network.onset).sum()), True)
        if self.evidence.course is None and "course" not in self.asked:
            shift = float(np.abs(danger @ self.network.course).sum())
            if shift >= LEAST_DANGER:
                yield _Flag(words.COURSE_QUESTION, shift, False)
        for group in self.catalogue.groups:
            if not group.flag or group.id in self.questions:
                continue
            items = [i for i in group.items if self._item_is_open(i)]
            if items:
                any_yes = 1 - np.prod(1 - self.present[:, [self.column[i.finding] for i in items]], axis=1)
                shift = 2 * abs(float(danger @ any_yes))
                if group.always or shift >= LEAST_DANGER:
                    yield _Flag(_list(group, items, self.kb, "red-flag"), shift, group.always)

    # -- information -----------------------------------------------------------------------------------------------------

    def information(self) -> Question | None:
        """The question with the greatest benefit per effort; None where none changes anything or tells much."""
        candidates = self._candidates()
        worthwhile = [c for c in candidates if c.change >= LEAST_CHANGE or c.bits >= LEAST_BITS]
        if not worthwhile:
            return None
        best = max(worthwhile, key=lambda c: c.benefit)
        question = best.make()
        why = question.why or words.why(best.yes, self.posterior, self.kb, best.urgent, question.form == "several")
        return replace(question, why=why, benefit=best.benefit)

    def _candidates(self) -> list[_Candidate]:
        ids = [f for f in self.column if self._is_open(f)]
        present = self.present[:, [self.column[f] for f in ids]]
        bits = dict(zip(ids, binary_information_bits(self.now, present).tolist(), strict=True))
        listed = self.fixed.listed
        alone = [f for f in ids if f not in listed]
        result = []
        for group in self.catalogue.groups:
            if group.opening or (group.flag and group.id in self.questions):
                continue
            telling = (i for i in group.items if i.tells_more or bits.get(i.finding, 0.0) >= LEAST_ITEM_BITS)
            items = sorted((i for i in telling if self._item_is_open(i)), key=lambda i: -bits.get(i.finding, 1.0))[:MOST_ITEMS]
            if len(items) == 1 and not items[0].tells_more:
                alone.append(items[0].finding)
            elif items:
                result.append(self._many(group, [i for i in group.items if i in items]))
        return [*self._tempo(), *self._ones(alone, bits), *result]

    def _tempo(self) -> Iterator[_Candidate]:
        for which, told, table, question in (
            ("onset", self.evidence.onset, self.network.onset, words.ONSET_QUESTION),
            ("course", self.evidence.course, self.network.course, words.COURSE_QUESTION),
        ):
            if told is None and which not in self.asked:
                flagged = 1.0 if which in self.red else 0.0
                yield self._weighed(partial(replace, question, kind="information"), table, self._all, 1.0, flagged)

    def _ones(self, ids: Sequence[str], bits: Mapping[str, float]) -> Iterator[_Candidate]:
        """Findings that are asked one by one."""
        present = self.present[:, [self.column[f] for f in ids]]
        rises, changes = np.zeros(len(ids)), np.zeros(len(ids))
        for given in (present, 1 - present):
            p, _, rise, changed = self._effects(given, self._all)
            rises += p * rise
            changes += p * changed
        for i, id_ in enumerate(ids):
            finding = self.kb.findings[id_]
            flagged = float(self.now @ present[:, i]) if id_ in self.red else 0.0
            effort = 1 + (TRYING if self.home and id_ in self.fixed.tests else finding.burden)
            benefit = (bits[id_] + PER_LEVEL * max(float(rises[i]), flagged) + PER_CHANGE * float(changes[i])) / effort
            change = max(float(changes[i]), flagged)
            yield _Candidate(partial(self._question, finding), benefit, bits[id_], change, present[:, i], flagged > 0)

    def _many(self, group: Group, items: Sequence[Item]) -> _Candidate:
        """A list: every way to tick it is reckoned, the items being independent given the cause."""
        present = self.present[:, [self.column[i.finding] for i in items]]
        burden = max(self.kb.findings[i.finding].burden for i in items)
        flagged = max((float(self.now @ present[:, k]) for k, i in enumerate(items) if i.finding in self.red), default=0.0)
        candidate = self._weighed(
            lambda: _list(group, items, self.kb, "information", self._number(group)),
            joint_outcomes(present[self._likely.causes]),
            self._likely,
            1 + burden + PER_ITEM * (len(items) - 1),
            flagged,
        )
        return replace(candidate, yes=1 - np.prod(1 - present, axis=1))

    def _weighed(self, make: Callable[[], Question], outcomes: Array, among: _Causes, effort: float, flagged: float) -> _Candidate:
        """A question with several outcomes, (causes, n) P(outcome | condition)."""
        p, after, rise, changed = self._effects(outcomes, among)
        bits = max(float(entropy_bits(among.p) - p @ entropy_bits(after.T)), 0.0)
        changes = float(p @ changed)
        benefit = (bits + PER_LEVEL * max(float(p @ rise), flagged) + PER_CHANGE * changes) / effort
        return _Candidate(make, benefit, bits, max(changes, flagged), urgent=flagged > 0)

    def _effects(self, outcomes: Array, among: _Causes) -> tuple[Array, Array, Array, Array]:
        """Of each outcome: its probability, the causes after it, by how many levels it raises the urgency, whether it changes anything."""
        joint = among.p[:, None] * outcomes
        p = joint.sum(axis=0)
        after = joint / np.where(p > 0, p, 1.0)
        rise = among.consequences.urgency(after, among.prior) - self._level
        if level_rank(self.picture.by_rule.level) < self._level == level_rank("emergency"):
            rise = np.abs(rise)  # an alarm by probability: clear it up
        changed = (rise > 0) | among.consequences.moves_management(among.p, after)
        return p, after, np.maximum(rise, 0).astype(float), changed.astype(float)

    @cached_property
    def _all(self) -> _Causes:
        prior = np.exp(self.posterior.log_prior)
        return _Causes(np.arange(len(self.now)), self.now, prior / prior.sum(), self.fixed.consequences)

    @cached_property
    def _likely(self) -> _Causes:
        """The causes that hold `ENOUGH_CAUSES` together. The others cannot change a figure of a list by more than their share."""
        order = np.argsort(-self.now)
        count = int(np.searchsorted(np.cumsum(self.now[order]), ENOUGH_CAUSES)) + 1
        kept = np.sort(order[:count])
        p = self.now[kept] / self.now[kept].sum()
        return _Causes(kept, p, self._all.prior[kept], self.fixed.consequences.among(kept))

    @cached_property
    def _level(self) -> int:
        """The urgency now, as the same limits see it, and at least what the rules say."""
        now = int(self.fixed.consequences.urgency(self.now[:, None], self._all.prior)[0])
        return max(now, level_rank(self.picture.by_rule.level))

    def _number(self, group: Group) -> str:
        """ "illnesses", then "illnesses-2": no question comes twice, and a long list may come in parts."""
        times = sum(q == group.id or q.removeprefix(f"{group.id}-").isdigit() for q in self.questions)
        return group.id if not times else f"{group.id}-{times + 1}"

    def _question(self, finding: Finding) -> Question:
        test = self.fixed.tests.get(finding.id) if self.home else None
        return _plain(finding, self.home) if test is None else _home_test(test, finding, self._should_not_try())

    def _should_not_try(self) -> bool:
        old = self.evidence.age_years is not None and self.evidence.age_years >= self.catalogue.do_not_try_from_age
        return old or any(self.told.presence(f) is Presence.PRESENT for f in self.catalogue.do_not_try)


@dataclass(frozen=True, eq=False)
class _Fixed:
    """What does not depend on the answers."""

    askable: Askable
    consequences: Consequences
    broader: Mapping[str, frozenset[str]]
    listed: frozenset[str]
    """Findings that are asked in lists."""
    tests: Mapping[str, HomeTest]


@dataclass
class _Kept:
    """The fixed parts for the last knowledge bases and ages; the compiled form is kept, so that its id stays its own."""

    parts: dict[tuple[int, int, str, float | None], tuple[Compiled, Catalogue, _Fixed]] = field(default_factory=dict)


_KEPT = _Kept()
MOST_KEPT = 64


def _fixed(compiled: Compiled, catalogue: Catalogue, setting: str, age_years: float | None) -> _Fixed:
    key = (id(compiled), id(catalogue), setting, age_years)
    if key not in _KEPT.parts:
        if len(_KEPT.parts) >= MOST_KEPT:
            _KEPT.parts.clear()
        _KEPT.parts[key] = (compiled, catalogue, _make_fixed(compiled, catalogue, setting, age_years))
    return _KEPT.parts[key][2]


def _make_fixed(compiled: Compiled, catalogue: Catalogue, setting: str, age_years: float | None) -> _Fixed:
    """Findings that can be asked: at home those that a person can tell and that cost little."""
    kb = compiled.kb
    known = (f for f in kb.findings.values() if f.question and f.id not in catalogue.never and f.parent != "neutral")
    ids = [f.id for f in known if setting != HOME or ("person" in f.who and f.burden <= 1)]
    return _Fixed(
        askable(compiled.network, kb, ids, age_years),
        Consequences.of(compiled.network),
        {f: ancestors(f, kb.findings) for f in ids},
        frozenset(i.finding for g in catalogue.groups if not g.opening for i in g.items if not i.says),
        {t.finding: t for t in catalogue.tests},
    )


def _list(group: Group, items: Sequence[Item], kb: KnowledgeBase, kind: str, id_: str = "") -> Question:
    choices = []
    for item in items:
        finding = kb.findings[item.finding]
        named = item.side is not Side.UNSTATED
        absent = (Fact(item.finding, "absent"),) if group.unticked_is_absent and not item.tells_more else ()
        facts = tuple(Fact(f, value) for f, value in item.says) or (Fact(item.finding, "present", item.side),)
        choices.append(
            Choice(
                f"{item.finding}-both" if named else f"{item.finding}-{item.says[0][1]}" if item.says else item.finding,
                item.say or finding.lay,
                facts,
                absent,
                finding.sided and not named,
            )
        )
    covers = tuple(i.finding for i in items if not i.says) if group.unticked_is_absent else (items[0].finding,)
    return Question(id_ or group.id, kind, "several", group.text, tuple(choices), group.why, covers=covers)


def _plain(finding: Finding, home: bool) -> Question:
    """The plain question of a finding; yes always means that it is there."""
    instructions = () if home or not finding.examine else (finding.examine,)
    return Question(finding.id, "information", "one", finding.question, _choices(finding), "", instructions, covers=(finding.id,))


def _choices(finding: Finding) -> tuple[Choice, ...]:
    def one(id_: str, text: str, value: str, sided: bool = True) -> Choice:
        return Choice(id_, text, (Fact(finding.id, value),), sided=finding.sided and sided)

    if finding.kind is Kind.STRENGTH:
        return (
            one("little", "Yes, a little", "mild"),
            one("much", "Yes, so much that it hardly works", "severe"),
            one("no", "No", "absent", False),
        )
    if finding.kind is Kind.REFLEX:
        return (
            one("normal", "Normal", "normal", False),
            one("reduced", "Reduced", "reduced"),
            one("absent", "Absent", "absent"),
            one("brisk", "Brisk", "brisk"),
        )
    return (one("yes", "Yes", "present"), one("no", "No", "absent", False))


def _home_test(test: HomeTest, finding: Finding, should_not_try: bool) -> Question:
    if should_not_try and test.instead:
        return replace(_plain(replace(finding, question=test.instead), True), caution=words.DO_NOT_TRY)
    choices = tuple(Choice(id_, say, tuple(Fact(f, v) for f, v in says), sided=sided) for id_, say, says, sided in test.choices)
    caution = words.CAUTION if test.instead else ""
    return Question(test.id, "self-test", "one", test.text, choices, "", test.instructions, caution, covers=(finding.id,))
