"""Skin by nerve and by root: curves and areas that are laid over the outlines of the views. One side; see `curves`.

Borders are those of textbook drawings: neighbours overlap, people differ, and published maps of the roots disagree most at the
back of the thigh. Where they disagree the areas follow the shares in the anatomy's data (`skin.yaml`).
"""

from __future__ import annotations

FRONT = {
    "n-groin": "asis 62,146 36,176 i1",
    "n-lateral": "asis 77,164 75,232 79,296 o-kn",
    "n-obturator": "i1 26,214 31,252 i-ob",
    "n-knee": "i-knee-top 46,354 n-k=60,362 76,358 o-kn",
    "n-saphenous": "n-k 63,404 n-s=66,448 68,510 69,572 al1",
    "n-lateral-calf": "o-calf 84,442 n-s",
    "n-sural": "o-ankle-top 83,600 93,628 t5",
    "n-web": "n-w1=69,651 73,636 n-w2=77,651 73,654 n-w1",
    "d-23": "o2 82,250 50,266 i-mid",
    "d-34": "o-knee-top 76,342 54,368 i-knee-low",
    "d-45": "o-kn 76,382 67,420 68,490 70,560 al1",
}
BACK = {
    "n-midline": "m0=0.4,40 0.4,90 sacrum",
    "n-cluneal": "iliac 80,98 n-c=70,126 38,140 sacrum",
    "n-hip": "n-c 88,134 troch",
    "n-thigh-in": "i1 28,236 36,288 n-i=40,336 n-j=46,380 n-low=62,408",
    "n-thigh-out": "troch 90,196 86,256 n-p=83,346 78,392 n-low",
    "n-saphenous": "n-j 47,430 51,480 58,540 61,576 i-ankle-low",
    "n-lateral-calf": "n-low 72,432 84,456 o-c2",
    "n-fibular": "o-c2 90,502 84,546 o-ankle-top",
    "d-s3": "sacrum 18,150 27,176 sit-in",
    "d-l3": "i-mid 31,312 38,352 i-knee-low",
    "d-l4": "i-knee-low 43,424 d-4=49,470 58,540 61,576 i-ankle-low",
    "d-s2": "d-4 58,486 d-2=66,480",
    "d-12": "n-c 68,186 69,256 68,330 68,410 d-2",
    "d-l5": "troch 90,196 d-5a=87,252 d-5b=83,346 87,400 88,470 84,540 o-ankle-top",
}
TOP = {"n-saphenous": "m-in 45,152 40,128 b-in"}
SOLE = {"n-plantar": "t4 85,98 75,134 hp", "n-sural": "b-out 96,138 m-out"}

NERVES: dict[str, dict[str, tuple[str, ...]]] = {
    "front": {
        "groin-nerves": ("inguinal asis crotch, inner crotch i1, n-groin i1 asis",),
        "lateral-femoral-cutaneous": ("outer iliac o-kn, n-lateral o-kn asis, crest asis iliac",),
        "anterior-femoral-cutaneous": (
            "n-groin asis i1, n-obturator i1 i-ob, inner i-ob i-knee-top, n-knee i-knee-top o-kn, n-lateral o-kn asis",
        ),
        "obturator": ("inner i1 i-ob, n-obturator i-ob i1",),
        "saphenous": ("n-knee i-knee-top n-k, n-saphenous n-k al1, ankle-low al1 i-ankle-low, inner i-ankle-low i-knee-top",),
        "lateral-sural-cutaneous": ("n-knee n-k o-kn, outer o-kn o-calf, n-lateral-calf o-calf n-s, n-saphenous n-s n-k",),
        "fibular-superficial": (
            "n-lateral-calf n-s o-calf, outer o-calf o-ankle-top, n-sural o-ankle-top t5, foot-outer t5 toe-split, "
            "foot-inner toe-split i-ankle-low, ankle-low i-ankle-low al1, n-saphenous al1 n-s",
        ),
        "sural": ("outer o-ankle-top o-ankle-low, foot-outer o-ankle-low t5, n-sural t5 o-ankle-top",),
        "fibular-deep": ("n-web n-w1 n-w2, n-web n-w2 n-w1",),
    },
    "back": {
        "dorsal-rami": ("n-midline m0 sacrum, n-cluneal sacrum iliac, outer iliac waist, top waist mid-top",),
        "groin-nerves": ("outer iliac troch, n-hip troch n-c, n-cluneal n-c iliac",),
        "posterior-femoral-cutaneous": (
            "n-cluneal n-c sacrum, cleft sacrum pole, fold pole i1, n-thigh-in i1 n-low, n-thigh-out n-low troch, n-hip troch n-c",
        ),
        "lateral-femoral-cutaneous": ("outer troch o-kn, - o-kn n-p, n-thigh-out n-p troch",),
        "obturator": ("inner i1 i-knee-top, - i-knee-top n-i, n-thigh-in n-i i1",),
        "saphenous": ("inner i-knee-top i-ankle-low, n-saphenous i-ankle-low n-j, n-thigh-in n-j n-i, - n-i i-knee-top",),
        "lateral-sural-cutaneous": ("n-thigh-out n-low n-p, - n-p o-kn, outer o-kn o-c2, n-lateral-calf o-c2 n-low",),
        "fibular-superficial": ("outer o-c2 o-ankle-top, n-fibular o-ankle-top o-c2",),
        "sural": (
            "n-thigh-in n-low n-j, n-saphenous n-j i-ankle-low, heel-top i-ankle-low ach-low-out, - ach-low-out hl, "
            "heel-low hl o-ankle-low, outer o-ankle-low o-ankle-top, n-fibular o-ankle-top o-c2, n-lateral-calf o-c2 n-low",
        ),
        "medial-calcaneal": ("heel-top i-ankle-low ach-low-out, - ach-low-out hl, heel-low hl i-ankle-low",),
    },
    "tops": {
        "fibular-superficial": (
            "inner b-in cleft, toes cleft t-out, base-c t-out e1, edge-low e1 e4, ankle e4 m-in, n-saphenous m-in b-in",
        ),
        "saphenous": ("inner m-in b-in, n-saphenous b-in m-in",),
        "sural": ("base-c e1 t-out, outer t-out m-out, - m-out e4, edge-low e4 e1",),
        "fibular-deep": ("web-top w1 w3, web w3 w1",),
    },
    "soles": {
        "plantar-medial": ("inner m-in cleft, toes cleft t4, n-plantar t4 hp, heel-top hp m-in",),
        "plantar-lateral": ("toes t4 t-out, outer t-out b-out, n-sural b-out m-out, heel-top m-out hp, n-plantar hp t4",),
        "sural": ("outer b-out m-out, n-sural m-out b-out",),
        "medial-calcaneal": ("heel-top m-in m-out, outer m-out heel-mid, inner heel-mid m-in",),
    },
    "saddle": {"posterior-femoral-cutaneous": ("seat s0 s9",), "pudendal": ("saddle m0 m9",)},
}
"""View: nerve: loops. Ids are those of the anatomy's nerves, but for `groin-nerves`, `fibular-deep` and `sural`."""

