"""Textbook contrasts: from the words of an examination, through the reader, to the place of the lesion.

Each test is one rule of localisation. The leading level and the leading site must both be right.
"""

from __future__ import annotations

from soleus.assess import Assessment


def leading_level(result: Assessment) -> str:
    return result.localisation[0].level


def leading_site(result: Assessment) -> str:
    return result.localisation[0].places[0].site


def leading_cause(result: Assessment) -> str:
    return result.differential.candidates[0].condition


def probability(result: Assessment, condition: str) -> float:
    return next(c.probability for c in result.differential.candidates if c.condition == condition)


# -- root, sciatic, tibial at the knee, tarsal tunnel, plexus ------------------------------------------------------------

NO_DANGER = """
  - {finding: saddle anaesthesia, value: absent}
  - {finding: bladder dysfunction, value: absent}
  - {finding: fever, value: absent}
"""

S1_ROOT = (
    """
age: 45
sex: male
setting: primary-care
findings:
  - {finding: duration, value: 4 weeks}
  - {finding: low back pain}
  - {finding: pain radiating down the leg, side: left}
  - {finding: straight leg raise, side: left, value: positive}
  - {finding: plantar flexion strength, side: left, value: 4-/5}
  - {finding: hip extension strength, side: left, value: 4/5}
  - {finding: ankle dorsiflexion strength, side: left, value: 5/5}
  - {finding: ankle inversion strength, side: left, value: 5/5}
  - {finding: knee extension strength, side: left, value: 5/5}
  - {finding: ankle reflex, side: left, value: absent}
  - {finding: ankle reflex, side: right, value: normal}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: numbness of the lateral foot, side: left}
"""
    + NO_DANGER
)

SCIATIC = (
    """
age: 45
sex: male
setting: primary-care
findings:
  - {finding: onset, value: sudden}
  - {finding: low back pain, value: absent}
  - {finding: straight leg raise, side: left, value: negative}
  - {finding: knee flexion strength, side: left, value: 3/5}
  - {finding: plantar flexion strength, side: left, value: 2/5}
  - {finding: ankle dorsiflexion strength, side: left, value: 1/5}
  - {finding: ankle eversion strength, side: left, value: 1/5}
  - {finding: ankle inversion strength, side: left, value: 2/5}
  - {finding: hip extension strength, side: left, value: 5/5}
  - {finding: hip abduction strength, side: left, value: 5/5}
  - {finding: knee extension strength, side: left, value: 5/5}
  - {finding: ankle reflex, side: left, value: absent}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: numb sole, side: left}
  - {finding: numb top of the foot, side: left}
  - {finding: sensation on the inner lower leg, side: left, value: normal}
"""
    + NO_DANGER
)

TIBIAL_AT_THE_KNEE = (
    """
age: 45
sex: male
setting: primary-care
findings:
  - {finding: duration, value: 3 months}
  - {finding: low back pain, value: absent}
  - {finding: plantar flexion strength, side: left, value: 2/5}
  - {finding: toe flexion strength, side: left, value: 1/5}
  - {finding: ankle inversion strength, side: left, value: 3/5}
  - {finding: ankle dorsiflexion strength, side: left, value: 5/5}
  - {finding: ankle eversion strength, side: left, value: 5/5}
  - {finding: great toe extension strength, side: left, value: 5/5}
  - {finding: knee flexion strength, side: left, value: 5/5}
  - {finding: hip extension strength, side: left, value: 5/5}
  - {finding: ankle reflex, side: left, value: absent}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: numb sole, side: left}
  - {finding: sensation on the top of the foot, side: left, value: normal}
"""
    + NO_DANGER
)

