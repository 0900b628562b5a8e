"""The pure functions of the interview: questions, answers, state, saving."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from soleus.assess import assess
from soleus.domain.case import Case, FindingEntry
from soleus.domain.errors import CaseError, KnowledgeError, UsageError
from soleus.domain.finding import Side
from soleus.interchange.casefile.read import read_case
from soleus.interchange.evidence import understand
from soleus.interview.catalogue import findings_named, open_catalogue, read_catalogue
from soleus.interview.choose import Finish, next_question, picture_of
from soleus.interview.saved import resume, save
from soleus.interview.state import Fact, Question, State, answered, case_of, reply, understanding_of, undo
from soleus.interview.words import AGE, ONSET_QUESTION
from soleus.knowledge_store import Compiled

TODAY = datetime.date(2026, 3, 2)

NOBODY = State(Case(), TODAY)
WEAK_LEG = State(Case(age_years=50, sex="male", findings=(FindingEntry("weak leg"),)), TODAY)


def asked(state: State, compiled: Compiled) -> Question:
    question = next_question(state, compiled)
    assert isinstance(question, Question)
    return question


def through(state: State, compiled: Compiled, wanted: str) -> State:
    """None of these and "don't know" until a question comes."""
    for _ in range(30):
        question = asked(state, compiled)
        if question.id == wanted:
            return state
        state = answered(state, reply(question, ("none",) if question.form == "several" else ()))
    raise AssertionError(f"{wanted} was not asked")


def test_it_opens_with_age_sex_and_free_text_and_then_the_complaint(compiled: Compiled) -> None:
    state = NOBODY
    order = []
    for text in ("58", "", ""):
        question = asked(state, compiled)
        order.append(question.id)
        state = answered(state, reply(question, ("female",) if question.id == "sex" else (), text=text))
    assert [*order, asked(state, compiled).id] == ["age", "sex", "narrative", "complaint"]
    assert state.age_years == 58
    assert state.sex == "female"


def test_what_the_free_text_tells_is_not_asked_again(compiled: Compiled) -> None:
    told = State(Case(age_years=40, sex="male", narrative="My left calf has been weak for two weeks. I have no fever."), TODAY)
    question = asked(told, compiled)
    assert question.kind == "red-flag"
    assert question.id != "onset"
    items = {c.id for c in asked(through(told, compiled, "serious"), compiled).choices}
    assert "fever" not in items
    assert "known-cancer" in items


def test_an_age_must_be_possible() -> None:
    for wrong in ("old", "130", "-2"):
        with pytest.raises(UsageError):
            reply(AGE, text=wrong)


def test_an_answer_must_be_among_the_choices(compiled: Compiled) -> None:
    with pytest.raises(UsageError):
        reply(ONSET_QUESTION, ("yesterday",))
    with pytest.raises(UsageError):
        reply(ONSET_QUESTION, ("days", "weeks"))


def test_items_of_a_list_that_are_not_ticked_are_absent_and_doubtful_ones_unknown(compiled: Compiled) -> None:
    question = asked(through(WEAK_LEG, compiled, "pelvis"), compiled)
    answer = reply(question, ("bladder-dysfunction",), unsure=("numb-saddle",))
    values = {f.about: f.value for f in answer.facts}
    assert values["bladder-dysfunction"] == "present"
    assert values["bowel-dysfunction"] == "absent"
    assert values["numb-saddle"] == "unknown"


def test_a_sided_item_carries_the_leg(compiled: Compiled) -> None:
    state = through(WEAK_LEG, compiled, "leg-look")
    state = answered(state, reply(asked(state, compiled), ("calf-swelling",), side=Side.LEFT))
    assert Fact("calf-swelling", "present", Side.LEFT) in state.facts
    assert {o.side for o in picture_of(state, compiled).evidence.of("calf-swelling")} == {Side.LEFT}


def test_both_legs_not_ticked_does_not_deny_the_weak_leg(compiled: Compiled) -> None:
    state = through(WEAK_LEG, compiled, "spread")
    state = answered(state, reply(asked(state, compiled), ("none",)))
    assert [o.presence.value for o in picture_of(state, compiled).evidence.of("weak-leg")] == ["present"]


def test_the_tiptoe_test_says_how_to_hold_on_and_frail_people_are_not_asked_to_try(compiled: Compiled) -> None:
    catalogue = open_catalogue()
    from soleus.interview.choose import _home_test

    test = next(t for t in catalogue.tests if t.id == "tiptoe")
    finding = compiled.kb.findings[test.finding]
    tried = _home_test(test, finding, should_not_try=False)
    assert "hand on it" in " ".join(tried.instructions)
    assert "operated on" in tried.caution
    untried = _home_test(test, finding, should_not_try=True)
    assert untried.instructions == ()
    assert "do not try" in untried.caution
    weaker = reply(tried, ("weaker",), side=Side.RIGHT)
    assert weaker.facts == (Fact("weak-ankle-plantarflexion", "mild", Side.RIGHT),)


def test_men_are_not_asked_whether_they_are_pregnant_nor_adults_whether_they_walk_flat(compiled: Compiled) -> None:
    state = WEAK_LEG
    seen = set()
    while isinstance(question := next_question(state, compiled), Question):
        seen |= {c.id for c in question.choices} | {question.id}
        state = answered(state, reply(question, ("none",) if question.form == "several" else ()))
    assert not seen & {"pregnancy", "childbirth-recent", "oestrogen-use", "can-walk-flat"}


def test_it_stops_after_the_most_questions(compiled: Compiled) -> None:
    state, count = WEAK_LEG, 0
    while isinstance(question := next_question(state, compiled), Question):
        state, count = answered(state, reply(question)), count + 1
    assert question.reason in ("enough", "settled")
    assert count <= 25


def test_a_clinician_may_be_asked_for_a_reflex_and_a_person_at_home_never(compiled: Compiled) -> None:
    clinic = dataclasses.replace(WEAK_LEG, case=dataclasses.replace(WEAK_LEG.case, setting="neuromuscular-clinic"))
    seen: dict[str, set[str]] = {"self": set(), "neuromuscular-clinic": set()}
    for start in (WEAK_LEG, clinic):
        state = start
        while isinstance(question := next_question(state, compiled, most=60), Question):
            seen[start.case.setting].add(question.id)
            state = answered(state, reply(question))
    assert any(q.startswith("reflex-") for q in seen["neuromuscular-clinic"])
    assert all("person" in compiled.kb.findings[q].who for q in seen["self"] if q in compiled.kb.findings)


# -- saving --------------------------------------------------------------------------------------------------------------


def test_the_saved_case_is_valid_from_the_first_answer_and_assesses_alike(compiled: Compiled, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    state = NOBODY
    script = {"age": "61", "narrative": "my right calf is weak"}
    chosen = {"sex": ("male",), "onset": ("weeks",), "course": ("progressive",), "pelvis": ("numb-saddle",)}
    for _ in range(12):
        question = next_question(state, compiled)
        if isinstance(question, Finish):
            break
        picked = chosen.get(question.id) or (("none",) if question.form == "several" else ())
        state = answered(state, reply(question, picked, text=script.get(question.id, "")))
        save(path, state, {})
        case = read_case(str(path), TODAY)
        read = assess(understand(case, compiled.kb, compiled.lexicon, TODAY).evidence, compiled.kb, compiled.network)
        here = assess(understanding_of(state, compiled).evidence, compiled.kb, compiled.network)
        assert read.triage.level == here.triage.level
        assert read.differential.candidates[0].condition == here.differential.candidates[0].condition
        assert read.differential.candidates[0].probability == pytest.approx(here.differential.candidates[0].probability)
    assert picture_of(state, compiled).by_rule.level == "emergency"


def test_what_stood_in_the_case_file_stays_there(compiled: Compiled, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("age: 44\nsex: female\ngoals: [dance]\nfindings:\n  - {finding: calf weakness, side: left}\n", encoding="utf-8")
    state, before = resume(path, TODAY)
    question = asked(state, compiled)
    assert question.kind == "red-flag"
    save(path, answered(state, reply(question)), before)
    again = read_case(str(path), TODAY)
    assert again.goals == ("dance",)
    assert again.findings[0].finding == "calf weakness"
    assert resume(path, TODAY)[0].case.findings[0].side is Side.LEFT


def test_an_answer_renamed_by_hand_is_told_as_not_understood(compiled: Compiled, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    note = "interview 1 findings back-pain | Does your back hurt? | Yes"
    path.write_text(f'findings:\n  - {{finding: my poor back, value: present, note: "{note}"}}\n', encoding="utf-8")
    state, _ = resume(path, TODAY)
    assert understanding_of(state, compiled).not_understood == ("my poor back: present",)
    assert asked(state, compiled).id


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be written"):
        save(tmp_path / "no-such-folder" / "case.yaml", NOBODY, {})


def test_the_case_of_a_state_tells_the_tempo(compiled: Compiled) -> None:
    state = answered(WEAK_LEG, reply(ONSET_QUESTION, ("sudden",)))
    assert FindingEntry("time course", value="suddenly") in case_of(state).findings
    assert undo(state) == WEAK_LEG


# -- the catalogue -------------------------------------------------------------------------------------------------------


def test_every_finding_of_the_catalogue_exists_and_can_be_told_by_a_person(compiled: Compiled) -> None:
    catalogue = open_catalogue()
    for id_ in findings_named(catalogue):
        assert id_ in compiled.kb.findings, id_
    for group in catalogue.groups:
        for item in group.items:
            assert "person" in compiled.kb.findings[item.finding].who, item.finding
        assert group.text.endswith("?")
        assert group.why or not group.flag


def test_no_finding_is_in_two_lists_of_the_same_kind() -> None:
    for flag in (True, False):
        items = [i.finding for g in open_catalogue().groups if g.flag is flag and not g.opening for i in g.items if not i.says]
        assert sorted({i for i in items if items.count(i) > 1}) == []


def test_a_misspelt_key_of_the_catalogue_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"lists\.a\.itmes"):
        read_catalogue("lists:\n  a: {opening: true, text: What?, itmes: []}\n")


def test_yes_always_means_that_the_finding_is_there(compiled: Compiled) -> None:
    """A question that begins with "Can you" and asks for health would be recorded the wrong way round; these were read."""
    read = {"joint-hypermobility", "palpable-gap", "gap-in-muscle-belly", "popliteal-mass", "shopping-cart-sign", "can-walk-flat"}
    inverted = [
        f.id
        for f in compiled.kb.findings.values()
        if f.question.startswith(("Can you", "Can your", "Are you able")) and "no longer" not in f.question and f.id not in read
    ]
    assert inverted == []