ROOTS: dict[str, dict[str, tuple[str, ...]]] = {
    "front": {
        "L1": ("inguinal asis crotch, inner crotch i1, n-groin i1 asis",),
        "L2": ("outer iliac o2, d-23 o2 i-mid, inner i-mid i1, n-groin i1 asis, crest asis iliac",),
        "L3": ("d-23 i-mid o2, outer o2 o-knee-top, d-34 o-knee-top i-knee-low, inner i-knee-low i-mid",),
        "L4": (
            "d-34 i-knee-low o-knee-top, outer o-knee-top o-kn, d-45 o-kn al1, ankle-low al1 i-ankle-low, inner i-ankle-low i-knee-low",
        ),
        "L5": (
            "outer o-kn o-ankle-top, n-sural o-ankle-top t5, foot-outer t5 toe-split, foot-inner toe-split i-ankle-low, "
            "ankle-low i-ankle-low al1, d-45 al1 o-kn",
        ),
        "S1": ("outer o-ankle-top o-ankle-low, foot-outer o-ankle-low t5, n-sural t5 o-ankle-top",),
    },
    "back": {
        "L1": ("n-midline m0 sacrum, n-cluneal sacrum n-c, n-hip n-c troch, outer troch waist, top waist mid-top",),
        "L2": ("outer troch o2, - o2 d-5a, d-l5 d-5a troch",),
        "L3": ("outer o2 o-kn, - o-kn d-5b, d-l5 d-5b d-5a, - d-5a o2", "inner i-mid i-knee-low, d-l3 i-knee-low i-mid"),
        "L4": ("inner i-knee-low i-ankle-low, d-l4 i-ankle-low i-knee-low",),
        "L5": ("outer o-kn o-ankle-top, d-l5 o-ankle-top d-5b, - d-5b o-kn",),
        "S1": (
            "d-12 n-c d-2, d-s2 d-2 d-4, d-l4 d-4 i-ankle-low, heel-low i-ankle-low o-ankle-low, outer o-ankle-low o-ankle-top, "
            "d-l5 o-ankle-top troch, n-hip troch n-c",
        ),
        "S2": (
            "n-cluneal n-c sacrum, d-s3 sacrum sit-in, fold sit-in i1, inner i1 i-mid, d-l3 i-mid i-knee-low, d-l4 i-knee-low d-4, "
            "d-s2 d-4 d-2, d-12 d-2 n-c",
        ),
        "S3": ("cleft sacrum pole, fold pole sit-in, d-s3 sit-in sacrum",),
    },
    "tops": {
        "L4": ("inner m-in b-in, n-saphenous b-in m-in",),
        "L5": ("inner b-in cleft, toes cleft t-out, base-c t-out e1, edge-low e1 e4, ankle e4 m-in, n-saphenous m-in b-in",),
        "S1": ("base-c e1 t-out, outer t-out m-out, - m-out e4, edge-low e4 e1",),
    },
    "soles": {
        "L5": ("inner m-in cleft, toes cleft t4, n-plantar t4 hp, heel-top hp m-in",),
        "S1": ("toes t4 t-out, outer t-out heel-mid, inner heel-mid m-in, heel-top m-in hp, n-plantar hp t4",),
    },
    "saddle": {"S2": ("seat s0 s9",), "S3": ("saddle m0 m9",), "S4": ("ring r0 r9",)},
}
"""View: root: loops. `S4` stands for S4 and S5, round the back passage."""