TARSAL_TUNNEL = (
    """
age: 50
sex: female
setting: primary-care
findings:
  - {finding: duration, value: 8 months}
  - {finding: low back pain, value: absent}
  - {finding: burning soles, side: left}
  - {finding: numb sole, side: left}
  - {finding: sensation on the top of the foot, side: left, value: normal}
  - {finding: Tinel sign at the tarsal tunnel, side: left, value: positive}
  - {finding: power of the small muscles of the foot, side: left, value: 3/5}
  - {finding: plantar flexion strength, side: left, value: 5/5}
  - {finding: toe flexion strength, side: left, value: 5/5}
  - {finding: ankle dorsiflexion strength, side: left, value: 5/5}
  - {finding: ankle reflex, side: both, value: normal}
"""
    + NO_DANGER
)

PLEXUS = (
    """
age: 62
sex: male
setting: neuromuscular-clinic
conditions: [type 2 diabetes]
findings:
  - {finding: duration, value: "8 weeks, getting worse"}
  - {finding: severe pain at onset}
  - {finding: weight loss}
  - {finding: hip flexion strength, side: left, value: 3/5}
  - {finding: knee extension strength, side: left, value: 2/5}
  - {finding: hip adduction strength, side: left, value: 3/5}
  - {finding: hip abduction strength, side: left, value: 4/5}
  - {finding: hip extension strength, side: left, value: 4/5}
  - {finding: ankle dorsiflexion strength, side: left, value: 4/5}
  - {finding: plantar flexion strength, side: left, value: 4/5}
  - {finding: knee reflex, side: left, value: absent}
  - {finding: ankle reflex, side: left, value: absent}
  - {finding: knee reflex, side: right, value: normal}
  - {finding: ankle reflex, side: right, value: normal}
  - {finding: numbness of the front of the thigh, side: left}
  - {finding: numb top of the foot, side: left}
  - {finding: wasting of the thigh, side: left}
  - {finding: plantar response, side: both, value: flexor}
  - {finding: strength of the right leg, value: 5/5}
"""
    + NO_DANGER
)


def test_weak_calf_lost_ankle_reflex_and_numb_outer_foot_with_sciatica_is_the_s1_root(assessed):
    """S1 root: plantar flexion and hip extension weak, ankle reflex lost, lateral foot numb, ankle inversion and dorsiflexion spared.

    Source: Patten, Neurological Differential Diagnosis, 2nd ed. 1996, chapter on lumbosacral roots.
    """
    result = assessed(S1_ROOT)
    assert (leading_level(result), leading_site(result)) == ("root", "root-S1")
    assert result.localisation[0].side == "left"
    assert leading_cause(result) == "lumbar-disc-radiculopathy"


def test_everything_below_the_knee_and_the_hamstrings_weak_but_buttock_spared_is_the_sciatic_nerve(assessed):
    """Sciatic nerve: hamstrings and all muscles below the knee; the gluteal muscles leave the plexus above it and are spared.

    Source: Preston and Shapiro, Electromyography and Neuromuscular Disorders, 4th ed. 2020, chapter on sciatic neuropathy.
    """
    result = assessed(SCIATIC)
    assert leading_level(result) == "nerve"
    assert leading_site(result) in {"sciatic-buttock", "sciatic-thigh"}


def test_weak_calf_toe_flexors_and_numb_sole_with_normal_fibular_muscles_is_the_tibial_nerve_at_the_knee(assessed):
    """Tibial nerve in the popliteal fossa: calf, toe flexors, inversion and sole; hamstrings and fibular muscles are spared.

    Source: Preston and Shapiro, Electromyography and Neuromuscular Disorders, 4th ed. 2020, chapter on tibial neuropathy.
    """
    result = assessed(TIBIAL_AT_THE_KNEE)
    assert (leading_level(result), leading_site(result)) == ("nerve", "tibial-knee")


def test_numb_burning_sole_with_normal_calf_and_ankle_reflex_is_the_tarsal_tunnel(assessed):
    """Tarsal tunnel: sole and small foot muscles only; calf, long toe flexors and ankle reflex are supplied above it.

    Source: Preston and Shapiro, Electromyography and Neuromuscular Disorders, 4th ed. 2020, chapter on tarsal tunnel syndrome.
    """
    result = assessed(TARSAL_TUNNEL)
    assert (leading_level(result), leading_site(result)) == ("nerve", "tarsal-tunnel")
    assert leading_cause(result) == "tarsal-tunnel-syndrome"


