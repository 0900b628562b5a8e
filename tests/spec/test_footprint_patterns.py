"""Which lesion weakens what: the pattern tables of the textbooks, one rule a test.

Sources: Patten, Neurological Differential Diagnosis, 2nd ed. 1996; Preston and Shapiro, Electromyography and Neuromuscular
Disorders, 4th ed. 2020; Aids to the Examination of the Peripheral Nervous System, 5th ed. 2010, unless a test names another.
The picture is that of a severe, one-sided lesion unless said otherwise: weak means P > 0.5, spared P < 0.2.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import pytest

import soleus
from soleus.domain.anatomy import Anatomy
from soleus.knowledge.anatomy_loader import load_anatomy
from soleus.reasoning.deficits import deficits
from soleus.reasoning.footprint import Footprint, footprint

DATA = Path(soleus.__file__).parent / "knowledge" / "data" / "anatomy"
GLUT_MAX, GLUT_MED, HAMSTRINGS, CALF = (
    "weak-hip-extension",
    "weak-hip-abduction",
    "weak-knee-flexion",
    "weak-ankle-plantarflexion",
)
TIB_POST, TIB_ANT, EHL, EVERTORS = (
    "weak-ankle-inversion",
    "weak-ankle-dorsiflexion",
    "weak-great-toe-extension",
    "weak-ankle-eversion",
)
QUADRICEPS, ADDUCTORS, ILIOPSOAS = "weak-knee-extension", "weak-hip-adduction", "weak-hip-flexion"
TOE_FLEXORS, INTRINSICS = "weak-toe-flexion", "weak-foot-intrinsics"
KNEE, ANKLE, MEDIAL_HAMSTRING = "reflex-knee", "reflex-ankle", "reflex-medial-hamstring"
LEG = (
    GLUT_MAX,
    GLUT_MED,
    HAMSTRINGS,
    CALF,
    TIB_POST,
    TIB_ANT,
    EHL,
    EVERTORS,
    QUADRICEPS,
    ADDUCTORS,
    ILIOPSOAS,
    TOE_FLEXORS,
    INTRINSICS,
)
TERRITORIES = (
    "numb-buttock",
    "numb-posterior-thigh",
    "numb-lateral-thigh",
    "numb-anterior-thigh",
    "numb-inner-thigh",
    "numb-medial-leg",
    "numb-lateral-leg",
    "numb-posterior-calf",
    "numb-heel",
    "numb-sole",
    "numb-lateral-foot",
    "numb-dorsum-foot",
    "numb-first-web",
)


@lru_cache(maxsize=1)
def anatomy() -> Anatomy:
    return load_anatomy(DATA)


@cache
def lesion(site: str, side: str = "left", degree: str = "severe") -> Footprint:
    return footprint(anatomy(), site, side, degree)


def weak(found: Footprint, movement: str, side: str = "left") -> float:
    return 1.0 - found[movement, side]["normal"]


def lost(found: Footprint, reflex: str, side: str = "left") -> float:
    return found[reflex, side]["absent"] + found[reflex, side]["reduced"]


def present(found: Footprint, finding: str, side: str = "left") -> float:
    return found[finding, side if (finding, side) in found else "none"]["present"]


PATTERNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # site: (weak, spared)
    "root-S1": ((GLUT_MAX, HAMSTRINGS, CALF), (TIB_POST, TIB_ANT, EHL, QUADRICEPS, ADDUCTORS, ILIOPSOAS)),
    "root-L5": ((GLUT_MED, HAMSTRINGS, TIB_POST, TIB_ANT, EHL, EVERTORS), (CALF, QUADRICEPS, ADDUCTORS, ILIOPSOAS)),
    "root-L4": ((TIB_ANT, QUADRICEPS, ADDUCTORS), (GLUT_MAX, HAMSTRINGS, CALF, EHL, EVERTORS, ILIOPSOAS)),
    "root-L3": ((QUADRICEPS, ADDUCTORS), (GLUT_MAX, GLUT_MED, HAMSTRINGS, CALF, TIB_POST, TIB_ANT, EHL, EVERTORS)),
    "root-L2": ((ILIOPSOAS,), (GLUT_MAX, GLUT_MED, HAMSTRINGS, CALF, TIB_POST, TIB_ANT, EHL, EVERTORS, QUADRICEPS)),
    "cauda-sacral": ((CALF, INTRINSICS), (TIB_ANT, EVERTORS, QUADRICEPS, ADDUCTORS, ILIOPSOAS)),
    "cauda-equina": ((GLUT_MAX, GLUT_MED, HAMSTRINGS, CALF, TIB_POST, TIB_ANT, EVERTORS), (ILIOPSOAS,)),
    "plexus-sacral": ((GLUT_MAX, GLUT_MED, HAMSTRINGS, CALF, TIB_POST, TIB_ANT, EVERTORS), (QUADRICEPS, ADDUCTORS, ILIOPSOAS)),
    "plexus-lumbar": ((QUADRICEPS, ADDUCTORS, ILIOPSOAS), (GLUT_MAX, GLUT_MED, HAMSTRINGS, CALF, TIB_POST, TIB_ANT, EVERTORS)),
    "plexus-lumbosacral": ((GLUT_MED, TIB_ANT, QUADRICEPS, ADDUCTORS, ILIOPSOAS), ()),
    "sciatic-buttock": (
        (HAMSTRINGS, CALF, TIB_POST, TIB_ANT, EVERTORS, INTRINSICS),
        (GLUT_MAX, GLUT_MED, QUADRICEPS, ADDUCTORS, ILIOPSOAS),
    ),
    "sciatic-thigh": ((CALF, TIB_POST, TIB_ANT, EVERTORS, INTRINSICS), (GLUT_MAX, GLUT_MED, HAMSTRINGS, QUADRICEPS, ADDUCTORS)),
    "sciatic-fibular-part": ((TIB_ANT, EHL, EVERTORS), (GLUT_MAX, GLUT_MED, HAMSTRINGS, CALF, TIB_POST, QUADRICEPS)),
    "sciatic-tibial-part": ((HAMSTRINGS, CALF, TIB_POST), (GLUT_MAX, GLUT_MED, TIB_ANT, EHL, EVERTORS, QUADRICEPS)),
    "tibial-knee": (
        (CALF, TIB_POST, TOE_FLEXORS, INTRINSICS),
        (GLUT_MAX, GLUT_MED, HAMSTRINGS, TIB_ANT, EVERTORS, QUADRICEPS, ADDUCTORS),
    ),
    "tibial-calf": ((TIB_POST, TOE_FLEXORS, INTRINSICS), (CALF, HAMSTRINGS, TIB_ANT, EVERTORS)),
    "tarsal-tunnel": ((INTRINSICS,), (CALF, TIB_POST, TOE_FLEXORS, TIB_ANT, HAMSTRINGS)),
    "fibular-knee": ((TIB_ANT, EHL, EVERTORS), (GLUT_MAX, GLUT_MED, HAMSTRINGS, CALF, TIB_POST, QUADRICEPS, ADDUCTORS)),
    "fibular-deep": ((TIB_ANT, EHL), (EVERTORS, TIB_POST, CALF)),
    "fibular-superficial": ((EVERTORS,), (TIB_ANT, EHL, TIB_POST, CALF)),
    "femoral": ((QUADRICEPS,), (ADDUCTORS, HAMSTRINGS, CALF, TIB_ANT, GLUT_MED)),
    "obturator": ((ADDUCTORS,), (QUADRICEPS, ILIOPSOAS, TIB_ANT)),
    "gluteal-superior": ((GLUT_MED,), (GLUT_MAX, HAMSTRINGS, TIB_ANT)),
    "gluteal-inferior": ((GLUT_MAX,), (GLUT_MED, HAMSTRINGS, CALF)),
    "anterior-horn-leg": ((CALF, TIB_ANT), ()),
    "polyneuropathy-length-dependent": (
        (INTRINSICS, EHL, TIB_ANT, EVERTORS),
        (GLUT_MAX, GLUT_MED, HAMSTRINGS, QUADRICEPS, ADDUCTORS),
    ),
    "muscle-limb-girdle": ((GLUT_MAX, GLUT_MED, HAMSTRINGS, QUADRICEPS, ADDUCTORS, ILIOPSOAS), (CALF, TIB_POST, EVERTORS)),
    "muscle-calf-first": ((CALF,), (GLUT_MED, TIB_ANT, EVERTORS, QUADRICEPS)),
    "muscle-anterior-distal": ((TIB_ANT, EHL), (CALF, QUADRICEPS)),
    "muscle-quadriceps-forearm": ((QUADRICEPS, "weak-finger-flexion"), (CALF,)),
    "tendon-achilles": ((CALF,), tuple(m for m in LEG if m != CALF)),
    "tendon-hamstring-origin": ((HAMSTRINGS,), (GLUT_MED, CALF, TIB_ANT, QUADRICEPS)),
    "tendon-gluteal": ((GLUT_MED,), (HAMSTRINGS, CALF, TIB_ANT, QUADRICEPS)),
    "tendon-tibialis-posterior": ((TIB_POST,), (TIB_ANT, EVERTORS, HAMSTRINGS)),
    "vessel-artery-leg-acute": ((TIB_ANT, EHL, INTRINSICS), (GLUT_MAX, GLUT_MED, QUADRICEPS)),
    "vessel-popliteal-artery": ((), LEG),
}


@pytest.mark.parametrize(("site", "movement"), [(s, m) for s, (hit, _) in PATTERNS.items() for m in hit])
def test_site_weakens_movement(site: str, movement: str) -> None:
    assert weak(lesion(site), movement) > 0.5


@pytest.mark.parametrize(("site", "movement"), [(s, m) for s, (_, spared) in PATTERNS.items() for m in spared])
def test_site_spares_movement(site: str, movement: str) -> None:
    assert weak(lesion(site), movement) < 0.2


@pytest.mark.parametrize(
    ("site", "reflex"),
    [
        ("root-S1", ANKLE),
        ("root-L5", MEDIAL_HAMSTRING),
        ("root-L4", KNEE),
        ("cauda-equina", ANKLE),
        ("cauda-equina", MEDIAL_HAMSTRING),
        ("cauda-sacral", ANKLE),
        ("plexus-sacral", ANKLE),
        ("plexus-sacral", MEDIAL_HAMSTRING),
        ("plexus-lumbosacral", KNEE),
        ("sciatic-buttock", ANKLE),
        ("sciatic-buttock", MEDIAL_HAMSTRING),
        ("sciatic-thigh", ANKLE),
        ("tibial-knee", ANKLE),
        ("femoral", KNEE),
        ("polyneuropathy-length-dependent", ANKLE),
        ("polyradiculoneuropathy", ANKLE),
        ("polyradiculoneuropathy", KNEE),
        ("polyneuropathy-sensory", ANKLE),
        ("muscle-calf-first", ANKLE),
        ("anterior-horn-proximal", KNEE),
        ("junction-presynaptic", KNEE),
    ],
)
def test_site_loses_reflex(site: str, reflex: str) -> None:
    assert lost(lesion(site), reflex) > 0.5


@pytest.mark.parametrize(
    ("site", "reflex"),
    [
        ("root-S1", KNEE),
        ("root-L5", ANKLE),
        ("root-L5", KNEE),
        ("root-L4", ANKLE),
        ("root-L4", MEDIAL_HAMSTRING),
        ("fibular-knee", ANKLE),
        ("fibular-knee", MEDIAL_HAMSTRING),
        ("tibial-knee", MEDIAL_HAMSTRING),
        ("sciatic-thigh", MEDIAL_HAMSTRING),
        ("sciatic-buttock", KNEE),
        ("tarsal-tunnel", ANKLE),
        ("tibial-calf", ANKLE),
        ("plexus-sacral", KNEE),
        ("femoral", ANKLE),
        ("obturator", KNEE),
        ("muscle-exertional", ANKLE),
        ("junction-oculobulbar", KNEE),
        ("functional-leg", KNEE),
        ("functional-leg", ANKLE),
        ("muscle-local-calf", ANKLE),
    ],
)
def test_site_keeps_reflex(site: str, reflex: str) -> None:
    assert lost(lesion(site), reflex) < 0.2


def test_achilles_rupture_does_not_abolish_the_reflex_arc() -> None:
    assert lost(lesion("tendon-achilles", degree="moderate"), ANKLE) < 0.2


@pytest.mark.parametrize(
    ("site", "areas"),
    [
        ("root-S1", ("numb-lateral-foot", "numb-heel")),
        ("root-L5", ("numb-dorsum-foot", "numb-first-web", "numb-lateral-leg")),
        ("root-L4", ("numb-medial-leg",)),
        ("root-S2", ("numb-posterior-thigh",)),
        ("cauda-sacral", ("numb-saddle", "numb-posterior-thigh")),
        ("conus", ("numb-saddle",)),
        ("cauda-equina", ("numb-saddle", "numb-sole", "numb-lateral-foot")),
        ("plexus-sacral", ("numb-posterior-thigh", "numb-sole", "numb-dorsum-foot")),
        ("sciatic-buttock", ("numb-sole", "numb-dorsum-foot", "numb-lateral-leg")),
        ("tibial-knee", ("numb-sole", "numb-heel")),
        ("tarsal-tunnel", ("numb-sole",)),
        ("fibular-knee", ("numb-dorsum-foot", "numb-first-web")),
        ("fibular-deep", ("numb-first-web",)),
        ("fibular-superficial", ("numb-dorsum-foot",)),
        ("femoral", ("numb-medial-leg", "numb-anterior-thigh")),
        ("lateral-femoral-cutaneous", ("numb-lateral-thigh",)),
        ("sural", ("numb-lateral-foot",)),
        ("saphenous", ("numb-medial-leg",)),
        ("posterior-femoral-cutaneous", ("numb-posterior-thigh",)),
        ("pudendal", ("numb-saddle",)),
        ("obturator", ("numb-inner-thigh",)),
        ("polyneuropathy-length-dependent", ("numb-stocking", "numb-sole")),
    ],
)
def test_site_numbs_area(site: str, areas: tuple[str, ...]) -> None:
    for area in areas:
        assert present(lesion(site), area) > 0.5, area


@pytest.mark.parametrize(
    ("site", "areas"),
    [
        ("sciatic-buttock", ("numb-medial-leg", "numb-posterior-thigh", "numb-saddle")),
        ("tibial-knee", ("numb-dorsum-foot", "numb-medial-leg", "numb-posterior-thigh")),
        ("fibular-knee", ("numb-sole", "numb-medial-leg", "numb-lateral-foot")),
        ("tarsal-tunnel", ("numb-dorsum-foot", "numb-posterior-calf")),
        ("root-L5", ("numb-medial-leg", "numb-saddle", "numb-heel")),
        ("root-S1", ("numb-medial-leg", "numb-dorsum-foot", "numb-saddle")),
        ("root-L4", ("numb-sole", "numb-lateral-foot", "numb-saddle")),
        ("femoral", ("numb-dorsum-foot", "numb-lateral-leg")),
        ("fibular-deep", ("numb-dorsum-foot", "numb-lateral-leg")),
    ],
)
def test_site_leaves_area(site: str, areas: tuple[str, ...]) -> None:
    for area in areas:
        assert present(lesion(site), area) < 0.2, area


MOTOR_ONLY = (
    "anterior-horn-leg",
    "anterior-horn-generalised",
    "anterior-horn-umn",
    "anterior-horn-proximal",
    "anterior-horn-distal",
    "junction-limb",
    "junction-presynaptic",
    "junction-oculobulbar",
    "junction-descending",
    "muscle-limb-girdle",
    "muscle-calf-first",
    "muscle-anterior-distal",
    "muscle-quadriceps-forearm",
    "muscle-facioscapulohumeral",
    "muscle-generalised",
    "muscle-distal-face",
    "muscle-axial-proximal",
    "muscle-exertional",
    "muscle-periodic",
    "tendon-achilles",
    "tendon-quadriceps",
    "polyneuropathy-motor",
)


@pytest.mark.parametrize("site", MOTOR_ONLY)
def test_motor_sites_leave_sensation(site: str) -> None:
    for area in TERRITORIES:
        assert present(lesion(site), area) < 0.06, area


def test_s1_root_weakens_gluteus_maximus_and_sciatic_and_tibial_nerves_do_not() -> None:
    assert weak(lesion("root-S1"), GLUT_MAX) > 0.5
    assert max(weak(lesion(site), GLUT_MAX) for site in ("sciatic-buttock", "sciatic-thigh", "tibial-knee")) < 0.2


def test_l5_root_weakens_inversion_and_hip_abduction_and_fibular_palsy_spares_both() -> None:
    """Katirji and Wilbourn, Neurology 1988."""
    for movement in (TIB_POST, GLUT_MED):
        assert weak(lesion("root-L5"), movement) > 0.5
        assert weak(lesion("fibular-knee"), movement) < 0.1


def test_soleal_arch_lesion_spares_the_calf_that_a_popliteal_lesion_weakens() -> None:
    assert weak(lesion("tibial-knee"), CALF) > 0.9
    assert weak(lesion("tibial-calf"), CALF) < 0.1


def test_short_head_of_biceps_is_lost_above_the_knee_only() -> None:
    def short_head(site: str) -> float:
        return deficits(anatomy(), anatomy().sites[site], 1.0).muscles["biceps-femoris-short"]

    assert short_head("sciatic-fibular-part") == pytest.approx(1.0)
    assert short_head("fibular-knee") == 0.0


def test_paraspinals_are_denervated_by_a_root_and_not_by_a_nerve_or_plexus() -> None:
    def multifidus(site: str) -> float:
        return deficits(anatomy(), anatomy().sites[site], 1.0).muscles["multifidus-lumbar"]

    assert multifidus("root-S1") > 0.2
    assert multifidus("sciatic-buttock") == multifidus("plexus-sacral") == 0.0


@pytest.mark.parametrize("site", ["cord-thoracic", "cord-cervical", "cord-corticospinal", "brain-hemisphere", "brain-leg-area"])
def test_upper_motor_neurone_lesion_weakens_flexors_more_than_extensors(site: str) -> None:
    found = lesion(site, degree="moderate")
    for flexor in (ILIOPSOAS, HAMSTRINGS, TIB_ANT):
        assert weak(found, flexor) > 0.5
        for extensor in (QUADRICEPS, CALF):
            assert weak(found, flexor) > weak(found, extensor) + 0.2
    assert weak(found, CALF) < 0.35


@pytest.mark.parametrize("site", ["cord-thoracic", "cord-cervical", "cord-corticospinal"])
def test_cord_makes_knee_and_ankle_brisk_and_the_plantar_extensor(site: str) -> None:
    """Extensor plantar: sensitivity 0.51 over all upper-motor-neurone lesions, more in established cord disease."""
    found = lesion(site, "both", "moderate")
    for side in ("left", "right"):
        assert found[KNEE, side]["brisk"] > 0.5
        assert found[ANKLE, side]["brisk"] > found[ANKLE, side]["absent"] + found[ANKLE, side]["reduced"]
        assert 0.5 < present(found, "plantar-extensor", side) < 0.95
        assert present(found, "wasting-calf", side) < 0.1


def test_thoracic_cord_leaves_the_arms_and_cervical_cord_does_not() -> None:
    assert weak(lesion("cord-thoracic", "both"), "weak-arm-distal") < 0.05
    assert weak(lesion("cord-cervical", "both"), "weak-arm-distal") > 0.5


def test_cord_disturbs_the_bladder_and_single_roots_do_not() -> None:
    assert 0.4 <= present(lesion("cord-thoracic", "both", "moderate"), "bladder-dysfunction") <= 0.65
    assert present(lesion("root-S1"), "bladder-dysfunction") < 0.1


def test_acute_anterior_cord_is_flaccid_with_vibration_kept() -> None:
    """Zalewski and others, JAMA Neurology 2019: spinal cord infarction."""
    found = lesion("cord-anterior", "both", "moderate")
    assert lost(found, KNEE) > found[KNEE, "left"]["brisk"]
    assert present(found, "dissociated-sensory-loss") > 0.5
    assert present(found, "vibration-loss-feet") < 0.1


def test_conus_gives_saddle_numbness_and_sphincters_with_little_weakness_of_the_hip_flexors() -> None:
    found = lesion("conus", "both", "moderate")
    assert min(present(found, i) for i in ("numb-saddle", "bladder-dysfunction", "bowel-dysfunction")) > 0.5
    assert weak(found, ILIOPSOAS) < 0.3


def test_cauda_equina_loses_the_ankle_reflex_more_than_the_knee_reflex() -> None:
    found = lesion("cauda-equina", "both", "moderate")
    assert lost(found, ANKLE) > lost(found, KNEE) + 0.3
    assert present(found, "plantar-extensor") < 0.05


def test_als_mixes_wasting_with_brisk_reflexes_and_spares_sensation_and_bladder() -> None:
    """Hardiman and others, Nature Reviews Disease Primers 2017."""
    found = lesion("anterior-horn-umn", "left", "moderate")
    assert found[KNEE, "left"]["brisk"] > 0.4
    assert present(found, "wasting-leg") > 0.4
    assert present(found, "fasciculations-leg") > 0.5
    assert present(found, "sensory-loss-any") < 0.12
    assert present(found, "bladder-dysfunction") < 0.1


def test_length_dependent_neuropathy_spares_the_calf_until_late() -> None:
    """Bourque and Dyck, Archives of Neurology 1990: plantar flexors never weaker than dorsiflexors in 86 people."""
    for degree in ("mild", "moderate", "severe"):
        found = lesion("polyneuropathy-length-dependent", "both", degree)
        assert weak(found, CALF) < weak(found, TIB_ANT)
    assert weak(lesion("polyneuropathy-length-dependent", "both", "moderate"), CALF) < 0.2


def test_polyradiculoneuropathy_is_areflexic_proximal_and_distal() -> None:
    """Fokke and others, Brain 2014: reflexes reduced in weak limbs in 91 per cent at entry."""
    found = lesion("polyradiculoneuropathy", "both", "moderate")
    assert lost(found, ANKLE) == pytest.approx(0.94, abs=0.05)
    assert lost(found, KNEE) > 0.85
    assert min(weak(found, m) for m in (ILIOPSOAS, QUADRICEPS, TIB_ANT, "weak-arm-distal")) > 0.5
    assert 0.25 < weak(found, "weak-face") < 0.55
    assert present(found, "bladder-dysfunction") <= 0.12


def test_limb_girdle_myopathy_keeps_the_ankle_reflex_and_hinders_rising() -> None:
    found = lesion("muscle-limb-girdle", "both", "moderate")
    assert lost(found, ANKLE) < 0.2
    assert present(found, "difficulty-rising") > 0.8
    assert present(found, "weak-leg-proximal") > 0.8
    assert present(found, "weak-leg-distal") < 0.3


def test_miyoshi_pattern_wastes_the_calf_and_not_the_shin() -> None:
    found = lesion("muscle-calf-first", "both")
    assert present(found, "wasting-calf") > 0.5
    assert present(found, "wasting-shin") < 0.15


def test_inclusion_body_myositis_pattern_prefers_quadriceps_and_finger_flexors() -> None:
    """Lloyd and others, Neurology 2014."""
    found = lesion("muscle-quadriceps-forearm", "both", "moderate")
    assert min(weak(found, QUADRICEPS), weak(found, "weak-finger-flexion")) > 0.8
    assert weak(found, ILIOPSOAS) < weak(found, QUADRICEPS)


def test_lambert_eaton_loses_reflexes_and_myasthenia_keeps_them() -> None:
    """O'Neill and others, Brain 1988: reflexes depressed in 92 per cent."""
    assert lost(lesion("junction-presynaptic", "both", "moderate"), KNEE) == pytest.approx(0.92, abs=0.04)
    assert lost(lesion("junction-oculobulbar", "both", "moderate"), KNEE) < 0.1


def test_no_wasting_in_junction_and_upper_motor_neurone_lesions() -> None:
    for site in ("junction-limb", "junction-oculobulbar", "brain-hemisphere", "cord-thoracic", "functional-leg"):
        assert present(lesion(site, "both"), "wasting-leg") < 0.12


def test_acute_ischaemia_gives_distal_weakness_and_a_numb_foot() -> None:
    """Rutherford class IIb: sensory loss beyond the toes with weakness."""
    found = lesion("vessel-artery-leg-acute")
    assert present(found, "numb-foot") > 0.7
    assert present(found, "weak-leg-distal") > 0.6
    assert present(found, "weak-leg-proximal") < 0.3


def test_one_sided_root_lesion_leaves_the_other_leg() -> None:
    found = lesion("root-S1", "left")
    for movement in LEG:
        assert weak(found, movement, "right") < 0.06
    assert lost(found, ANKLE, "right") < 0.12
