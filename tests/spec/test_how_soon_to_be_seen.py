"""Triage, one clinical rule a test. Missing an emergency is the one unforgivable error; a needless alarm is an error too."""

from __future__ import annotations

import pytest

from soleus.assess import Assessment
from soleus.domain.knowledge_base import level_rank

ASKED = """
  - {finding: saddle anaesthesia, value: absent}
  - {finding: bladder dysfunction, value: absent}
  - {finding: bowel dysfunction, value: absent}
  - {finding: fever, value: absent}
"""

FROM_THE_DIFFERENTIAL = ("not-excluded:", "together:", "not-self-care")


def rules(result: Assessment) -> list[str]:
    """Red-flag rules that fired."""
    return [r.rule for r in result.triage.reasons if not r.rule.startswith(FROM_THE_DIFFERENTIAL)]


# -- emergencies ---------------------------------------------------------------------------------------------------------


def test_back_pain_with_saddle_numbness_is_an_emergency(assessed):
    """Numbness between the legs with back or leg trouble: cauda equina syndrome until the MRI says otherwise.

    Source: Getting It Right First Time, National suspected cauda equina syndrome pathway, NHS England, 2023.
    """
    result = assessed("""
age: 39
findings:
  - {finding: low back pain}
  - {finding: numbness between the legs}
""")
    assert result.triage.level == "emergency"
    assert "cauda-equina-hard-signs" in rules(result)


def test_sciatica_with_urinary_retention_is_an_emergency(assessed):
    """Sciatica and a bladder that does not empty.

    Source: Getting It Right First Time, National suspected cauda equina syndrome pathway, NHS England, 2023.
    """
    result = assessed("""
age: 39
findings:
  - {finding: sciatica, side: left}
  - {finding: urinary retention}
""")
    assert result.triage.level == "emergency"


def test_leg_weakness_with_recent_incontinence_is_an_emergency_whatever_the_age(assessed):
    """New incontinence with weak legs is a cord or cauda equina lesion first.

    Source: NICE NG127, Suspected neurological conditions: recognition and referral, 2019.
    """
    for age in (19, 52, 84):
        result = assessed(f"""
age: {age}
findings:
  - {{finding: weakness of both legs, value: for 3 days}}
  - {{finding: urinary incontinence}}
""")
        assert result.triage.level == "emergency"


def test_sudden_paralysis_of_a_leg_is_an_emergency(assessed):
    """A leg that stops working within minutes: stroke, cord or artery.

    Source: NICE NG127, Suspected neurological conditions: recognition and referral, 2019.
    """
    result = assessed("""
age: 60
findings:
  - {finding: onset, value: suddenly this morning}
  - {finding: leg weakness, side: left, value: paralysed}
""")
    assert result.triage.level == "emergency"


def test_a_cold_pale_leg_without_pulse_is_an_emergency(assessed):
    """Acute limb ischaemia: pain, pallor, pulseless, perishing cold; hours decide about the leg.

    Source: NICE CKS, Peripheral arterial disease: acute limb ischaemia, 2022; M. Björck et al., ESVS guideline, Eur J Vasc Endovasc
    Surg 59:173, 2020.
    """
    result = assessed("""
age: 71
conditions: [atrial fibrillation]
findings:
  - {finding: onset, value: "suddenly, 3 hours ago"}
  - {finding: cold leg, side: right}
  - {finding: pale leg, side: right}
  - {finding: pulseless leg, side: right}
  - {finding: leg weakness, side: right}
""")
    assert result.triage.level == "emergency"
    assert any(
        r.rule.startswith("not-excluded:acute-limb-ischaemia") or "cold" in r.rule or "isch" in r.rule for r in result.triage.reasons
    )