def test_weakness_of_one_leg_across_femoral_obturator_gluteal_and_sciatic_muscles_is_the_lumbosacral_plexus(assessed):
    """Lumbosacral plexus: one leg, many nerves and roots, knee and ankle reflex lost; in diabetes with severe pain and weight loss.

    Source: P. J. Dyck and A. J. Windebank, "Diabetic and nondiabetic lumbosacral radiculoplexus neuropathies," Muscle Nerve, 2002.
    """
    result = assessed(PLEXUS)
    assert leading_level(result) == "plexus"
    assert leading_site(result) == "plexus-lumbosacral"
    assert leading_cause(result) == "diabetic-radiculoplexus-neuropathy"


def test_the_five_places_of_a_weak_calf_are_told_apart(assessed):
    """A weak foot at the end of five different lesions gives five different leading sites.

    Source: Patten, Neurological Differential Diagnosis, 2nd ed. 1996.
    """
    sites = [leading_site(assessed(text)) for text in (S1_ROOT, SCIATIC, TIBIAL_AT_THE_KNEE, TARSAL_TUNNEL, PLEXUS)]
    assert len(set(sites)) == 5


# -- L5 root or common fibular nerve -------------------------------------------------------------------------------------

L5_ROOT = (
    """
age: 48
sex: female
setting: primary-care
findings:
  - {finding: duration, value: 3 weeks}
  - {finding: low back pain}
  - {finding: pain radiating down the leg, side: right}
  - {finding: ankle dorsiflexion strength, side: right, value: 3/5}
  - {finding: great toe extension strength, side: right, value: 2/5}
  - {finding: ankle inversion strength, side: right, value: 3/5}
  - {finding: hip abduction strength, side: right, value: 4-/5}
  - {finding: plantar flexion strength, side: right, value: 5/5}
  - {finding: ankle reflex, side: right, value: normal}
  - {finding: knee reflex, side: right, value: normal}
  - {finding: numb top of the foot, side: right}
"""
    + NO_DANGER
)

FIBULAR = (
    """
age: 48
sex: female
setting: primary-care
findings:
  - {finding: duration, value: 3 weeks}
  - {finding: low back pain, value: absent}
  - {finding: pain radiating down the leg, side: right, value: absent}
  - {finding: ankle dorsiflexion strength, side: right, value: 2/5}
  - {finding: great toe extension strength, side: right, value: 2/5}
  - {finding: ankle eversion strength, side: right, value: 2/5}
  - {finding: ankle inversion strength, side: right, value: 5/5}
  - {finding: hip abduction strength, side: right, value: 5/5}
  - {finding: plantar flexion strength, side: right, value: 5/5}
  - {finding: knee flexion strength, side: right, value: 5/5}
  - {finding: ankle reflex, side: right, value: normal}
  - {finding: numb top of the foot, side: right}
  - {finding: Tinel sign at the fibular neck, side: right, value: positive}
"""
    + NO_DANGER
)


def test_foot_drop_with_weak_inversion_and_hip_abduction_is_the_l5_root(assessed):
    """L5 root: tibialis posterior (inversion) and gluteus medius are weak with the foot drop; they are not fibular muscles.

    Source: J. D. Stewart, "Foot drop: where, why and what to do?", Practical Neurology 8:158, 2008.
    """
    result = assessed(L5_ROOT)
    assert (leading_level(result), leading_site(result)) == ("root", "root-L5")
    assert result.localisation[0].side == "right"


