"""The examination form: which signs, on which sides, with which answers. Everything begins as "not examined"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from soleus.domain.anatomy import Anatomy
from soleus.domain.finding import Finding, Kind
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.strength import GRADES
from soleus.reports.bodymap.territories import NERVE_FINDINGS, NERVE_NAMES
from soleus.reports.careplan.text import lowered
from soleus.web.knowledge import knowledge

Options = tuple[tuple[str, str], ...]
"""Value in the case file, and how the form calls it."""
NOT_EXAMINED = ("", "not examined")
MRC: Options = tuple((g, g) for g in reversed(GRADES))
"""With a plain hyphen: whoever types "4-" in the field finds it."""
REFLEX: Options = (("absent", "absent"), ("reduced", "reduced"), ("normal", "normal"), ("brisk", "brisk"), ("clonus", "brisk, with clonus"))
THERE: Options = (("absent", "not there"), ("present", "there"))
SENSE: Options = (("absent", "normal"), ("present", "reduced"))
TEST: Options = (("absent", "negative"), ("present", "positive"))
PLANTAR: Options = (("absent", "flexor (normal)"), ("present", "extensor"))
PULSE: Options = (("absent", "felt"), ("present", "absent or weak"))

_SENSES = frozenset(("vibration-loss-feet", "anal-tone-reduced", "dissociated-sensory-loss"))
_TESTS = frozenset(
    "straight-leg-raise crossed-straight-leg-raise femoral-stretch-test thompson-test hoffmann-sign hoover-sign piriformis-test psoas-sign "
    "tinel-popliteal tinel-fibular-neck tinel-tarsal-tunnel tinel-sciatic sensory-ataxia gowers-sign lhermitte".split()
)
_PULSES = frozenset(("absent-foot-pulses", "absent-femoral-pulses"))
_NAMES: Mapping[str, str] = {
    "straight-leg-raise": "Straight leg raise",
    "crossed-straight-leg-raise": "Crossed straight leg raise",
    "femoral-stretch-test": "Femoral nerve stretch test",
    "thompson-test": "Calf squeeze (Thompson test)",
    "plantar-extensor": "Plantar response",
    "absent-foot-pulses": "Foot pulses",
    "absent-femoral-pulses": "Femoral pulses",
    "vibration-loss-feet": "Vibration and joint position sense in the feet",
    "anal-tone-reduced": "Anal tone and squeeze",
    "sensory-ataxia": "Romberg test",
    "numb-saddle": "Saddle (perineal and perianal)",
    "numb-stocking": "Stocking, both feet",
    "sensory-level": "Sensory level on the trunk",
    "dissociated-sensory-loss": "Pain and temperature, touch kept",
}
GROUPS: tuple[tuple[str, str, str], ...] = (
    (
        "Strength of the legs",
        "MRC grade: 5 normal, 4 against resistance, 3 against gravity, 2 with gravity removed, 1 flicker, 0 nothing.",
        "weak-hip-flexion weak-hip-extension weak-hip-abduction weak-hip-adduction weak-knee-extension weak-knee-flexion "
        "weak-ankle-dorsiflexion weak-ankle-plantarflexion weak-ankle-inversion weak-ankle-eversion weak-great-toe-extension "
        "weak-toe-flexion weak-foot-intrinsics",
    ),
    (
        "Reflexes and plantar response",
        "",
        "reflex-knee reflex-medial-hamstring reflex-ankle ankle-clonus plantar-extensor reflex-arm",
    ),
    (
        "Sensation, by territory",
        "Touch or pinprick, compared with the other side.",
        "numb-saddle numb-buttock numb-posterior-thigh numb-anterior-thigh numb-lateral-thigh numb-inner-thigh numb-medial-leg "
        "numb-lateral-leg numb-posterior-calf numb-dorsum-foot numb-first-web numb-lateral-foot numb-sole numb-heel "
        "numb-stocking vibration-loss-feet dissociated-sensory-loss sensory-level",
    ),
    (
        "Nerve stretch, spine and pelvic floor",
        "",
        "straight-leg-raise crossed-straight-leg-raise femoral-stretch-test spinal-tenderness anal-tone-reduced sensory-ataxia",
    ),
    (
        "Bulk, tone and movement",
        "",
        "wasting-buttock wasting-thigh wasting-calf wasting-shin wasting-foot calf-hypertrophy fasciculations-leg fasciculations-elsewhere "
        "spasticity flaccid-tone",
    ),
    (
        "Circulation and swelling",
        "",
        "absent-foot-pulses absent-femoral-pulses cool-foot calf-swelling pitting-oedema-leg deep-vein-tenderness popliteal-mass",
    ),
    (
        "Muscle, tendon and nerve",
        "",
        "thompson-test palpable-gap gap-in-muscle-belly local-tenderness tense-compartment tinel-sciatic tinel-popliteal "
        "tinel-fibular-neck tinel-tarsal-tunnel piriformis-test",
    ),
    (
        "Strength elsewhere",
        "MRC grade.",
        "weak-neck weak-face weak-arm-proximal weak-arm-distal weak-finger-flexion",
    ),
)
MORE = "More signs"
OPEN = 5
"""Groups that stand open; the others unfold."""
_NOT_AT_THE_BEDSIDE = frozenset(
    ("hyponatraemia", "interstitial-lung-disease", "heart-conduction-disease", "papilloedema", "vitreous-opacities")
)
_MOST_ROOTS = 2
_LEAST_SHARE = 0.15
_LONGEST = 50


@dataclass(frozen=True)
class Row:
    """One sign."""

    finding: Finding
    name: str
    detail: str
    """Muscles or nerve, and roots."""
    options: Options

    @property
    def sides(self) -> tuple[str, ...]:
        """`left` and `right`, or nothing."""
        return ("left", "right") if self.finding.sided else ("",)


@dataclass(frozen=True)
class Group:
    """A fieldset of the form."""

    title: str
    help: str
    rows: tuple[Row, ...]


def cell(finding: str, side: str) -> str:
    """Name of a field."""
    return f"{finding}.{side}" if side else finding


@cache
def groups() -> tuple[Group, ...]:
    """The whole form."""
    kb = knowledge().kb
    shown = [Group(title, said, tuple(_row(kb.findings[id_], kb) for id_ in ids.split())) for title, said, ids in GROUPS]
    known = {row.finding.id for group in shown for row in group.rows}
    rest = sorted((f for f in kb.findings.values() if f.id not in known and _is_sign(f)), key=lambda f: f.name)
    return (*shown, Group(MORE, "", tuple(_row(f, kb) for f in rest)))


def rows() -> Iterator[Row]:
    for group in groups():
        yield from group.rows


def _is_sign(f: Finding) -> bool:
    """What somebody looks, feels or listens for."""
    return f.id not in _NOT_AT_THE_BEDSIDE and f.kind is Kind.BINARY and f.burden > 0 and "clinician" in f.who and f.parent != "risk"


def _row(f: Finding, kb: KnowledgeBase) -> Row:
    return Row(f, _name(f, kb), _detail(f.id, kb.anatomy), _options(f))


def _name(f: Finding, kb: KnowledgeBase) -> str:
    if f.id in _NAMES:
        return _NAMES[f.id]
    if f.id in kb.anatomy.movements:
        return kb.anatomy.movements[f.id].name
    if f.id in kb.anatomy.skin:
        return kb.anatomy.skin[f.id].name
    return f.name


def _options(f: Finding) -> Options:
    if f.kind is Kind.STRENGTH:
        return MRC
    if f.kind is Kind.REFLEX:
        return REFLEX
    if f.id == "plantar-extensor":
        return PLANTAR
    if f.id in _PULSES:
        return PULSE
    if f.id in _TESTS:
        return TEST
    return SENSE if f.attribute == "sensation" or f.id in _SENSES else THERE


def _detail(id_: str, anatomy: Anatomy) -> str:
    """`gastrocnemius, soleus; S1, S2`: who moves it, or which nerve feels it, and the roots."""
    roots: dict[str, float] = {}
    if id_ in anatomy.movements:
        movers = sorted((m for m in anatomy.muscles.values() if id_ in m.serves), key=lambda m: -m.serves[id_])[:2]
        for m in movers:
            for root, share in m.roots.items():
                roots[root] = roots.get(root, 0.0) + share * m.serves[id_]
        who = ", ".join(lowered(m.name) for m in movers)
        if len(who) > _LONGEST:
            who = lowered(movers[0].name) if len(movers[0].name) <= _LONGEST else ""
    elif id_ in anatomy.skin:
        roots = dict(anatomy.skin[id_].roots)
        nerves = sorted((n for n, found in NERVE_FINDINGS.items() if id_ in found), key=lambda n: NERVE_FINDINGS[n].index(id_))
        who = NERVE_NAMES[nerves[0]] if nerves else ""
    else:
        return ""
    total = sum(roots.values()) or 1.0
    main = [r for r in sorted(roots, key=lambda r: -roots[r]) if roots[r] / total >= _LEAST_SHARE][:_MOST_ROOTS]
    return "; ".join(x for x in (who, ", ".join(sorted(main))) if x)