def test_weakness_of_both_legs_climbing_over_days_with_tingling_is_an_emergency(assessed):
    """Guillain-Barré syndrome: admit, because breathing can fail within a day.

    Source: S. E. Leonhard et al., Nat Rev Neurol 15:671, 2019; NICE NG127, 2019.
    """
    result = assessed("""
age: 35
findings:
  - {finding: duration, value: "5 days, getting worse"}
  - {finding: weakness of both legs}
  - {finding: ascending weakness}
  - {finding: tingling feet, side: both}
""")
    assert result.triage.level == "emergency"


def test_fever_back_pain_and_leg_weakness_is_an_emergency(assessed):
    """Spinal epidural abscess: fever, spinal pain, deficit.

    Source: D. P. Davis et al., "The clinical presentation and impact of diagnostic delays on emergency department patients with spinal
    epidural abscess," J Emerg Med 26:285, 2004.
    """
    result = assessed("""
age: 58
conditions: [diabetes]
findings:
  - {finding: fever}
  - {finding: low back pain}
  - {finding: leg weakness, side: left}
""")
    assert result.triage.level == "emergency"
    assert "spinal-infection-with-deficit" in rules(result)


def test_dark_urine_with_muscle_pain_after_exercise_is_an_emergency(assessed):
    """Rhabdomyolysis: dark urine with painful weak muscles threatens kidney and heart.

    Source: X. Bosch et al., "Rhabdomyolysis and acute kidney injury," N Engl J Med 361:62, 2009.
    """
    result = assessed("""
age: 27
conditions: [first gym session]
findings:
  - {finding: dark urine}
  - {finding: muscle pain, side: both}
""")
    assert result.triage.level == "emergency"


def test_unbearable_pain_in_a_tense_calf_after_a_fracture_is_an_emergency(assessed):
    """Acute compartment syndrome: pain out of proportion and on passive stretch; six hours.

    Source: British Orthopaedic Association, BOAST: Diagnosis and management of compartment syndrome of the limbs, 2014.
    """
    result = assessed("""
age: 24
conditions: [tibia fracture]
findings:
  - {finding: onset, value: 6 hours ago}
  - {finding: tense calf, side: left}
  - {finding: pain out of proportion, side: left}
  - {finding: pain on passive stretch, side: left}
""")
    assert result.triage.level == "emergency"


def test_a_swollen_calf_with_chest_pain_is_an_emergency(assessed):
    """A vein clot in the leg with chest pain may be pulmonary embolism.

    Source: NICE NG158, Venous thromboembolic diseases: diagnosis, management and thrombophilia testing, 2020.
    """
    result = assessed("""
age: 55
conditions: [bed rest]
findings:
  - {finding: onset, value: 2 days ago}
  - {finding: calf swelling, side: left}
  - {finding: chest pain}
""")
    assert result.triage.level == "emergency"


def test_cancer_with_thoracic_pain_and_weak_legs_is_an_emergency(assessed):
    """Metastatic cord compression: act within 24 hours, on suspicion.

    Source: NICE NG234, Spinal metastases and metastatic spinal cord compression, 2023.
    """
    result = assessed("""
age: 64
conditions: [breast cancer]
findings:
  - {finding: thoracic back pain}
  - {finding: weakness of both legs}
""")
    assert result.triage.level == "emergency"
    assert "cancer-cord-compression" in rules(result)


def test_leg_weakness_with_breathlessness_lying_flat_is_an_emergency(assessed):
    """Weak breathing muscles: oxygen saturation falls late.

    Source: NICE NG127, Suspected neurological conditions: recognition and referral, 2019.
    """
    result = assessed("""
age: 50
findings:
  - {finding: duration, value: "3 months, getting worse"}
  - {finding: weakness of both legs}
  - {finding: breathless lying flat}
""")
    assert result.triage.level == "emergency"
    assert "weakness-with-breathing" in rules(result)


