"""Plan: what suits, the week, the log, what to discuss, the sheet and the calendar."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soleus.domain.errors import Problem, UsageError
from soleus.domain.figure import figure_of
from soleus.reports.careplan.calendar import calendar_bytes
from soleus.reports.careplan.sheet import FOLDER
from soleus.reports.careplan.words import DO_NOW, NET
from soleus.reports.figures.draw import draw
from soleus.web.knowledge import care
from soleus.web.plans import actions
from soleus.web.plans.feed import neutral_calendar
from soleus.web.plans.forms import AfterForm, CalendarForm, FeedForm, PreferencesForm, SessionForm, done_forms
from soleus.web.plans.models import Feed
from soleus.web.plans.planning import Made, made
from soleus.web.plans.sheet import sheet_page
from soleus.web.plans.show import done_words, offers, safety_net
from soleus.web.plans.week import Day, current, days_of, is_first_time, last_without_morning
from soleus.web.throttle import not_too_often
from soleus.web.tracking.memory import digest
from soleus.web.tracking.place import Place, entries, own, places_of, with_place

DAY_S = 86_400
AFTER = ("pain_next_morning", "soreness_hours", "symptoms", "note", "seen")
"""Keys of a session that the form of the morning after speaks of."""
PARTS = {"ahead": "Twelve weeks", "discuss": "To discuss", "daily": "Aids and prevention", "safety": "When to get help"}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The cases to choose from; with one there is nothing to choose."""
    places = places_of(request)
    if len(places) == 1:
        return redirect("plans:case", code=places[0].code)
    return render(request, "plans/home.html", {"places": places})


@require_GET
@not_too_often("plan", lambda request: "day" not in request.GET)  # the days of a week were planned with its first page
@with_place
def case(request: HttpRequest, place: Place) -> HttpResponse:
    """The week: one day, or all."""
    today = timezone.localdate()
    plan = made(place.data, today)
    context = _context(place, plan, "case")
    if plan.plan is None or plan.plan.blocked or plan.plan.programme is None:
        return render(request, "plans/week.html", context)
    days = days_of(plan.plan.programme, plan.log, today)
    wanted = request.GET.get("day", "")
    chosen = next((d for d in days if d.key == wanted), None) or current(days, today)
    number = last_without_morning(plan.log, today)
    context |= {
        "programme": plan.plan.programme,
        "days": days,
        "all": wanted == "all",
        "shown": days if wanted == "all" else [chosen] if chosen else [],
        "first_time": is_first_time(plan.case),
        "left_out": list(dict.fromkeys(o.because for o in plan.plan.programme.ruled_out if o.hazard)),
        "morning": number is not None and place.is_own and _log_number(place, plan, number),
    }
    return render(request, "plans/week.html", context)


@require_GET
@with_place
def part(request: HttpRequest, place: Place, name: str) -> HttpResponse:
    """Twelve weeks, what to discuss, aids and prevention, or the safety net."""
    plan = made(place.data, timezone.localdate())
    context = _context(place, plan, name)
    if plan.plan is not None:
        context |= {"offers": offers(plan), "net": safety_net(plan.document), "programme": plan.plan.programme}
    template = "plans/week.html" if plan.plan is None or plan.plan.blocked else f"plans/{name}.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@with_place
