"""The words a drawn figure may use: bases, joints with their range of motion, places for hands and feet, props, muscles, points.

Ranges are those of healthy adults, widened to what trained people and passive stretching reach. They catch slips of the pen
(a knee of 750°), they are no norm.

References:
    C. C. Norkin and D. J. White, Measurement of Joint Motion: A Guide to Goniometry (cited from memory), for the ranges of motion.
"""

from __future__ import annotations

VIEWS = ("side", "front")

BASES = {
    "standing": "standing",
    "walking": "walking",
    "sitting": "sitting",
    "long-sitting": "sitting on the floor with the legs straight in front",
    "half-lying": "leaning back, half lying",
    "supine": "lying on the back",
    "hook-lying": "lying on the back with the knees bent and the feet flat",
    "bridge": "lying on the shoulders and the feet with the hips lifted",
    "prone": "lying on the front",
    "side-lying": "lying on the side",
    "four-point": "on hands and knees",
    "hands-and-feet": "on hands and feet",
    "kneeling": "kneeling upright",
    "half-kneeling": "kneeling on one knee with the other foot in front",
    "heel-sitting": "kneeling, sitting back on the heels",
    "cycling": "sitting on an exercise bicycle",
    "recumbent": "sitting on a recumbent exercise bicycle",
    "leg-press": "sitting in a leg press",
    "rowing": "sitting on a rowing machine",
    "back-extension": "lying face down over a sloping bench, legs held",
    "swimming": "swimming on the front",
}
"""How the body is held and what it rests on, in words for those who cannot see the picture."""

FRONT_BASES = ("standing", "walking", "sitting", "kneeling", "half-kneeling")
"""Bases that can be seen from the front."""

TRUNK_RANGES: dict[str, tuple[float, float]] = {
    "trunk": (-180, 180),
    "tilt": (-60, 60),
    "spine": (-90, 110),
    "neck": (-80, 80),
}
"""Lean of the pelvis forward from upright, side lean to the near side, bending of the spine and of the neck forward. [degrees]"""

LEG_RANGES: dict[str, tuple[float, float]] = {
    "hip": (-40, 150),
    "knee": (-10, 165),
    "ankle": (-65, 45),
    "toes": (-50, 90),
    "abduction": (-40, 75),
    "rotation": (-50, 75),
}
"""Flexion of hip and knee, dorsiflexion of the ankle, extension of the toes, abduction and outward rotation of the hip. [degrees]"""

ARM_RANGES: dict[str, tuple[float, float]] = {
    "shoulder": (-70, 185),
    "elbow": (-10, 155),
    "arm_abduction": (-50, 185),
}
"""Flexion of shoulder and elbow, abduction of the shoulder. [degrees]"""

JOINT_WORDS = {
    "trunk": ("trunk leaning forward", "trunk leaning back"),
    "tilt": ("trunk leaning to the working side", "trunk leaning away from the working side"),
    "spine": ("back rounded", "back arched"),
    "neck": ("head bent forward", "head bent back"),
    "hip": ("hip bent", "hip stretched back"),
    "knee": ("knee bent", "knee overstretched"),
    "ankle": ("foot pulled up", "foot pointed down"),
    "toes": ("toes up", "toes curled"),
    "abduction": ("leg out to the side", "leg across the other"),
    "rotation": ("leg turned outward", "leg turned inward"),
    "shoulder": ("arm forward", "arm back"),
    "elbow": ("elbow bent", "elbow overstretched"),
    "arm_abduction": ("arm out to the side", "arm across the body"),
}
"""What a positive and a negative angle look like."""

HANDS = {
    "free": "",
    "rail": "hands on the rail",
    "wall": "hands on the wall",
    "chair": "hands on the back of the chair",
    "table": "hands on the table",
    "seat": "hands on the seat",
    "floor": "hands on the floor",
    "thighs": "hands on the thighs",
    "knees": "hands on the knees",
    "behind-thigh": "hands behind the thigh",
    "shin": "hands round the shin",
    "foot": "hand on the foot",
    "hips": "hands on the hips",
    "belly": "hands on the belly",
    "chest": "arms crossed on the chest",
    "head": "hands beside the head",
    "forward": "arms straight ahead",
    "strap": "hands holding the strap",
    "handles": "hands on the handles",
    "bar": "hands on the bar",
}
"""Where hands may be put. The arm is then bent by itself."""