def test_sudden_back_pain_and_leg_weakness_on_an_anticoagulant_is_an_emergency(assessed):
    """Spinal epidural haematoma: anticoagulant, sudden spinal pain, deficit.

    Source: V. Kreppel et al., "Spinal hematoma: a literature survey with meta-analysis of 613 patients," Neurosurg Rev 26:1, 2003.
    """
    result = assessed("""
age: 74
medicines: [warfarin]
findings:
  - {finding: onset, value: "suddenly, 4 hours ago"}
  - {finding: low back pain, value: severe}
  - {finding: weakness of both legs}
""")
    assert result.triage.level == "emergency"


def test_trouble_swallowing_and_double_vision_with_weak_limbs_that_came_in_days_is_an_emergency(assessed):
    """Botulism, myasthenic crisis or Miller Fisher syndrome: the airway comes first.

    Source: NICE NG127, 2019; J. Sobel, "Botulism," Clin Infect Dis 41:1167, 2005.
    """
    result = assessed("""
age: 45
findings:
  - {finding: onset, value: 2 days ago}
  - {finding: double vision}
  - {finding: difficulty swallowing}
  - {finding: leg weakness, side: both}
""")
    assert result.triage.level == "emergency"


def test_a_foot_drop_on_one_side_does_not_hide_that_both_legs_are_weak(assessed):
    """Acute weakness of both legs stays an emergency when one foot is examined more closely.

    Source: NICE NG127, Suspected neurological conditions: recognition and referral, 2019.
    """
    both = """
age: 45
findings:
  - {finding: onset, value: suddenly yesterday}
  - {finding: weakness of both legs}
"""
    assert "acute-weakness-both-legs" in rules(assessed(both))
    assert "acute-weakness-both-legs" in rules(assessed(both + "  - {finding: ankle dorsiflexion strength, side: left, value: 3/5}\n"))


def test_retention_told_instead_of_bladder_trouble_is_no_less_urgent(assessed):
    """The more precise word for the same trouble never lowers the level.

    Source: Getting It Right First Time, National suspected cauda equina syndrome pathway, NHS England, 2023.
    """
    vague, precise = (
        assessed(f"""
age: 50
findings:
  - {{finding: duration, value: 3 weeks}}
  - {{finding: low back pain}}
  - {{finding: {word}}}
""")
        for word in ("bladder disturbance", "urinary retention")
    )
    assert level_rank(precise.triage.level) >= level_rank(vague.triage.level)


def test_what_is_denied_raises_no_alarm(assessed):
    """Red flags written as denials are good news: "no saddle numbness", "denies bladder trouble".

    Source: Getting It Right First Time, National suspected cauda equina syndrome pathway, NHS England, 2023.
    """
    result = assessed("""
age: 50
setting: primary-care
findings:
  - {finding: duration, value: 3 weeks}
  - {finding: low back pain}
  - no saddle numbness
  - denies bladder trouble
  - no fever
  - no leg weakness
  - no history of cancer
""")
    assert rules(result) == []


# -- same day ------------------------------------------------------------------------------------------------------------


def test_a_swollen_tender_calf_after_a_long_flight_is_seen_the_same_day(assessed):
    """Suspected deep vein thrombosis: assessed, and scanned or treated, the same day.

    Source: NICE NG158, Venous thromboembolic diseases, 2020.
    """
    result = assessed("""
age: 48
conditions: [long flight]
findings:
  - {finding: onset, value: 3 days ago}
  - {finding: calf swelling, side: right}
  - {finding: calf pain, side: right}
  - {finding: warm red calf, side: right}
  - {finding: chest pain, value: absent}
""")
    assert result.triage.level == "same_day"


def test_a_foot_that_can_hardly_be_lifted_since_last_week_with_sciatica_is_seen_the_same_day_or_sooner(assessed):
    """Radicular pain with MRC 3 or less, recent: discuss with spinal surgeons now.

    Source: NICE NG59, Low back pain and sciatica in over 16s, 2016; NHS Lothian low back pain pathway.
    """
    result = assessed(
        """
age: 46
setting: primary-care
findings:
  - {finding: duration, value: 6 days}
  - {finding: sciatica, side: right}
  - {finding: ankle dorsiflexion strength, side: right, value: 2/5}
"""
        + ASKED
    )
    assert level_rank(result.triage.level) >= level_rank("same_day")


