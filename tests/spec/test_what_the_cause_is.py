"""Contrasts between causes that share their signs: tempo and history decide."""

from __future__ import annotations

import pytest

from soleus.assess import Assessment


def probability(result: Assessment, condition: str) -> float:
    return next(c.probability for c in result.differential.candidates if c.condition == condition)


def leading_cause(result: Assessment) -> str:
    return result.differential.candidates[0].condition


POLYRADICULONEUROPATHY = """
age: 55
sex: male
setting: neuromuscular-clinic
findings:
  - {{finding: duration, value: "{tempo}"}}
  - {{finding: hip flexion strength, side: both, value: 4/5}}
  - {{finding: ankle dorsiflexion strength, side: both, value: 4/5}}
  - {{finding: plantar flexion strength, side: both, value: 4/5}}
  - {{finding: knee reflex, side: both, value: absent}}
  - {{finding: ankle reflex, side: both, value: absent}}
  - {{finding: tingling in the feet, side: both}}
  - {{finding: vibration sense at the toes, value: reduced}}
  - {{finding: plantar response, side: both, value: flexor}}
  - {{finding: bladder dysfunction, value: absent}}
"""


@pytest.mark.parametrize("tempo", ["6 days, getting worse", "10 days, rapidly progressive", "2 weeks, progressive"])
def test_areflexic_weakness_of_hips_and_feet_that_came_within_days_is_guillain_barre(assessed, tempo):
    """Guillain-Barré syndrome reaches its nadir within four weeks, mostly two.

    Source: S. E. Leonhard et al., "Diagnosis and management of Guillain-Barré syndrome in ten steps," Nat Rev Neurol 15:671, 2019.
    """
    result = assessed(POLYRADICULONEUROPATHY.format(tempo=tempo))
    assert leading_cause(result) == "guillain-barre-syndrome"
    assert probability(result, "guillain-barre-syndrome") > 3 * probability(result, "cidp")
    assert result.triage.level == "emergency"


@pytest.mark.parametrize("tempo", ["3 months, getting worse", "6 months, progressive", "5 months, relapsing"])
def test_the_same_signs_that_came_over_months_are_cidp(assessed, tempo):
    """CIDP progresses or relapses over more than eight weeks.

    Source: P. Y. K. Van den Bergh et al., "EAN/PNS guideline on diagnosis and treatment of CIDP," Eur J Neurol 28:3556, 2021.
    """
    result = assessed(POLYRADICULONEUROPATHY.format(tempo=tempo))
    assert leading_cause(result) == "cidp"
    assert probability(result, "cidp") > 3 * probability(result, "guillain-barre-syndrome")


def test_tempo_alone_turns_guillain_barre_into_cidp(assessed):
    """The signs are the same; time tells the two apart.

    Source: P. Y. K. Van den Bergh et al., Eur J Neurol 28:3556, 2021.
    """
    days, months = (assessed(POLYRADICULONEUROPATHY.format(tempo=t)) for t in ("5 days, progressive", "4 months, progressive"))
    odds = [probability(r, "guillain-barre-syndrome") / probability(r, "cidp") for r in (days, months)]
    assert odds[0] > 1 > odds[1]


def test_back_pain_cord_signs_and_known_cancer_is_metastatic_cord_compression(assessed):
    """Known cancer with spinal pain and a cord syndrome is metastatic cord compression until the MRI says otherwise.

    Source: NICE NG234, Spinal metastases and metastatic spinal cord compression, 2023.
    """
    result = assessed("""
age: 66
sex: male
setting: primary-care
conditions: [prostate cancer]
findings:
  - {finding: duration, value: "2 weeks, getting worse"}
  - {finding: thoracic back pain}
  - {finding: night pain}
  - {finding: hip flexion strength, side: both, value: 3/5}
  - {finding: knee reflex, side: both, value: brisk}
  - {finding: plantar response, side: both, value: extensor}
  - {finding: sensory level at T8}
""")
    assert leading_cause(result) == "metastatic-cord-compression"
    assert result.localisation[0].level == "cord"
    assert result.triage.level == "emergency"