FEET = {
    "free": "in the air",
    "floor": "on the floor",
    "step": "on the step",
    "chair": "on a chair",
    "together": "against the other foot",
    "wall": "against the wall",
    "ball": "on the ball",
    "pedal-up": "on the pedal, at its highest",
    "pedal-front": "on the pedal, in front",
    "pedal-down": "on the pedal, at its lowest",
    "pedal-back": "on the pedal, behind",
}
"""Where a foot may be put. The leg is then bent by itself."""

_ENDS = ("foot", "heel", "ankle", "knee", "thigh", "pelvis", "hand", "shoulder", "post", "door", "other-foot", "other-ankle", "other-knee")
_LIMB = ("near", "far", "both")

PROPS: dict[str, tuple[str, ...]] = {
    # What one sits, lies or stands on.
    "chair": ("auto", "seat", "front", "behind"),
    "stool": ("auto", "seat", "front", "behind"),
    "bench": ("auto", "seat", "shoulders", "front"),
    "bed": ("auto", "seat", "lying"),
    "mat": ("floor",),
    "pillow": ("head", "knees", "belly", "ankles", "between-knees", "seat", "feet", "knee-floor"),
    "step": ("front", "balls", "feet", "behind"),
    "stairs": ("front",),
    "foam": ("feet",),
    "wobble-board": ("feet",),
    "slope": ("feet",),
    # What one holds or leans on.
    "rail": ("front", "behind", "side"),
    "wall": ("front", "behind"),
    "table": ("front", "behind"),
    "rollator": ("front",),
    "poles": ("hands",),
    "cane": ("near", "far"),
    "partner": ("ankles", "foot", "knee", "thigh", "hands", "pelvis", "back"),
    # What makes it harder, or easier.
    "band": _ENDS,
    "strap": ("foot", "thigh", "knee", "ankle"),
    "towel": ("foot", "floor", "heel", "knee"),
    "ball": ("auto", "feet", "seat", "between-knees", "between-ankles", "back", "hands", "foot"),
    "small-ball": ("between-knees", "between-ankles", "foot", "knee"),
    "slider": _LIMB,
    "ankle-weight": _LIMB,
    "thigh-weight": _LIMB,
    "dumbbells": ("hands",),
    "barbell": ("hands", "pelvis", "back"),
    "kettlebell": ("hands",),
    "stick": ("hands", "back"),
    "backpack": ("back",),
    "sling": _LIMB,
    "splint": _LIMB,
    # Machines and water.
    "leg-press": ("auto",),
    "leg-curl": ("auto",),
    "calf-machine": ("auto",),
    "cycle": ("auto",),
    "recumbent-cycle": ("auto",),
    "arm-ergometer": ("front",),
    "treadmill": ("auto",),
    "rower": ("auto",),
    "pool": ("chest", "waist", "neck"),
    "harness": ("back",),
    "breathing-trainer": ("mouth",),
    # Marks on the floor.
    "line": ("floor",),
    "clock": ("floor",),
    "cones": ("floor",),
}
"""Things, and where each may be; the first place is the default."""

MUSCLES = {
    "gastrocnemius": "calf (gastrocnemius)",
    "soleus": "deep calf (soleus)",
    "tibialis-posterior": "inner deep calf (tibialis posterior)",
    "toe-flexors": "toe flexors",
    "foot-muscles": "small muscles of the sole",
    "tibialis-anterior": "front of the shin (tibialis anterior)",
    "fibularis": "outer shin (fibularis)",
    "hamstrings": "back of the thigh (hamstrings)",
    "quadriceps": "front of the thigh (quadriceps)",
    "adductors": "inner thigh (adductors)",
    "gluteus-maximus": "buttock (gluteus maximus)",
    "gluteus-medius": "side of the hip (gluteus medius)",
    "hip-rotators": "deep buttock (piriformis)",
    "hip-flexors": "front of the hip (hip flexors)",
    "back-muscles": "back muscles",
    "abdominals": "belly muscles",
    "diaphragm": "diaphragm",
    "shoulders": "shoulder",
    "arms": "upper arm",
    "sciatic-nerve": "sciatic nerve",
    "tibial-nerve": "tibial nerve",
}
"""Muscles and nerves that can be marked, in plain words."""

POINTS = ("heel", "ball", "toe", "ankle", "knee", "hip", "shoulder", "elbow", "hand", "head", "chest")
"""Points of the body that may carry an arrow; `far-` before one means the side away from the viewer."""
