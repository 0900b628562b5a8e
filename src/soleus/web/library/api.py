"""JSON: what Soleus knows, entry by entry with its sources, and a search over the articles."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router
from ninja.params.functions import Path

from soleus.domain.ledger import Claim
from soleus.reports.articles.article import KIND_NAMES
from soleus.reports.articles.desk import PREFIXES, slug_of
from soleus.web import api_schemas as schemas
from soleus.web.api_base import QUICK, Refused, document
from soleus.web.knowledge import care, knowledge, ledger, measures
from soleus.web.library.shelf import shelf
from soleus.web.library.views import WEAKEST

router = Router(tags=["Knowledge"])
IN_CARE = (
    "treatments",
    "exercises",
    "regimens",
    "hazards",
    "pathways",
    "devices",
    "techniques",
    "prevention",
    "goals",
    "equipment",
    "facts",
)
KINDS = ("conditions", "findings", "syndromes", "tests", "red-flags", "sites", *IN_CARE, "measures", "claims", "sources")
SINGULAR: Mapping[str, str] = {
    "conditions": "condition",
    "findings": "finding",
    "tests": "test",
    "treatments": "treatment",
    "exercises": "exercise",
    "devices": "device",
    "techniques": "technique",
    "prevention": "prevention",
    "measures": "measure",
}
"""Kinds that have articles, as the library calls them."""


def entries_of(kind: str) -> Mapping[str, Any]:
    """All entries of a kind by id.

    Raises:
        Refused: If there is no such kind: 404.
    """
    kb = knowledge().kb
    if kind in IN_CARE:
        found: Mapping[str, Any] = getattr(care(), kind)
        return found
    tables: Mapping[str, Mapping[str, Any]] = {
        "conditions": kb.conditions,
        "findings": kb.findings,
        "syndromes": kb.syndromes,
        "tests": kb.tests,
        "red-flags": kb.rules,
        "sites": kb.anatomy.sites,
        "sources": kb.sources,
    }
    if kind in tables:
        return tables[kind]
    if kind == "measures":
        return measures()
    if kind == "claims":
        return ledger().claims
    raise Refused(404, "There is no such kind of knowledge.", f"Kinds: {', '.join(KINDS)}.")


@router.get("/knowledge", summary="Kinds of knowledge, with their numbers", response={200: list[schemas.KindShown]})
def kinds(request: HttpRequest) -> HttpResponse:
    return document([{"kind": kind, "count": len(entries_of(kind))} for kind in KINDS])


@router.post(
    "/knowledge/search",
    summary="Articles that fit some words, misspelt or not",
    response={200: schemas.Hits, (400, 413, 422, 429): schemas.Problems},
    throttle=[QUICK],
)
def search(request: HttpRequest, body: schemas.SearchWanted) -> HttpResponse:
    """The same search as in the library. Nothing is stored."""
    wanted = tuple(kind for kind in KIND_NAMES if kind == body.kind)
    if body.kind and not wanted:
        raise Refused(422, "is no kind of article.", f"Kinds: {', '.join(KIND_NAMES)}.", "kind")
    hits = shelf().index.search(body.words, most=body.most, kinds=wanted)
    rows = [
        {
            "title": h.title,
            "lead": h.lead,
            "kind": h.kind,
            "article": reverse("library:article", args=[h.slug]),
            "knowledge": _address_of(h.slug),
            "score": h.score,
            "matched": list(h.matched),
        }
        for h in hits
        if h.score >= WEAKEST * hits[0].score
    ]
    return document({"hits": rows})


@router.get("/knowledge/{kind}", summary="Every entry of a kind, by name", response={200: schemas.EntryList, 404: schemas.Problems})
def entries(request: HttpRequest, kind: str = Path(..., example="conditions")) -> HttpResponse:
    return document({"kind": kind, "entries": [{"id": id_, **_names(entry)} for id_, entry in entries_of(kind).items()]})


@router.get(
    "/knowledge/{kind}/{id}",
    summary="One entry, with its numbers and sources",
    response={200: schemas.Entry, 404: schemas.Problems},
)
def entry(
    request: HttpRequest, kind: str = Path(..., example="conditions"), id: str = Path(..., example="lumbar-disc-radiculopathy")
) -> HttpResponse:
    found = entries_of(kind).get(id)
    if found is None:
        raise Refused(404, "There is no such entry.", f"/knowledge/{kind} names all of them.")
    plain = _plain(found)
    sources = knowledge().kb.sources
    named = {text: sources[text].citation for text in dict.fromkeys(_texts(plain)) if text in sources}
    slug = slug_of(SINGULAR[kind], id) if kind in SINGULAR else ""
    return document(
        {
            "kind": kind,
            "id": id,
            "name": _names(found)["name"],
            "entry": plain,
            "sources": named,
            "article": reverse("library:article", args=[slug]) if slug in shelf().articles else "",
        }
    )


def _names(entry: Any) -> dict[str, str]:
    if isinstance(entry, Claim):
        return {"name": entry.claim, "plain": entry.verdict}
    name = next((str(v) for key in ("name", "text", "title") if (v := getattr(entry, key, ""))), "")
    plain = next((str(v) for key in ("lay_name", "lay") if (v := getattr(entry, key, ""))), "")
    return {"name": name.strip(), "plain": plain.strip()}


def _plain(entry: Any) -> dict[str, Any]:
    """As `soleus knowledge show --json` writes it."""
    text = json.dumps(dataclasses.asdict(entry), default=lambda o: dict(o) if hasattr(o, "keys") else str(o))
    found: dict[str, Any] = json.loads(text)
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _address_of(slug: str) -> str:
    """The entry that an article is about."""
    for kind, singular in SINGULAR.items():
        prefix = f"{PREFIXES[singular]}-"
        if slug.startswith(prefix) and (id_ := slug.removeprefix(prefix)) in entries_of(kind):
            return f"/api/v1/knowledge/{kind}/{id_}"
    return ""
