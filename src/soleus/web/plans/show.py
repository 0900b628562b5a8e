"""What the pages of a plan say beside the training, sorted for reading."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soleus.reports.careplan.text import DECIDED_LATER
from soleus.reports.careplan.words import LINE, NET, settled
from soleus.web.knowledge import care, knowledge
from soleus.web.plans.forms import WORDS
from soleus.web.plans.planning import Made

LEVELS = ("emergency", "same_day", "within_2_weeks", "routine", "as_stated")


@dataclass(frozen=True)
class Offers:
    """Treatments to discuss: right whatever it is, for what is settled, and what depends on the cause."""

    together: list[Mapping[str, Any]]
    own: list[Mapping[str, Any]]
    later: list[tuple[str, list[str]]]
    """Cause and names of what would follow; no medicine and no operation for a cause that is merely possible."""


def offers(made: Made) -> Offers:
    """Sort the treatments of a plan."""
    assert made.plan is not None
    known = {c.condition for c in settled(made.plan)}
    found = [{**t, "line_words": LINE[t["line"]]} for t in made.document["treatments"]]
    conditions = knowledge().kb.conditions
    later = []
    for c in made.plan.choices:
        if c.condition not in known:
            rest = [t for t in found if not t["right_under_every_open_cause"] and c.condition in t["for"]]
            names = [t["name"] for t in rest if t["line"] == "first" and t["kind"] not in DECIDED_LATER]
            if rest:
                later.append((conditions[c.condition].lay_name, list(dict.fromkeys(names))[:5]))
    return Offers(
        [t for t in found if t["right_under_every_open_cause"]],
        [t for t in found if not t["right_under_every_open_cause"] and known & set(t["for"])],
        later,
    )


def safety_net(document: Mapping[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Level, heading and points, gravest first."""
    names = {**NET, "as_stated": "With your condition"}
    points = [(level, names[level], [p["text"] for p in document["safety_net"] if p["level"] == level]) for level in LEVELS]
    return [p for p in points if p[2]]


def done_words(session: Mapping[str, Any]) -> tuple[datetime.date, list[str], list[str]]:
    """A logged session: its day, each exercise, and what came after."""
    exercises = []
    for d in session.get("exercises") or []:
        known = care().exercises.get(d["exercise"])
        side = f", {d['side']}" if d.get("side") in ("left", "right") else ""
        sets = ", ".join(map(str, d.get("sets") or []))
        amount = sets or ", ".join(f"{s} s" for s in d.get("hold_s") or []) or (f"{d['minutes']:g} min" if "minutes" in d else "done")
        felt = "; ".join(f"{key} {d[key]:g}" for key in ("effort", "pain") if key in d)
        load = f" with {d['load_kg']:g} kg" if "load_kg" in d else ""
        exercises.append(f"{known.name if known else d['exercise']}{side}: {amount}{load}" + (f" ({felt})" if felt else ""))
    came = [WORDS.get(s, s) for s in session.get("symptoms") or []]
    if "pain_next_morning" in session:
        came.append(f"pain next morning {session['pain_next_morning']:g}")
    if "soreness_hours" in session:
        came.append(f"sore for {session['soreness_hours']:g} hours")
    if session.get("note"):
        came.append(str(session["note"]))
    if session.get("seen"):
        came.append("seen by a clinician" + ("" if session["seen"] is True else f" on {session['seen']}"))
    return datetime.date.fromisoformat(str(session["on"])), exercises, came