def test_spinal_pain_at_night_in_a_person_with_cancer_is_seen_the_same_day(assessed):
    """Pain that suggests spinal metastases without a deficit: contact the coordinator within 24 hours.

    Source: NICE NG234, Spinal metastases and metastatic spinal cord compression, 2023.
    """
    result = assessed("""
age: 64
conditions: [lung cancer]
findings:
  - {finding: thoracic back pain}
  - {finding: night pain}
  - {finding: leg weakness, side: both, value: absent}
""")
    assert level_rank(result.triage.level) >= level_rank("same_day")


def test_unsteady_numb_feet_after_nitrous_oxide_are_seen_the_same_day_or_sooner(assessed):
    """Nitrous oxide myeloneuropathy: vitamin B12 by injection must not wait.

    Source: A. Paris et al., ABN guideline, Pract Neurol 23:222, 2023.
    """
    result = assessed("""
age: 21
conditions: [nitrous oxide]
findings:
  - {finding: duration, value: 2 weeks}
  - {finding: numb feet, side: both}
  - {finding: sensory ataxia}
""")
    assert level_rank(result.triage.level) >= level_rank("same_day")


def test_proximal_weakness_with_a_purple_eyelid_rash_and_trouble_swallowing_over_weeks_is_seen_the_same_day_or_sooner(assessed):
    """Severe dermatomyositis: dysphagia is a reason to admit.

    Source: A. G. S. Oldroyd et al., British Society for Rheumatology guideline on idiopathic inflammatory myopathy,
    Rheumatology 61:1760, 2022.
    """
    result = assessed("""
age: 51
sex: female
findings:
  - {finding: duration, value: "5 weeks, getting worse"}
  - {finding: hip flexion strength, side: both, value: 3/5}
  - {finding: heliotrope rash}
  - {finding: difficulty swallowing}
""")
    assert level_rank(result.triage.level) >= level_rank("same_day")


# -- within two weeks ----------------------------------------------------------------------------------------------------


def test_painless_weakness_that_has_grown_over_months_is_seen_within_two_weeks(assessed):
    """Slowly progressive limb weakness: refer; motor neuron disease must not wait for months.

    Source: NICE NG127, 2019; NICE NG42, Motor neurone disease: assessment and management, 2016.
    """
    result = assessed(
        """
age: 59
setting: primary-care
findings:
  - {finding: duration, value: "6 months, getting worse"}
  - {finding: leg weakness, side: left}
  - {finding: painless}
  - {finding: calf wasting, side: left}
  - {finding: sensation, value: normal}
  - {finding: difficulty swallowing, value: absent}
  - {finding: breathless lying flat, value: absent}
"""
        + ASKED
    )
    assert result.triage.level == "within_2_weeks"


def test_sciatica_with_mild_weakness_of_recent_date_is_seen_within_two_weeks(assessed):
    """A mild motor deficit with sciatica, red flags asked and absent, is no emergency and no trifle.

    Source: NICE NG59, Low back pain and sciatica in over 16s, 2016.
    """
    result = assessed(
        """
age: 45
setting: primary-care
findings:
  - {finding: duration, value: 4 weeks}
  - {finding: low back pain}
  - {finding: sciatica, side: left}
  - {finding: plantar flexion strength, side: left, value: 4/5}
  - {finding: ankle reflex, side: left, value: absent}
  - {finding: ankle reflex, side: right, value: normal}
  - {finding: leg weakness, side: right, value: absent}
"""
        + ASKED
    )
    assert result.triage.level == "within_2_weeks"


