"""Assess: the start with the body map, what was understood, the interview, the result; and who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from django.utils import timezone

from soleus.web.assess import working
from soleus.web.cases.actions import case_file, save_case, share_case, take_share
from soleus.web.cases.models import Case
from soleus.web.drafts import Draft
from soleus.web.knowledge import knowledge

pytestmark = pytest.mark.django_db
CALF = {
    "age": "58",
    "sex": "male",
    "words": "My left calf has been getting weaker for three months. The sole of my left foot is numb. No back pain.",
    "marks": ["calf-inner-left:weak", "soleus-left:wasted"],
}
CAUDA = {"age": "45", "sex": "female", "words": "Since yesterday both legs are weak, I cannot pass urine and I am numb between the legs."}


def draft_of(client: Any) -> dict[str, Any]:
    """The case that the browser of a test keeps."""
    return dict(Draft({k: m.value for k, m in client.cookies.items()}).data.get("case") or {})


def findings(client: Any) -> set[tuple[str, str, str]]:
    return {(e["finding"], e.get("side", ""), str(e.get("value", ""))) for e in draft_of(client)["findings"]}


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def told(as_: Any) -> Any:
    """Nobody's browser that told of a weak calf."""
    client = as_(None)
    assert client.post("/assess/", CALF).headers["Location"] == "/assess/draft/understood/"
    return client


def test_the_start_is_light_and_every_place_has_its_boxes(as_: Any) -> None:
    answer = as_(None).get("/assess/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.content) < 150_000
    assert 'value="calf-inner-left:weak"' in page
    links = set(re.findall(r'href="#(bm-[^"]+)"', page))
    assert links <= set(re.findall(r'id="(bm-[^"]+)"', page)), "every region of the picture leads to boxes that are there"
    assert "bm-calf-inner-left" in links
    assert "style=" not in page
    assert "<script>" not in page


def test_what_was_told_is_kept_in_the_browser_and_nowhere_else(told: Any) -> None:
    case = draft_of(told)
    assert (case["age"], case["sex"]) == (58, "male")
    assert findings(told) >= {("weak-ankle-plantarflexion", "left", "present"), ("wasting-calf", "left", "present")}
    assert Case.objects.count() == 0
    page = told.get("/assess/").content.decode()
    assert re.search(r'value="calf-inner-left:weak" checked', page)
    assert not re.search(r'value="calf-outer-left:weak" checked', page), "what was not marked is not ticked"
    assert "The sole of my left foot is numb" in page


def test_ids_are_there_once(as_: Any) -> None:
    page = as_(None).get("/assess/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("My left calf has been getting weaker since March 2026.", "“My left calf has been getting weaker since March 2026”"),
        ("\n\nMy medicines are warfarin and\nmetformin. My calf hurts.", "“My medicines are warfarin”"),
    ],
)
def test_words_are_quoted_as_they_were_written(as_: Any, words: str, quoted: str) -> None:
    client = as_(None)
    client.post("/assess/", {"asks": "me", "sex": "unknown", "words": words})
    page = text_of(client.get("/assess/draft/understood/"))
    assert f"from: {quoted}" in page
    heard = re.findall(r"from: “([^”]*)”", page)
    assert heard
    assert all(one in " ".join(words.split()) for one in heard), "nothing is put into somebody's mouth"


def test_the_title_of_a_question_is_the_question(told: Any) -> None:
    page = told.get("/assess/draft/questions/").content.decode()
    asked = re.search(r"<legend>([^<]+)</legend>", page)
    heading = re.search(r'<h1 id="question-title">Question 1<span class="hidden">: ([^<]+)</span></h1>', page)
    title = re.search(r"<title>Question 1: ([^<]+?) · ", page)
    assert [m and m[1][:40] for m in (heading, title)] == [asked and asked[1][:40]] * 2
    assert asked
    assert 'aria-labelledby="question-title"' in page


def test_what_was_understood_is_shown_with_the_words_it_came_from(told: Any) -> None:
    page = text_of(told.get("/assess/draft/understood/"))
    assert "left: yes" in page
    assert "sole of my left foot" in page
    assert re.search(r"lower back\W+no\b", page, re.I), "what is not there is told as such"


