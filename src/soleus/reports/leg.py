"""A small picture of the legs from behind, with what is weak, numb or lost marked where it is."""

from __future__ import annotations

from rich.text import Text

from soleus.assess import Assessment
from soleus.domain.evidence import Observation
from soleus.domain.finding import Presence, Side
from soleus.domain.knowledge_base import KnowledgeBase

ROWS = ("buttock", "thigh", "knee", "calf", "ankle", "foot")
KEYS_PER_LINE = 2
"""A longer key would widen the picture, and take the room from what stands beside it on a terminal of 80 columns."""
_FINDINGS = {
    "buttock": "weak-hip-extension weak-hip-abduction wasting-buttock numb-buttock numb-saddle buttock-pain",
    "thigh": "weak-knee-flexion weak-knee-extension weak-hip-flexion weak-hip-adduction weak-leg-proximal wasting-thigh "
    "numb-posterior-thigh numb-anterior-thigh numb-lateral-thigh posterior-thigh-pain anterior-thigh-pain",
    "knee": "reflex-knee popliteal-pain knee-pain",
    "calf": "weak-ankle-plantarflexion wasting-calf numb-posterior-calf calf-pain calf-swelling numb-lateral-leg exertional-calf-pain "
    "weak-leg weak-leg-distal wasting-leg",
    "ankle": "weak-ankle-dorsiflexion weak-ankle-inversion weak-ankle-eversion reflex-ankle ankle-pain",
    "foot": "weak-toe-flexion weak-great-toe-extension weak-foot-intrinsics numb-foot numb-sole numb-lateral-foot numb-dorsum-foot "
    "numb-heel foot-pain sole-pain tingling-feet numb-stocking wasting-foot",
}
_ROW_OF = {finding: row for row, findings in _FINDINGS.items() for finding in findings.split()}
_MARK = {
    "strength": ("W", "red"),
    "reflex": ("R", "magenta"),
    "sensation": ("N", "cyan"),
    "wasting": ("A", "yellow"),
    "pain": ("P", "bright_red"),
    "swelling": ("S", "green"),
}


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
    key = [f"{letter} {name}" for letter, name in names.items() if letter in used]
    lines = ("  ".join(key[i : i + KEYS_PER_LINE]) for i in range(0, len(key), KEYS_PER_LINE))
    text.append("\n".join(lines), style="dim")
    return text


def _sides(o: Observation) -> tuple[Side, ...]:
    return (o.side,) if o.side in (Side.LEFT, Side.RIGHT) else (Side.LEFT, Side.RIGHT)
