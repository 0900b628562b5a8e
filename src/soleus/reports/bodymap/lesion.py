"""A lesion as a picture in the making: for each muscle, reflex and area of skin, what was told and what the lesion explains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from soleus.assess import Assessment
from soleus.domain.anatomy import Anatomy, LesionSite
from soleus.domain.evidence import Evidence
from soleus.domain.finding import Presence, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.deficits import completed, deficits
from soleus.reasoning.footprint import Footprint, footprint, weak_probability
from soleus.reports.bodymap.marks import SIDES
from soleus.reports.bodymap.regions import REGIONS, Region
from soleus.reports.bodymap.territories import NERVE_FINDINGS, PARTS, ROOT_NAMES

EXPECTED = 0.5
"""A sign is expected if a severe lesion at the place brings it in at least half of people. [-]"""
EXPLAINED = 0.2
"""A told sign is explained if a severe lesion brings it in at least this share, [-]"""
TIMES = 2.0
"""and at least so many times as often as no lesion does. [-]"""
REFLEXES: Mapping[str, str] = {
    "reflex-knee": "knee-front",
    "reflex-ankle": "achilles",
    "reflex-medial-hamstring": "hamstring-inner",
}
"""Reflex: kind of region where it is drawn."""
BRISK = " brisk"
"""A reflex told to be too lively is kept apart from one that is lost: another lesion explains it."""


class Fit(StrEnum):
    """How what was told meets what the lesion would do."""

    EXPLAINED = "explained"
    """Told, and the lesion explains it."""
    UNEXPLAINED = "unexplained"
    """Told, and the lesion does not explain it."""
    EXPECTED = "expected"
    """Not told, but the lesion would usually bring it: worth testing."""
    SPARED = "spared"
    """The lesion would usually bring it, but it was found to be normal."""


@dataclass(frozen=True)
class Lesion:
    """What to draw. Keys are ids of regions; `nerve side` and `root side`, such as `sural left`; `reflex side`."""

    title: str
    site: str
    """Id of the lesion site; empty where nothing stands out."""
    side: str
    muscles: Mapping[str, Fit]
    nerves: Mapping[str, Fit]
    roots: Mapping[str, Fit]
    reflexes: Mapping[str, Fit]


def lesion_of(result: Assessment, kb: KnowledgeBase) -> Lesion:
    """The likeliest place of an assessment, compared with what was told.

    The comparison is with a severe lesion there: it shows what belongs to the place, not how bad it is.
    """
    if not result.localisation:
        return compare(result.evidence, kb.anatomy, "", "")
    place = result.localisation[0].places[0]
    return compare(result.evidence, kb.anatomy, place.site, place.side)


def compare(evidence: Evidence, anatomy: Anatomy, site_id: str, side: str) -> Lesion:
    """Compare what was told with a lesion at one place.

    Args:
        evidence: What is known of the person.
        anatomy: Muscles, nerves, skin, reflexes, sites.
        site_id: Id of the lesion site; empty: of none.
        side: `left`, `right` or `both`.
    """
    told = _told(evidence, anatomy, SIDES if side in ("", "both") else (Side(side),))
    if not site_id:
        nothing: Footprint = {}
        return Lesion("No place stands out", "", "", *_compared(told, anatomy, nothing, {}, {}))
    site = anatomy.sites[site_id]
    signs = footprint(anatomy, site_id, side, "severe")
    where = {"both": "both sides"}.get(side, f"{side} side")
    shares = {s: 1.0 if side in ("both", s.value) else site.other_side for s in SIDES}
    loss = {s: deficits(anatomy, site, share).muscles for s, share in shares.items()}
    weak = {region.id: chance for region in REGIONS.values() if region.kind.muscles and (chance := _weak(site, region, loss, signs)) > 0}
    roots = {f"{root} {s.value}": completed(site).roots.get(root, 0.0) * share for s, share in shares.items() for root in ROOT_NAMES}
    return Lesion(f"{site.lay_name}, {where}", site_id, side, *_compared(told, anatomy, signs, weak, roots))


def _compared(
    told: Mapping[tuple[str, Side], Presence], anatomy: Anatomy, signs: Footprint, weak: Mapping[str, float], roots: Mapping[str, float]
) -> tuple[dict[str, Fit], dict[str, Fit], dict[str, Fit], dict[str, Fit]]:
    muscles, nerves, areas, reflexes = {}, {}, {}, {}
    for region in REGIONS.values():
        findings = [f for mark in ("weak", "wasted") if (f := region.kind.findings.get(mark)) and mark not in region.kind.rough]
        if region.kind.muscles and findings:
            error = anatomy.movements[findings[0]].error
            muscles[region.id] = _fit(_presence(told, findings, region.side), weak.get(region.id, 0.0), error)
    for side in SIDES:
        for nerve, findings_of in NERVE_FINDINGS.items():
            chance = max(_present(signs, f, side) for f in findings_of)
            nerves[f"{nerve} {side.value}"] = _fit(_presence(told, findings_of, side), chance, anatomy.skin[findings_of[0]].background)
        for root in ROOT_NAMES:
            skin = [id_ for id_, area in anatomy.skin.items() if max(area.roots, key=lambda r: area.roots[r]) == root]
            areas[f"{root} {side.value}"] = _fit(_presence(told, skin, side), roots.get(f"{root} {side.value}", 0.0), 0.05)
        for reflex in REFLEXES:
            chances = signs.get((reflex, side.value), {})
            lost = chances.get("absent", 0.0) + chances.get("reduced", 0.0)
            brisk = chances.get("brisk", 0.0)
            healthy = anatomy.reflexes[reflex].healthy
            usual = healthy.get("absent", 0.0) + healthy.get("reduced", 0.0)
            lively = _presence(told, [reflex + BRISK], side)
            told_lost = _presence(told, [reflex], side)
            fit = _fit(told_lost, lost if told_lost is Presence.PRESENT else max(lost, brisk), usual)
            if lively is Presence.PRESENT:
                fit = _fit(lively, brisk, healthy.get("brisk", 0.0))
            reflexes[f"{reflex} {side.value}"] = fit
    return _drawn(muscles), _drawn(nerves), _drawn(areas), _drawn(reflexes)


def _drawn(fits: Mapping[str, Fit | None]) -> dict[str, Fit]:
    return {id_: fit for id_, fit in fits.items() if fit is not None}


def _fit(presence: Presence, chance: float, usual: float) -> Fit | None:
    if presence is Presence.PRESENT:
        return Fit.EXPLAINED if chance >= EXPLAINED and chance >= TIMES * usual else Fit.UNEXPLAINED
    if chance < EXPECTED:
        return None
    return Fit.SPARED if presence is Presence.ABSENT else Fit.EXPECTED


def _weak(site: LesionSite, region: Region, loss: Mapping[Side, Mapping[str, float]], signs: Footprint) -> float:
    """P(weak): by the muscle's own supply; from the brain or cord by its movement, since that is how those lesions choose. [-]"""
    side = region.side if region.kind.sided else Side.LEFT
    own = max(weak_probability(loss[side][muscle]) for muscle in region.kind.muscles)
    if not site.corticospinal:
        return own
    movement = signs.get((region.kind.findings["weak"], side.value)) or signs.get((region.kind.findings["weak"], "none"), {"normal": 1.0})
    return max(own, 1.0 - movement["normal"])


