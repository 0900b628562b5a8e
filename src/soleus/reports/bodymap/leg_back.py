"""The legs from behind: low back to heel. One side, in pixels of the panel; see `curves`."""

from __future__ import annotations

from soleus.reports.bodymap.leg_front import INNER, OUTER

HEIGHT = 672
CURVES = {
    "outer": OUTER,
    "inner": INNER,
    "top": "mid-top=0,40 36,41 waist",
    "crest": "iliac 64,66 42,76 psis=22,97 12,114 sacrum=0,136",
    "cleft": "sacrum 1,164 pole=2,188",
    "gluteus": "psis 46,106 78,124 troch",
    "fold": "pole i1 sit-in=17,211 f1=32,216 sit-out=58,214 79,205 fo=94,193 o-glut",
    "sit": "sit-in 17,194 34,182 54,190 sit-out",
    "adductor": "f1 31,234 27,256 i-mid",
    "hamstrings": "sit-out 60,238 62,276 pop-top=62,312",
    "itb": "fo 94,230 91,274 88,314 o-kn",
    "hollow-in": "pop-top 53,332 44,356 i-knee-low",
    "hollow-out": "pop-top 72,332 82,356 o-knee-low",
    "calf-top": "i-knee-low 47,375 pop-low=64,393 79,379 per-top=87,381 o-knee-low",
    "seam": "pop-low 65,430 g-low=66,468",
    "calf-low-in": "g-low 62,484 51,493 i-gas",
    "calf-low-out": "g-low 73,477 84,471 p-gas=92,454",
    "peroneal": "per-top 93,416 p-gas 89,500 p-sol=85,545 p-low=82,572",
    "achilles-in": "ach-top=72,512 68,532 ach-in=66,556 66,585 ach-low-in=65,607",
    "achilles-out": "ach-top 76,532 ach-out=78,556 78,585 ach-low-out=80,607",
    "soleus-in": "i-sl 60,556 ach-in",
    "soleus-out": "ach-out 82,553 p-sol",
    "heel-top": "i-ankle-low ach-low-in 72,604 ach-low-out o-ankle-low",
    "heel-low": "i-ankle-low 57,622 60,641 73,647 hl=86,641 90,622 o-ankle-low",
    "forefoot": "o-ankle-low 96,619 101,634 96,644 toe-tip=82,645",
}
SHAPES = {
    "low-back": "top mid-top waist, outer waist iliac, crest iliac sacrum",
    "hip-side": "outer iliac troch, gluteus troch psis, crest psis iliac",
    "buttock": "crest psis sacrum, cleft sacrum pole, fold pole sit-in, sit sit-in sit-out, fold sit-out o-glut, outer o-glut troch, "
    "gluteus troch psis",
    "sit-bone": "sit sit-in sit-out, fold sit-out sit-in",
    "thigh-outer": "fold fo o-glut, outer o-glut o-kn, itb o-kn fo",
    "thigh-inner": "fold i1 f1, adductor f1 i-mid, inner i-mid i1",
    "hamstring-inner": "fold f1 sit-out, hamstrings sit-out pop-top, hollow-in pop-top i-knee-low, inner i-knee-low i-mid, "
    "adductor i-mid f1",
    "hamstring-outer": "fold sit-out fo, itb fo o-kn, outer o-kn o-knee-low, hollow-out o-knee-low pop-top, hamstrings pop-top sit-out",
    "knee-back": "hollow-out pop-top o-knee-low, calf-top o-knee-low i-knee-low, hollow-in i-knee-low pop-top",
    "calf-inner": "calf-top i-knee-low pop-low, seam pop-low g-low, calf-low-in g-low i-gas, inner i-gas i-knee-low",
    "calf-outer": "calf-top pop-low per-top, peroneal per-top p-gas, calf-low-out p-gas g-low, seam g-low pop-low",
    "soleus": "calf-low-in i-gas g-low, calf-low-out g-low p-gas, peroneal p-gas p-sol, soleus-out p-sol ach-out, "
    "achilles-out ach-out ach-top, achilles-in ach-top ach-in, soleus-in ach-in i-sl, inner i-sl i-gas",
    "shin-outer": "calf-top per-top o-knee-low, outer o-knee-low o-ankle-top, - o-ankle-top p-low, peroneal p-low per-top",
    "ankle-inner": "soleus-in i-sl ach-in, achilles-in ach-in ach-low-in, heel-top ach-low-in i-ankle-low, inner i-ankle-low i-sl",
    "ankle-outer": "soleus-out ach-out p-sol, peroneal p-sol p-low, - p-low o-ankle-top, outer o-ankle-top o-ankle-low, "
    "heel-top o-ankle-low ach-low-out, achilles-out ach-low-out ach-out",
    "achilles": "achilles-out ach-top ach-low-out, heel-top ach-low-out ach-low-in, achilles-in ach-low-in ach-top",
    "heel": "heel-top i-ankle-low o-ankle-low, heel-low o-ankle-low i-ankle-low",
}
CONTEXT = {"forefoot": "forefoot o-ankle-low toe-tip"}
DETAIL = (
    "20,112 48,130 82,158",  # gluteus maximus: fibres run down and outwards
    "14,128 40,146 76,176",
    "8,142 32,158 62,182",
    "30,102 60,120 94,150",
    "70,72 76,92 86,114",  # gluteus medius
    "52,78 66,98 84,114",
    "40,222 44,255 47,300 44,346",  # semitendinosus over semimembranosus
    "50,222 54,252 55,300",
    "32,260 34,300 36,350",
    "67,216 72,252 74,300 82,346",  # biceps femoris
    "80,210 83,250 83,300 88,346",
    "16,218 21,236 22,256",  # adductor magnus
    "44,392 44,430 48,474",  # gastrocnemius
    "54,396 55,434 57,474",
    "74,396 74,430 74,464",
    "83,392 84,424 83,458",
    "50,500 58,520 64,536",  # soleus
    "88,480 82,508 78,528",
    "96,410 95,450 92,490 87,545",  # peroneals
    "0,48 0,120",  # spine
    "14,46 13,86 9,112",
    "56,46 44,56 36,70",
    "72,520 72,600",
)