def test_foot_drop_with_weak_eversion_and_kept_inversion_is_the_common_fibular_nerve(assessed):
    """Common fibular nerve: dorsiflexion and eversion weak, inversion and hip abduction kept, no back pain.

    Source: J. D. Stewart, "Foot drop: where, why and what to do?", Practical Neurology 8:158, 2008.
    """
    result = assessed(FIBULAR)
    assert (leading_level(result), leading_site(result)) == ("nerve", "fibular-knee")
    assert leading_cause(result) == "common-fibular-neuropathy"


# -- femoral nerve or L3/L4 root -----------------------------------------------------------------------------------------


def test_weak_quadriceps_with_spared_adductors_is_the_femoral_nerve(assessed):
    """Femoral nerve: quadriceps and knee reflex; the adductors share the roots but not the nerve and are spared.

    Source: Preston and Shapiro, Electromyography and Neuromuscular Disorders, 4th ed. 2020, chapter on femoral neuropathy.
    """
    result = assessed(
        """
age: 55
setting: primary-care
findings:
  - {finding: knee extension strength, side: left, value: 2/5}
  - {finding: hip adduction strength, side: left, value: 5/5}
  - {finding: ankle dorsiflexion strength, side: left, value: 5/5}
  - {finding: knee reflex, side: left, value: absent}
  - {finding: ankle reflex, side: left, value: normal}
  - {finding: numbness of the front of the thigh, side: left}
  - {finding: numbness of the inner lower leg, side: left}
  - {finding: low back pain, value: absent}
"""
        + NO_DANGER
    )
    assert (leading_level(result), leading_site(result)) == ("nerve", "femoral")


# -- cauda equina or conus -----------------------------------------------------------------------------------------------

CAUDA = """
age: 41
sex: female
setting: primary-care
findings:
  - {finding: onset, value: 2 days ago}
  - {finding: low back pain, value: severe}
  - {finding: pain radiating down the leg, side: both}
  - {finding: plantar flexion strength, side: left, value: 2/5}
  - {finding: plantar flexion strength, side: right, value: 4/5}
  - {finding: ankle dorsiflexion strength, side: left, value: 3/5}
  - {finding: knee flexion strength, side: left, value: 4/5}
  - {finding: ankle reflex, side: both, value: absent}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: plantar response, side: both, value: flexor}
  - {finding: saddle anaesthesia}
  - {finding: numb sole, side: both}
  - {finding: urinary retention}
  - {finding: anal tone, value: reduced}
"""

CONUS = """
age: 41
sex: female
setting: primary-care
findings:
  - {finding: onset, value: 2 days ago}
  - {finding: low back pain}
  - {finding: pain radiating down the leg, side: both, value: absent}
  - {finding: plantar flexion strength, side: both, value: 4+/5}
  - {finding: ankle dorsiflexion strength, side: both, value: 5/5}
  - {finding: knee extension strength, side: both, value: 5/5}
  - {finding: hip flexion strength, side: both, value: 5/5}
  - {finding: ankle reflex, side: both, value: absent}
  - {finding: knee reflex, side: both, value: brisk}
  - {finding: plantar response, side: both, value: extensor}
  - {finding: saddle anaesthesia}
  - {finding: sensation of the sole, side: both, value: normal}
  - {finding: urinary retention}
  - {finding: bowel incontinence}
  - {finding: sexual dysfunction}
  - {finding: anal tone, value: reduced}
"""


def test_painful_lopsided_flaccid_legs_with_a_numb_saddle_is_the_cauda_equina(assessed):
    """Cauda equina: radicular pain, asymmetrical flaccid weakness, lost ankle reflexes, flexor plantars, saddle and bladder.

    Source: Patten, Neurological Differential Diagnosis, 2nd ed. 1996; Todd and Dickson, "Standards of care in cauda equina
    syndrome," Br J Neurosurg 30:518, 2016.
    """
    result = assessed(CAUDA)
    assert (leading_level(result), leading_site(result)) == ("conus-cauda", "cauda-equina")
    assert result.triage.level == "emergency"