# -- routine and self care -----------------------------------------------------------------------------------------------


def test_sciatica_without_any_deficit_is_no_emergency(assessed):
    """Sciatica without weakness, numbness or red flags gets better in most within weeks.

    Source: NICE NG59, Low back pain and sciatica in over 16s, 2016.
    """
    result = assessed(
        """
age: 42
setting: primary-care
findings:
  - {finding: duration, value: 3 weeks}
  - {finding: low back pain}
  - {finding: sciatica, side: left}
  - {finding: leg weakness, side: both, value: absent}
  - {finding: sensation, value: normal}
  - {finding: ankle reflex, side: both, value: normal}
  - {finding: knee reflex, side: both, value: normal}
"""
        + ASKED
    )
    assert level_rank(result.triage.level) <= level_rank("within_2_weeks")


def test_feet_that_went_numb_over_years_alike_are_routine(assessed):
    """Slow, symmetrical, length-dependent numbness in diabetes belongs to primary care.

    Source: NICE NG127, 2019 (distal symmetrical sensory symptoms, slowly progressive).
    """
    result = assessed(
        """
age: 67
setting: primary-care
conditions: [type 2 diabetes]
findings:
  - {finding: duration, value: "5 years, slowly"}
  - {finding: numb feet, side: both}
  - {finding: ankle reflex, side: both, value: absent}
  - {finding: vibration sense at the toes, value: reduced}
  - {finding: leg weakness, side: both, value: absent}
  - {finding: plantar response, side: both, value: flexor}
  - {finding: unsteady on my feet in the dark, value: absent}
"""
        + ASKED
    )
    assert result.triage.level == "routine"


def test_a_calf_strained_at_football_that_bears_weight_is_self_care_or_routine(assessed):
    """Mild strain of the calf: local pain on stretch and contraction, no gap, Thompson test negative.

    Source: B. Dixon, "Gastrocnemius vs. soleus strain," Curr Rev Musculoskelet Med 2:74, 2009.
    """
    result = assessed("""
age: 31
sex: male
conditions: [football]
findings:
  - {finding: onset, value: "suddenly, 2 days ago, while sprinting"}
  - {finding: calf pain, side: left, value: mild}
  - {finding: pain on stretching, side: left}
  - {finding: pain on resisted contraction, side: left}
  - {finding: local tenderness, side: left}
  - {finding: Thompson test, side: left, value: negative}
  - {finding: palpable gap, side: left, value: absent}
  - {finding: calf swelling, side: left, value: absent}
  - {finding: numb leg, side: left, value: absent}
  - {finding: cold leg, side: left, value: absent}
  - {finding: tense calf, side: left, value: absent}
  - {finding: cannot bear weight, side: left, value: absent}
""")
    assert result.triage.level in {"self_care", "routine"}


def test_legs_that_tire_on_walking_and_recover_on_sitting_are_routine(assessed):
    """Neurogenic claudication without a deficit: an ordinary appointment.

    Source: J. N. Katz and M. B. Harris, "Lumbar spinal stenosis," N Engl J Med 358:818, 2008.
    """
    result = assessed(
        """
age: 72
setting: primary-care
findings:
  - {finding: duration, value: 2 years}
  - {finding: leg symptoms worse on standing and walking, side: both}
  - {finding: relief on sitting or bending forward}
  - {finding: low back pain}
  - {finding: foot pulses, side: both, value: palpable}
  - {finding: ankle reflex, side: both, value: normal}
  - {finding: knee reflex, side: both, value: normal}
  - {finding: plantar response, side: both, value: flexor}
  - {finding: leg weakness, side: both, value: absent}
"""
        + ASKED
    )
    assert result.triage.level == "routine"


