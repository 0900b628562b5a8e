"""A small picture of the legs from behind, with what is weak, numb or lost marked where it is."""

from __future__ import annotations

from rich.text import Text

from soleus.assess import Assessment
from soleus.domain.evidence import Observation
from soleus.domain.finding import Presence, Side
from soleus.domain.knowledge_base import KnowledgeBase

ROWS = ("buttock", "thigh", "knee", "calf", "ankle", "foot")
_ROW_OF = {
    "weak-hip-extension": "buttock", "weak-hip-abduction": "buttock", "wasting-buttock": "buttock", "numb-buttock": "buttock", "numb-saddle": "buttock", "buttock-pain": "buttock",
    "weak-knee-flexion": "thigh", "weak-knee-extension": "thigh", "weak-hip-flexion": "thigh", "weak-hip-adduction": "thigh", "weak-leg-proximal": "thigh", "wasting-thigh": "thigh",
    "numb-posterior-thigh": "thigh", "numb-anterior-thigh": "thigh", "numb-lateral-thigh": "thigh", "posterior-thigh-pain": "thigh", "anterior-thigh-pain": "thigh",
    "reflex-knee": "knee", "popliteal-pain": "knee", "knee-pain": "knee",
    "weak-ankle-plantarflexion": "calf", "wasting-calf": "calf", "numb-posterior-calf": "calf", "calf-pain": "calf", "calf-swelling": "calf", "numb-lateral-leg": "calf", "exertional-calf-pain": "calf",
    "weak-leg": "calf", "weak-leg-distal": "calf", "wasting-leg": "calf", "weak-ankle-dorsiflexion": "ankle", "weak-ankle-inversion": "ankle", "weak-ankle-eversion": "ankle", "reflex-ankle": "ankle", "ankle-pain": "ankle",
    "weak-toe-flexion": "foot", "weak-great-toe-extension": "foot", "weak-foot-intrinsics": "foot", "numb-foot": "foot", "numb-sole": "foot", "numb-lateral-foot": "foot", "numb-dorsum-foot": "foot",
    "numb-heel": "foot", "foot-pain": "foot", "sole-pain": "foot", "tingling-feet": "foot", "numb-stocking": "foot", "wasting-foot": "foot",
}
_MARK = {"strength": ("W", "red"), "reflex": ("R", "magenta"), "sensation": ("N", "cyan"), "wasting": ("A", "yellow"), "pain": ("P", "bright_red"), "swelling": ("S", "green")}


def leg_picture(result: Assessment, kb: KnowledgeBase) -> Text | None:
    """Letters at the height where something is wrong; None where nothing has a place. Read aloud by its key line."""
    marks: dict[tuple[str, Side], dict[str, str]] = {}
    for o in result.evidence.observations:
        row = _ROW_OF.get(o.finding)
        if row and o.presence is Presence.PRESENT:
            letter, colour = _MARK.get(kb.findings[o.finding].attribute, ("•", "white"))
            for side in _sides(o):
                marks.setdefault((row, side), {})[letter] = colour
    if not marks:
        return None
    text = Text("   left      right   (from behind)\n", style="dim")
    for row in ROWS:
        for side in (Side.LEFT, Side.RIGHT):
            found = marks.get((row, side), {})
            letters = sorted(found)[:3]
            text.append(f"{'':2}│")
            for letter in letters:
                text.append(letter, style=f"bold {found[letter]}")
            text.append(" " * (5 - len(letters)) + "│ ")
        text.append(f" {row}\n", style="dim")
    used = {letter for m in marks.values() for letter in m}
    names = {"W": "weak", "R": "reflex changed", "N": "numb", "A": "wasted", "P": "pain", "S": "swollen", "•": "other sign"}
    text.append("  ".join(f"{letter} {names[letter]}" for letter in names if letter in used), style="dim")
    return text


def _sides(o: Observation) -> tuple[Side, ...]:
    return (o.side,) if o.side in (Side.LEFT, Side.RIGHT) else (Side.LEFT, Side.RIGHT)