def test_symmetrical_saddle_and_bladder_loss_with_extensor_plantars_and_strong_legs_is_the_conus(assessed):
    """Conus: symmetrical, early sphincters, little pain, legs nearly strong; an upper motor neuron sign excludes pure cauda equina.

    Source: Patten, Neurological Differential Diagnosis, 2nd ed. 1996, table of conus and cauda equina lesions.
    """
    result = assessed(CONUS)
    assert (leading_level(result), leading_site(result)) == ("conus-cauda", "conus")
    assert result.triage.level == "emergency"


# -- cord ----------------------------------------------------------------------------------------------------------------


def test_stiff_weak_legs_with_a_sensory_level_and_normal_arms_is_the_thoracic_cord(assessed):
    """Thoracic cord: spastic paraparesis, brisk reflexes, extensor plantars, a level on the trunk, normal arms.

    Source: Patten, Neurological Differential Diagnosis, 2nd ed. 1996, chapter on the spinal cord.
    """
    result = assessed("""
age: 58
setting: primary-care
findings:
  - {finding: duration, value: "3 months, getting worse"}
  - {finding: hip flexion strength, side: both, value: 3/5}
  - {finding: ankle dorsiflexion strength, side: both, value: 4/5}
  - {finding: spasticity, side: both}
  - {finding: knee reflex, side: both, value: brisk}
  - {finding: ankle reflex, side: both, value: brisk}
  - {finding: plantar response, side: both, value: extensor}
  - {finding: sensory level at T8}
  - {finding: bladder dysfunction}
  - {finding: arm weakness, value: absent}
  - {finding: arm reflexes, side: both, value: normal}
""")
    assert leading_level(result) == "cord"
    assert leading_site(result) in {"cord-thoracic", "cord-corticospinal", "cord-posterolateral"}


# -- polyneuropathy ------------------------------------------------------------------------------------------------------


def test_numb_stockings_lost_ankle_reflexes_and_strong_thighs_over_years_is_a_length_dependent_neuropathy(assessed):
    """Length-dependent neuropathy: symmetrical, toes first, ankle reflexes lost, strength kept until late and lost from below.

    Source: England and Asbury, "Peripheral neuropathy," Lancet 363:2151, 2004.
    """
    result = assessed(
        """
age: 66
setting: primary-care
conditions: [type 2 diabetes]
findings:
  - {finding: duration, value: "4 years, slowly progressive"}
  - {finding: numb feet, side: both}
  - {finding: stocking sensory loss}
  - {finding: tingling in the feet, side: both}
  - {finding: vibration sense at the toes, value: absent}
  - {finding: ankle reflex, side: both, value: absent}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: great toe extension strength, side: both, value: 4/5}
  - {finding: knee extension strength, side: both, value: 5/5}
  - {finding: hip flexion strength, side: both, value: 5/5}
  - {finding: plantar response, side: both, value: flexor}
"""
        + NO_DANGER
    )
    assert (leading_level(result), leading_site(result)) == ("nerve", "polyneuropathy-length-dependent")
    assert result.localisation[0].side == "both"
    assert leading_cause(result) == "diabetic-polyneuropathy"


# -- anterior horn, junction, muscle -------------------------------------------------------------------------------------


def test_upper_and_lower_motor_neuron_signs_together_without_sensory_loss_is_als(assessed):
    """Amyotrophic lateral sclerosis: wasting and fasciculation with brisk reflexes, spreading, painless, sensation and bladder kept.

    Source: J. M. Shefner et al., "A proposal for new diagnostic criteria for ALS" (Gold Coast), Clin Neurophysiol 131:1975, 2020.
    """
    result = assessed("""
age: 63
sex: male
setting: neuromuscular-clinic
findings:
  - {finding: duration, value: "9 months, progressive"}
  - {finding: painless}
  - {finding: plantar flexion strength, side: left, value: 3/5}
  - {finding: ankle dorsiflexion strength, side: left, value: 2/5}
  - {finding: calf wasting, side: left}
  - {finding: fasciculations in the leg, side: both}
  - {finding: fasciculations in the arms and trunk}
  - {finding: knee reflex, side: both, value: brisk}
  - {finding: ankle reflex, side: both, value: brisk}
  - {finding: plantar response, side: left, value: extensor}
  - {finding: wasting of the hand, side: left}
  - {finding: sensation, value: normal}
  - {finding: bladder dysfunction, value: absent}
""")
    assert leading_level(result) == "anterior-horn"
    assert leading_cause(result) == "amyotrophic-lateral-sclerosis"