def preferences(request: HttpRequest, place: Place) -> HttpResponse:
    """What suits the person; the week is planned anew."""
    today = timezone.localdate()
    plan = made(own(place).data, today)
    form = PreferencesForm(care(), plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(place=place, changes=form.changes(), version=request.POST.get("version", ""), today=today)
        messages.success(request, "Saved. This is your week.")
        return redirect("plans:case", code=place.code)
    context = _context(place, plan, "preferences") | {
        "form": form,
        "version": request.POST.get("version") or actions.wishes_version(place.data),
    }
    return render(request, "plans/preferences.html", context, status=422 if form.is_bound else 200)


@require_POST
@with_place
def leave_out(request: HttpRequest, place: Place, exercise: str) -> HttpResponse:
    actions.leave_out(place=own(place), exercise=exercise, today=timezone.localdate())
    messages.success(request, "Left out from now on. Under “What suits me” you can take it in again.")
    return redirect("plans:case", code=place.code)


@require_http_methods(["GET", "POST"])
@with_place
def session(request: HttpRequest, place: Place, day: str) -> HttpResponse:
    """Tick off a session."""
    today = timezone.localdate()
    plan = made(own(place).data, today)
    chosen = next((d for d in _days(plan, today) if d.key == day), None)
    if chosen is None:
        raise Http404
    on = chosen.on if chosen.on <= today else chosen.on - datetime.timedelta(days=7)
    data = request.POST or None
    form = SessionForm(today, data, initial={"on": on if on > today - datetime.timedelta(days=5) else today})
    rows = done_forms(chosen.session, data)
    error = ""
    if request.method == "POST" and all([form.is_valid(), *(row.is_valid() for row in rows)]):
        done = [entry for row in rows if (entry := row.entry()) is not None]
        if done or form.cleaned_data["symptoms"]:
            actions.log_session(place=place, session={**form.entry(), "exercises": done}, today=today)
            messages.success(request, "Logged. The coming week takes it into account.")
            return redirect("plans:case", code=place.code)
        error = "Tick at least one exercise that you did."
    context = _context(place, plan, "case") | {"day": chosen, "form": form, "rows": rows, "error": error}
    return render(request, "plans/session.html", context, status=422 if form.is_bound else 200)


@require_GET
@with_place
def log(request: HttpRequest, place: Place) -> HttpResponse:
    """Every session, newest first."""
    sessions = [(i, s, digest(s)) for i, s in enumerate(entries(json.loads(json.dumps(place.data)), "log"))]
    rows = [(number, *done_words(s), version) for number, s, version in sorted(sessions, key=lambda r: str(r[1]["on"]), reverse=True)]
    return render(request, "plans/log.html", {"place": place, "rows": rows, "here": "log"})


@require_http_methods(["GET", "POST"])
@with_place
def after(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """How the morning after was."""
    held = entries(json.loads(json.dumps(own(place).data)), "log")
    if number >= len(held):
        raise Http404
    s = held[number]
    form = AfterForm(request.POST or None, initial={k: s.get(k) for k in AFTER})
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        actions.add_to_session(place=place, number=number, version=version, after=form.entry(), today=timezone.localdate())
        messages.success(request, "Saved. The coming week takes it into account.")
        return redirect("plans:case", code=place.code)
    context = {
        "place": place,
        "form": form,
        "on": datetime.date.fromisoformat(str(s["on"])),
        "version": digest(s),
        "number": number,
        "here": "log",
    }
    return render(request, "plans/after.html", context, status=422 if form.is_bound else 200)


@require_POST
@with_place
def remove(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    actions.remove_session(place=own(place), number=number, version=request.POST.get("version", ""), today=timezone.localdate())
    messages.success(request, "Removed. You can take it back below.")
    return redirect("plans:log", code=place.code)


@require_GET
def figure(request: HttpRequest, exercise: str) -> HttpResponse:
    """An exercise, drawn."""
    found = care().exercises.get(exercise)
    drawn, _ = figure_of(found.figure) if found else (None, [])
    if found is None or drawn is None:
        raise Http404
    response = HttpResponse(draw(drawn, name=found.name, prefix=found.id), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={DAY_S}"
    return response


# On paper and in the calendar


@require_GET
@with_place
def sheet(request: HttpRequest, place: Place) -> HttpResponse:
    """The sheet to print."""
    today = timezone.localdate()
    plan = made(place.data, today)
    if plan.plan is None:
        return redirect("plans:case", code=place.code)
    return HttpResponse(sheet_page(plan, place.code, today))


@require_GET
def sheet_css(request: HttpRequest) -> HttpResponse:
    """The style of the sheet, from where the command line takes it, too."""
    response = HttpResponse((FOLDER / "sheet.css").read_text(encoding="utf-8"), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={DAY_S}"
    return response


@require_http_methods(["GET", "POST"])
@with_place
def calendar(request: HttpRequest, place: Place) -> HttpResponse:
    """The calendar file to download, and the feeds of a saved case."""
    own(place)
    form = FeedForm(request.POST or None)
    address = ""
    if request.method == "POST" and place.case and place.user and form.is_valid():
        _, token = actions.open_feed(by=place.user, case=place.case, at=form.cleaned_data["at"])
        address = request.build_absolute_uri(reverse("plans:feed", args=[token]))
    context = {
        "place": place,
        "here": "calendar",
        "form": form,
        "download": CalendarForm(initial={"start": timezone.localdate() + datetime.timedelta(days=1)}, auto_id="file_%s"),
        "feeds": Feed.objects.filter(case=place.case) if place.case else (),
        "address": address,
    }
    return render(request, "plans/calendar.html", context, status=422 if form.errors else 200)


@require_GET
@with_place
def calendar_file(request: HttpRequest, place: Place) -> HttpResponse:
    """The sessions with what is done in them, for one's own device."""
    today = timezone.localdate()
    form = CalendarForm(request.GET)
    plan = made(own(place).data, today)
    if not form.is_valid() or plan.plan is None:
        raise UsageError(Problem("", "No calendar could be made of this.", "Give a day and a time; and look whether there is a week."))
    at, start = form.cleaned_data["at"], form.cleaned_data["start"]
    data = calendar_bytes(plan.plan, digest(place.code), start, at, datetime.datetime.combine(today, datetime.time(), datetime.UTC))
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="training.ics"'
    return response


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar asks for by its secret address. A closed one is as if it had never been."""
    found = actions.feed_of(token)
    if found is None:
        raise Http404
    today = timezone.localdate()
    plan = made(found.case.data, today).plan
    start = timezone.localdate(found.created)
    start = max(start, today - datetime.timedelta(days=28))
    data = neutral_calendar(plan, f"feed-{found.pk}", start, found.at, found.created)
    return HttpResponse(data, content_type="text/calendar; charset=utf-8")


@require_POST
@with_place
def close_feed(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    if place.user is None:
        raise Http404
    found = get_object_or_404(Feed.objects.visible_to(place.user), pk=pk, case=place.case)
    actions.close_feed(by=place.user, feed=found)
    messages.success(request, "The address is closed.")
    return redirect("plans:calendar", code=place.code)


def _context(place: Place, plan: Made, here: str) -> dict[str, Any]:
    return {
        "place": place,
        "made": plan,
        "plan": plan.plan,
        "doc": plan.document,
        "do_now": DO_NOW,
        "headings": NET,
        "here": here,
        "parts": PARTS,
    }


def _days(plan: Made, today: datetime.date) -> list[Day]:
    return days_of(plan.plan.programme, plan.log, today) if plan.plan and plan.plan.programme else []


def _log_number(place: Place, plan: Made, number: int) -> dict[str, Any]:
    """Where the session of the sorted log stands in the case."""
    on = plan.log.sessions[number].on
    held = entries(json.loads(json.dumps(place.data)), "log")
    return {"on": on, "number": next(i for i, s in enumerate(held) if str(s["on"]) == on.isoformat())}
