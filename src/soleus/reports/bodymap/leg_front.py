"""The legs from the front: pelvis to toes. One side, in pixels of the panel; see `curves`."""

from __future__ import annotations

HEIGHT = 672
OUTER = (
    "waist=70,40 iliac=81,67 asis-side=93,104 troch=102,146 o-glut=105,180 o1=105,210 o2=103,252 98,294 o-knee-top=92,328 o-kn=90,346 "
    "91,364 o-knee-low=92,385 98,408 o-calf=101,432 o-c2=99,466 93,510 88,548 o-ankle-top=86,573 90,588 o-ankle-low=88,605"
)
INNER = (
    "crotch=3,176 i1=7,204 13,242 i-mid=19,275 i-ob=24,305 i-knee-top=30,335 32,354 i-knee-low=34,382 31,404 30,430 i-gas=37,472 47,512 "
    "i-sl=54,548 i-ankle-top=57,571 54,585 i-ankle-low=58,604"
)
CURVES = {
    "outer": OUTER,
    "inner": INNER,
    "top": "mid-top=0,40 36,41 waist",
    "fork": "crotch mid-low=0,174",
    "crest": "iliac 82,84 asis=77,100",
    "tfl": "asis 82,120 t2=87,142 95,178 o1",
    "inguinal": "asis 54,122 30,146 pubis=9,162 crotch",
    "sartorius": "asis 74,134 q=63,188 apex=48,240 37,286 i-knee-top",
    "adductor": "pubis 20,188 34,216 apex",
    "rectus-in": "q 57,226 56,272 rf-in=57,326",
    "rectus-out": "t2 88,180 87,224 81,272 rf-out=72,324",
    "itb": "o1 94,250 89,290 itb-low=83,331",
    "knee-top": "i-knee-top 37,346 47,344 rf-in 64,322 rf-out 78,330 itb-low 88,331 o-knee-top",
    "knee-low": "i-knee-low tm-top=43,389 54,397 tub=65,401 78,393 per-top=87,387 o-knee-low",
    "shin-crest": "tub 66,440 68,490 69,535 ankle-mid=71,574",
    "tibia-inner": "tm-top 45,424 tm1=49,474 54,514 58,548 i-ankle-top",
    "peroneal": "per-top 91,420 90,462 86,505 83,545 per-low=80,573",
    "ankle-top": "i-ankle-top 64,574 ankle-mid per-low o-ankle-top",
    "ankle-low": "i-ankle-low al1=66,600 ankle-low-mid=73,600 80,601 o-ankle-low",
    "ankle-split": "ankle-mid ankle-low-mid",
    "calf-split": "i-gas tm1",
    "foot-inner": "i-ankle-low 58,618 i-toe=57,633 56,646 61,655 69,655 toe-split=73,651",
    "foot-outer": "o-ankle-low 95,618 o-toe=102,636 101,647 t5=95,650 91,653 86,652 82,655 77,655 toe-split",
    "toe-line": "i-toe 65,630 toe-cleft=73,630 87,630 o-toe",
    "toe-gap": "toe-cleft 73,640 toe-split",
}
SHAPES = {
    "hip-side": "outer iliac o1, tfl o1 asis, crest asis iliac",
    "groin": "inguinal asis pubis, adductor pubis apex, sartorius apex asis",
    "thigh-outer": "outer o1 o-knee-top, knee-top o-knee-top itb-low, itb itb-low o1",
    "thigh-front-outer": "tfl t2 o1, itb o1 itb-low, knee-top itb-low rf-out, rectus-out rf-out t2",
    "thigh-front-middle": "tfl asis t2, rectus-out t2 rf-out, knee-top rf-out rf-in, rectus-in rf-in q, sartorius q asis",
    "thigh-front-inner": "rectus-in q rf-in, knee-top rf-in i-knee-top, sartorius i-knee-top q",
    "thigh-inner": "inner crotch i-knee-top, sartorius i-knee-top apex, adductor apex pubis, inguinal pubis crotch",
    "knee-front": "knee-top i-knee-top o-knee-top, outer o-knee-top o-knee-low, knee-low o-knee-low i-knee-low, "
    "inner i-knee-low i-knee-top",
    "calf-inner": "knee-low i-knee-low tm-top, tibia-inner tm-top tm1, calf-split tm1 i-gas, inner i-gas i-knee-low",
    "shin-inner": "knee-low tm-top tub, shin-crest tub ankle-mid, ankle-top ankle-mid i-ankle-top, tibia-inner i-ankle-top tm-top",
    "shin": "knee-low tub per-top, peroneal per-top per-low, ankle-top per-low ankle-mid, shin-crest ankle-mid tub",
    "shin-outer": "knee-low per-top o-knee-low, outer o-knee-low o-ankle-top, ankle-top o-ankle-top per-low, peroneal per-low per-top",
    "soleus": "calf-split i-gas tm1, tibia-inner tm1 i-ankle-top, inner i-ankle-top i-gas",
    "ankle-inner": "ankle-top i-ankle-top ankle-mid, ankle-split ankle-mid ankle-low-mid, ankle-low ankle-low-mid i-ankle-low, "
    "inner i-ankle-low i-ankle-top",
    "ankle-outer": "ankle-top ankle-mid o-ankle-top, outer o-ankle-top o-ankle-low, ankle-low o-ankle-low ankle-low-mid, "
    "ankle-split ankle-low-mid ankle-mid",
    "foot-top": "ankle-low i-ankle-low o-ankle-low, foot-outer o-ankle-low o-toe, toe-line o-toe i-toe, foot-inner i-toe i-ankle-low",
    "big-toe": "toe-line i-toe toe-cleft, toe-gap toe-cleft toe-split, foot-inner toe-split i-toe",
    "small-toes": "toe-line toe-cleft o-toe, foot-outer o-toe toe-split, toe-gap toe-split toe-cleft",
}
CONTEXT = {"belly": "top mid-top waist, outer waist iliac, crest iliac asis, inguinal asis crotch, fork crotch mid-low"}
"""The trunk, only drawn."""
DETAIL = (
    "69,128 55,188 41,238 31,284 27,322",  # the inner border of sartorius; its outer one is the curve of that name
    "63,146 70,190 71,240 69,300",  # the seam of rectus femoris
    "78,152 74,176 71,200",
    "64,200 67,218 70,236",
    "80,196 76,216 71,240",
    "62,240 65,256 70,276",
    "79,240 75,258 70,276",
    "90,200 88,240 82,290",  # vastus lateralis
    "95,216 91,252 86,296",
    "52,258 50,292 47,322",  # vastus medialis
    "46,270 43,300 40,326",
    "20,180 32,206 42,232",  # adductors
    "14,192 24,224 34,262",
    "12,214 19,250 26,292",
    "86,96 92,128 98,170",  # tensor fasciae latae
    "64,336 74,341 77,353 72,364 64,370 56,364 51,353 54,341 64,336",  # kneecap and its tendon
    "58,368 61,386 64,398",
    "74,408 76,450 75,500 73,560",  # tibialis anterior
    "82,404 84,450 82,500 77,562",  # long toe extensors
    "70,420 72,470 71,520",
    "95,410 95,450 92,490 87,540",  # peroneals
    "40,400 40,430 43,462",
    "64,606 63,618 63,632",  # tendons on the foot
    "73,604 76,618 78,630",
    "76,604 84,618 88,630",
    "80,644 80,654",
    "88,644 88,653",
    "95,642 95,650",
)