def test_one_entry_is_taken_out_of_the_words_and_the_rest_stays(told: Any) -> None:
    told.post("/assess/draft/remove/", {"what": "numb-sole"})
    case = draft_of(told)
    assert case["narrative"] == ""
    assert "numb" in case["notes"]
    _, understood = working.understood(case, timezone.localdate())
    left = {o.finding: o.presence.value for o in understood.evidence.observations}
    assert "numb-sole" not in left
    assert left["weak-ankle-plantarflexion"] == left["wasting-calf"] == "present"
    assert left["low-back-pain"] == "absent"
    assert understood.evidence.course_text or understood.evidence.onset_text, "the time course stays"


def test_what_was_marked_and_told_is_taken_out_of_both(told: Any) -> None:
    told.post("/assess/draft/remove/", {"what": "weak-ankle-plantarflexion"})
    assert "weak-ankle-plantarflexion" not in {f for f, _, _ in findings(told)}
    assert not re.search(r'value="calf-inner-left:weak" checked', told.get("/assess/").content.decode())
    assert re.search(r'value="soleus-left:wasted" checked', told.get("/assess/").content.decode())


def test_the_time_is_taken_out(told: Any) -> None:
    told.post("/assess/draft/remove/", {"what": "time"})
    evidence = working.understood(draft_of(told), timezone.localdate())[1].evidence
    assert evidence.onset is None
    assert evidence.course is None
    assert {o.finding for o in evidence.observations} >= {"numb-sole", "weak-ankle-plantarflexion"}


