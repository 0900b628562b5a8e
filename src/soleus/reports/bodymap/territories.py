"""Names of the areas of skin, and the findings that tell of their numbness."""

from __future__ import annotations

from collections.abc import Mapping

NERVE_NAMES: Mapping[str, str] = {
    "groin-nerves": "iliohypogastric, ilioinguinal and genitofemoral nerves",
    "lateral-femoral-cutaneous": "lateral cutaneous nerve of the thigh",
    "anterior-femoral-cutaneous": "femoral nerve, anterior cutaneous branches",
    "obturator": "obturator nerve",
    "saphenous": "saphenous nerve",
    "lateral-sural-cutaneous": "lateral cutaneous nerve of the calf",
    "fibular-superficial": "superficial fibular (peroneal) nerve",
    "fibular-deep": "deep fibular (peroneal) nerve",
    "sural": "sural nerve",
    "dorsal-rami": "cluneal nerves (dorsal rami)",
    "posterior-femoral-cutaneous": "posterior cutaneous nerve of the thigh",
    "medial-calcaneal": "calcaneal branches of the tibial nerve",
    "plantar-medial": "medial plantar nerve",
    "plantar-lateral": "lateral plantar nerve",
    "pudendal": "pudendal nerve",
}
ROOT_NAMES: Mapping[str, str] = {
    **{root: f"root {root}" for root in ("L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3")},
    "S4": "roots S4 and S5",
}
NERVE_NUMBERS: Mapping[str, int] = {nerve: i for i, nerve in enumerate(NERVE_NAMES, start=1)}
"""What stands in the picture; a key beside it tells the names."""
LABELS: Mapping[str, str] = {"saddle S4": "S4–5", "back L1": "L1–3"}
"""View and root: what stands in the picture, where it is not the id."""

NERVE_FINDINGS: Mapping[str, tuple[str, ...]] = {
    "lateral-femoral-cutaneous": ("numb-lateral-thigh",),
    "anterior-femoral-cutaneous": ("numb-anterior-thigh",),
    "obturator": ("numb-inner-thigh",),
    "saphenous": ("numb-medial-leg",),
    "lateral-sural-cutaneous": ("numb-lateral-leg",),
    "fibular-superficial": ("numb-dorsum-foot", "numb-lateral-leg"),
    "fibular-deep": ("numb-first-web",),
    "sural": ("numb-lateral-foot", "numb-posterior-calf"),
    "dorsal-rami": ("numb-buttock",),
    "posterior-femoral-cutaneous": ("numb-posterior-thigh",),
    "medial-calcaneal": ("numb-heel",),
    "plantar-medial": ("numb-sole",),
    "plantar-lateral": ("numb-sole", "numb-lateral-foot"),
    "pudendal": ("numb-saddle",),
}
"""Nerve: findings of numb skin that lie in its area, the main one first. No entry: the vocabulary has none."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "numb-foot": ("numb-dorsum-foot", "numb-sole", "numb-lateral-foot", "numb-heel"),
    "numb-stocking": ("numb-dorsum-foot", "numb-sole", "numb-lateral-foot", "numb-heel"),
}
"""A broader finding: the areas that it is drawn on."""
