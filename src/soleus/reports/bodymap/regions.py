"""Regions of the body map: what lies there, and which finding each mark becomes. Plain data; a clinician can read it.

A mark that fits a finding only roughly says so in `rough`: the finding is broader than the place, or the nearest that the
vocabulary has. A mark that is not listed is not offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from soleus.domain.finding import Side

MARKS = ("weak", "wasted", "painful", "numb", "cramping", "swollen")
"""What somebody can say of a place, in the order of the palette."""

GROUPS = ("Back and hips", "Thigh", "Knee", "Lower leg", "Ankle and foot", "Saddle", "Neck, arms and hands")
BROAD = "the finding keeps the side, not the place"
NO_SIDE = "the finding has no side"
NEAREST = "nearest finding of the vocabulary"


@dataclass(frozen=True)
class Kind:
    """A place that is there once, or once on each side."""

    id: str
    name: str
    """In plain words."""
    clinical: str
    group: str
    findings: Mapping[str, str]
    """Mark: id of the finding."""
    rough: Mapping[str, str] = field(default_factory=dict)
    """Mark: why its finding is only roughly what was marked."""
    muscles: tuple[str, ...] = ()
    """Ids of the anatomy's muscles that are marked here."""
    flesh: bool = True
    """Drawn as muscle; else as tendon, bone or skin."""
    sided: bool = True
    words: Mapping[str, str] = field(default_factory=dict)
    """Mark: its name here, where the usual one misleads."""


@dataclass(frozen=True)
class Region:
    """A place on one side of the body."""

    kind: Kind
    side: Side

    @property
    def id(self) -> str:
        return f"{self.kind.id}-{self.side.value}" if self.kind.sided else self.kind.id

    @property
    def name(self) -> str:
        """Such as `inner calf, left`."""
        return f"{self.kind.name}, {self.side.value}" if self.kind.sided else self.kind.name


def _kind(
    id_: str, name: str, clinical: str, group: str, findings: str, *, muscles: str = "", flesh: bool = True, sided: bool = True,
    words: Mapping[str, str] | None = None,
) -> Kind:  # fmt: skip
    """`findings`: words such as `weak:weak-knee-flexion`; after the mark `~`: the nearest, `*`: broader, `^`: without a side."""
    found, rough = {}, {}
    for word in findings.split():
        mark, finding = word.split(":")
        plain = mark.rstrip("~*^")
        found[plain] = finding
        if mark != plain:
            rough[plain] = {"~": NEAREST, "*": BROAD, "^": NO_SIDE}[mark[-1]]
    return Kind(id_, name, clinical, group, found, rough, tuple(muscles.split()), flesh, sided, words or {})


_CRAMP = "cramping*:muscle-cramps "
_LEG = _CRAMP + "swollen*:leg-swelling "
_QUADS = "weak:weak-knee-extension wasted:wasting-thigh painful:anterior-thigh-pain numb:numb-anterior-thigh " + _LEG
_HAMS = "weak:weak-knee-flexion wasted:wasting-thigh painful:posterior-thigh-pain numb:numb-posterior-thigh " + _LEG
_CALF = "weak:weak-ankle-plantarflexion wasted:wasting-calf painful:calf-pain numb:numb-posterior-calf swollen:calf-swelling " + _CRAMP
_BACK, _THIGH, _KNEE, _SHANK, _FOOT, _SADDLE, _ARM = GROUPS