def test_the_last_entry_can_be_taken_out(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", {"age": "", "sex": "unknown", "words": "", "marks": ["calf-inner-left:weak"]})
    assert client.post("/assess/draft/remove/", {"what": "weak-ankle-plantarflexion"}).status_code == 302
    assert client.get("/assess/draft/understood/").status_code == 200
    assert not working.understood(draft_of(client), timezone.localdate())[1].evidence.observations


def test_the_result_says_how_soon_first_then_why_and_what_next(told: Any) -> None:
    answer = told.get("/assess/draft/result/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.content) < 150_000
    level = working.known(draft_of(told), timezone.localdate()).result.triage.level
    assert f'<section class="urgency {level}">' in page
    headings = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page)
    assert headings.index("Why") == 1 + (level == "emergency")
    for heading in ("What it may be", "Where it may lie", "What this rests on"):
        assert heading in headings
    assert "Speaks for it" in page
    assert "/plan/draft/" in page
    assert "/assess/draft/save/" in page


def test_percentages_of_the_causes_add_up(told: Any) -> None:
    """Of causes shown and not shown with the unknown one: 1, as an assessment promises."""
    result = working.known(draft_of(told), timezone.localdate()).result
    assert sum(c.probability for c in result.differential.candidates) + result.differential.other == pytest.approx(1)
    first = f"about {round(100 * result.differential.candidates[0].probability)} %"
    assert first in text_of(told.get("/assess/draft/result/"))


def test_an_emergency_is_told_at_once_with_what_to_do(as_: Any) -> None:
    client = as_(None)
    answer = client.post("/assess/", CAUDA, follow=True)
    assert answer.redirect_chain[-1][0] == "/assess/draft/result/"
    page = text_of(answer)
    assert page.index("Emergency") < page.index("Do this now") < page.index("112 in Europe") < page.index("What it may be")
    assert "Plan my week" not in page
    assert client.get("/assess/draft/questions/").headers["Location"] == "/assess/draft/result/", "no further question"
    assert "Do this now" in text_of(client.get("/assess/draft/understood/"))


def asked(page: str) -> dict[str, str]:
    return {k: re.search(rf'name="{k}" value="([^"]+)"', page)[1] for k in ("question", "number")}  # type: ignore[index]


def test_the_interview_asks_until_it_has_enough(told: Any) -> None:
    seen = []
    for _ in range(30):
        answer = told.get("/assess/draft/questions/")
        if answer.status_code == 302:
            break
        now = asked(answer.content.decode())
        assert now["question"] not in seen
        seen.append(now["question"])
        several = 'type="checkbox" name="chosen"' in answer.content.decode()
        done = told.post("/assess/draft/questions/", {**now, "say": "none" if several else "unknown"})
        assert done.status_code == 302
    assert answer.headers["Location"] == "/assess/draft/result/"
    assert "ambulance" in seen
    assert "pelvis" in seen, "what nobody may be spared"
    assert len(seen) >= 5
    case_file(draft_of(told), timezone.localdate())


def test_an_answer_counts_and_can_be_taken_back(told: Any) -> None:
    before = draft_of(told)
    page = told.get("/assess/draft/questions/").content.decode()
    now = asked(page)
    assert now["number"] == "1"
    told.post("/assess/draft/questions/", {**now, "say": "unknown"})
    second = asked(told.get("/assess/draft/questions/").content.decode())
    assert second["number"] == "2"
    assert second["question"] != now["question"]
    told.post("/assess/draft/back/")
    assert asked(told.get("/assess/draft/questions/").content.decode()) == now
    assert draft_of(told) == before
    told.post("/assess/draft/back/")
    assert draft_of(told) == before, "the start is not taken back"


def test_an_answer_to_an_old_page_is_passed_over(told: Any) -> None:
    now = asked(told.get("/assess/draft/questions/").content.decode())
    told.post("/assess/draft/questions/", {**now, "say": "unknown"})
    after = draft_of(told)
    told.post("/assess/draft/questions/", {**now, "say": "unknown"})
    assert draft_of(told) == after


def test_a_red_flag_in_the_interview_ends_it(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", {"age": "50", "sex": "female", "words": "my right calf is weak", "marks": []})
    for _ in range(8):
        answer = client.get("/assess/draft/questions/")
        now = asked(answer.content.decode())
        if now["question"] == "pelvis":
            break
        several = 'type="checkbox" name="chosen"' in answer.content.decode()
        client.post("/assess/draft/questions/", {**now, "say": "none" if several else "unknown"})
    client.post("/assess/draft/questions/", {**now, "chosen": ["urinary-retention", "numb-saddle"]})
    answer = client.get("/assess/draft/questions/", follow=True)
    assert "Do this now" in text_of(answer)


def test_a_list_needs_a_tick_or_a_button_and_a_side(told: Any) -> None:
    now: dict[str, str] = {}
    for _ in range(10):
        page = told.get("/assess/draft/questions/").content.decode()
        now = asked(page)
        several = 'type="checkbox" name="chosen"' in page
        if several and 'name="side"' in page:
            break
        told.post("/assess/draft/questions/", {**now, "say": "none" if several else "unknown"})
    answer = told.post("/assess/draft/questions/", now)
    assert answer.status_code == 422
    assert "Tick what fits" in text_of(answer)


def test_nothing_told_leads_to_the_questions(as_: Any) -> None:
    client = as_(None)
    answer = client.post("/assess/", {"age": "", "sex": "unknown", "words": ""})
    assert answer.headers["Location"] == "/assess/draft/questions/"
    assert asked(client.get("/assess/draft/questions/").content.decode())["question"] not in ("age", "sex", "narrative")


@pytest.mark.parametrize(("field", "value"), [("age", "130"), ("age", "old"), ("sex", "x"), ("words", "x" * 12_001)])
def test_what_cannot_be_is_refused_with_the_form(as_: Any, field: str, value: str) -> None:
    answer = as_(None).post("/assess/", {**CALF, field: value})
    assert answer.status_code == 422
    assert "Something is missing or not right" in text_of(answer)
    assert re.search(r'value="calf-inner-left:weak" checked', answer.content.decode()), "what was ticked stays ticked"


def test_an_impossible_value_in_the_words_is_told_beside_them(as_: Any) -> None:
    answer = as_(None).post("/assess/", {**CALF, "words": "MRC grade of the left calf 7/5"})
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert "5" in text_of(answer)


def test_marks_that_do_not_exist_are_passed_over(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", {**CALF, "words": "", "marks": ["tail:weak", "calf-inner-left:blue", "calf-inner-left:numb", "x"]})
    assert findings(client) == {("numb-posterior-calf", "left", "present")}


def test_saving_needs_an_account_and_then_the_browser_forgets(told: Any, alice: Any) -> None:
    assert told.get("/assess/draft/save/").headers["Location"] == "/account/login/?next=/assess/draft/save/"
    assert Case.objects.count() == 0
    told.force_login(alice)
    answer = told.post("/assess/draft/save/", {"title": "My calf"})
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{case.code}/"
    assert (case.owner, case.title, case.data["age"]) == (alice, "My calf", 58)
    assert draft_of(told) == {}


def test_the_case_file_is_what_the_command_line_reads(told: Any) -> None:
    answer = told.get("/assess/draft/case.yaml")
    assert "attachment" in answer.headers["Content-Disposition"]
    data = yaml.safe_load(answer.content)
    assert data["schema"] == "soleus/case/1"
    again = working.known(data, timezone.localdate()).result
    assert again.triage.level == working.known(draft_of(told), timezone.localdate()).result.triage.level


def test_begin_anew_forgets(told: Any) -> None:
    told.post("/assess/anew/")
    assert draft_of(told) == {}
    assert told.get("/assess/draft/result/").status_code == 404


def test_who_sees_and_who_changes_a_saved_case(as_: Any, alice: Any, bob: Any, charlie: Any, case_data: dict[str, Any]) -> None:
    case = save_case(by=alice, data=case_data, today=timezone.localdate())
    share, _ = share_case(by=alice, case=case, days=7)
    take_share(share=share, user=bob)
    pages = {"understood": 200, "result": 200, "case.yaml": 200, "questions": 200}
    for page, status in pages.items():
        address = f"/assess/{case.code}/{page}" + ("" if page.endswith("yaml") else "/")
        assert as_(alice).get(address).status_code == status
        assert as_(charlie).get(address).status_code == 404
        assert as_(None).get(address).status_code == 302, "asked to sign in"
        assert as_(bob).get(address).status_code == (404 if page == "questions" else 200)
    assert as_(bob).post(f"/assess/{case.code}/remove/", {"what": "reflex-ankle"}).status_code == 404
    assert as_(alice).post(f"/assess/{case.code}/remove/", {"what": "reflex-ankle"}).status_code == 302
    case.refresh_from_db()
    assert [e["finding"] for e in case.data["findings"]] == ["calf weakness"] or "reflex-ankle" not in str(case.data["findings"])


def test_nothing_told_stands_in_an_address(told: Any) -> None:
    for page in ("understood", "questions", "result"):
        for address in re.findall(r'(?:href|action)="([^"#]*)', told.get(f"/assess/draft/{page}/").content.decode()):
            if address.startswith(("/library/", "/static/")):
                continue  # an article says what it is about, a file which version it is; neither holds anything of this person
            assert not re.search("calf|weak|numb|=58", address), address


def test_causes_and_tests_lead_to_articles_that_are_there(told: Any) -> None:
    from soleus.web.library.shelf import shelf

    slugs = set(re.findall(r'href="/library/([-\w]+)/"', told.get("/assess/draft/result/").content.decode()))
    assert len(slugs) >= 5
    assert slugs <= set(shelf().articles)


def test_taking_out_tells_what_changes(as_: Any) -> None:
    """Without trouble passing urine and the numb saddle a weak leg since months is no emergency any more."""
    client = as_(None)
    words = "My left calf has been weak for six months. It is not getting worse. I cannot pass urine."
    client.post("/assess/", {"age": "45", "sex": "female", "words": words})
    answer = client.post("/assess/draft/remove/", {"what": "urinary-retention"}, follow=True)
    assert re.search("How soon was: (emergency|today)\\. Now it is: (within two weeks|routine|today)", text_of(answer)), text_of(answer)


def test_a_walk_with_a_picture_on_a_phone(open_page: Any, axe: Any, fits: Any) -> None:
    """Mark in the picture by touch and key, read what was understood, answer, go back, read the result."""
    page = open_page(width=360, height=740)
    page.goto("/assess/")
    page.get_by_label("How old are you?").fill("58")
    page.get_by_label("Tell it in your own words").fill("It began three months ago.")
    page.locator('.back [data-region="calf-inner-left"]').tap()
    page.get_by_role("button", name="Numb or tingling").tap()
    page.locator('.soles [data-region="ball-left"]').focus()
    page.keyboard.press("Enter")
    assert page.locator('input[name="marks"]:checked').evaluate_all("all => all.map(b => b.value)") == [
        "calf-inner-left:weak",
        "ball-left:numb",
    ]
    axe(page)
    fits(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="What was understood").wait_for()
    assert page.get_by_text("body map: inner calf, left").is_visible()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Go on to the questions").click()
    page.get_by_role("heading", name=re.compile(r"^Question 1\b")).wait_for()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Go on", exact=True).click()
    page.get_by_role("alert").wait_for()
    axe(page)
    page.get_by_role("button", name="I don’t know").click()
    page.get_by_role("heading", name=re.compile(r"^Question 2\b")).wait_for()
    page.get_by_role("button", name="Back to the last question").click()
    page.get_by_role("heading", name=re.compile(r"^Question 1\b")).wait_for()
    page.get_by_role("link", name="Enough, show me the result").click()
    page.get_by_role("heading", name="What it may be").wait_for()
    axe(page)
    fits(page)


def test_a_walk_without_scripts_on_the_narrowest_phone(open_page: Any, fits: Any) -> None:
    page = open_page(width=320, script=False)
    page.goto("/assess/")
    page.get_by_text("Lower leg", exact=True).click()
    page.get_by_role("group", name="Inner calf").get_by_role("group", name="left").get_by_label("weak").check()
    assert not page.get_by_role("button", name="Numb or tingling").is_visible(), "buttons that need a script are not shown without"
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="What was understood").wait_for()
    page.get_by_role("link", name="Show the result now").click()
    page.get_by_role("heading", name="What it may be").wait_for()
    fits(page)


# Changing an answer


@pytest.fixture
def answering(told: Any) -> Any:
    """... and answered questions until the pelvic functions were asked about: none of it, or don't know."""
    while answer(told) != "pelvis":
        assert len(questions_of(told)) < 12, "what must not be missed comes early"
    return told


def answer(client: Any, **fields: Any) -> str:
    """Answers the present question, with nothing unless told otherwise; its id."""
    page = client.get("/assess/draft/questions/").content.decode()
    now = asked(page)
    say = fields or {"say": "none" if 'type="checkbox" name="chosen"' in page else "unknown"}
    assert client.post("/assess/draft/questions/", {**now, **say}).status_code == 302
    return now["question"]


def listed(client: Any, page: str) -> list[int]:
    return [int(n) for n in re.findall(r"/assess/draft/answers/(\d+)/", client.get(f"/assess/draft/{page}/").content.decode())]


def questions_of(client: Any) -> list[str]:
    state = working.state(draft_of(client), timezone.localdate())[0]
    return [a.question for a in state.answers if a.asked]


def test_answers_are_listed_with_a_way_to_change_each(answering: Any) -> None:
    numbers = listed(answering, "questions")
    assert len(numbers) == len(set(numbers)) > 2
    assert listed(answering, "result") == numbers
    for number in numbers:
        assert answering.get(f"/assess/draft/answers/{number}/").status_code == 200
    assert answering.get("/assess/draft/answers/99/").status_code == 404


def test_an_earlier_answer_is_changed_and_the_others_stay(answering: Any) -> None:
    before = questions_of(answering)
    number = listed(answering, "result")[before.index("pelvis")]
    page = answering.get(f"/assess/draft/answers/{number}/").content.decode()
    assert not re.search(r'name="chosen"[^>]*checked', page), "none of these was said"
    done = answering.post(f"/assess/draft/answers/{number}/", {"question": "pelvis", "chosen": ["urinary-retention", "numb-saddle"]})
    assert done.headers["Location"] == "/assess/draft/result/#effect"
    assert questions_of(answering) == before
    page = text_of(answering.get("/assess/draft/result/"))
    assert "What your change did" in page
    assert re.search(r"How soon was: (within two weeks|today|routine)\. Now it is: emergency\.", page), page[:2000]
    assert "Do this now" in page
    shown = answering.get(f"/assess/draft/answers/{number}/").content.decode()
    assert re.search(r'value="urinary-retention"[^>]*checked', shown), "the form begins with what was said"
    back = answering.post(f"/assess/draft/answers/{number}/", {"question": "pelvis", "say": "none"}, follow=True)
    assert re.search(r"How soon was: emergency\. Now it is: (within two weeks|today|routine)\.", text_of(back))


def test_what_a_change_did_is_shown_until_something_else_is_changed(answering: Any) -> None:
    number = listed(answering, "result")[0]
    before = questions_of(answering)
    answering.post(f"/assess/draft/answers/{number}/", {"question": before[0], "say": "out"})
    assert questions_of(answering) == before[1:]
    assert "What your change did" in text_of(answering.get("/assess/draft/result/"))
    answer(answering)
    assert "What your change did" not in text_of(answering.get("/assess/draft/result/"))


def test_the_probabilities_of_a_change_are_those_before_and_after(answering: Any) -> None:
    today = timezone.localdate()
    before = working.known(draft_of(answering), today).result.differential.candidates
    number = listed(answering, "result")[questions_of(answering).index("pelvis")]
    answering.post(f"/assess/draft/answers/{number}/", {"question": "pelvis", "chosen": ["numb-saddle"]})
    after = {c.condition: c.probability for c in working.known(draft_of(answering), today).result.differential.candidates}
    page = answering.get("/assess/draft/result/").content.decode()
    name = knowledge().kb.conditions[before[0].condition].lay_name
    row = re.search(rf"<li><span>{re.escape(name)}</span>(.*?)</li>", page)
    assert row, page
    assert re.findall(r"(\d+) %", row[1]) == [str(round(100 * before[0].probability)), str(round(100 * after[before[0].condition]))]


def test_an_old_page_changes_nothing(answering: Any) -> None:
    number = listed(answering, "result")[1]
    before = draft_of(answering)
    answering.post(f"/assess/draft/answers/{number}/", {"question": questions_of(answering)[0], "say": "out"})
    assert draft_of(answering) == before


def test_an_answer_whose_question_would_be_put_otherwise_can_be_taken_out(answering: Any) -> None:
    """After other words on the start page the interview takes another way; the answers given stay, and each page of them works."""
    answering.post("/assess/", {**CALF, "words": "My back hurts after lifting.", "age": "30"})
    numbers = listed(answering, "result")
    assert numbers
    for number in reversed(numbers):
        page = answering.get(f"/assess/draft/answers/{number}/")
        assert page.status_code == 200
        question = re.search(r'name="question" value="([^"]+)"', page.content.decode())[1]  # type: ignore[index]
        answering.post(f"/assess/draft/answers/{number}/", {"question": question, "say": "out"})
    assert questions_of(answering) == []


def test_only_the_owner_changes_answers(as_: Any, alice: Any, bob: Any, answering: Any) -> None:
    case = save_case(by=alice, data=draft_of(answering), today=timezone.localdate())
    share, _ = share_case(by=alice, case=case, days=7)
    take_share(share=share, user=bob)
    number = int(re.findall(rf"/assess/{case.code}/answers/(\d+)/", as_(alice).get(f"/assess/{case.code}/result/").content.decode())[0])
    assert as_(bob).get(f"/assess/{case.code}/answers/{number}/").status_code == 404
    assert "/answers/" not in as_(bob).get(f"/assess/{case.code}/result/").content.decode()
    client = as_(alice)
    page = client.get(f"/assess/{case.code}/answers/{number}/").content.decode()
    question = re.search(r'name="question" value="([^"]+)"', page)[1]  # type: ignore[index]
    client.post(f"/assess/{case.code}/answers/{number}/", {"question": question, "say": "out"})
    assert "What your change did" in text_of(client.get(f"/assess/{case.code}/result/"))
    assert "soleus-draft" not in "".join(client.cookies), "of a saved case nothing is left in the browser"


def test_the_server_keeps_nothing_of_what_a_change_did(answering: Any, rows: Any) -> None:
    before = rows()
    number = listed(answering, "result")[0]
    answering.post(f"/assess/draft/answers/{number}/", {"question": questions_of(answering)[0], "say": "out"}, follow=True)
    answering.post("/assess/draft/remove/", {"what": "numb-sole"}, follow=True)
    while answering.get("/assess/draft/questions/").status_code == 200:
        answer(answering)
    assert "more would tire you" in (page := text_of(answering.get("/assess/draft/result/"))) or "No further question" in page
    answering.post("/assess/anew/", follow=True)
    assert rows() == before


# Who asks


@pytest.mark.parametrize(
    ("who", "age", "emergency", "tests"),
    [
        ("me", "How old are you?", "Do not drive yourself", "Tests to talk about with your doctor"),
        ("family", "How old are they?", "Do not let them drive", "Tests to talk about with their doctor"),
        ("clinician", "Age of the patient", "Telephone ahead", "Tests to consider"),
    ],
)
def test_each_is_spoken_to_in_their_own_words(as_: Any, who: str, age: str, emergency: str, tests: str) -> None:
    client = as_(None)
    assert age in text_of(client.get(f"/assess/?for={who}"))
    setting = {"setting": "primary-care"} if who == "clinician" else {}
    assert client.post("/assess/", {**CALF, **setting, "asks": who}).status_code == 302
    assert tests in text_of(client.get("/assess/draft/result/"))
    assert age in text_of(client.get("/assess/")), "who asks is remembered"
    assert ("“You” in a question is" in text_of(client.get("/assess/draft/questions/"))) == (who != "me")
    assert emergency in text_of(client.post("/assess/", {**CAUDA, **setting, "asks": who}, follow=True))


def test_a_clinician_says_where_and_is_asked_what_takes_an_examination(as_: Any) -> None:
    client = as_(None)
    refused = client.post("/assess/", {**CALF, "asks": "clinician"})
    assert refused.status_code == 422
    assert "Where do you see the patient?" in text_of(refused)
    client.post("/assess/", {**CALF, "asks": "clinician", "setting": "neuromuscular-clinic"})
    case = draft_of(client)
    assert case["setting"] == "neuromuscular-clinic"
    state = working.state(case, timezone.localdate())[0]
    assert state.case.setting == "neuromuscular-clinic"
    assert re.search(r'value="neuromuscular-clinic"[^>]*checked', client.get("/assess/").content.decode())
    client.post("/assess/", {**CALF, "asks": "me"})
    assert draft_of(client)["setting"] == "self"


def test_a_clinician_reads_names_of_diseases_first(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", {**CALF, "asks": "clinician", "setting": "primary-care"})
    first = working.known(draft_of(client), timezone.localdate()).result.differential.candidates[0].condition
    condition = knowledge().kb.conditions[first]
    page = text_of(client.get("/assess/draft/result/"))
    assert page.index(condition.name) < page.index(f"In plain words: {condition.lay_name}")


# A letter

LETTER = (
    "Dear colleague,\n\nthank you for referring this 58-year-old man. For three months the left calf has been getting weaker. "
    "The left ankle reflex is absent. There is no bladder disturbance.\n\nWith kind regards"
)


def with_letter(client: Any, content: bytes, name: str = "letter.txt", **fields: Any) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = {"age": "", "sex": "unknown", "words": "", "marks": [], **fields}
    return client.post("/assess/", {**data, "letter": SimpleUploadedFile(name, content, "text/plain")})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_letter_is_read(as_: Any, encoding: str) -> None:
    client = as_(None)
    assert with_letter(client, LETTER.replace("\n", "\r\n").encode(encoding)).headers["Location"] == "/assess/draft/understood/"
    assert draft_of(client)["narrative"] == LETTER
    page = text_of(client.get("/assess/draft/understood/"))
    assert "left ankle reflex" in page
    evidence = working.understood(draft_of(client), timezone.localdate())[1].evidence
    assert {(o.finding, o.side.value) for o in evidence.observations} >= {("weak-ankle-plantarflexion", "left"), ("reflex-ankle", "left")}
    assert evidence.age_years == 58


def test_a_letter_comes_after_own_words_and_stands_in_the_box(as_: Any) -> None:
    client = as_(None)
    with_letter(client, LETTER.encode(), words="My own words.")
    assert draft_of(client)["narrative"] == f"My own words.\n\n{LETTER}"
    wrong = with_letter(client, LETTER.encode(), words="My own words.", age="300")
    assert wrong.status_code == 422
    assert wrong.content.decode().count("thank you for referring") == 1, "what was read is not lost"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "This is a PDF. Open it, copy its text"),
        (b"PK\x03\x04 docx", "word processor"),
        (b"\x89PNG\r\n", "picture"),
        ("Die Schwäche".encode("latin-1"), "not UTF-8 text (byte 8)"),
        (b"weak\x00calf", "control character"),
        (b"", "holds no text"),
        (b" \n ", "holds no text"),
        (b"\xff\xfe\x00", "begins like UTF-16"),
        (b"x" * 50_001, "larger than 50 kB"),
        (b"x" * 12_001, "12,001 characters, and 12,000 fit"),
    ],
    ids=["pdf", "docx", "picture", "latin", "control", "empty", "blank", "utf-16", "large", "long"],
)  # fmt: skip
def test_a_file_that_is_no_letter_is_told_as_such(as_: Any, content: bytes, words: str) -> None:
    client = as_(None)
    answer = with_letter(client, content)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert draft_of(client) == {}