def test_night_cramps_without_weakness_are_no_alarm(assessed):
    """Nocturnal leg cramps are common and harmless.

    Source: R. E. Allen and K. A. Kirby, "Nocturnal leg cramps," Am Fam Physician 86:350, 2012.
    """
    result = assessed(
        """
age: 68
setting: self
findings:
  - {finding: duration, value: 3 years}
  - {finding: leg cramps at night}
  - {finding: leg weakness, side: both, value: absent}
  - {finding: numb feet, side: both, value: absent}
"""
        + ASKED
    )
    assert level_rank(result.triage.level) <= level_rank("routine")


# -- what was not asked --------------------------------------------------------------------------------------------------


def test_sciatica_with_weakness_where_nobody_asked_about_saddle_and_bladder_says_so(assessed):
    """An essential red flag that was not asked is named, not assumed absent.

    Source: Getting It Right First Time, National suspected cauda equina syndrome pathway, NHS England, 2023.
    """
    result = assessed("""
age: 44
setting: primary-care
findings:
  - {finding: duration, value: 3 weeks}
  - {finding: sciatica, side: left}
  - {finding: plantar flexion strength, side: left, value: 4/5}
""")
    assert {"numb-saddle", "bladder-dysfunction"} <= set(result.triage.unasked_red_flags)
    assert any(q.red_flag for q in result.questions)


def test_a_red_flag_that_was_asked_and_denied_is_not_asked_again(assessed):
    """Once denied, saddle numbness and bladder trouble are no longer open questions.

    Source: Getting It Right First Time, National suspected cauda equina syndrome pathway, NHS England, 2023.
    """
    result = assessed(
        """
age: 44
setting: primary-care
findings:
  - {finding: duration, value: 3 weeks}
  - {finding: sciatica, side: left}
  - {finding: plantar flexion strength, side: left, value: 4/5}
"""
        + ASKED
    )
    assert not {"numb-saddle", "bladder-dysfunction"} & set(result.triage.unasked_red_flags)


def test_a_calf_that_swells_without_pain_is_scanned_today(assessed):
    """A clot need not hurt: swelling of one calf by itself calls for a Wells score; a calf swollen for years does not.

    Source: NICE NG158, Venous thromboembolic diseases: diagnosis, management and thrombophilia testing, 2020, recommendation 1.1.1.
    """
    case = """
age: 60
setting: self
findings:
  - {{finding: duration, value: {duration}}}
  - {{finding: calf swelling, side: left}}
  - {{finding: calf pain, side: left, value: absent}}
"""
    assert assessed(case.format(duration="3 days")).triage.level == "same_day"
    assert assessed(case.format(duration="2 years")).triage.level in ("within_2_weeks", "routine")


@pytest.mark.parametrize(
    "lost",
    [
        "  - {finding: urinary incontinence}\n  - {finding: faecal incontinence}\n",
        "  - {finding: urinary retention}\n",
        "  - {finding: saddle anaesthesia}\n",
    ],
)
def test_weak_legs_without_control_are_an_emergency_though_nobody_said_since_when(assessed, lost):
    """An unknown tempo is no long tempo; told to be of years, it is none any more.

    Source: NICE NG127, Suspected neurological conditions: recognition and referral, 2019, limb weakness with bladder or bowel change.
    """
    case = "age: 50\nsetting: self\nfindings:\n  - {finding: leg weakness, side: both}\n" + lost
    assert assessed(case).triage.level == "emergency"
    assert "onset" in assessed(case).triage.unasked_red_flags


def test_weak_legs_and_weak_breathing_are_an_emergency_though_nobody_said_since_when(assessed):
    """Breathing muscles may be failing; only a long-known course makes it less.

    Source: NICE NG127, Suspected neurological conditions: recognition and referral, 2019, limb weakness with breathlessness.
    """
    case = "age: 50\nsetting: self\nfindings:\n  - {finding: leg weakness, side: both}\n  - {finding: weak breathing}\n"
    assert assessed(case).triage.level == "emergency"