def test_fatigable_weakness_with_ptosis_and_double_vision_is_the_neuromuscular_junction(assessed):
    """Myasthenia gravis: fluctuating, worse with use, eyes first, reflexes and sensation kept.

    Source: N. E. Gilhus, "Myasthenia gravis," N Engl J Med 375:2570, 2016.
    """
    result = assessed("""
age: 34
sex: female
setting: neuromuscular-clinic
findings:
  - {finding: duration, value: 5 months}
  - {finding: ptosis}
  - {finding: double vision}
  - {finding: weakness worse with use}
  - {finding: fluctuating weakness}
  - {finding: hip flexion strength, side: both, value: 4/5}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: ankle reflex, side: both, value: normal}
  - {finding: sensation, value: normal}
""")
    assert leading_level(result) == "neuromuscular-junction"
    assert leading_cause(result) == "myasthenia-gravis"


def test_weak_hips_and_shoulders_with_normal_reflexes_and_sensation_is_a_proximal_myopathy(assessed):
    """Proximal myopathy: trouble rising, hips and shoulders, distal strength, reflexes and sensation kept.

    Source: R. J. Barohn et al., "A pattern recognition approach to patients with a suspected myopathy," Neurol Clin 32:569, 2014.
    """
    result = assessed("""
age: 52
sex: female
setting: primary-care
findings:
  - {finding: duration, value: "4 months, getting worse"}
  - {finding: difficulty rising from a chair}
  - {finding: hip flexion strength, side: both, value: 3/5}
  - {finding: hip extension strength, side: both, value: 4/5}
  - {finding: shoulder abduction strength, side: both, value: 4/5}
  - {finding: plantar flexion strength, side: both, value: 5/5}
  - {finding: ankle dorsiflexion strength, side: both, value: 5/5}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: ankle reflex, side: both, value: normal}
  - {finding: sensation, value: normal}
  - {finding: plantar response, side: both, value: flexor}
  - {finding: double vision, value: absent}
""")
    assert leading_level(result) == "muscle"
    assert leading_site(result) == "muscle-limb-girdle"


MIYOSHI = """
age: 20
sex: male
setting: neuromuscular-clinic
findings:
  - {finding: duration, value: "2 years, slowly progressive"}
  - {finding: standing on tiptoe, side: both, value: impossible}
  - {finding: plantar flexion strength, side: left, value: 3/5}
  - {finding: plantar flexion strength, side: right, value: 4-/5}
  - {finding: ankle dorsiflexion strength, side: both, value: 5/5}
  - {finding: calf wasting, side: both}
  - {finding: ankle reflex, side: both, value: reduced}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: sensation, value: normal}
  - {finding: plantar response, side: both, value: flexor}
  - {finding: fasciculations in the leg, side: both, value: absent}
"""


def test_calves_that_fade_first_in_a_man_of_20_with_normal_sensation_is_a_calf_first_myopathy(assessed):
    """Miyoshi: onset at 15 to 30 years in the calves, cannot stand on tiptoe, shins spared, sensation normal.

    Source: K. Miyoshi et al., "Autosomal recessive distal muscular dystrophy as a new type of progressive muscular dystrophy,"
    Brain 109:31, 1986.
    """
    result = assessed(MIYOSHI)
    assert (leading_level(result), leading_site(result)) == ("muscle", "muscle-calf-first")
    assert leading_cause(result) == "dysferlinopathy-miyoshi"


