"""Assess: start with the body map, what was understood, the interview, the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soleus.domain.errors import CaseError
from soleus.formats.yaml_text import yaml_text
from soleus.interview.choose import MOST_QUESTIONS, Finish
from soleus.reports import bodymap
from soleus.reports.bodymap.draw import body_map
from soleus.reports.bodymap.form import marks_from_form, regions_form
from soleus.reports.bodymap.ink import INKS
from soleus.reports.bodymap.ink import icon as mark_icon
from soleus.reports.bodymap.lesion_picture import legend
from soleus.reports.bodymap.marks import NOTE, Marks, findings_to_marks
from soleus.web.assess import actions, working
from soleus.web.assess.answers import effect_of, finish_of, given, has_effect, initial, keep_effect, keep_finish, question_of
from soleus.web.assess.forms import QuestionForm, StartForm
from soleus.web.assess.page import result_page
from soleus.web.assess.told import LISTS, lines
from soleus.web.assess.voices import ME, VOICES, Voice, voice_of
from soleus.web.cases.forms import TitleForm
from soleus.web.drafts import Draft
from soleus.web.knowledge import knowledge
from soleus.web.throttle import not_too_often
from soleus.web.tracking.place import DRAFT, Place, own, with_place

MAP_FILES = {"bodymap.js": "text/javascript", "bodymap.css": "text/css"}
HOUR_S = 3600


@require_http_methods(["GET", "POST"])
@not_too_often("assess", lambda request: request.method == "POST")
def home(request: HttpRequest) -> HttpResponse:
    """Who asks, age, sex, the body map and own words or a letter. What was told in this browser stands in the form."""
    draft = cast(Draft, request.draft)  # type: ignore[attr-defined]
    held = draft.data.get("case") or {}
    today = timezone.localdate()
    voice = _voice(request, draft)
    if request.method == "POST":
        marks: Marks = marks_from_form(request.POST.getlist("marks"))
        form = StartForm(voice, request.POST, request.FILES)
        if form.is_valid():
            try:
                actions.begin(draft=draft, marks=marks, today=today, **_told(form))
            except CaseError as error:
                for problem in error.problems:
                    form.add_error("words", f"{problem.what} {problem.cure}")
            else:
                return _onwards(request, draft)
    else:
        marks, _ = findings_to_marks(e for e in held.get("findings") or () if str(e.get("note") or "").startswith(NOTE))
        known = {"age": held.get("age"), "sex": held.get("sex") or "unknown", "words": held.get("narrative") or ""}
        known |= {key: "\n".join(held.get(key) or ()) for key in LISTS}
        form = StartForm(voice, initial=known | ({"setting": held["setting"]} if held.get("setting", "self") != "self" else {}))
    context = {
        "form": form,
        "voice": voice,
        "voices": VOICES.values(),
        "sections": regions_form(marks),
        "panels": body_map(marks),
        "palette": [(mark, ink.label, mark_icon(mark)) for mark, ink in INKS.items()],
        "told_before": bool(held),
        "forgotten": "forgotten" in request.GET and not held,
    }
    return render(request, "assess/start.html", context, status=422 if form.errors else 200)


def _voice(request: HttpRequest, draft: Draft) -> Voice:
    """Who asks: as was just chosen, or as in the case that this browser keeps."""
    chosen = request.POST.get("asks") if request.method == "POST" else request.GET.get("for")
    if chosen in VOICES:
        return VOICES[str(chosen)]
    if "case" in draft.data and request.method == "GET":
        return voice_of(Place(DRAFT, None, None, draft))
    return ME


def _told(form: StartForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "age_years": given["age"],
        "sex": given["sex"],
        "words": given["words"],
        **{key: given[key] for key in LISTS},
        "asks": form.voice.id,
        "setting": given.get("setting") or "self",
    }


def _onwards(request: HttpRequest, draft: Draft) -> HttpResponse:
    """An emergency by its red flags waits for nothing; where nothing was told, the questions begin."""
    data, today = draft.data["case"], timezone.localdate()
    if working.level_by_rule(data, today) == "emergency":
        return redirect("assess:result", code=DRAFT)
    told = working.understood(data, today)[1]
    if told.evidence.observations or told.not_understood or any(data.get(key) for key in LISTS):
        return redirect("assess:understood", code=DRAFT)
    return redirect("assess:questions", code=DRAFT)


@require_GET
def map_file(request: HttpRequest, name: str) -> HttpResponse:
    """Script and style of the body map, from where they lie beside its pictures."""
    if name not in MAP_FILES:
        raise Http404
    text = (Path(bodymap.__file__).parent / "static" / name).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type=f"{MAP_FILES[name]}; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={HOUR_S}"
    return response


@require_POST
def anew(request: HttpRequest) -> HttpResponse:
    actions.anew(draft=cast(Draft, request.draft))  # type: ignore[attr-defined]
    return redirect(f"{reverse('assess:home')}?forgotten")


@require_GET
@with_place
def understood(request: HttpRequest, place: Place) -> HttpResponse:
    """What was understood, to correct."""
    today = timezone.localdate()
    _, told = working.understood(place.data, today)
    voice = voice_of(place)
    context = {
        "place": place,
        "voice": voice,
        "effect": effect_of(request, place, working.known(place.data, today), knowledge().kb) if has_effect(request, place) else None,
        "lines": lines(place.data, told, knowledge().kb),
        "told": told,
        "missed": [text for text in told.not_understood if all(text not in (place.data.get(key) or ()) for key in LISTS)],
        "unread": told.unread,
        "emergency": working.level_by_rule(place.data, today) == "emergency",
        "words": place.data.get("narrative") or place.data.get("notes") or "",
    }
    return render(request, "assess/understood.html", context)


@require_POST
@with_place
def remove(request: HttpRequest, place: Place) -> HttpResponse:
    today = timezone.localdate()
    before, what = working.known(own(place).data, today), request.POST.get("what", "")
    name = next((line.name for line in lines(place.data, before.understanding, knowledge().kb) if line.id == what), "")
    actions.remove(place=place, what=what, today=today)
    keep_effect(request, place, f"Taken out: {name}", before)
    return redirect("assess:understood", code=place.code)


@require_http_methods(["GET", "POST"])
@with_place
def questions(request: HttpRequest, place: Place) -> HttpResponse:
    """One question at a time. An answer to an old page is not taken for one to the present question."""
    today = timezone.localdate()
    now = working.stand(own(place).data, today)
    if isinstance(now.step, Finish):
        if now.step.reason != "emergency":
            keep_finish(request, place, now.step.text)
        return redirect("assess:result", code=place.code)
    number = now.given + 1
    form = QuestionForm(now.step)
    if request.method == "POST":
        if (request.POST.get("question"), request.POST.get("number")) != (now.step.id, str(number)):
            return redirect("assess:questions", code=place.code)
        form = QuestionForm(now.step, request.POST)
        if form.is_valid():
            actions.answer(place=place, said=form.answer(), today=today)
            return redirect("assess:questions", code=place.code)
    context = {
        "place": place,
        "voice": voice_of(place),
        "form": form,
        "question": now.step,
        "number": number,
        "most": max(MOST_QUESTIONS, number),
        "answers": given(now.state),
        "unread": working.unread(place.data, today),
    }
    return render(request, "assess/question.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@with_place
def change(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Another answer to an earlier question, or none; then the result, with what the change did."""
    today = timezone.localdate()
    state = working.state(own(place).data, today)[0]
    old = next((g for g in given(state) if g.number == number), None)
    if old is None:
        raise Http404
    question = question_of(state, number)
    form = QuestionForm(question, initial=initial(question, state.answers[number - 1])) if question else None
    if request.method == "POST":
        if request.POST.get("question") != old.question:  # an old page: that answer stands elsewhere now
            return redirect("assess:result", code=place.code)
        said = None
        if question is not None and request.POST.get("say") != "out":
            form = QuestionForm(question, request.POST)
            said = form.answer() if form.is_valid() else None
        if said is not None or request.POST.get("say") == "out":
            before = working.known(place.data, today)
            actions.change_answer(place=place, number=number, said=said, today=today)
            now = f"now: {said.said}" if said else "taken out"
            keep_effect(request, place, f"{old.asked} Before: {old.said}; {now}.", before)
            return redirect(f"{reverse('assess:result', args=[place.code])}#effect")
    context = {"place": place, "voice": voice_of(place), "form": form, "question": question, "old": old}
    return render(request, "assess/change.html", context, status=422 if form is not None and form.errors else 200)


