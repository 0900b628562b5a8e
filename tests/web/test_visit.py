"""For the visit: the summary and its questions, who may see and examine, and what an examination changes."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from soleus.domain.errors import CaseError, UsageError
from soleus.web.cases.actions import open_share, revoke, save_case, share_case
from soleus.web.cases.models import AccessLog, Case, Share
from soleus.web.drafts import Draft
from soleus.web.tracking.place import Place
from soleus.web.visit import actions
from soleus.web.visit.examination import held
from soleus.web.visit.grid import MRC, groups, rows
from soleus.web.visit.models import Agenda, Examination

pytestmark = pytest.mark.django_db
FIRST = re.compile(r'<h1 class="first"><strong>([^<]+):</strong> ([^<]+)</h1>')


@pytest.fixture
def data(case_data: dict[str, Any]) -> dict[str, Any]:
    rises = [("2026-03-01", 20), ("2026-05-01", 18), ("2026-07-01", 15), ("2026-09-01", 12), ("2026-11-01", 9)]
    return {**case_data, "measurements": [{"measure": "heel-rise", "side": "left", "value": v, "on": on} for on, v in rises]}


@pytest.fixture
def case(alice: Any, data: dict[str, Any]) -> Case:
    return save_case(by=alice, data=data, today=timezone.localdate(), title="Left calf")


@pytest.fixture
def share(alice: Any, bob: Any, case: Case) -> Share:
    """Bob is the clinician that Alice shares it with."""
    made, token = share_case(by=alice, case=case, days=7)
    open_share(token=token, user=bob)
    return made


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\w+)"', page)
    assert found
    return found[1]


def told_draft(
    client: Any, words: str = "My left calf has been weak for three weeks and is getting worse. I cannot stand on tiptoe."
) -> None:
    client.post("/assess/", {"age": "58", "sex": "male", "words": words})


def findings(case: Case) -> list[dict[str, Any]]:
    case.refresh_from_db()
    return list(case.data["findings"])


# The summary


def test_the_summary_of_a_saved_case_begins_with_the_concern(as_: Any, alice: Any, case: Case) -> None:
    page = as_(alice).get(f"/visit/{case.code}/").content.decode()
    found = FIRST.search(page)
    assert found
    assert found[2].startswith("Weakness of the left calf, since March 2026")
    assert "from 20 to 9 repetitions" in found[2]
    assert "“My left calf gives way when I climb stairs.”" in page
    assert "<svg" in page
    assert " style=" not in page.split("<article")[1].split("</article")[0]
    assert page.split("</main>")[0].count("it does not diagnose") == 1
    assert len(page) < 150_000


def test_the_summary_needs_no_account(as_: Any) -> None:
    client = as_(None)
    assert client.get("/visit/draft/").status_code == 404
    assert "Check my symptoms" in client.get("/visit/").content.decode()
    told_draft(client)
    assert client.get("/visit/").headers["Location"] == "/visit/draft/"
    assert FIRST.search(client.get("/visit/draft/").content.decode())
    answer = client.get("/visit/draft/summary.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == 'attachment; filename="soleus-summary.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert Case.objects.count() == 0


def test_with_several_cases_one_chooses(as_: Any, alice: Any, case: Case, case_data: dict[str, Any]) -> None:
    other = save_case(by=alice, data=case_data, today=timezone.localdate(), title="Right calf")
    page = as_(alice).get("/visit/").content.decode()
    assert f"/visit/{case.code}/" in page
    assert f"/visit/{other.code}/" in page


def test_the_result_and_the_case_lead_to_it(as_: Any, alice: Any, case: Case) -> None:
    assert f"/visit/{case.code}/" in as_(alice).get(f"/cases/{case.code}/").content.decode()
    assert f"/visit/{case.code}/" in as_(alice).get(f"/assess/{case.code}/result/").content.decode()


def test_what_somebody_typed_is_no_markup(as_: Any, alice: Any, case_data: dict[str, Any]) -> None:
    nasty = {**case_data, "narrative": "<img src=x onerror=alert(1)>", "conditions": ["<b>gout</b>"]}
    case = save_case(by=alice, data=nasty, today=timezone.localdate())
    page = as_(alice).get(f"/visit/{case.code}/").content.decode()
    assert "<img src=x" not in page
    assert "&lt;b&gt;gout&lt;/b&gt;" in page
    assert as_(alice).get(f"/visit/{case.code}/summary.pdf").content.startswith(b"%PDF-")


# Questions


def test_questions_are_suggested_edited_added_and_forgotten(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    page = client.get(f"/visit/{case.code}/questions/").content.decode()
    offered = re.findall(r'name="q\d+"[^>]*>\s*([^<]+)</textarea>', page)
    assert len(offered) >= 3
    sent = {"wants": "To know whether it is ALS.", "q0": "Is it  a slipped\ndisc?", "q1": "", "q2": "May I cycle?"}
    assert client.post(f"/visit/{case.code}/questions/", sent).status_code == 302
    agenda = Agenda.objects.get()
    assert agenda.questions == ["Is it a slipped disc?", "May I cycle?"]
    shown = client.get(f"/visit/{case.code}/").content.decode()
    assert "“To know whether it is ALS.”" in shown
    assert "<li>May I cycle?</li>" in shown
    assert offered[-1].strip() not in shown
    again = client.get(f"/visit/{case.code}/questions/").content.decode()
    assert "Add one of these?" in again
    client.post(f"/visit/{case.code}/questions/", {"q0": "May I cycle?", "add": [offered[-1].strip().replace("&#x27;", "'")]})
    assert len(Agenda.objects.get().questions) == 2
    client.post(f"/visit/{case.code}/questions/", {"anew": "1"})
    assert not Agenda.objects.exists()


def test_questions_told_without_an_account_come_along_when_the_case_is_saved(as_: Any, alice: Any) -> None:
    client = as_(alice)
    told_draft(client)
    client.post("/visit/draft/questions/", {"wants": "To walk again.", "q0": "May I cycle?"})
    assert "May I cycle?" in client.get("/visit/draft/").content.decode()
    client.post("/assess/draft/save/", {"title": "Calf"})
    assert Agenda.objects.get(case__owner=alice).questions == ["May I cycle?"]
    told_draft(client, "My right knee is weak.")
    assert "May I cycle?" not in client.get("/visit/draft/").content.decode(), "another case, other questions"


def test_too_long_a_question_is_said_beside_it(as_: Any, alice: Any, case: Case) -> None:
    answer = as_(alice).post(f"/visit/{case.code}/questions/", {"q0": "x" * 201})
    assert answer.status_code == 422
    assert "at most 200 characters" in answer.content.decode()
    place = Place(case.code, case, alice, Draft({}))
    with pytest.raises(UsageError):
        actions.set_agenda(place=place, wants="", questions=[f"Question {i}?" for i in range(15)])


# Who may


ANSWERS = {
    # address: anonymous, owner, stranger, clinician without, clinician with, moderator, admin
    "/visit/{code}/": (302, 200, 404, 404, 200, 404, 404),
    "/visit/{code}/summary.pdf": (302, 200, 404, 404, 200, 404, 404),
    "/visit/{code}/questions/": (302, 200, 404, 404, 404, 404, 404),
    "POST /visit/{code}/questions/": (302, 302, 404, 404, 404, 404, 404),
    "/visit/{code}/examination/": (302, 200, 404, 404, 200, 404, 404),
    "POST /visit/{code}/examination/": (302, 422, 404, 404, 422, 404, 404),
    "/visit/{code}/examination/{pk}/": (302, 200, 404, 404, 200, 404, 404),
    "/visit/shared/summary.pdf": (404, 404, 404, 404, 404, 404, 404),
    "/visit/": (200, 302, 200, 200, 302, 200, 200),  # with one case there is nothing to choose
}


@pytest.mark.parametrize("address", ANSWERS)
def test_who_may_what(
    address: str, share: Share, case: Case, as_: Any, alice: Any, bob: Any, eve: Any, charlie: Any, moderator: Any, admin: Any
) -> None:
    people = (None, alice, charlie, eve, bob, moderator, admin)
    made = Examination.objects.create(case=case, by=bob, who="Bob", on=timezone.localdate(), was=DIGEST, now=DIGEST)
    method, _, path = address.rpartition(" ")
    path = path.format(code=case.code, pk=made.pk)
    for user, status in zip(people, ANSWERS[address], strict=True):
        client = as_(user)
        answer = client.post(path, {"q0": "Why?"}) if method else client.get(path)
        assert answer.status_code == status, user


DIGEST = {"level": "routine", "place": "", "causes": [["lumbar-disc-radiculopathy", "A slipped disc", 0.4]]}


def test_an_examination_of_another_case_is_not_found(as_: Any, alice: Any, charlie: Any, case: Case, case_data: dict[str, Any]) -> None:
    own = save_case(by=charlie, data=case_data, today=timezone.localdate())
    made = Examination.objects.create(case=case, who="x", on=timezone.localdate(), was=DIGEST, now=DIGEST)
    assert as_(charlie).get(f"/visit/{own.code}/examination/{made.pk}/").status_code == 404
    assert not Examination.objects.visible_to(charlie).exists()
    assert Examination.objects.visible_to(alice).exists()


def test_actions_check_by_themselves(case: Case, share: Share, bob: Any, charlie: Any, moderator: Any) -> None:
    given = {"reflex-ankle.left": "normal"}
    for user in (charlie, moderator):
        place = Place(case.code, case, user, Draft({}))
        with pytest.raises(PermissionDenied):
            enter(place, given)
    for user in (bob, charlie):
        with pytest.raises(PermissionDenied):
            actions.set_agenda(place=Place(case.code, case, user, Draft({})), wants="", questions=["x"])
    Share.objects.update(revoked=timezone.now())
    with pytest.raises(PermissionDenied):
        enter(Place(case.code, case, bob, Draft({})), given)
    assert Examination.objects.count() == 0


def enter(place: Place, given: dict[str, str], **more: Any) -> Examination | None:
    today = timezone.localdate()
    settings = {"version": actions.version_of(place), "who": "Dr X", "on": today, "today": today, **more}
    return actions.enter_examination(place=place, given=given, **settings)


def test_whoever_has_the_link_reads_the_summary_until_it_is_closed(as_: Any, alice: Any, case: Case) -> None:
    Agenda.objects.create(case=case, questions=["May I cycle?"])
    made, token = share_case(by=alice, case=case, days=7)
    client = as_(None)
    page = client.get(f"/cases/shared/{token}/", follow=True).content.decode()
    assert "Weakness of the left calf" in page
    assert "May I cycle?" in page
    assert case.code not in page
    assert client.get("/visit/shared/summary.pdf").content.startswith(b"%PDF-")
    assert AccessLog.objects.filter(case=case, act=AccessLog.Act.SAW, as_what="link", share=made).count() == 2
    assert client.get(f"/visit/{case.code}/").status_code == 302, "the link opens no page of the case itself"
    revoke(by=alice, share=made)
    for path in ("/visit/shared/summary.pdf", "/cases/shared/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "This link opens nothing" in answer.content.decode()


# The examination


def test_the_form_begins_as_not_examined_and_with_what_the_case_found(as_: Any, bob: Any, share: Share, case: Case) -> None:
    page = as_(bob).get(f"/visit/{case.code}/examination/").content.decode()
    chosen = re.findall(r'<select name="([^"]+)"[^>]*>(?:(?!</select>).)*?<option value="([^"]+)" selected>', page, re.S)
    assert chosen == [("reflex-ankle.left", "absent")]
    assert "told: weak" in page, "the weak calf was told, not graded: it is shown and not taken for an examination"
    assert len(page) < 150_000


def test_every_sign_has_options_that_the_reader_takes_as_they_are_meant(case: Case) -> None:
    """Each option of each row, written into a case file, is read back as that option."""
    today = timezone.localdate()
    most = max(len(r.options) for r in rows())
    for i in range(most):
        entries = [
            {
                "finding": r.finding.id,
                **({"side": side} if side else {}),
                "value": r.options[i % len(r.options)][0],
                "note": "examined 2026-11-01 by X (clinician)",
            }
            for r in rows()
            for side in r.sides
        ]
        # One group at a time: a broad sign says nothing beside a narrow one, and then the case file rightly keeps the narrow one alone.
        for entry in entries:
            name = f"{entry['finding']}.{entry['side']}" if "side" in entry else entry["finding"]
            found = held({"findings": [entry]}, today)[name]
            assert found.value == entry["value"], entry
            assert found.told == "1 Nov 2026 by X (clinician)"


def test_the_grid_holds_each_sign_once_with_all_grades() -> None:
    ids = [r.finding.id for r in rows()]
    assert len(ids) == len(set(ids))
    assert [v for v, _ in MRC] == ["5", "4+", "4", "4-", "3+", "3", "3-", "2+", "2", "2-", "1+", "1", "0"]
    assert {"weak-ankle-plantarflexion", "reflex-ankle", "plantar-extensor", "straight-leg-raise", "numb-saddle"} <= set(ids)
    calf = next(r for g in groups() for r in g.rows if r.finding.id == "weak-ankle-plantarflexion")
    assert calf.name == "Ankle plantar flexion"
    assert calf.detail.endswith("S1, S2")


def test_a_clinician_examines_and_sees_at_once_what_changed(as_: Any, bob: Any, share: Share, case: Case) -> None:
    client = as_(bob)
    before = case.data["findings"]
    page = client.get(f"/visit/{case.code}/examination/").content.decode()
    sent = {
        "version": version(page),
        "on": timezone.localdate().isoformat(),
        "reflex-ankle.left": "absent",
        "weak-ankle-plantarflexion.left": "4-",
        "weak-ankle-plantarflexion.right": "5",
        "numb-saddle": "present",
        "anal-tone-reduced": "present",
        "plantar-extensor.left": "absent",
    }
    answer = client.post(f"/visit/{case.code}/examination/", sent)
    made = Examination.objects.get()
    assert answer.headers["Location"] == f"/visit/{case.code}/examination/{made.pk}/"
    today = timezone.localdate()
    note = f"examined {today} by Bob (clinician)"
    assert findings(case) == [
        *before,
        {"finding": "weak-ankle-plantarflexion", "side": "left", "value": "4-", "note": note},
        {"finding": "weak-ankle-plantarflexion", "side": "right", "value": "5", "note": note},
        {"finding": "plantar-extensor", "side": "left", "value": "absent", "note": note},
        {"finding": "numb-saddle", "value": "present", "note": note},
        {"finding": "anal-tone-reduced", "value": "present", "note": note},
    ]
    assert (made.was["level"], made.now["level"]) == ("within_2_weeks", "emergency")
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "Before, it was: within two weeks" in shown
    assert "Emergency" in shown
    assert "MRC" not in made.now["place"]
    summary = client.get(f"/visit/{case.code}/").content.decode()
    assert "by Bob (clinician)" in summary
    assert FIRST.search(summary)[1] == "EMERGENCY"  # type: ignore[index]
    log = AccessLog.objects.get(case=case, who=bob, act=AccessLog.Act.CHANGED, as_what="clinician")
    assert log.deed.startswith("entered an examination of ")


def test_what_was_not_examined_stays_unknown(as_: Any, alice: Any, case: Case) -> None:
    place = Place(case.code, case, alice, Draft({}))
    enter(place, {"weak-hip-flexion.left": "5"})
    assert [e["finding"] for e in findings(case)] == ["calf weakness", "ankle reflex", "weak-hip-flexion"]


def test_a_newer_examination_takes_the_place_of_an_older_one_and_says_what_stood_there(alice: Any, case: Case) -> None:
    place = Place(case.code, case, alice, Draft({}))
    enter(place, {"reflex-ankle.left": "normal"}, who="Dr Lee")
    place.case.refresh_from_db()  # type: ignore[union-attr]
    entry = findings(case)[-1]
    assert entry["value"] == "normal"
    assert entry["note"].endswith("by Dr Lee; the case said before: absent")
    assert len([e for e in findings(case) if "ankle" in e["finding"] and "reflex" in e["finding"]]) == 1
    place = Place(case.code, case, alice, Draft({}))
    enter(place, {"reflex-ankle.left": "reduced"}, who="Dr Kim")
    assert [(e["value"], e["note"].split(" by ")[1]) for e in findings(case) if e["finding"] == "reflex-ankle"] == [
        ("reduced", "Dr Kim; the case said before: normal")
    ]


def test_only_the_side_that_was_examined_gives_way(alice: Any) -> None:
    data = {"findings": [{"finding": "ankle reflex", "side": "both", "value": "absent"}, {"finding": "calf weakness", "side": "left"}]}
    case = save_case(by=alice, data=data, today=timezone.localdate())
    enter(Place(case.code, case, alice, Draft({})), {"reflex-ankle.left": "normal", "reflex-ankle.right": "absent"})
    assert findings(case)[0] == {"finding": "ankle reflex", "side": "right", "value": "absent"}
    assert (findings(case)[-1]["side"], findings(case)[-1]["value"]) == ("left", "normal")


@pytest.mark.parametrize(
    "told",
    [
        {"finding": "weak-ankle-plantarflexion", "side": "left", "value": "present", "note": "body map: calf-inner-left"},
        {
            "finding": "weak-ankle-plantarflexion",
            "side": "left",
            "value": "severe",
            "note": "interview 3 self-test weak-ankle-plantarflexion | Can you? | No",
        },
        {"finding": "calf weakness", "side": "left", "since": "2026-03-01"},
    ],
)
def test_what_the_person_said_stays(alice: Any, as_: Any, told: dict[str, Any]) -> None:
    case = save_case(by=alice, data={"findings": [told]}, today=timezone.localdate())
    enter(Place(case.code, case, alice, Draft({})), {"weak-ankle-plantarflexion.left": "5"})
    assert findings(case)[0] == told
    assert findings(case)[1]["value"] == "5"
    page = as_(alice).get(f"/visit/{case.code}/examination/{Examination.objects.get().pk}/").content.decode()
    assert "Two reports differ" in page, "and it is said that they differ"


def test_an_entry_that_says_more_than_the_sign_is_not_lost(alice: Any) -> None:
    data = {"findings": [{"finding": "reflexes", "side": "both", "value": "brisk in arms and legs"}]}
    case = save_case(by=alice, data=data, today=timezone.localdate())
    enter(Place(case.code, case, alice, Draft({})), {"reflex-ankle.left": "normal"})
    assert findings(case)[0] == data["findings"][0]


def test_an_examination_can_be_withdrawn_and_what_was_told_cannot(alice: Any, case: Case) -> None:
    enter(Place(case.code, case, alice, Draft({})), {"reflex-ankle.left": "absent", "numb-saddle": "present"})
    case.refresh_from_db()
    enter(Place(case.code, case, alice, Draft({})), {"reflex-ankle.left": "", "numb-saddle": ""})
    assert [e["finding"] for e in findings(case)] == ["calf weakness", "ankle reflex"]


def test_all_that_stands_there_can_be_confirmed(as_: Any, bob: Any, share: Share, case: Case) -> None:
    client = as_(bob)
    page = client.get(f"/visit/{case.code}/examination/").content.decode()
    sent = {"version": version(page), "on": "2026-11-01", "reflex-ankle.left": "absent"}
    answer = client.post(f"/visit/{case.code}/examination/", sent)
    assert answer.status_code == 422
    assert "Nothing new was entered" in answer.content.decode()
    assert client.post(f"/visit/{case.code}/examination/", {**sent, "confirmed": "on"}).status_code == 302
    assert findings(case)[-1] == {
        "finding": "reflex-ankle",
        "side": "left",
        "value": "absent",
        "note": "examined 2026-11-01 by Bob (clinician)",
    }


def test_a_case_that_changed_meanwhile_is_not_written_over(as_: Any, alice: Any, bob: Any, share: Share, case: Case) -> None:
    client = as_(bob)
    page = client.get(f"/visit/{case.code}/examination/").content.decode()
    enter(Place(case.code, case, alice, Draft({})), {"reflex-ankle.left": "normal"}, who="Dr Lee")
    sent = {"version": version(page), "on": "2026-11-01", "reflex-ankle.left": "absent", "reflex-knee.left": "brisk"}
    answer = client.post(f"/visit/{case.code}/examination/", sent)
    again = answer.content.decode()
    assert answer.status_code == 409
    assert "The case was changed while this form was open" in again
    assert re.search(r'name="reflex-knee.left".*?<option value="brisk" selected>', again, re.S), "what was entered still stands there"
    assert Examination.objects.count() == 1
    assert findings(case)[-1]["value"] == "normal"
    assert client.post(f"/visit/{case.code}/examination/", {**sent, "version": version(again)}).status_code == 302
    assert {e["finding"]: e.get("value") for e in findings(case)}["reflex-ankle"] == "absent"
    case.refresh_from_db()
    place = Place(case.code, case, alice, Draft({}))
    with pytest.raises(UsageError, match="changed in another window"):
        enter(place, {"reflex-knee.left": "normal"}, version=version(page))


def test_a_new_name_of_the_case_is_no_change_of_it(as_: Any, alice: Any, bob: Any, share: Share, case: Case) -> None:
    client = as_(bob)
    page = client.get(f"/visit/{case.code}/examination/").content.decode()
    as_(alice).post(f"/cases/{case.code}/name/", {"title": "Another name"})
    sent = {"version": version(page), "on": "2026-11-01", "reflex-knee.left": "brisk"}
    assert client.post(f"/visit/{case.code}/examination/", sent).status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"on": "2999-01-01", "reflex-knee.left": "brisk"}, "lies in the future"),
        ({"on": "1850-01-01", "reflex-knee.left": "brisk"}, "too long ago"),
        ({"on": "", "reflex-knee.left": "brisk"}, "required"),
        ({"on": "2026-11-01", "reflex-knee.left": "purple"}, "none that the form offers"),
        ({"on": "2026-11-01", "weak-hip-flexion.left": "6"}, "none that the form offers"),
    ],
)
def test_what_cannot_be_is_refused(as_: Any, alice: Any, case: Case, sent: dict[str, str], said: str) -> None:
    client = as_(alice)
    page = client.get(f"/visit/{case.code}/examination/").content.decode()
    answer = client.post(f"/visit/{case.code}/examination/", {"version": version(page), **sent})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Examination.objects.count() == 0


def test_what_the_owner_enters_is_labelled_so(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    page = client.get(f"/visit/{case.code}/examination/").content.decode()
    assert "Who examined?" in page
    client.post(
        f"/visit/{case.code}/examination/", {"version": version(page), "on": "2026-11-20", "doctor": "Dr Lee", "reflex-knee.left": "normal"}
    )
    assert findings(case)[-1]["note"] == "examined 2026-11-20 by Dr Lee (entered by the person)"


def test_without_an_account_an_examination_stays_in_the_browser(as_: Any) -> None:
    client = as_(None)
    told_draft(client)
    assert client.get("/visit/draft/examination/0/").status_code == 404
    page = client.get("/visit/draft/examination/").content.decode()
    answer = client.post(
        "/visit/draft/examination/", {"version": version(page), "on": "2026-11-20", "doctor": "Dr Lee", "numb-saddle": "present"}
    )
    assert answer.headers["Location"] == "/visit/draft/examination/0/"
    shown = client.get("/visit/draft/examination/0/").content.decode()
    assert "by Dr Lee (entered by the person)" in shown
    assert FIRST.search(client.get("/visit/draft/").content.decode())[1] == "EMERGENCY"  # type: ignore[index]
    assert Examination.objects.count() == 0


def test_a_case_that_would_be_none_is_refused(alice: Any, case: Case) -> None:
    place = Place(case.code, case, alice, Draft({}))
    with pytest.raises(CaseError):
        enter(place, {"reflex-knee.left": "normal"}, today=datetime.date(2020, 1, 1))


def test_what_is_kept_goes_with_the_case(case: Case, alice: Any, rows: Any) -> None:
    enter(Place(case.code, case, alice, Draft({})), {"reflex-knee.left": "normal"})
    Agenda.objects.create(case=case, questions=["x"])
    case.delete()
    held_rows = rows()
    assert not held_rows["visit_agenda"]
    assert not held_rows["visit_examination"]


# In the browser


def printed_pages(page: Any) -> int:
    page.emulate_media(media="print")
    pdf = page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_pages_on_a_phone_and_on_paper(open_page: Any, alice: Any, case: Case, axe: Any, fits: Any, screen: Any) -> None:
    enter(Place(case.code, case, alice, Draft({})), {"reflex-knee.left": "normal", "numb-saddle": "present"})
    made = Examination.objects.get()
    paths = ("", "questions/", "examination/", f"examination/{made.pk}/")
    for width, dark, script in ((320, True, False), (1280, False, True)):
        page = open_page(user=alice, width=width, dark=dark, script=script)
        for path in ("/visit/", *(f"/visit/{case.code}/{p}" for p in paths)):
            page.goto(path)
            fits(page)
            if script:
                axe(page)
            name = path.strip("/").replace(f"{case.code}", "case").replace("/", "-").replace(str(made.pk), "n")
            screen(page, f"{name}-{width}")
    page.goto(f"/visit/{case.code}/")
    assert printed_pages(page) <= 2
    much = {**case.data, "narrative": "It hurts and it goes on. " * 400, "medicines": [f"medicine {i} twice a day" for i in range(90)]}
    save_case(by=alice, data={**much, "conditions": ["W" * 300] * 20}, today=timezone.localdate(), case=case)
    page.goto(f"/visit/{case.code}/")
    assert printed_pages(page) <= 2
    page.emulate_media(media="print")
    assert page.locator(".first").is_visible()
    assert not page.locator(".bottom").is_visible(), "it advises once on paper"


def test_a_clinician_opens_the_link_signs_in_and_examines_by_keyboard(
    open_page: Any, alice: Any, bob: Any, case: Case, axe: Any, fits: Any
) -> None:
    from tests.web.conftest import PASSWORD

    made, token = share_case(by=alice, case=case, days=7, note="Dr Bob")
    page = open_page(width=360, height=740)
    page.goto(f"/cases/shared/{token}/")
    assert "Weakness of the left calf" in page.locator(".first").inner_text()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Sign in as a clinician").click()
    page.get_by_label("Email").fill("bob@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case.code}/")
    page.get_by_role("link", name="Enter an examination").click()
    calf = page.get_by_role("group", name="Ankle plantar flexion")
    calf.get_by_label("Left").focus()
    page.keyboard.type("4-")
    page.get_by_label("Saddle (perineal and perianal)").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Save and see what changes").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/examination/*/")
    assert "Before, it was: within two weeks" in page.locator("main").inner_text()
    assert [(e["finding"], e["value"]) for e in findings(case)[2:]] == [("weak-ankle-plantarflexion", "4-"), ("numb-saddle", "present")]
    revoke(by=alice, share=made)
    page.goto(f"/visit/{case.code}/")
    assert "404" in page.title() or page.get_by_role("heading", level=1).inner_text() != ""
    assert "Weakness" not in page.locator("main").inner_text()