def test_a_letter_is_uploaded_and_an_answer_changed_in_a_browser(open_page: Any, axe: Any, fits: Any, tmp_path: Any) -> None:
    """On the narrowest telephone: for somebody else, with a letter; then another answer, and what it did."""
    path = tmp_path / "letter.txt"
    path.write_text(LETTER)
    page = open_page(width=320)
    page.goto("/assess/")
    page.get_by_role("link", name="For somebody else").click()
    page.get_by_label("How old are they?").wait_for()
    page.get_by_label("Or a letter from a file").set_input_files(path)
    axe(page)
    fits(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="What was understood").wait_for()
    page.get_by_role("link", name="Go on to the questions").click()
    for number in (1, 2, 3):
        page.get_by_role("heading", name=re.compile(rf"^Question {number}\b")).wait_for()
        page.get_by_role("button", name="I don’t know").click()
    page.get_by_role("heading", name=re.compile(r"^Question 4\b")).wait_for()
    page.get_by_text("Your answers so far (3)").click()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Change").first.click()
    page.get_by_role("heading", name="Change an answer").wait_for()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Take the answer out").click()
    page.get_by_role("heading", name="What your change did").wait_for()
    axe(page)
    fits(page)


FOREIGN = {"words": "No puedo orinar y tengo la entrepierna dormida", "sex": "unknown"}


