"""Track: measure with a guide, see whether it really changes, mend, import and export."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soleus.domain.figure import figure_of
from soleus.domain.measure_entry import MeasureEntry
from soleus.reports.charts.svg import svg
from soleus.reports.figures.draw import draw
from soleus.web.knowledge import knowledge, measures
from soleus.web.tracking import actions
from soleus.web.tracking.forms import MeasurementForm, TableForm
from soleus.web.tracking.guides import FIRST, GUIDES, grouped
from soleus.web.tracking.place import Place, own, places_of, take_back, with_place
from soleus.web.tracking.reading import reading, when_next
from soleus.web.tracking.table import table_of
from soleus.web.tracking.words import next_words, overall_words, recorded_rows, told

WIDTHS = {"narrow": 320, "wide": 680}
"""Of charts, for telephones and for the rest. [px]"""
DAY_S = 86_400
ROWS = 100
"""Of the list on one page."""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The cases to choose from; with one there is nothing to choose."""
    places = places_of(request)
    if len(places) == 1:
        return redirect("tracking:case", code=places[0].code)
    return render(request, "tracking/home.html", {"places": places})


@require_GET
@with_place
def case(request: HttpRequest, place: Place) -> HttpResponse:
    """Is it really getting worse?"""
    read = reading(place.data, timezone.localdate())
    context = {
        "place": place,
        "read": read,
        "shown": [told(one) for one in read.shown],
        "overall": overall_words(read.track) if read.track else None,
        "first": [measures()[m] for m in FIRST],
    }
    return render(request, "tracking/case.html", context)


@require_GET
@with_place
def chart(request: HttpRequest, place: Place, measure: str, width: str) -> HttpResponse:
    """The picture of one measure."""
    found = next((one for one in reading(place.data, timezone.localdate()).shown if one.id == measure), None)
    if found is None:
        raise Http404
    return HttpResponse(svg(found.spec, width=WIDTHS[width], prefix=f"c-{measure}"), content_type="image/svg+xml")


@require_GET
@with_place
def following(request: HttpRequest, place: Place) -> HttpResponse:
    """When to measure again, so that one can tell."""
    judged = when_next(place.data, timezone.localdate())
    return render(request, "tracking/next.html", {"place": place, "told": [(j, next_words(j)) for j in judged]})


@require_GET
@with_place
def choose(request: HttpRequest, place: Place) -> HttpResponse:
    """What can be measured."""
    context = {
        "place": place,
        "first": [measures()[m] for m in FIRST],
        "home": grouped(measures(), home=True),
        "clinic": grouped(measures(), home=False),
    }
    return render(request, "tracking/choose.html", context)


@require_GET
def figure(request: HttpRequest, measure: str) -> HttpResponse:
    """How a measure is taken, drawn."""
    drawn, _ = figure_of(_measure(measure).figure or {})
    if drawn is None:
        raise Http404
    response = HttpResponse(draw(drawn, name=_measure(measure).name, prefix=measure), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={DAY_S}"
    return response


@require_http_methods(["GET", "POST"])
@with_place
def add(request: HttpRequest, place: Place, measure: str) -> HttpResponse:
    """Measure with a guide, and record it."""
    entry, today = _measure(measure), timezone.localdate()
    form = MeasurementForm(entry, today, request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        actions.record_measurement(place=place, measure=entry, given=form.given, today=today, sure=form.cleaned_data.get("sure", False))
        messages.success(request, f"Recorded: {entry.name}.")
        if "again" in request.POST:
            return redirect("tracking:add", code=place.code, measure=measure)
        return redirect("tracking:case", code=place.code)
    return _form(request, place, entry, form, None)


@require_http_methods(["GET", "POST"])
@with_place
def edit(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Mend one measurement."""
    own(place)
    today = timezone.localdate()
    row = next((r for r in recorded_rows(place.data, today) if r.number == number), None)
    if row is None:
        raise Http404
    form = MeasurementForm(row.measure, today, request.POST or None, initial=row.initial)
    if request.method == "POST" and form.is_valid():
        sure = form.cleaned_data.get("sure", False)
        version = request.POST.get("version", "")
        actions.change_measurement(
            place=place, number=number, version=version, measure=row.measure, given=form.given, today=today, sure=sure
        )
        messages.success(request, "Changed.")
        return redirect("tracking:list", code=place.code)
    return _form(request, place, row.measure, form, row.version)


@require_POST
@with_place
def remove(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    own(place)
    actions.remove_measurement(place=place, number=number, version=request.POST.get("version", ""), today=timezone.localdate())
    messages.success(request, "Removed. You can take it back below.")
    return redirect("tracking:list", code=place.code)


@require_POST
@with_place
def undo(request: HttpRequest, place: Place) -> HttpResponse:
    """Take back the last change of measurements or sessions."""
    own(place)
    step = take_back(place, timezone.localdate())
    messages.success(request, f"Taken back: {step.what}. Press it again to bring it back.")
    return redirect("plans:log" if step.part == "log" else "tracking:list", code=place.code)


@require_GET
@with_place
def listing(request: HttpRequest, place: Place) -> HttpResponse:
    """Every measurement, newest first."""
    today = timezone.localdate()
    rows = sorted(recorded_rows(place.data, today), key=lambda r: (r.on, r.number), reverse=True)
    missed = reading(place.data, today).found.not_understood
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "tracking/list.html", {"place": place, "rows": page, "count": len(rows), "missed": missed})


@require_http_methods(["GET", "POST"])
@with_place
def import_(request: HttpRequest, place: Place) -> HttpResponse:
    """Read a table."""
    own(place)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        added, known = actions.import_table(place=place, table=form.cleaned_data["table"].read(), today=timezone.localdate())
        messages.success(request, f"{added} added" + (f", {known} were there already." if known else "."))
        return redirect("tracking:list", code=place.code)
    return render(request, "tracking/import.html", {"place": place, "form": form}, status=422 if form.errors else 200)


@require_GET
@with_place
def export(request: HttpRequest, place: Place) -> HttpResponse:
    """All measurements as a table."""
    text = table_of(reading(place.data, timezone.localdate()).found.recorded)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="measurements.csv"'
    return response


def _measure(id_: str) -> MeasureEntry:
    if id_ not in measures():
        raise Http404
    return measures()[id_]


def _form(request: HttpRequest, place: Place, measure: MeasureEntry, form: MeasurementForm, version: str | None) -> HttpResponse:
    if form.is_unusual:  # ask once more, with a box to tick
        data = request.POST.copy()
        data["unusual"] = "1"
        form = MeasurementForm(measure, form.today, data)
    source = knowledge().kb.sources.get(measure.support.ref)
    context = {
        "place": place,
        "measure": measure,
        "form": form,
        "version": version,
        "unusual": "sure" in form.fields,
        "guide": GUIDES.get(measure.id) if version is None else None,
        "source": source.citation if source else "",
    }
    return render(request, "tracking/measure.html", context, status=422 if form.is_bound else 200)