def test_severe_pain_and_numbness_after_an_operation_with_the_legs_in_supports_is_an_emergency(assessed):
    """Compartment syndrome of the well leg; the fuller picture (tense calf, pain on stretch) comes late.

    Source: M. S. Simms, T. R. Terry, Well leg compartment syndrome after pelvic and perineal surgery in the lithotomy position,
    Postgrad Med J 81:534, 2005.
    """
    case = "age: 56\nfindings:\n  - {finding: lithotomy position}\n  - {finding: tingling leg, side: left}\n"
    result = assessed(case + "  - {finding: severe calf pain, side: left}\n")
    assert result.triage.level == "emergency"
    assert "compartment-syndrome-after-lithotomy" in rules(result)
    assert "compartment-syndrome-after-lithotomy" not in rules(assessed(case))


def test_a_torn_calf_with_a_numb_foot_under_a_blood_thinner_is_an_emergency(assessed):
    """A torn muscle bleeds on under an anticoagulant, and the pressure takes the nerve.

    Source: British Orthopaedic Association, BOAST: compartment syndrome of the limbs, 2014.
    """
    case = """
age: 60
findings:
  - {finding: onset, value: yesterday}
  - {finding: felt a pop}
  - {finding: calf pain, side: right}
"""
    danger = "  - {finding: warfarin}\n  - {finding: numb foot, side: right}\n"
    assert "bleeding-leg-with-deficit" in rules(assessed(case + danger))
    assert assessed(case + danger).triage.level == "emergency"
    assert "bleeding-leg-with-deficit" not in rules(assessed(case))


def test_a_swollen_buttock_is_an_emergency_with_a_numb_foot_but_not_with_a_weak_hamstring_alone(assessed):
    """A torn hamstring origin weakens the knee and swells the buttock by itself; a sciatic deficit or bleeding does not belong to it.

    Source: D. G. Wood et al., Avulsion of the proximal origin of the hamstrings, J Bone Joint Surg Am 90:2365, 2008; British Orthopaedic
    Association, BOAST: compartment syndrome of the limbs, 2014.
    """
    case = """
age: 40
findings:
  - {finding: onset, value: 5 days ago}
  - {finding: felt a pop}
  - {finding: pain at the sitting bone, side: left}
  - {finding: bruising of the thigh, side: left}
  - {finding: buttock swelling, side: left}
  - {finding: weak knee flexion, side: left}
"""
    assert assessed(case).triage.level == "same_day"
    for danger in ("numb foot, side: left", "warfarin", "foot drop, side: left"):
        assert "buttock-swelling-deficit" in rules(assessed(f"{case}  - {{finding: {danger}}}\n"))


def test_cramps_and_twitches_in_strong_legs_are_no_alarm(assessed):
    """Benign cramp-fasciculation syndrome can wait for an ordinary appointment.

    Source: expert estimate: without weakness or wasting such twitching is usually harmless; no publication says how soon to be seen.
    """
    result = assessed("""
age: 30
findings:
  - {finding: duration, value: 3 years}
  - {finding: muscle cramps, side: both}
  - {finding: calf twitching, side: both}
  - {finding: leg weakness, value: absent}
""")
    assert result.triage.level in ("routine", "self_care")


def test_weakness_with_poor_nights_and_sleepy_days_is_seen_within_two_weeks(assessed):
    """Breathing muscles that are weak fail at night first: sleep that does not refresh and sleepy days tell it.

    Source: NICE NG42, Motor neurone disease, 2016, signs of respiratory impairment.
    """
    case = """
age: 60
findings:
  - {finding: onset, value: several years}
  - {finding: proximal leg weakness, side: both}
  - {finding: daytime sleepiness}
"""
    poor = assessed(case + "  - {finding: unrefreshing sleep}\n")
    assert "weakness-with-poor-nights" in rules(poor)
    assert poor.triage.level == "within_2_weeks"
    assert "weakness-with-poor-nights" not in rules(assessed(case))