def test_words_in_another_language_are_not_passed_over(as_: Any) -> None:
    """Source: the project's own safety rule: what was not understood is told, and when to call for help stands beside it."""
    client = as_(None)
    assert client.post("/assess/", FOREIGN).headers["Location"] == "/assess/draft/understood/"
    for page in ("understood", "questions", "result"):
        shown = text_of(client.get(f"/assess/draft/{page}/"))
        assert "Soleus could not understand these words" in shown, page
        assert "llame ahora mismo a urgencias" in shown, page
        assert "Do this now" in shown, page
    assert FOREIGN["words"] in text_of(client.get("/assess/draft/understood/"))
    week = text_of(client.get("/plan/draft/"))
    assert "Answer the questions first" in week
    assert "Warm up first" not in week


def test_vague_words_lead_to_the_notice(as_: Any) -> None:
    client = as_(None)
    assert (
        client.post("/assess/", {**FOREIGN, "words": "I feel rather strange down there"}).headers["Location"] == "/assess/draft/understood/"
    )
    shown = text_of(client.get("/assess/draft/understood/"))
    assert "Soleus could not understand these words" in shown
    assert "Do this now" not in shown


def test_after_questions_that_all_were_unknown_nothing_leads_back_to_them(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", {"words": "My left calf is weak.", "age": "50", "sex": "male"})
    for _ in range(40):
        page = client.get("/assess/draft/questions/")
        if page.status_code == 302:
            break
        client.post("/assess/draft/questions/", {**asked(page.content.decode()), "say": "unknown"})
    assert page.headers["Location"] == "/assess/draft/result/"
    answer = client.get("/assess/draft/result/")
    shown = text_of(answer)
    found = re.search(r"Asked, and not known: ([^.]*)\.", shown)
    assert found, shown[:1500]
    assert "how fast it came on" in found[1]
    assert "Change an answer" in shown
    assert "Not yet asked" not in shown
    assert "Answer the questions" not in shown
    assert 'id="answers"' in answer.content.decode()


def test_illnesses_and_medicines_have_fields_and_stand_under_what_was_understood(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", CALF | {"conditions": "type 2 diabetes", "medicines": "warfarin, gabapentin\nvitamin D 1,000 units"})
    held = draft_of(client)
    assert held["conditions"] == ["type 2 diabetes"]
    assert held["medicines"] == ["warfarin", "gabapentin", "vitamin D 1,000 units"]
    assert working.known(held, timezone.localdate()).case.medicines == tuple(held["medicines"])
    page = text_of(client.get("/assess/draft/understood/"))
    for words in ("type 2 diabetes illness", "warfarin medicine", "gabapentin medicine"):
        assert words in page
    assert "Not understood" not in page
    assert "gabapentin" in client.get("/assess/").content.decode()  # to be changed there
    client.post("/assess/draft/remove/", {"what": "medicines: gabapentin"})
    assert draft_of(client)["medicines"] == ["warfarin", "vitamin D 1,000 units"]
    client.post("/assess/", CALF | {"conditions": "", "medicines": ""})
    assert not {"conditions", "medicines"} & draft_of(client).keys()


def test_medicines_alone_are_something_to_look_at(as_: Any) -> None:
    client = as_(None)
    answer = client.post("/assess/", {"sex": "female", "medicines": "atorvastatin"})
    assert answer.headers["Location"] == "/assess/draft/understood/"
    assert "atorvastatin medicine" in text_of(client.get("/assess/draft/understood/"))


def test_medicines_in_own_words_outlast_what_is_taken_out_of_them(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", CALF | {"words": f"{CALF['words']} I take gabapentin 300 mg and ramipril."})
    client.post("/assess/draft/remove/", {"what": "time"})
    assert draft_of(client)["medicines"] == ["gabapentin 300 mg", "ramipril"]


def test_the_result_tells_the_course_and_does_not_ask_for_it(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", CALF | {"words": "My left calf has been getting weaker since last Christmas."})
    page = text_of(client.get("/assess/draft/result/"))
    assert re.search(r"Course: since last Christmas \(\d+ \w+\), getting worse\.", page)
    assert "how fast it came on" not in page
