"""Back, arms and hands from behind, and the saddle from below. One side, in pixels of the panel; see `curves`."""

from __future__ import annotations

UPPER_HEIGHT = 268
UPPER_CURVES = {
    "head": "crown=0,32 18,40 22,58 17,78 n1=13,86 n0=0,92",
    "neck": "n1 14,98 n2=24,108",
    "neck-low": "n2 12,113 n3=0,114",
    "shoulder": "n2 40,114 sh=54,121",
    "arm-outer": "sh 70,126 80,140 88,156 el-o=101,168 114,186 wr-o=126.3,206",
    "arm-inner": "ax=58,146 68,160 el-i=84,180 97,198 wr-i=112.7,216",
    "arm-top": "sh 56,132 ax",
    "elbow": "el-o 93,175 el-i",
    "wrist": "wr-o 120,211 wr-i",
    "flank": "ax 54,170 50,200 f1=50,226",
    "back-low": "f1 f0=0,226",
    "hand-outer": "wr-o 135.5,214 kn-o=145.3,223",
    "hand-inner": "wr-i 113,224 112.5,234 115.5,244 119,247 122,244 121.5,238 kn-i=125,238",
    "knuckles": "kn-o 140.5,229 134.7,234.6 kn-i",
    "fingers": "kn-o 152.7,231 155.7,237.6 153,240 147,235.3 143,230.8 149.3,238.7 154.3,247.4 151,249.8 144,242.5 137.8,234.8 144,243.8 "
    "149.4,253 146,254.8 139,246.5 132.7,238.6 137,245.4 140.3,253 137,254.2 129.5,246 kn-i",
}
UPPER_SHAPES = {
    "neck": "head n0 n1, neck n1 n2, neck-low n2 n3",
    "mid-back": "neck-low n3 n2, shoulder n2 sh, arm-top sh ax, flank ax f1, back-low f1 f0",
    "upper-arm": "arm-top ax sh, arm-outer sh el-o, elbow el-o el-i, arm-inner el-i ax",
    "forearm": "elbow el-i el-o, arm-outer el-o wr-o, wrist wr-o wr-i, arm-inner wr-i el-i",
    "hand": "wrist wr-i wr-o, hand-outer wr-o kn-o, knuckles kn-o kn-i, hand-inner kn-i wr-i",
    "fingers": "knuckles kn-i kn-o, fingers kn-o kn-i",
}
UPPER_CONTEXT = {"head": "head crown n0"}
UPPER_DETAIL = (
    "0,120 0,220",
    "20,140 34,146 40,166 26,176 18,158 20,140",
    "74,140 80,158 88,174",
    "98,184 106,196 114,208",
    "126,219 133,225",
)

SADDLE_HEIGHT = 190
SADDLE_CURVES = {
    "seat": "s0=0,52 10,44 34,30 72,26 108,42 122,74 112,104 94,124 78,146 48,160 20,160 6,154 s9=0,150",
    "saddle": "m0=0,54 8,56 12,70 20,88 32,104 36,122 28,138 12,145 m9=0,146",
    "ring": "r0=0,106 12,109 18,122 12,135 r9=0,138",
}
SADDLE_SHAPES = {"saddle": "saddle m0 m9"}
SADDLE_CONTEXT = {"seat": "seat s0 s9"}
SADDLE_DETAIL = (
    "0,112 6,116 8,122 6,129 0,132",
    "0,54 5,60 6,72 0,82",
    "14,46 34,70 62,90 94,104",
    "0,136 0,150",
)