def test_weak_proximal_legs_with_a_dry_mouth_and_lost_reflexes_in_a_smoker_is_lambert_eaton(assessed):
    """Lambert-Eaton: proximal legs, autonomic symptoms, reflexes lost; half have small cell lung cancer.

    Source: M. J. Titulaer et al., "Lambert-Eaton myasthenic syndrome: from clinical characteristics to therapeutic strategies,"
    Lancet Neurol 10:1098, 2011.
    """
    result = assessed("""
age: 63
sex: male
setting: neuromuscular-clinic
conditions: [heavy smoker]
findings:
  - {finding: duration, value: "6 months, progressive"}
  - {finding: hip flexion strength, side: both, value: 3/5}
  - {finding: knee extension strength, side: both, value: 4/5}
  - {finding: dry mouth}
  - {finding: erectile dysfunction}
  - {finding: knee reflex, side: both, value: absent}
  - {finding: ankle reflex, side: both, value: absent}
  - {finding: sensation, value: normal}
""")
    assert leading_cause(result) == "lambert-eaton"


def test_high_arches_lost_reflexes_and_an_affected_father_since_youth_is_charcot_marie_tooth(assessed):
    """Charcot-Marie-Tooth: youth, pes cavus, hammer toes, distal legs, areflexia, family.

    Source: D. Pareyson and C. Marchesi, "Diagnosis, natural history, and management of Charcot-Marie-Tooth disease,"
    Lancet Neurol 8:654, 2009.
    """
    result = assessed("""
age: 24
sex: female
setting: neuromuscular-clinic
conditions: [hereditary neuropathy in the family]
findings:
  - {finding: duration, value: "since childhood, slowly progressive"}
  - {finding: pes cavus, side: both}
  - {finding: hammer toes, side: both}
  - {finding: ankle dorsiflexion strength, side: both, value: 3/5}
  - {finding: ankle reflex, side: both, value: absent}
  - {finding: knee reflex, side: both, value: reduced}
  - {finding: vibration sense at the toes, value: reduced}
""")
    assert leading_cause(result) == "charcot-marie-tooth"


def test_paralysis_on_waking_after_carbohydrate_in_a_young_man_with_a_racing_heart_is_periodic_paralysis(assessed):
    """Thyrotoxic periodic paralysis: young men, attacks after rest or carbohydrate, thyrotoxic signs, low potassium.

    Source: A. W. C. Kung, "Thyrotoxic periodic paralysis: a diagnostic challenge," J Clin Endocrinol Metab 91:2490, 2006.
    """
    result = assessed("""
age: 28
sex: male
setting: primary-care
conditions: [overactive thyroid]
findings:
  - {finding: onset, value: "on waking this morning"}
  - {finding: attacks of weakness}
  - {finding: hip flexion strength, side: both, value: 2/5}
  - {finding: knee extension strength, side: both, value: 2/5}
  - {finding: palpitations}
  - {finding: sensation, value: normal}
""")
    assert leading_cause(result) == "thyrotoxic-periodic-paralysis"
    assert result.triage.level == "emergency"


def test_muscle_pain_and_weakness_soon_after_a_statin_puts_statin_myopathy_before_dystrophy(assessed):
    """Statin myopathy: symmetrical, proximal, within months of starting or raising the dose.

    Source: E. S. Stroes et al., "Statin-associated muscle symptoms," Eur Heart J 36:1012, 2015.
    """
    result = assessed("""
age: 64
sex: female
setting: primary-care
medicines: [atorvastatin]
findings:
  - {finding: duration, value: 6 weeks}
  - {finding: muscle pain, side: both}
  - {finding: hip flexion strength, side: both, value: 4/5}
  - {finding: difficulty rising from a chair}
  - {finding: sensation, value: normal}
  - {finding: knee reflex, side: both, value: normal}
""")
    assert probability(result, "statin-myopathy") > 10 * probability(result, "limb-girdle-muscular-dystrophy")
    assert "statin-myopathy" in [c.condition for c in result.differential.candidates[:3]]


def test_worse_balance_and_numb_feet_after_laughing_gas_is_b12_failure(assessed):
    """Nitrous oxide inactivates vitamin B12: subacute numb feet, loss of position sense, cord signs.

    Source: A. Paris et al., "ABN clinical practice guidelines: nitrous oxide-induced subacute combined degeneration of the cord,"
    Pract Neurol 23:222, 2023.
    """
    result = assessed("""
age: 22
sex: male
setting: primary-care
conditions: [laughing gas]
findings:
  - {finding: duration, value: "4 weeks, getting worse"}
  - {finding: numb feet, side: both}
  - {finding: position sense of the toes, value: absent}
  - {finding: Romberg sign, value: positive}
  - {finding: ankle reflex, side: both, value: absent}
  - {finding: plantar response, side: both, value: extensor}
""")
    assert leading_cause(result) in {"subacute-combined-degeneration", "b12-deficiency-neuropathy"}
