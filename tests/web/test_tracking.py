"""Track: record, judge, mend, take back, import, export; and who may."""

from __future__ import annotations

import datetime
import re
import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from soleus.domain.errors import OutOfRange, UsageError
from soleus.web.cases.actions import save_case, share_case, take_share
from soleus.web.cases.models import Case
from soleus.web.knowledge import measures
from soleus.web.tracking import actions
from soleus.web.tracking.actions import Given
from soleus.web.tracking.guides import FIRST, GUIDES
from soleus.web.tracking.place import Place, take_back

pytestmark = pytest.mark.django_db
DECLINE = [("2026-03-01", 20), ("2026-05-01", 18), ("2026-07-01", 15), ("2026-09-01", 12), ("2026-11-01", 9)]


@pytest.fixture
def case(alice: Any, case_data: dict[str, Any]) -> Case:
    return save_case(by=alice, data=case_data, today=timezone.localdate(), title="Left calf")


@pytest.fixture
def measured(alice: Any, case: Case) -> Case:
    entries = [{"measure": "heel-rise", "side": "left", "value": v, "on": on} for on, v in DECLINE]
    return save_case(by=alice, data={**case.data, "measurements": entries}, today=timezone.localdate(), case=case)


def held(case: Case) -> list[dict[str, Any]]:
    case.refresh_from_db()
    return list(case.data.get("measurements", []))


def rise(value: str = "9", **more: str) -> dict[str, str]:
    return {"side": "left", "value": value, "on": "2026-11-01", **more}


def test_a_measurement_is_recorded_with_what_was_said_of_it(as_: Any, alice: Any, case: Case) -> None:
    answer = as_(alice).post(f"/track/{case.code}/add/heel-rise/", rise("9", aid="stick", by="my son", note="a cold"))
    assert answer.status_code == 302
    assert held(case) == [
        {"measure": "heel-rise", "side": "left", "value": 9, "on": "2026-11-01", "aid": "stick", "by": "my son", "note": "a cold"}
    ]


def test_ids_are_there_once(as_: Any, alice: Any, case: Case) -> None:
    for page in (as_(alice).get(f"/track/{case.code}/add/heel-rise/"), as_(alice).post(f"/track/{case.code}/add/heel-rise/", {})):
        ids = re.findall(r'\sid="([^"]+)"', page.content.decode())
        assert "id_side" in ids
        assert sorted(ids) == sorted(set(ids))


