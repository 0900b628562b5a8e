"""Plan: the week, preferences, ticking off, what the log changes, sheet and calendar; and who may."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from soleus.care.person import DAYS
from soleus.web.assess.working import known
from soleus.web.cases.actions import save_case, share_case, take_share
from soleus.web.cases.models import Case
from soleus.web.plans import actions
from soleus.web.plans.api import plan_of
from soleus.web.plans.models import Feed
from soleus.web.plans.planning import made
from soleus.web.plans.week import days_of
from soleus.web.tracking.memory import digest
from soleus.web.tracking.place import entries

pytestmark = pytest.mark.django_db
SUITS = {"minutes": "25", "days": ["mon", "wed", "fri"], "equipment": ["band"], "goals": ["climb-stairs"], "own_goals": "paint the fence"}


@pytest.fixture
def case(alice: Any, case_data: dict[str, Any]) -> Case:
    return save_case(by=alice, data=case_data, today=timezone.localdate(), title="Left calf")


@pytest.fixture
def emergency(alice: Any, case_data: dict[str, Any]) -> Case:
    red = {"finding": "saddle anaesthesia", "value": "present"}
    retention = {"finding": "urinary retention", "value": "present"}
    data = {**case_data, "findings": [*case_data["findings"], red, retention]}
    return save_case(by=alice, data=data, today=timezone.localdate())


def sessions(case: Case) -> list[dict[str, Any]]:
    case.refresh_from_db()
    return list(entries(dict(case.data), "log"))


def logged(case: Case, alice: Any, *found: dict[str, Any]) -> Case:
    return save_case(by=alice, data={**case.data, "log": {"sessions": list(found)}}, today=timezone.localdate(), case=case)


def days_ago(days: int) -> str:
    return (timezone.localdate() - datetime.timedelta(days=days)).isoformat()


def week_of(case: Case) -> Any:
    plan = made(case.data, timezone.localdate()).plan
    assert plan is not None
    assert plan.programme is not None
    return plan.programme


def suits(client: Any, case: Case, **more: Any) -> Any:
    case.refresh_from_db()
    return client.post(f"/plan/{case.code}/preferences/", {**SUITS, "version": actions.wishes_version(case.data), **more})


def test_the_week_shows_each_exercise_with_its_figure_and_dose(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    for session in week_of(case).week.sessions:
        page = client.get(f"/plan/{case.code}/?day={session.day}").content.decode()
        for item in session.items:
            assert item.exercise.name in page
            assert f"/plan/figure/{item.exercise.id}.svg" in page
            assert item.exercise.cues[0] in page.replace("&#x27;", "'")
        assert len(page.encode()) < 150_000
    whole = client.get(f"/plan/{case.code}/?day=all").content.decode()
    assert all(item.exercise.name in whole for session in week_of(case).week.sessions for item in session.items)


def test_the_page_and_the_api_give_the_same_plan(alice: Any, case: Case) -> None:
    done = {"exercise": "bridge", "sets": [10, 10], "effort": 5}
    case = logged(case, alice, *({"on": days_ago(ago), "exercises": [done]} for ago in (21, 14, 7)))
    today = timezone.localdate()
    page = made(case.data, today)
    assert page.document == plan_of(case.data, page.log, today)
    assert page.document["programme"]["week"] == 4


def test_an_easy_week_is_told_above_the_week(as_: Any, alice: Any, case: Case) -> None:
    done = {"exercise": "bridge", "sets": [10, 10], "effort": 5}
    log = {"sessions": [{"on": days_ago(ago), "exercises": [done]} for ago in (21, 14, 7)]}
    data = {"age": 58, "conditions": ["lumbar spinal stenosis"], "log": log}
    case = save_case(by=alice, data=data, today=timezone.localdate(), case=case)
    client = as_(alice)
    assert week_of(case).easy
    assert "Week 4 of the programme is an easy week" in client.get(f"/plan/{case.code}/").content.decode()
    assert "How it grows" in client.get(f"/plan/{case.code}/ahead/").content.decode()


def test_a_figure_is_drawn_without_style_and_may_be_kept(client: Any) -> None:
    answer = client.get("/plan/figure/heel-raise-double.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "max-age" in answer["Cache-Control"]
    assert "style" not in answer.content.decode()
    assert client.get("/plan/figure/no-such.svg").status_code == 404


def test_preferences_change_the_week(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    assert suits(client, case, medicines="atorvastatin\nprednisolone", conditions="type 2 diabetes").status_code == 302
    case.refresh_from_db()
    assert case.data["preferences"] == {"minutes_per_day": 25, "days": ["mon", "wed", "fri"], "equipment": ["band"]}
    assert case.data["goals"] == ["Climb stairs without pulling on the rail", "paint the fence"]
    assert case.data["medicines"] == ["atorvastatin", "prednisolone"]
    assert case.data["conditions"] == ["type 2 diabetes"]
    week = week_of(case).week
    assert [s.day for s in week.sessions] == ["mon", "wed", "fri"]
    assert all(s.minutes <= 25 for s in week.sessions)
    form = client.get(f"/plan/{case.code}/preferences/").content.decode()
    assert "paint the fence" in form
    assert re.search(r'value="climb-stairs"[^>]*checked', form)


def test_preferences_from_an_old_window_are_refused(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    old = actions.wishes_version(case.data)
    suits(client, case)
    assert suits(client, case, version=old, minutes="60").status_code == 400
    case.refresh_from_db()
    assert case.data["preferences"]["minutes_per_day"] == 25


@pytest.mark.parametrize("wrong", [{"minutes": "2"}, {"minutes": "999"}, {"days": []}, {"equipment": ["rocket"]}])
def test_impossible_preferences_are_told_beside_the_field(as_: Any, alice: Any, case: Case, wrong: dict[str, Any]) -> None:
    assert suits(as_(alice), case, **wrong).status_code == 422
    case.refresh_from_db()
    assert "preferences" not in case.data


def test_an_exercise_can_be_left_out_and_taken_in_again(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    client.post(f"/plan/{case.code}/without/bridge/")
    case.refresh_from_db()
    assert case.data["preferences"]["avoid"] == ["bridge"]
    assert all(i.exercise.id != "bridge" for s in week_of(case).week.sessions for i in s.items)
    suits(client, case)
    case.refresh_from_db()
    assert "avoid" not in case.data["preferences"]


def test_a_session_becomes_the_training_log(as_: Any, alice: Any, case: Case) -> None:
    sided = ((s, i) for s in week_of(case).week.sessions for i in s.items if len(i.doses) == 2 and i.doses[0].repetitions)
    day, item = next((s, i) for s, i in sided if not i.doses[0].hold_s)
    prefix = f"{item.exercise.id}-{item.doses[0].side.value}"
    sent = {"on": days_ago(0), f"{prefix}-done": "on", f"{prefix}-amount": "9, 8", f"{prefix}-effort": "6", f"{prefix}-pain": "2"}
    client = as_(alice)
    assert client.post(f"/plan/{case.code}/session/{day.day}/", sent).status_code == 302
    side = item.doses[0].side.value
    assert sessions(case) == [
        {"on": days_ago(0), "exercises": [{"exercise": item.exercise.id, "side": side, "sets": [9, 8], "effort": 6, "pain": 2}]}
    ]
    log = client.get(f"/plan/{case.code}/log/").content.decode()
    assert f"{item.exercise.name}, {side}: 9, 8" in log
    again = client.post(f"/plan/{case.code}/session/{day.day}/", sent)  # the same form sent twice
    assert again.status_code == 400
    client.post(f"/track/{case.code}/undo/")
    assert sessions(case) == []
    client.post(f"/track/{case.code}/undo/")
    assert len(sessions(case)) == 1


def test_a_session_with_nothing_ticked_is_no_session(as_: Any, alice: Any, case: Case) -> None:
    day = week_of(case).week.sessions[0].day
    answer = as_(alice).post(f"/plan/{case.code}/session/{day}/", {"on": days_ago(0)})
    assert answer.status_code == 422
    assert b"Tick at least one" in answer.content
    assert sessions(case) == []


def test_a_session_in_the_future_or_with_odd_numbers_is_refused(as_: Any, alice: Any, case: Case) -> None:
    day = week_of(case).week.sessions[0]
    prefix = f"{day.items[0].exercise.id}-{day.items[0].doses[0].side.value}"
    for on, amount in ((days_ago(-2), "10"), (days_ago(0), "lots"), (days_ago(0), "9999")):
        sent = {"on": on, f"{prefix}-done": "on", f"{prefix}-amount": amount}
        assert as_(alice).post(f"/plan/{case.code}/session/{day.day}/", sent).status_code == 422
    assert sessions(case) == []


def test_dark_urine_blocks_the_plan_and_leads_back_to_the_log(as_: Any, alice: Any, case: Case) -> None:
    day = week_of(case).week.sessions[0].day
    client = as_(alice)
    client.post(f"/plan/{case.code}/session/{day}/", {"on": days_ago(0), "symptoms": ["dark urine"]})
    page = client.get(f"/plan/{case.code}/").content.decode()
    assert "<h1>Get help now</h1>" in page
    assert "Seek medical care today" in page
    assert "Tick off this session" not in page
    assert "To discuss" not in page
    assert f'href="/plan/{case.code}/log/"' in page


def test_soreness_of_three_days_halves_the_work_and_says_so_first(as_: Any, alice: Any, case: Case) -> None:
    before = sum(d.sets for s in week_of(case).week.sessions for i in s.items if i.exercise.category == "resistance" for d in i.doses)
    done = {"exercise": "bridge", "side": "both", "sets": [10, 10], "effort": 5}
    case = logged(case, alice, {"on": days_ago(2), "exercises": [done], "soreness_hours": 72})
    page = as_(alice).get(f"/plan/{case.code}/").content.decode()
    assert "much less this week" in page
    assert "Sore for 72 hours" in page
    after = sum(d.sets for s in week_of(case).week.sessions for i in s.items if i.exercise.category == "resistance" for d in i.doses)
    assert after < before


def test_the_morning_after_is_asked_for_and_counts(as_: Any, alice: Any, case: Case) -> None:
    done = {"exercise": "bridge", "side": "both", "sets": [10, 10]}
    case = logged(case, alice, {"on": days_ago(1), "exercises": [done]})
    client = as_(alice)
    assert "How was the morning after" in client.get(f"/plan/{case.code}/").content.decode()
    version = digest(sessions(case)[0])
    assert client.post(f"/plan/{case.code}/log/0/", {"version": version, "pain_next_morning": "8"}).status_code == 302
    assert sessions(case)[0] == {"on": days_ago(1), "exercises": [done], "pain_next_morning": 8}
    page = client.get(f"/plan/{case.code}/").content.decode()
    assert "Pain of 8 out of 10" in page
    assert "How was the morning after" not in page
    stale = client.post(f"/plan/{case.code}/log/0/", {"version": version, "pain_next_morning": "1"})
    assert stale.status_code == 400
    assert sessions(case)[0]["pain_next_morning"] == 8


def test_removing_a_session_can_be_taken_back(as_: Any, alice: Any, case: Case) -> None:
    done = {"exercise": "bridge", "side": "both", "sets": [10, 10]}
    case = logged(case, alice, {"on": days_ago(3), "exercises": [done]}, {"on": days_ago(1), "exercises": [done]})
    before, client = sessions(case), as_(alice)
    client.post(f"/plan/{case.code}/log/0/remove/", {"version": digest(before[0])})
    assert sessions(case) == before[1:]
    assert b"Take back removing the session" in client.get(f"/plan/{case.code}/log/").content
    client.post(f"/track/{case.code}/undo/")
    assert sessions(case) == before


def test_a_decline_that_was_measured_is_told_with_the_plan(as_: Any, alice: Any, case: Case) -> None:
    fallen = [
        {"measure": "heel-rise", "side": "left", "value": v, "on": days_ago(d)}
        for d, v in ((250, 24), (180, 18), (110, 12), (40, 6), (5, 3))
    ]
    done = {"exercise": "bridge", "side": "both", "sets": [10, 10]}
    log = {"sessions": [{"on": days_ago(d), "exercises": [done], "pain_next_morning": 0} for d in (5, 3, 1)]}
    case = save_case(by=alice, data={**case.data, "measurements": fallen, "log": log}, today=timezone.localdate(), case=case)
    page = as_(alice).get(f"/plan/{case.code}/").content.decode()
    assert "keeps falling while you train" in page


def test_an_emergency_has_no_plan(as_: Any, alice: Any, emergency: Case) -> None:
    client = as_(alice)
    for page in ("", "ahead/", "discuss/", "daily/", "safety/"):
        text = client.get(f"/plan/{emergency.code}/{page}").content.decode()
        assert "Get help now" in text
        assert "Do not exercise, stretch or massage the leg." in text
        assert "plan/figure" not in text
        assert "To discuss with" not in text
    assert client.get(f"/plan/{emergency.code}/session/mon/").status_code == 404
    assert "Get help now" in client.get(f"/plan/{emergency.code}/sheet/").content.decode()


def test_every_part_of_the_plan(as_: Any, alice: Any, case: Case) -> None:
    client, document = as_(alice), made(case.data, timezone.localdate()).document
    ahead = client.get(f"/plan/{case.code}/ahead/").content.decode()
    assert ahead.count('<th scope="row">') == 12
    discuss = client.get(f"/plan/{case.code}/discuss/").content.decode()
    assert all(t["name"] in discuss for t in document["treatments"] if t["right_under_every_open_cause"])
    daily = client.get(f"/plan/{case.code}/daily/").content.decode()
    assert all(d["name"].replace("'", "&#x27;") in daily for d in document["devices"])
    safety = client.get(f"/plan/{case.code}/safety/").content.decode()
    assert all(p["text"].replace("'", "&#x27;") in safety for p in document["safety_net"])
    for name in ("ahead", "discuss", "daily", "safety"):
        assert len(client.get(f"/plan/{case.code}/{name}/").content) < 150_000


def test_a_clash_of_wishes_is_told_with_the_way_out(as_: Any, alice: Any, case: Case) -> None:
    data = {**case.data, "preferences": {"minutes_per_day": 30, "equipment": ["rocket"]}}
    case = save_case(by=alice, data=data, today=timezone.localdate(), case=case)
    client = as_(alice)
    page = client.get(f"/plan/{case.code}/").content.decode()
    assert "No week fits yet" in page
    assert f"/plan/{case.code}/preferences/" in page
    assert client.get(f"/plan/{case.code}/sheet/").status_code == 302
    assert suits(client, case).status_code == 302
    assert "No week fits yet" not in client.get(f"/plan/{case.code}/").content.decode()


def test_the_sheet_holds_no_inline_style(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    page = client.get(f"/plan/{case.code}/sheet/").content.decode()
    assert "<style" not in page
    assert 'style="' not in page
    assert page.count("<svg") >= 5
    css = client.get(reverse("plans:sheet-css"))
    assert "@page" in css.content.decode()
    assert css["Content-Type"].startswith("text/css")
    assert "For the fridge" in page


def test_the_calendar_file_holds_every_session(as_: Any, alice: Any, case: Case) -> None:
    answer = as_(alice).get(f"/plan/{case.code}/training.ics?at=18:00&start=2026-11-23")
    events = [e for e in Calendar.from_ical(answer.content).walk("VEVENT") if "RRULE" in e]
    assert len(events) == len(week_of(case).week.sessions)
    assert {e.decoded("dtstart").time() for e in events} == {datetime.time(18)}
    assert case.code not in answer.content.decode()


def test_a_feed_tells_no_word_of_health_and_can_be_closed(as_: Any, alice: Any, charlie: Any, case: Case) -> None:
    client, nobody = as_(alice), as_(None)
    page = client.post(f"/plan/{case.code}/calendar/", {"at": "07:15"}).content.decode()
    found = re.search(r"/plan/feed/([\w-]{40,})\.ics", page)
    assert found
    address = found.group(0)
    assert found.group(1) not in client.get(f"/plan/{case.code}/calendar/").content.decode()  # told once
    assert not Feed.objects.filter(token_hash=found.group(1)).exists()
    feed = nobody.get(address).content.decode()
    assert feed.count("BEGIN:VEVENT") == len(week_of(case).week.sessions)
    names = [i.exercise.name for s in week_of(case).week.sessions for i in s.items]
    assert not [n for n in names if n in feed]
    assert "DESCRIPTION:Training" in feed  # of the alarm
    assert feed.count("DESCRIPTION") == feed.count("BEGIN:VALARM")
    assert "T071500" in feed
    assert case.code not in feed
    pk = Feed.objects.get().pk
    assert as_(charlie).post(f"/plan/{case.code}/calendar/{pk}/close/").status_code == 404
    assert nobody.get(address).status_code == 200
    client.post(f"/plan/{case.code}/calendar/{pk}/close/")
    assert nobody.get(address).status_code == 404
    assert nobody.get("/plan/feed/guess.ics").status_code == 404


def test_a_feed_follows_an_emergency(as_: Any, alice: Any, emergency: Case) -> None:
    _, token = actions.open_feed(by=alice, case=emergency, at=datetime.time(9))
    assert b"VEVENT" not in as_(None).get(f"/plan/feed/{token}.ics").content


PAGES = ("", "ahead/", "discuss/", "daily/", "safety/", "log/", "sheet/")
OWN = ("preferences/", "session/mon/", "calendar/", "training.ics?at=18:00&start=2026-11-23", "log/0/")


def test_a_stranger_finds_nothing(as_: Any, charlie: Any, moderator: Any, admin: Any, bob: Any, case: Case) -> None:
    for page in (*PAGES, *OWN):
        for person in (charlie, moderator, admin, bob):
            assert as_(person).get(f"/plan/{case.code}/{page}").status_code == 404
        assert as_(None).get(f"/plan/{case.code}/{page}").status_code == 302
    for act in ("preferences/", "session/mon/", "log/0/", "log/0/remove/", "without/bridge/", "calendar/"):
        assert as_(charlie).post(f"/plan/{case.code}/{act}", SUITS).status_code == 404


def test_a_clinician_with_a_share_reads_the_plan_and_changes_nothing(as_: Any, alice: Any, bob: Any, case: Case) -> None:
    case = logged(case, alice, {"on": days_ago(1), "exercises": [{"exercise": "bridge", "side": "both", "sets": [10]}]})
    share, _ = share_case(by=alice, case=case, days=3)
    take_share(share=share, user=bob)
    client = as_(bob)
    for page in PAGES:
        assert client.get(f"/plan/{case.code}/{page}").status_code == 200
    for page in OWN:
        assert client.get(f"/plan/{case.code}/{page}").status_code == 404
    assert client.post(f"/plan/{case.code}/without/bridge/").status_code == 404
    assert "Tick off" not in client.get(f"/plan/{case.code}/").content.decode()
    assert case.accesses.filter(who=bob, act="saw").exists()


def test_without_an_account_the_plan_is_made_from_the_draft(as_: Any, case_data: dict[str, Any]) -> None:
    from soleus.web.drafts import Draft

    draft = Draft({})
    draft.keep({"case": case_data})
    client = as_(None)
    client.cookies["soleus-draft-0"] = draft.packed or ""
    assert client.get("/plan/").headers["Location"] == "/plan/draft/"
    version = actions.wishes_version(case_data)
    assert client.post("/plan/draft/preferences/", {**SUITS, "version": version}).status_code == 302
    page = client.get("/plan/draft/").content.decode()
    assert "Your week" in page
    assert 'aria-label="Days of the week"' in page
    assert "Tuesday" not in page
    assert client.get("/plan/draft/sheet/").status_code == 200
    assert Case.objects.count() == 0


def test_after_the_last_session_of_a_week_comes_the_next(alice: Any, case: Case) -> None:
    programme, log = week_of(case), made(case.data, timezone.localdate()).log
    last = max(DAYS.index(s.day) for s in programme.week.sessions)
    assert last < 6
    sunday = datetime.date(2026, 11, 22)
    assert days_of(programme, log, sunday)[0].on == datetime.date(2026, 11, 23)
    assert days_of(programme, log, sunday - datetime.timedelta(days=6))[0].on == datetime.date(2026, 11, 16)


def test_a_plan_seen_before_is_quick(as_: Any, alice: Any, case: Case) -> None:
    client = as_(alice)
    client.get(f"/plan/{case.code}/")
    took = []
    for _ in range(5):
        answer = client.get(f"/plan/{case.code}/")
        took.append(float(answer["Server-Timing"].rpartition("=")[2]))
    assert min(took) < 100  # [ms]


def test_a_walk_through_the_plan(open_page: Any, axe: Any, fits: Any, screen: Any, alice: Any, case_data: dict[str, Any]) -> None:
    case = save_case(by=alice, data=case_data, today=timezone.localdate(), title="Left calf")
    made(case.data, timezone.localdate())  # the knowledge is read before a browser waits for it
    page = open_page(user=alice, width=360, height=740)
    page.goto(f"/plan/{case.code}/")
    axe(page), fits(page), screen(page, "plan-first-360")
    page.get_by_role("link", name="Say which days").click()
    axe(page), fits(page), screen(page, "plan-wishes-360")
    for day in ("Tuesday", "Thursday"):
        page.get_by_label(day).uncheck()
    page.get_by_role("button", name="Plan my week").click()
    page.get_by_role("link", name="Tick off this session").click()
    axe(page), fits(page), screen(page, "plan-session-360")
    page.get_by_label("Done").first.check()
    page.get_by_role("button", name="Log this session").click()
    page.get_by_text("Logged.").wait_for()
    for name in ("ahead", "discuss", "daily", "safety", "log", "calendar", "sheet"):
        page.goto(f"/plan/{case.code}/{name}/")
        axe(page), fits(page), screen(page, f"plan-{name}-360")

    plain = open_page(user=alice, dark=True, script=False)
    plain.goto(f"/plan/{case.code}/")
    screen(plain, "plan-week-dark")
    plain.goto(f"/plan/{case.code}/?day=all")
    screen(plain, "plan-all-dark")
    plain.goto(f"/plan/{case.code}/discuss/")
    screen(plain, "plan-discuss-dark")
    plain.goto(f"/plan/{case.code}/preferences/")
    screen(plain, "plan-wishes-dark")


def test_an_emergency_on_a_phone(open_page: Any, axe: Any, fits: Any, screen: Any, alice: Any, case_data: dict[str, Any]) -> None:
    red = [{"finding": "saddle anaesthesia", "value": "present"}, {"finding": "urinary retention", "value": "present"}]
    case = save_case(by=alice, data={**case_data, "findings": [*case_data["findings"], *red]}, today=timezone.localdate())
    made(case.data, timezone.localdate())
    page = open_page(user=alice, width=320, height=640)
    page.goto(f"/plan/{case.code}/")
    axe(page), fits(page), screen(page, "plan-emergency-320")


def test_the_plan_rests_on_the_same_assessment_as_the_result(case_data: dict[str, Any]) -> None:
    """Measurements are evidence for both."""
    today = timezone.localdate()
    days = [(today - datetime.timedelta(days=n)).isoformat() for n in (90, 60, 30, 0)]
    values = ("20", "14", "8", "unable")
    measured = [{"measure": "heel-rise", "value": v, "side": "left", "on": on} for v, on in zip(values, days, strict=True)]

    def causes(data: dict[str, Any]) -> list[tuple[str, float]]:
        return [(c["condition"], c["probability"]) for c in made(data, today).document["for"]]

    data = {**case_data, "measurements": measured}
    found = {c.condition: c.probability for c in known(data, today).result.differential.candidates}
    assert {c: pytest.approx(p, abs=1e-3) for c, p in causes(data)} == {c: found[c] for c, _ in causes(data)}
    assert causes(data) != causes(case_data)
