"""The summary for the doctor, its questions, and the clinician's examination."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from soleus.web.accounts.models import User
from soleus.web.assess.show import percent
from soleus.web.assess.working import known
from soleus.web.cases.actions import note_look
from soleus.web.cases.views import opened_share
from soleus.web.knowledge import knowledge
from soleus.web.tracking.place import Place, own, places_of, with_place
from soleus.web.visit import actions
from soleus.web.visit.examination import changes, held
from soleus.web.visit.forms import ExaminationForm, QuestionsForm
from soleus.web.visit.making import Asked, asked_in_case, asked_of, pdf_of, shown, suggestions
from soleus.web.visit.models import Examination

FILE = "soleus-summary.pdf"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Whose summary; with one case there is nothing to choose."""
    places = places_of(request)
    if len(places) == 1:
        return redirect("visit:summary", code=places[0].code)
    return render(request, "visit/home.html", {"places": places})


@require_GET
@with_place
def summary(request: HttpRequest, place: Place) -> HttpResponse:
    """The summary, to read and to print."""
    page = shown(place.data, asked_of(place), timezone.localdate())
    return render(request, "visit/summary.html", {"place": place, "page": page, "may_examine": _may_examine(place)})


@require_GET
@with_place
def pdf(request: HttpRequest, place: Place) -> HttpResponse:
    return _pdf(place.data, asked_of(place), timezone.localdate())


@require_GET
def shared_pdf(request: HttpRequest) -> HttpResponse:
    """The summary as PDF for whoever opened a link that is still live."""
    try:
        share = opened_share(request)
    except Http404:
        return render(request, "cases/closed.html", status=404)
    note_look(case=share.case, user=request.user if isinstance(request.user, User) else None, share=share)
    return _pdf(share.case.data, asked_in_case(share.case), timezone.localdate())


def _pdf(data: dict[str, object], asked: Asked, today: datetime.date) -> HttpResponse:
    response = HttpResponse(pdf_of(data, asked, today), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


@require_http_methods(["GET", "POST"])
@with_place
def questions(request: HttpRequest, place: Place) -> HttpResponse:
    """What the person wants to ask."""
    own(place)
    today = timezone.localdate()
    asked = asked_of(place)
    offered = suggestions(place.data, today)
    listed = offered if asked.questions is None else asked.questions
    if request.method == "POST" and "anew" in request.POST:
        actions.forget_agenda(place=place)
        messages.success(request, "These are the suggestions for the case as it is now.")
        return redirect("visit:questions", code=place.code)
    form = QuestionsForm(listed, [q for q in offered if q not in listed], request.POST or None, initial={"wants": asked.wants})
    if request.method == "POST" and form.is_valid():
        actions.set_agenda(place=place, wants=form.cleaned_data["wants"], questions=form.questions)
        return redirect("visit:summary", code=place.code)
    context = {"place": place, "form": form, "edited": asked.questions is not None}
    return render(request, "visit/questions.html", context, status=422 if form.errors else 200)


def _may_examine(place: Place) -> bool:
    """The owner, who enters what a doctor found, and the verified clinician it is shared with."""
    return place.is_own or (place.user is not None and place.user.is_clinician)


@require_http_methods(["GET", "POST"])
@with_place
def examination(request: HttpRequest, place: Place) -> HttpResponse:
    """The grid. If the case changed since the form was opened, it is shown again with what was entered, and nothing is saved."""
    if not _may_examine(place):
        raise Http404
    today = timezone.localdate()
    version = actions.version_of(place)
    before = held(place.data, today)
    by_clinician = not place.is_own
    form = ExaminationForm(before, today, by_clinician=by_clinician, data=request.POST if request.method == "POST" else None)
    moved = nothing = False
    if request.method == "POST" and form.is_valid():
        confirmed = form.cleaned_data["confirmed"]
        moved = request.POST.get("version") != version
        nothing = not changes(form.cells, before, all_of_them=confirmed)
        if not moved and not nothing:
            made = actions.enter_examination(
                place=place,
                given=form.cells,
                version=version,
                who=_who(place, form.cleaned_data.get("doctor", "")),
                on=form.cleaned_data["on"],
                today=today,
                confirmed=confirmed,
            )
            return redirect("visit:examined", code=place.code, pk=made.pk if made else 0)
    context = {
        "place": place,
        "form": form,
        "groups": form.grid(),
        "version": version,
        "moved": moved,
        "nothing": nothing and not moved,
        "by_clinician": by_clinician,
        "earlier": Examination.objects.filter(case=place.case).select_related("by")[:10] if place.case else (),
    }
    return render(request, "visit/examination.html", context, status=409 if moved else 422 if form.errors or nothing else 200)


def _who(place: Place, doctor: str) -> str:
    """As it stands in the case: a verified clinician by name, else whom the owner names."""
    if place.user is not None and not place.is_own:
        return f"{place.user.shown_name} (clinician)"
    return f"{doctor.strip() or 'a doctor'} (entered by the person)"


@require_GET
@with_place
def examined(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    """What an examination changed: before and after."""
    today = timezone.localdate()
    if place.case is None:
        record = place.draft.data.get("examined")
        if record is None:
            raise Http404
        on = datetime.date.fromisoformat(record["on"])
        who, findings, was, now = record["who"], record["findings"], record["was"], record["now"]
    else:
        found = get_object_or_404(Examination, pk=pk, case=place.case)
        on, who, findings, was, now = found.on, found.who, found.findings, found.was, found.now
    after = known(place.data, today)
    context = {
        "place": place,
        "who": who,
        "on": on,
        "findings": findings,
        "was": was,
        "now": now,
        "rows": _causes(was, now),
        "contradictions": after.understanding.contradictions,
        "kb": knowledge().kb,
    }
    return render(request, "visit/examined.html", context)


def _causes(was: dict[str, list[list[object]]], now: dict[str, list[list[object]]]) -> list[tuple[str, str, str]]:
    """Cause, before and after: those that lead now, then those that led before."""
    before = {str(c[0]): c for c in was["causes"]}
    after = {str(c[0]): c for c in now["causes"]}
    ids = [*list(after)[:4], *(i for i in list(before)[:2] if i not in list(after)[:4])]
    return [(str((after.get(i) or before[i])[1]), _percent(before.get(i)), _percent(after.get(i))) for i in ids]


def _percent(entry: list[object] | None) -> str:
    return percent(float(str(entry[2]))) if entry else "not among the first five"