def test_what_could_not_be_done_is_a_result(as_: Any, alice: Any, case: Case) -> None:
    as_(alice).post(f"/track/{case.code}/add/heel-rise/", {"side": "left", "value": "", "unable": "on", "on": "2026-11-01"})
    assert held(case)[0]["value"] == "unable"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"value": "9"}, "Which leg?"),
        (rise(""), "Give a value"),
        (rise("many"), "is not a number"),
        (rise("999"), "outside 0 to"),
        (rise("9", on="2999-01-01"), "lies in the future"),
        (rise("9", unable="on"), "Give either a value, or this tick"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(as_: Any, alice: Any, case: Case, sent: dict[str, str], said: str) -> None:
    answer = as_(alice).post(f"/track/{case.code}/add/heel-rise/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert held(case) == []


def test_an_unusual_value_is_asked_about_once(as_: Any, alice: Any, case: Case) -> None:
    high = measures()["heel-rise"].plausible[1]
    value = str(round(high) + 10)
    client = as_(alice)
    answer = client.post(f"/track/{case.code}/add/heel-rise/", rise(value))
    assert answer.status_code == 422
    assert b"Yes, this value is right" in answer.content
    assert client.post(f"/track/{case.code}/add/heel-rise/", rise(value, unusual="1")).status_code == 422
    assert client.post(f"/track/{case.code}/add/heel-rise/", rise(value, unusual="1", sure="on")).status_code == 302
    assert held(case)[0]["value"] == int(value)


def test_a_decline_is_told_in_words_with_its_chart(as_: Any, alice: Any, measured: Case) -> None:
    client = as_(alice)
    page = client.get(f"/track/{measured.code}/").content.decode()
    assert "Getting worse" in page
    assert "Tell a doctor soon" in page
    for width, size in (("narrow", "320"), ("wide", "680")):
        chart = client.get(f"/track/{measured.code}/chart/heel-rise-{width}.svg")
        assert chart["Content-Type"] == "image/svg+xml"
        assert f'width="{size}"' in chart.content.decode()
        assert "style=" not in chart.content.decode()


def test_a_last_value_far_below_the_others_comes_first_on_the_page(as_: Any, alice: Any, case: Case) -> None:
    today = timezone.localdate()
    values = ((52, 22), (43, 21), (28, 22), (12, 23), (0, 0))
    entries = [
        {"measure": "heel-rise", "side": "left", "value": v, "on": (today - datetime.timedelta(days=d)).isoformat()} for d, v in values
    ]
    save_case(by=alice, data={**case.data, "measurements": entries}, today=today, case=case)
    page = as_(alice).get(f"/track/{case.code}/").content.decode()
    assert "The last value, 0, is far below the others" in page
    assert page.index('class="notice error"') < page.index('class="card measure"')
    assert "repeat it today or tomorrow" in page
    assert "Cannot tell yet" not in page
    assert "Now about" not in page


def test_one_value_says_when_to_measure_next(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    client.post(f"/track/{case.code}/add/heel-rise/", rise("9"))
    assert "Cannot tell yet" in client.get(f"/track/{case.code}/").content.decode()
    assert "measure" in client.get(f"/track/{case.code}/next/").content.decode()


def test_a_change_needs_what_stood_there_when_the_page_was_opened(as_: Any, alice: Any, measured: Case) -> None:
    client = as_(alice)
    version = actions.version_of(held(measured)[1])
    assert client.post(f"/track/{measured.code}/list/2/", {**rise("17"), "version": version}).status_code == 302
    assert held(measured)[1]["value"] == 17
    stale = client.post(f"/track/{measured.code}/list/2/", {**rise("16"), "version": version})
    assert stale.status_code == 400
    assert b"another window" in stale.content
    assert held(measured)[1]["value"] == 17


def test_removing_can_be_taken_back_and_brought_back(as_: Any, alice: Any, measured: Case) -> None:
    client, before = as_(alice), held(measured)
    client.post(f"/track/{measured.code}/list/3/remove/", {"version": actions.version_of(before[2])})
    assert held(measured) == [*before[:2], *before[3:]]
    client.post(f"/track/{measured.code}/undo/")
    assert held(measured) == before
    client.post(f"/track/{measured.code}/undo/")
    assert held(measured) == [*before[:2], *before[3:]]


def test_taking_back_refuses_where_something_else_was_changed_since(as_: Any, alice: Any, measured: Case) -> None:
    client = as_(alice)
    client.post(f"/track/{measured.code}/add/heel-rise/", rise("8", on="2026-11-02"))
    save_case(by=alice, data={**measured.data, "measurements": held(measured)[:-1]}, today=timezone.localdate(), case=measured)
    assert client.post(f"/track/{measured.code}/undo/").status_code == 400


def test_nothing_to_take_back_is_said(as_: Any, alice: Any, case: Case) -> None:
    assert as_(alice).post(f"/track/{case.code}/undo/").status_code == 400


def test_the_page_says_that_a_value_is_recorded_already(as_: Any, alice: Any, case: Case) -> None:
    first, second = (as_(alice).post(f"/track/{case.code}/add/heel-rise/", rise("9")) for _ in range(2))
    assert first.status_code == 302
    assert second.status_code == 400
    assert "is recorded already with this value" in second.content.decode()
    assert len(held(case)) == 1


def test_the_same_value_twice_on_a_day_is_refused(alice: Any, case: Case) -> None:
    place, given = Place(case.code, case, alice, None), Given(datetime.date(2026, 11, 1), "9", side="left")  # type: ignore[arg-type]
    actions.record_measurement(place=place, measure=measures()["heel-rise"], given=given, today=timezone.localdate())
    with pytest.raises(UsageError, match="recorded already"):
        actions.record_measurement(place=place, measure=measures()["heel-rise"], given=given, today=timezone.localdate())


def test_an_action_refuses_by_itself_what_a_form_would(alice: Any, case: Case) -> None:
    place = Place(case.code, case, alice, None)  # type: ignore[arg-type]
    with pytest.raises(OutOfRange):
        actions.record_measurement(
            place=place, measure=measures()["heel-rise"], given=Given(datetime.date(2026, 11, 1), "500"), today=timezone.localdate()
        )


def test_a_table_goes_out_and_comes_in_the_same(as_: Any, alice: Any, charlie: Any, measured: Case, case_data: dict[str, Any]) -> None:
    table = as_(alice).get(f"/track/{measured.code}/export.csv").content
    assert table.decode().splitlines()[1] == "heel-rise,20,left,2026-03-01,repetitions,,,"
    other = save_case(by=charlie, data=case_data, today=timezone.localdate())
    for _ in range(2):  # the second time all of it is there already
        answer = as_(charlie).post(f"/track/{other.code}/import/", {"table": SimpleUploadedFile("m.csv", table)})
        assert answer.status_code == 302
        assert [(e["on"], e["value"]) for e in held(other)] == DECLINE


def test_a_faulty_table_adds_nothing_and_names_the_line(as_: Any, alice: Any, case: Case) -> None:
    table = SimpleUploadedFile("m.csv", b"measure,value,side,on\nheel-rise,9,left,2026-09-01\nheel-rise,many,left,2026-09-02\n")
    answer = as_(alice).post(f"/track/{case.code}/import/", {"table": table})
    assert answer.status_code == 400
    assert b"line 3" in answer.content
    assert held(case) == []


def test_a_formula_in_a_note_is_no_formula_in_the_export(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    client.post(f"/track/{case.code}/add/heel-rise/", rise("9", note="=1+1"))
    assert b"'=1+1" in client.get(f"/track/{case.code}/export.csv").content


PAGES = ("", "measures/", "add/heel-rise/", "list/", "list/1/", "next/", "import/", "export.csv", "chart/heel-rise-wide.svg")
OF_THE_OWNER = ("list/1/", "import/")
"""Whoever has a case shared adds, and changes nothing."""


def test_a_stranger_finds_nothing(as_: Any, charlie: Any, moderator: Any, admin: Any, bob: Any, measured: Case) -> None:
    for page in PAGES:
        for person in (charlie, moderator, admin, bob):
            assert as_(person).get(f"/track/{measured.code}/{page}").status_code == 404
        assert as_(None).get(f"/track/{measured.code}/{page}").status_code == 302
    for act in ("undo/", "list/1/remove/", "add/heel-rise/"):
        assert as_(charlie).post(f"/track/{measured.code}/{act}", rise()).status_code == 404


def test_a_clinician_with_a_share_measures_too(as_: Any, alice: Any, bob: Any, measured: Case) -> None:
    share, _ = share_case(by=alice, case=measured, days=3)
    take_share(share=share, user=bob)
    for page in PAGES:
        assert as_(bob).get(f"/track/{measured.code}/{page}").status_code == (404 if page in OF_THE_OWNER else 200)
    as_(bob).post(f"/track/{measured.code}/add/heel-rise/", rise("8", on="2026-11-10"))
    assert held(measured)[-1]["value"] == 8
    assert measured.accesses.get(who=bob, act="changed").deed == f"added {measures()['heel-rise'].name}"
    assert f"added {measures()['heel-rise'].name}" in as_(alice).get(f"/cases/{measured.code}/").content.decode()


def test_a_clinician_with_a_share_changes_and_removes_nothing(as_: Any, alice: Any, bob: Any, measured: Case) -> None:
    share, _ = share_case(by=alice, case=measured, days=3)
    take_share(share=share, user=bob)
    before = held(measured)
    version = actions.version_of(before[0])
    for path, told in (
        ("list/1/", rise("99", version=version, sure="on")),
        ("list/1/remove/", {"version": version}),
        ("undo/", {}),
        ("import/", {"table": SimpleUploadedFile("t.csv", b"date,measure,value\n2026-11-02,heel-rise,3\n")}),
    ):
        assert as_(bob).post(f"/track/{measured.code}/{path}", told).status_code == 404
    place, today = Place(measured.code, measured, bob, None), timezone.localdate()  # type: ignore[arg-type]
    entry = measures()["heel-rise"]
    for forbidden in (
        lambda: actions.remove_measurement(place=place, number=1, version=version, today=today),
        lambda: actions.import_table(place=place, table=b"date,measure,value\n", today=today),
        lambda: take_back(place, today),
        lambda: actions.change_measurement(
            place=place, number=1, version=version, measure=entry, given=Given(today, "3", side="left"), today=today
        ),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()
    assert held(measured) == before
    listed = as_(bob).get(f"/track/{measured.code}/list/").content.decode()
    assert "/list/1/" not in listed
    assert "/undo/" not in listed


def test_the_owner_reads_what_was_done(as_: Any, alice: Any, measured: Case) -> None:
    client, name = as_(alice), measures()["heel-rise"].name
    client.post(f"/track/{measured.code}/list/1/remove/", {"version": actions.version_of(held(measured)[0])})
    client.post(f"/track/{measured.code}/undo/")
    deeds = list(measured.accesses.exclude(deed="").order_by("pk").values_list("deed", flat=True))
    assert deeds == [f"removed {name}", f"took back removing {name}"]


def test_without_an_account_it_stays_in_the_browser(as_: Any, case_data: dict[str, Any]) -> None:
    from soleus.web.drafts import Draft

    draft = Draft({})
    draft.keep({"case": case_data})
    client = as_(None)
    client.cookies["soleus-draft-0"] = draft.packed or ""
    assert client.get("/track/").headers["Location"] == "/track/draft/"
    assert client.post("/track/draft/add/heel-rise/", rise("9")).status_code == 302
    assert "Cannot tell yet" in client.get("/track/draft/").content.decode()
    client.post("/track/draft/undo/")
    assert "Nothing was measured yet" in client.get("/track/draft/").content.decode()
    assert Case.objects.count() == 0


def test_years_of_measurements_fit_on_pages(as_: Any, alice: Any, case: Case) -> None:
    first = datetime.date(2026, 1, 1)
    many = [{"measure": "heel-rise", "side": "left", "value": 20, "on": str(first + datetime.timedelta(days=i))} for i in range(250)]
    save_case(by=alice, data={**case.data, "measurements": many}, today=timezone.localdate(), case=case)
    client = as_(alice)
    seen = [len(re.findall(r'scope="row"', client.get(f"/track/{case.code}/list/?page={n}").content.decode())) for n in (1, 2, 3)]
    assert seen == [100, 100, 50]
    assert len(client.get(f"/track/{case.code}/list/").content) < 150_000
    assert len(client.get(f"/track/{case.code}/").content) < 150_000


def test_no_draft_no_page(as_: Any) -> None:
    assert as_(None).get("/track/draft/").status_code == 404
    assert b"Measurements belong to a case" in as_(None).get("/track/").content


@pytest.mark.parametrize("measure", [*GUIDES, "mrc-plantar-flexion", "pain-nrs", "grip", "abi"])
def test_every_kind_of_measure_has_its_page(as_: Any, alice: Any, case: Case, measure: str) -> None:
    page = as_(alice).get(f"/track/{case.code}/add/{measure}/")
    assert page.status_code == 200
    assert ("data-guide" in page.content.decode()) == (measure in GUIDES)
    assert len(page.content) < 150_000


def test_guides_and_first_measures_exist() -> None:
    assert set(GUIDES) | set(FIRST) <= set(measures())


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_lose_nothing(alice: Any, case_data: dict[str, Any]) -> None:
    from django.db import connection

    case = save_case(by=alice, data=case_data, today=timezone.localdate())

    def add(value: int) -> None:
        own = Case.objects.get(pk=case.pk)
        place = Place(own.code, own, alice, None)  # type: ignore[arg-type]
        given = Given(datetime.date(2026, 11, 1), str(value), side="left")
        actions.record_measurement(place=place, measure=measures()["heel-rise"], given=given, today=timezone.localdate())
        connection.close()

    threads = [threading.Thread(target=add, args=(v,)) for v in range(1, 9)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(e["value"] for e in held(case)) == list(range(1, 9))


def test_a_walk_through_tracking(open_page: Any, axe: Any, fits: Any, screen: Any, alice: Any, case_data: dict[str, Any]) -> None:
    case = save_case(by=alice, data=case_data, today=timezone.localdate(), title="Left calf")
    page = open_page(user=alice, width=360, height=740)
    page.goto(f"/track/{case.code}/")
    axe(page), fits(page), screen(page, "track-empty-360")
    page.goto(f"/track/{case.code}/measures/")
    axe(page), fits(page)
    page.goto(f"/track/{case.code}/add/gait-speed-4m/")
    axe(page), fits(page), screen(page, "track-measure-360")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("Go!").wait_for()
    page.wait_for_timeout(2000)
    page.get_by_role("button", name="Stop").click()
    speed = float(page.get_by_label("Value").input_value())
    assert 0.8 < speed < 2.1  # 4 m in some 2 to 5 s
    page.get_by_label("Value").fill("1.1")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Is it really changing?").wait_for()
    page.locator("#next-words ul").wait_for()  # htmx has fetched when to measure next
    axe(page), fits(page), screen(page, "track-360")

    plain = open_page(user=alice, dark=True, script=False)
    plain.goto(f"/track/{case.code}/add/chair-stand-30s/")
    assert not plain.get_by_role("button", name="Start").is_visible()
    screen(plain, "track-measure-dark-no-script")
    plain.get_by_label("Value").fill("11")
    plain.get_by_role("button", name="Record it").click()
    screen(plain, "track-dark")
    plain.get_by_role("link", name="All entries").click()
    plain.get_by_role("button", name="Take back").click()
    plain.get_by_text("1 entry").wait_for()