def test_a_creatine_kinase_of_9000_makes_the_calf_first_myopathy_likelier(assessed):
    """Creatine kinase is 20 to 150 times normal in dysferlinopathy, so the result must speak for it.

    Source: K. Miyoshi et al., Brain 109:31, 1986.
    """
    before = probability(assessed(MIYOSHI), "dysferlinopathy-miyoshi")
    result = assessed(MIYOSHI + "tests:\n  - {test: creatine kinase, value: 9000, unit: U/L}\n")
    assert probability(result, "dysferlinopathy-miyoshi") > before
    assert leading_cause(result) == "dysferlinopathy-miyoshi"


def test_quadriceps_and_finger_flexors_after_50_is_inclusion_body_myositis(assessed):
    """Inclusion body myositis: over 45 years, slow, knee extension at least as weak as hip flexion, finger flexion weak.

    Source: M. R. Rose, "188th ENMC international workshop: inclusion body myositis," Neuromuscul Disord 23:1044, 2013.
    """
    result = assessed("""
age: 68
sex: male
setting: neuromuscular-clinic
findings:
  - {finding: duration, value: "4 years, slowly progressive"}
  - {finding: knee extension strength, side: both, value: 3/5}
  - {finding: hip flexion strength, side: both, value: 4+/5}
  - {finding: finger flexion strength, side: left, value: 3/5}
  - {finding: finger flexion strength, side: right, value: 4/5}
  - {finding: thigh wasting, side: both}
  - {finding: difficulty rising from a chair}
  - {finding: sensation, value: normal}
  - {finding: knee reflex, side: both, value: reduced}
""")
    assert (leading_level(result), leading_site(result)) == ("muscle", "muscle-quadriceps-forearm")
    assert leading_cause(result) == "inclusion-body-myositis"


# -- tendon, vessel, brain, functional -----------------------------------------------------------------------------------


def test_a_pop_a_gap_and_a_positive_thompson_test_is_the_achilles_tendon(assessed):
    """Achilles rupture: felt as a kick, palpable gap, squeezing the calf does not move the foot (sensitivity 0.96, specificity 0.93).

    Source: N. Maffulli, "The clinical diagnosis of subcutaneous tear of the Achilles tendon," Am J Sports Med 26:266, 1998.
    """
    result = assessed("""
age: 43
sex: male
setting: self
findings:
  - {finding: onset, value: "suddenly, yesterday, playing tennis"}
  - {finding: felt a pop, side: left}
  - {finding: gap in the Achilles tendon, side: left}
  - {finding: Thompson test, side: left, value: positive}
  - {finding: plantar flexion strength, side: left, value: 3/5}
  - {finding: numb foot, side: left, value: absent}
""")
    assert (leading_level(result), leading_site(result)) == ("tendon", "tendon-achilles")
    assert leading_cause(result) == "achilles-tendon-rupture"


def test_a_pop_at_the_sitting_bone_with_bruising_and_weak_knee_flexion_is_a_hamstring_avulsion(assessed):
    """Proximal hamstring avulsion: sudden stretch (water-skiing, the splits), pop, pain at the sitting bone, bruising, weak knee flexion.

    Source: S. L. Cohen and J. P. Bradley, "Acute proximal hamstring rupture," J Am Acad Orthop Surg 15:350, 2007.
    """
    result = assessed("""
age: 47
sex: male
setting: self
findings:
  - {finding: onset, value: "suddenly, 3 days ago, water-skiing"}
  - {finding: felt a pop, side: right}
  - {finding: pain at the sitting bone, side: right}
  - {finding: bruising of the leg, side: right}
  - {finding: knee flexion strength, side: right, value: 3/5}
  - {finding: plantar flexion strength, side: right, value: 5/5}
  - {finding: ankle reflex, side: right, value: normal}
  - {finding: numb leg, side: right, value: absent}
""")
    assert (leading_level(result), leading_site(result)) == ("tendon", "tendon-hamstring-origin")
    assert leading_cause(result) == "proximal-hamstring-avulsion"