@require_POST
@with_place
def back(request: HttpRequest, place: Place) -> HttpResponse:
    """Take back the last answer."""
    actions.take_back(place=own(place), today=timezone.localdate())
    return redirect("assess:questions", code=place.code)


@require_GET
@with_place
def result(request: HttpRequest, place: Place) -> HttpResponse:
    """How soon, where, what and why, what next."""
    page = result_page(place.data, timezone.localdate())
    voice = voice_of(place)
    context = {
        "place": place,
        "page": page,
        "it": page.it,
        "unread": page.it.unread,
        "voice": voice,
        "soon": voice.urgency[page.it.level],
        "legend": legend(),
        "answers": page.answers if place.is_own else (),
        "effect": effect_of(request, place, page.known, knowledge().kb),
        "finish": finish_of(request, place),
    }
    return render(request, "assess/result.html", context)


@require_http_methods(["GET", "POST"])
@with_place
def save(request: HttpRequest, place: Place) -> HttpResponse:
    """Keep the unsaved case in an account."""
    if not place.is_draft:
        return redirect("cases:case", code=place.code)
    if place.user is None:
        return redirect_to_login(request.get_full_path())
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = actions.save(place=place, by=place.user, title=form.cleaned_data["title"], today=timezone.localdate())
        messages.success(request, "Saved. Only you see it, until you make a link for somebody.")
        return redirect("cases:case", code=saved.code)
    return render(request, "assess/save.html", {"place": place, "form": form}, status=422 if form.errors else 200)


@require_GET
@with_place
def case_file(request: HttpRequest, place: Place) -> HttpResponse:
    """The case file, for one's own device; `soleus assess` reads it."""
    response = HttpResponse(yaml_text(place.data), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="soleus-case.yaml"'
    return response