KINDS: tuple[Kind, ...] = (
    _kind("low-back", "low back", "lumbar region", _BACK, "painful:low-back-pain", sided=False),
    _kind("hip-side", "side of the hip", "gluteus medius and minimus, tensor fasciae latae", _BACK,
          "weak:weak-hip-abduction wasted~:wasting-buttock painful:hip-abductor-pain numb~:numb-lateral-thigh " + _CRAMP,
          muscles="gluteus-medius gluteus-minimus tensor-fasciae-latae"),
    _kind("buttock", "buttock", "gluteus maximus", _BACK,
          "weak:weak-hip-extension wasted:wasting-buttock painful:buttock-pain numb:numb-buttock swollen:buttock-swelling " + _CRAMP,
          muscles="gluteus-maximus"),
    _kind("sit-bone", "sitting bone", "ischial tuberosity, hamstring origin", _BACK, "painful:ischial-pain numb~:numb-buttock",
          flesh=False),
    _kind("groin", "groin", "iliopsoas, femoral triangle", _BACK, "weak:weak-hip-flexion painful:groin-pain swollen:groin-mass",
          muscles="iliopsoas", words={"weak": "weak (lifting the thigh)", "swollen": "a lump or swelling"}),
    _kind("thigh-outer", "outer thigh", "iliotibial tract over vastus lateralis", _THIGH,
          "weak*:weak-leg-proximal wasted:wasting-thigh painful*:thigh-pain numb:numb-lateral-thigh " + _LEG, flesh=False),
    _kind("thigh-front-outer", "front of the thigh, outer part", "vastus lateralis", _THIGH, _QUADS, muscles="quadriceps"),
    _kind("thigh-front-middle", "front of the thigh, middle", "rectus femoris", _THIGH, _QUADS, muscles="quadriceps"),
    _kind("thigh-front-inner", "front of the thigh, inner part", "vastus medialis", _THIGH, _QUADS, muscles="quadriceps"),
    _kind("thigh-inner", "inner thigh", "adductors, gracilis", _THIGH,
          "weak:weak-hip-adduction wasted:wasting-thigh painful*:thigh-pain numb:numb-inner-thigh " + _LEG,
          muscles="adductors-obturator gracilis"),
    _kind("hamstring-inner", "back of the thigh, inner part", "semitendinosus and semimembranosus", _THIGH, _HAMS,
          muscles="semitendinosus semimembranosus"),
    _kind("hamstring-outer", "back of the thigh, outer part", "biceps femoris", _THIGH, _HAMS,
          muscles="biceps-femoris-long biceps-femoris-short"),
    _kind("knee-front", "front of the knee", "patella and its tendon", _KNEE,
          "weak~:weak-knee-extension painful:knee-pain numb*:numb-leg swollen^:joint-swelling", flesh=False, words={"weak": "giving way"}),
    _kind("knee-back", "back of the knee", "popliteal fossa", _KNEE,
          "painful:popliteal-pain numb~:numb-posterior-thigh swollen:popliteal-mass", flesh=False, words={"swollen": "a lump or swelling"}),
    _kind("calf-inner", "inner calf", "gastrocnemius, medial head", _SHANK, _CALF, muscles="gastrocnemius-medial"),
    _kind("calf-outer", "outer calf", "gastrocnemius, lateral head", _SHANK, _CALF, muscles="gastrocnemius-lateral"),
    _kind("soleus", "lower calf", "soleus", _SHANK, _CALF, muscles="soleus"),
    _kind("shin", "shin muscle", "tibialis anterior, extensor hallucis longus and digitorum longus", _SHANK,
          "weak:weak-ankle-dorsiflexion wasted:wasting-shin painful:shin-pain numb:numb-lateral-leg " + _LEG,
          muscles="tibialis-anterior extensor-digitorum-longus extensor-hallucis-longus", words={"weak": "weak (lifting the foot)"}),
    _kind("shin-inner", "shin bone and inner lower leg", "tibia, medial surface", _SHANK,
          "painful:shin-pain numb:numb-medial-leg swollen*:leg-swelling", flesh=False),
    _kind("shin-outer", "outer side of the lower leg", "fibularis (peroneus) longus and brevis", _SHANK,
          "weak:weak-ankle-eversion wasted~:wasting-shin painful~:shin-pain numb:numb-lateral-leg " + _LEG,
          muscles="fibularis-longus fibularis-brevis", words={"weak": "weak (turning the foot out)"}),
    _kind("achilles", "Achilles tendon", "tendo calcaneus", _SHANK,
          "weak~:weak-ankle-plantarflexion painful:ankle-pain numb~:numb-posterior-calf swollen*:leg-swelling", flesh=False),
    _kind("ankle-inner", "inner ankle", "tibialis posterior behind the medial malleolus", _FOOT,
          "weak:weak-ankle-inversion painful:ankle-pain numb~:numb-medial-leg swollen*:leg-swelling",
          muscles="tibialis-posterior", flesh=False, words={"weak": "weak (turning the foot in)"}),
    _kind("ankle-outer", "outer ankle", "fibular tendons behind the lateral malleolus", _FOOT,
          "weak~:weak-ankle-eversion painful:ankle-pain numb~:numb-lateral-foot swollen*:leg-swelling",
          flesh=False, words={"weak": "weak (turning the foot out)"}),
    _kind("heel", "heel", "calcaneus", _FOOT, "painful:heel-pain numb:numb-heel swollen*:leg-swelling", flesh=False),
    _kind("foot-top", "top of the foot", "dorsum, extensor digitorum brevis", _FOOT,
          "weak~:weak-ankle-dorsiflexion wasted:wasting-foot painful*:foot-pain numb:numb-dorsum-foot " + _LEG,
          flesh=False, words={"weak": "weak (lifting the foot)"}),
    _kind("toe-gap", "between the big toe and the next", "first web space", _FOOT, "painful*:foot-pain numb:numb-first-web", flesh=False),
    _kind("big-toe", "big toe", "hallux; extensor hallucis longus lifts it", _FOOT,
          "weak:weak-great-toe-extension painful*:foot-pain numb~:numb-dorsum-foot cramping*:muscle-cramps swollen^:joint-swelling",
          muscles="extensor-hallucis-longus", flesh=False, words={"weak": "weak (lifting the toe)"}),
    _kind("small-toes", "smaller toes", "long toe flexors curl them", _FOOT,
          "weak:weak-toe-flexion painful*:foot-pain numb*:numb-foot cramping*:muscle-cramps swollen^:joint-swelling",
          muscles="flexor-digitorum-longus flexor-hallucis-longus", flesh=False, words={"weak": "weak (curling the toes)"}),
    _kind("foot-outer", "outer edge of the foot", "fifth metatarsal, sural territory", _FOOT,
          "painful*:foot-pain numb:numb-lateral-foot swollen*:leg-swelling", flesh=False),
    _kind("ball", "ball of the foot", "heads of the metatarsals", _FOOT, "painful:sole-pain numb:numb-sole", flesh=False),
    _kind("arch", "arch of the foot", "small muscles of the sole", _FOOT,
          "weak:weak-foot-intrinsics wasted:wasting-foot painful:sole-pain numb:numb-sole " + _LEG,
          muscles="foot-intrinsics-medial foot-intrinsics-lateral", words={"weak": "weak (spreading the toes, cupping the foot)"}),
    _kind("saddle", "saddle: between the legs", "perineum, S3 to S5", _SADDLE, "numb:numb-saddle", flesh=False, sided=False),
    _kind("neck", "neck", "cervical region", _ARM, "weak:weak-neck painful:neck-pain", muscles="neck-muscles", sided=False),
    _kind("mid-back", "upper and middle back", "thoracic region", _ARM, "painful:thoracic-back-pain", sided=False),
    _kind("upper-arm", "shoulder and upper arm", "deltoid, biceps, triceps", _ARM,
          "weak:weak-arm-proximal painful^:arm-pain " + _CRAMP, muscles="shoulder-elbow"),
    _kind("forearm", "forearm", "muscles of wrist and fingers", _ARM,
          "weak:weak-arm-distal painful^:arm-pain " + _CRAMP, muscles="wrist-finger-extensors finger-flexors"),
    _kind("hand", "hand", "small muscles of the hand", _ARM,
          "weak:weak-arm-distal wasted:wasting-hand painful^:arm-pain numb:numb-hands " + _CRAMP, muscles="hand-intrinsics"),
    _kind("fingers", "fingers and thumb", "fine movements", _ARM,
          "weak^:hand-clumsiness painful^:arm-pain numb:numb-hands swollen^:joint-swelling", flesh=False,
          words={"weak": "clumsy (buttons, writing)"}),
)  # fmt: skip

REGIONS: Mapping[str, Region] = {
    region.id: region
    for kind in KINDS
    for region in ([Region(kind, Side.LEFT), Region(kind, Side.RIGHT)] if kind.sided else [Region(kind, Side.UNSTATED)])
}
"""Every region by id, such as `calf-inner-left`."""
