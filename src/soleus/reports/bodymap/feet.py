"""The feet from above and the soles from below, toes up, left foot on the left. One side, in pixels; see `curves`."""

from __future__ import annotations

HEIGHT = 236
FOOT = {
    "inner": "heel-mid=60,216 45,209 h-in=39,190 m-in=38,164 34,134 b-in=27,106 24,84 t-in=27,64 25,46 29,31 39,26 47,32 49,48 cleft=49,62",
    "toes": "cleft 51,46 54,34 61,32 66,40 66,54 68,44 75,40 79,48 79,62 82,54 89,54 91,63 t4=90,75 93,70 99,73 100,83 t-out=97,94",
    "outer": "t-out b-out=102,112 101,138 m-out=96,164 h-out=86,192 78,209 heel-mid",
    "toe-base": "t-in 38,67 cleft 64,68 78,76 90,86 t-out",
}
TOP_CURVES = {
    **FOOT,
    "edge": "e1=88,84 87,112 84,140 e2=78,166 74,190 e3=73,212",
    "ankle": "m-in 48,154 60,150 e4=80,158",
    "web": "w1=42,66 45,80 w2=50,92 56,80 w3=59,65",
    "web-top": "w1 cleft w3",
    "base-a": "t-in 34,66 w1",
    "base-b": "w3 74,73 e1",
    "base-c": "e1 t-out",
    "edge-low": "e1 87,112 85,136 e4",
}
TOP_SHAPES = {
    "big-toe": "inner t-in cleft, web-top cleft w1, base-a w1 t-in",
    "toe-gap": "web-top w1 w3, web w3 w1",
    "small-toes": "toes cleft t-out, base-c t-out e1, base-b e1 w3, web-top w3 cleft",
    "foot-top": "base-a t-in w1, web w1 w3, base-b w3 e1, edge-low e1 e4, ankle e4 m-in, inner m-in t-in",
    "foot-outer": "base-c e1 t-out, outer t-out m-out, - m-out e4, edge-low e4 e1",
}
TOP_CONTEXT = {"leg": "ankle m-in e4, - e4 m-out, outer m-out heel-mid, inner heel-mid m-in"}
TOP_DETAIL = (
    "37,72 43,100 52,146",
    "60,74 60,108 58,146",
    "74,82 70,114 63,146",
    "33,38 33,34 38,31 44,34 45,39",
    "55,40 57,36 61,37 63,42",
    "69,48 72,44 76,48",
    "84,60 87,58 89,63",
    "94,78 97,76 98,81",
    "46,170 58,163 72,172 70,190 58,198 46,190 46,170",
)
SOLE_CURVES = {
    **FOOT,
    "ball-low": "b-in 46,116 66,120 c1=84,122 b-out",
    "sole-edge": "c1 84,142 c2=80,166",
    "heel-top": "m-in 50,170 hp=66,171 c2 m-out",
}
SOLE_SHAPES = {
    "big-toe": "inner t-in cleft, toe-base cleft t-in",
    "small-toes": "toes cleft t-out, toe-base t-out cleft",
    "ball": "toe-base t-in t-out, outer t-out b-out, ball-low b-out b-in, inner b-in t-in",
    "arch": "ball-low b-in c1, sole-edge c1 c2, heel-top c2 m-in, inner m-in b-in",
    "foot-outer": "ball-low c1 b-out, outer b-out m-out, heel-top m-out c2, sole-edge c2 c1",
    "heel": "heel-top m-in m-out, outer m-out heel-mid, inner heel-mid m-in",
}
SOLE_DETAIL = (
    "44,178 60,175 78,180",
    "36,80 44,74 54,80",
    "36,128 44,136 46,156",
    "60,124 61,146 60,166",
)