def _present(signs: Footprint, finding: str, side: Side) -> float:
    chances = signs.get((finding, side.value)) or signs.get((finding, "none"), {})
    return chances.get("present", 0.0)


def _told(evidence: Evidence, anatomy: Anatomy, affected: tuple[Side, ...]) -> dict[tuple[str, Side], Presence]:
    """Presence by finding and side. What was told without its side is taken to be on the affected one, as the assessment does."""
    found: dict[tuple[str, Side], Presence] = {}
    parts: dict[tuple[str, Side], Presence] = {}
    for o in evidence.observations:
        sides: tuple[Side, ...] = (o.side,)
        if o.side is Side.BOTH or o.finding == "numb-stocking":
            sides = SIDES
        elif o.side is Side.UNSTATED and anatomy.sided.get(o.finding, False):
            sides = affected
        name = o.finding + BRISK if o.finding in REFLEXES and o.weights[-1] == max(o.weights) else o.finding
        for side in sides:
            if found.get((name, side)) is not Presence.PRESENT:
                found[name, side] = o.presence
            if o.presence is Presence.PRESENT:
                parts |= {(part, side): Presence.PRESENT for part in PARTS.get(o.finding, ())}
    return {**parts, **found}  # what was said of a part itself stands


def _presence(told: Mapping[tuple[str, Side], Presence], findings: Iterable[str], side: Side) -> Presence:
    """Present if any of them is there; absent if one was looked for and none is there."""
    found = {told.get((f, s), Presence.UNKNOWN) for f in findings for s in {side, Side.UNSTATED}}
    return next((p for p in (Presence.PRESENT, Presence.ABSENT) if p in found), Presence.UNKNOWN)