def test_calf_pain_on_walking_that_goes_on_standing_still_with_absent_pulses_is_the_artery(assessed):
    """Vascular claudication: exertional calf pain, relieved within minutes by standing still, foot pulses absent.

    Source: NICE CG147, Peripheral arterial disease: diagnosis and management, 2012 (updated 2020).
    """
    result = assessed("""
age: 69
sex: male
setting: primary-care
conditions: [smoker]
findings:
  - {finding: duration, value: 1 year}
  - {finding: calf pain on walking, side: right}
  - {finding: relieved by standing still}
  - {finding: relief on sitting or bending forward, value: absent}
  - {finding: foot pulses, side: right, value: absent}
  - {finding: low back pain, value: absent}
  - {finding: ankle reflex, side: both, value: normal}
""")
    assert leading_level(result) == "vessel"
    assert leading_cause(result) == "peripheral-artery-disease"


def test_leg_trouble_on_standing_that_eases_on_sitting_and_bending_with_good_pulses_is_the_narrow_canal(assessed):
    """Neurogenic claudication: worse standing and downhill, better sitting and bending forward, pulses present.

    Source: P. Suri et al., "Does this older adult with lower extremity pain have the clinical syndrome of lumbar spinal stenosis?"
    JAMA 304:2628, 2010.
    """
    result = assessed(
        """
age: 69
sex: male
setting: primary-care
conditions: [smoker]
findings:
  - {finding: duration, value: 1 year}
  - {finding: leg symptoms worse on standing and walking, side: both}
  - {finding: relief on sitting or bending forward}
  - {finding: worse walking downhill}
  - {finding: relieved by standing still, value: absent}
  - {finding: foot pulses, side: both, value: palpable}
  - {finding: low back pain}
"""
        + NO_DANGER
    )
    assert leading_level(result) in {"conus-cauda", "root"}
    assert leading_cause(result) == "lumbar-spinal-stenosis"


def test_sudden_weakness_of_face_arm_and_leg_on_one_side_is_the_brain(assessed):
    """Stroke: sudden, face, arm and leg of one side, speech.

    Source: NICE NG128, Stroke and transient ischaemic attack in over 16s, 2019 (updated 2022).
    """
    result = assessed("""
age: 72
sex: female
setting: self
conditions: [atrial fibrillation]
findings:
  - {finding: onset, value: "suddenly, 2 hours ago"}
  - {finding: weakness of the leg, side: right}
  - {finding: arm weakness, side: right}
  - {finding: facial droop, side: right}
  - {finding: slurred speech}
""")
    assert leading_level(result) == "brain"
    assert leading_cause(result) in {"ischaemic-stroke", "intracerebral-haemorrhage"}
    assert result.triage.level == "emergency"


def test_hoover_sign_and_give_way_weakness_with_normal_reflexes_is_functional(assessed):
    """Functional weakness is a diagnosis of positive signs: Hoover (specificity near 1), give-way, inconsistency.

    Source: J. Stone et al., "Functional weakness and sensory disturbance," J Neurol Neurosurg Psychiatry 73:241, 2002.
    """
    result = assessed("""
age: 36
sex: female
setting: neuromuscular-clinic
findings:
  - {finding: duration, value: 3 months}
  - {finding: Hoover sign, side: left, value: positive}
  - {finding: give-way weakness, side: left}
  - {finding: weakness of the leg, side: left}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: ankle reflex, side: both, value: normal}
  - {finding: plantar response, side: both, value: flexor}
  - {finding: wasting of the leg, side: left, value: absent}
""")
    assert leading_level(result) == "functional"
    assert leading_cause(result) == "functional-leg-weakness"
