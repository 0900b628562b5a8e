"""Wordings of examinations and complaints to findings. Every wording here was made up for this test."""

from __future__ import annotations

import pytest

from soleus.domain.evidence import ancestors
from soleus.domain.finding import Presence, Side
from soleus.interchange.phrases.reader import PhraseReader, Reading


@pytest.fixture(scope="module")
def reader(compiled) -> PhraseReader:
    return PhraseReader(compiled.kb, compiled.lexicon)


def told(reading: Reading, reader: PhraseReader) -> set[str]:
    """Each observation as "finding side state"; a side that nobody stated is left out."""
    result = set()
    for o in reading.observations:
        state = o.presence.value if o.presence is not Presence.PRESENT else o.state(reader.kb.findings[o.finding])
        result.add(" ".join([o.finding, *([] if o.side is Side.UNSTATED else [o.side.value]), state]))
    return result


READINGS = [
    # -- strength ------------------------------------------------------------------------------------------------------
    ("power of hip extension", "left", "3/5", "weak-hip-extension left severe"),
    ("hip flexion strength", "right", "MRC 4", "weak-hip-flexion right mild"),
    ("plantar flexion strength", "left", "4-", "weak-ankle-plantarflexion left mild"),
    ("strength of plantar flexion", "both", "2/5", "weak-ankle-plantarflexion left severe; weak-ankle-plantarflexion right severe"),
    ("ankle dorsiflexion", "left", "0/5", "weak-ankle-dorsiflexion left severe"),
    ("left ankle dorsiflexion", "", "4/5", "weak-ankle-dorsiflexion left mild"),
    ("knee extension power", "", "5/5 on the right", "weak-knee-extension right absent"),
    (
        "hip flexion, abduction and adduction strength",
        "right",
        "1/5",
        "weak-hip-flexion right severe; weak-hip-abduction right severe; weak-hip-adduction right severe",
    ),
    ("extensor hallucis longus", "left", "2/5", "weak-great-toe-extension left severe"),
    ("gluteus medius power", "left", "4/5", "weak-hip-abduction left mild"),
    ("quadriceps weakness", "right", "", "weak-knee-extension right weak"),
    ("weakness of the hamstrings", "left", "mild", "weak-knee-flexion left mild"),
    ("weakness of the hamstrings", "left", "absent", "weak-knee-flexion left absent"),
    ("foot drop", "right", "", "weak-ankle-dorsiflexion right severe"),
    ("foot drop", "right", "none", "weak-ankle-dorsiflexion right absent"),
    ("calf weakness", "left", "present", "weak-ankle-plantarflexion left weak"),
    ("toe walking", "left", "impossible", "weak-ankle-plantarflexion left weak"),
    ("standing on tiptoe", "right", "unable", "weak-ankle-plantarflexion right weak"),
    ("standing on tiptoe", "right", "normal", "weak-ankle-plantarflexion right absent"),
    ("cannot stand on tiptoe", "left", "present", "weak-ankle-plantarflexion left severe"),
    ("heel walking", "both", "impossible", "weak-ankle-dorsiflexion left weak; weak-ankle-dorsiflexion right weak"),
    ("facial weakness", "left", "absent", "weak-face left absent"),
    ("finger flexion", "right", "3/5", "weak-finger-flexion right severe"),
    ("difficulty rising from a chair", "", "present", "difficulty-rising present"),
    ("weakness of the left leg", "", "", "weak-leg left present"),
    # -- reflexes ------------------------------------------------------------------------------------------------------
    ("ankle jerks", "both", "absent", "reflex-ankle left absent; reflex-ankle right absent"),
    ("ankle jerk", "left", "2+", "reflex-ankle left absent"),
    ("Achilles reflex", "right", "diminished", "reflex-ankle right reduced"),
    ("absent left ankle reflex", "", "", "reflex-ankle left absent"),
    ("knee reflexes", "both", "brisk", "reflex-knee left brisk; reflex-knee right brisk"),
    ("patellar reflex", "left", "1+", "reflex-knee left reduced"),
    ("patellar reflex", "left", "not elicitable", "reflex-knee left absent"),
    # -- sensation -----------------------------------------------------------------------------------------------------
    ("numbness of the sole", "left", "", "numb-sole left present"),
    ("numb soles", "both", "present", "numb-sole left present; numb-sole right present"),
    ("sensation of the sole", "left", "normal", "numb-sole left absent"),
    ("pinprick over the lateral foot", "right", "reduced", "numb-lateral-foot right present"),
    ("reduced sensation on the top of the foot", "left", "", "numb-dorsum-foot left present"),
    ("sensation on the inner lower leg", "left", "intact", "numb-medial-leg left absent"),
    ("saddle anaesthesia", "", "present", "numb-saddle present"),
    ("saddle anaesthesia", "", "absent", "numb-saddle absent"),
    ("perianal sensation", "", "normal", "numb-saddle absent"),
    ("perianal sensation", "", "reduced", "numb-saddle present"),
    ("numbness between the legs", "", "denied", "numb-saddle absent"),
    ("vibration sense at the toes", "", "absent", "vibration-loss-feet present"),
    ("vibration sense", "", "preserved", "vibration-loss-feet absent"),
    ("joint position sense", "", "normal", "vibration-loss-feet absent"),
    ("Romberg test", "", "positive", "sensory-ataxia present"),
    ("sensory level at T10", "", "", "sensory-level present"),
    # -- cord and brain ------------------------------------------------------------------------------------------------
    ("plantar response", "left", "extensor", "plantar-extensor left present"),
    ("plantar responses", "both", "flexor", "plantar-extensor left absent; plantar-extensor right absent"),
    ("plantars", "both", "downgoing", "plantar-extensor left absent; plantar-extensor right absent"),
    ("plantars", "right", "upgoing", "plantar-extensor right present"),
    ("Babinski sign", "left", "negative", "plantar-extensor left absent"),
    ("ankle clonus", "right", "sustained", "ankle-clonus right present"),
    ("reduced muscle tone", "", "absent", "flaccid-tone absent"),
    ("muscle tone", "", "reduced", "flaccid-tone present"),
    ("clonus", "both", "absent", "ankle-clonus left absent; ankle-clonus right absent"),
    ("fasciculations in the calf", "left", "", "fasciculations-leg left present"),
    # -- bladder and bowel ---------------------------------------------------------------------------------------------
    ("bladder disturbance", "", "absent", "bladder-dysfunction absent"),
    ("bladder disturbance", "", "present", "bladder-dysfunction present"),
    ("bladder function", "", "normal", "bladder-dysfunction absent"),
    ("anal tone", "", "reduced", "anal-tone-reduced present"),
    ("anal tone", "", "normal", "anal-tone-reduced absent"),
    ("urinary retention", "", "no", "urinary-retention absent"),
    ("cannot pass water", "", "since last night", "urinary-retention present"),
    # -- pain, vessels, tendon -----------------------------------------------------------------------------------------
    ("pain in the calf", "left", "", "calf-pain left present"),
    ("calf pain", "both", "none", "calf-pain left absent; calf-pain right absent"),
    ("low back pain", "", "absent", "low-back-pain absent"),
    ("sciatica", "right", "", "radiating-leg-pain right present"),
    ("straight leg raise", "left", "positive at 40 degrees", "straight-leg-raise left present"),
    ("straight leg raising", "left", "90 degrees", "straight-leg-raise left absent"),
    ("foot pulses", "left", "absent", "absent-foot-pulses left present"),
    ("foot pulses", "both", "palpable", "absent-foot-pulses left absent; absent-foot-pulses right absent"),
    ("dorsalis pedis pulse", "right", "not palpable", "absent-foot-pulses right present"),
    ("Thompson test", "left", "positive", "thompson-test left present"),
    ("Thompson test", "left", "negative", "thompson-test left absent"),
    ("swollen calf", "right", "", "calf-swelling right present"),
    ("temperature", "", "39.2 °C", "fever present"),
    ("temperature", "", "36.8", "fever absent"),
    ("temperature", "", "102 F", "fever present"),
    # -- muscle --------------------------------------------------------------------------------------------------------
    ("calf wasting", "left", "", "wasting-calf left present"),
    ("wasting of the thigh", "right", "absent", "wasting-thigh right absent"),
    ("muscle bulk of the calf", "left", "reduced", "wasting-calf left present"),
    ("dark urine", "", "after the marathon", "dark-urine present"),
    # -- history -------------------------------------------------------------------------------------------------------
    ("type 2 diabetes", "", "", "diabetes present"),
    ("warfarin", "", "", "anticoagulant present"),
    ("prostate cancer", "", "2019", "known-cancer present"),
]


@pytest.mark.parametrize(("text", "side", "value", "expected"), READINGS)
def test_wording(reader, text, side, value, expected):
    reading = reader.read(text, Side(side or "unstated"), value)
    assert reading.understood
    seen = told(reading, reader)
    implied = {f"{b} {rest}" for s in seen for f, _, rest in [s.partition(" ")] for b in ancestors(f, reader.kb.findings)}
    assert set(expected.split("; ")) <= seen | {i for i in implied if i.endswith("present")}
    for one in expected.split("; "):  # and nothing that contradicts it
        opposite = one.rsplit(" ", 1)[0] + (" present" if one.endswith(" absent") else " absent")
        assert opposite not in seen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no foot drop", "weak-ankle-dorsiflexion absent"),
        ("no fever", "fever absent"),
        ("denies bladder trouble", "bladder-dysfunction absent"),
        ("without sensory loss", "sensory-loss-any absent"),
        ("no weakness of the calf", "weak-ankle-plantarflexion absent"),
        ("fever denied", "fever absent"),
        ("no numbness between the legs", "numb-saddle absent"),
        ("never had a fever", "fever absent"),
        ("no history of cancer", "known-cancer absent"),
        ("no diabetes", "diabetes absent"),
        ("not diabetic", "diabetes absent"),
        ("foot drop absent", "weak-ankle-dorsiflexion absent"),
        ("absence of back pain", "low-back-pain absent"),
        ("no calf wasting", "wasting-calf absent"),
        ("no sensory level", "sensory-level absent"),
        ("no ankle reflex", "reflex-ankle absent"),
        ("ankle reflex absent", "reflex-ankle absent"),
    ],
)
@pytest.mark.parametrize("value", ["", "yes"])
def test_a_finding_that_denies_itself_is_absent(reader, text, value, expected):
    """ "No fever" as a finding of its own, in a list of findings or of conditions. A lost reflex is the exception: it is abnormal."""
    assert told(reader.read(text, value=value), reader) == {expected}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("no appetite", "appetite-loss"),
        ("cannot stand on tiptoe", "weak-ankle-plantarflexion"),
        ("can't feel my feet", "numb-foot"),
        ("no sensation in the sole", "numb-sole"),
    ],
)
def test_a_denial_that_belongs_to_the_finding_is_the_finding(reader, text, finding):
    assert any(o.finding == finding and o.presence is Presence.PRESENT for o in reader.read(text).observations)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plantar flexion strength", "4/5"),
        ("plantar flexion", "5/5"),
        ("strength of plantar flexion", "weak"),
        ("plantar flexor power", "3/5"),
    ],
)
def test_plantar_flexion_is_no_plantar_response(reader, text, value):
    """ "Plantar flexion 4/5" read as a Babinski sign would turn each weak calf into a cord lesion."""
    assert not any(o.finding == "plantar-extensor" for o in reader.read(text, Side.LEFT, value).observations)


@pytest.mark.parametrize("value", ["not tested", "not examined", "unknown", "not recorded", "not asked", "n/a"])
@pytest.mark.parametrize(
    "text",
    [
        "ankle reflex",
        "plantar flexion strength",
        "saddle anaesthesia",
        "plantar response",
        "numb sole",
        "sensory level",
        "smoker",
        "injury",
        "muscle tone",
    ],
)
def test_what_was_not_tested_yields_no_observation(reader, text, value):
    """An unknown never acts as an absent."""
    assert reader.read(text, Side.LEFT, value).observations == ()


@pytest.mark.parametrize(
    ("text", "value"), [("pulse", "115/min"), ("blood pressure", "160/94"), ("BP", "140/90 mmHg"), ("respiratory rate", "18")]
)
def test_a_measured_vital_sign_is_understood_and_shows_nothing(reader, text, value):
    reading = reader.read(text, value=value)
    assert reading.understood
    assert reading.observations == ()


@pytest.mark.parametrize(
    "text", ["colour of the front door", "xyzzy", "the patient likes chess", "blood group", "12345", "???", "shoe size"]
)
def test_what_is_no_finding_is_not_guessed(reader, text):
    reading = reader.read(text)
    assert not reading.understood
    assert reading.observations == ()


@pytest.mark.parametrize("text", ["mother has muscular dystrophy", "father: weak legs", "brother with muscular dystrophy"])
def test_a_relatives_disease_is_not_the_patients(reader, text):
    seen = {o.finding for o in reader.read(text).observations if o.presence is Presence.PRESENT}
    assert not seen & {"weak-leg", "known-muscular-dystrophy"}
    assert seen & {"family-history-neuromuscular", "family-history-spastic"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("parents are cousins", "consanguinity"),
        ("relative afferent pupillary defect", "optic-neuritis"),
        ("mother has porphyria", "family-history-porphyria"),
        ("twin pregnancy", "pregnancy"),
    ],
)
def test_a_phrase_with_a_relative_in_it_keeps_its_meaning(reader, text, finding):
    assert [o.finding for o in reader.read(text).observations] == [finding]


def test_tempo_is_read_beside_the_finding(reader):
    reading = reader.read("calf weakness", Side.LEFT, "for 3 months, getting worse")
    assert reading.about_weakness
    assert reading.tempo.onset is not None
    assert reading.tempo.onset.index(max(reading.tempo.onset)) == 3
    assert reading.tempo.course is not None
    assert reading.tempo.course[0] == 1


def test_a_denied_finding_tells_no_tempo(reader):
    assert not reader.read("low back pain", value="none for 3 months").tempo.says_something


def test_tingling_is_softer_than_numbness(reader):
    numb, tingling = (
        {o.finding: o.weights for o in reader.read(f"{what} of the lateral foot", Side.LEFT).observations}
        for what in ("numbness", "paraesthesia")
    )
    assert numb["numb-lateral-foot"] == (0.0, 1.0)
    assert 0 < tingling["numb-lateral-foot"][0] < tingling["numb-lateral-foot"][1]


def test_the_rest_is_normal_is_soft_evidence(reader):
    found = reader.read("rest of the neurological examination", value="normal").observations
    assert found
    assert all(o.presence is Presence.ABSENT and min(o.weights) > 0 for o in found)


def test_every_name_and_synonym_of_the_vocabulary_is_read_as_that_finding(reader):
    """As present, on that finding or on one broader or narrower."""
    findings = reader.kb.findings
    lost = []
    for finding in findings.values():
        family = {finding.id, *ancestors(finding.id, findings), *(f for f in findings if finding.id in ancestors(f, findings))}
        for phrase in (finding.name, *finding.synonyms):
            present = {o.finding for o in reader.read(phrase).observations if o.presence is Presence.PRESENT}
            if finding.kind.value != "reflex" and not present & family:
                lost.append(f"{finding.id}: {phrase}")
    assert lost == []


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "ß" * 1000, "İ", "(((", "a" * 20_000, "left " * 5000, "[]{}\\^$*+?.", "4/5 " * 3000, "no " * 3000]
)
def test_odd_text_does_no_harm(reader, text):
    reader.read(text, Side.LEFT, text)


DENIALS = (
    "absent|denied|denies|nil|none|no|negative|neg|never|not present|not reported|none reported|none noted|not complained of|not a feature|"
    "ruled out|not at all|-ve|not experienced|doesn't have|no history of this"
).split("|")
RED_FLAGS = {
    "incontinence": "urinary-incontinence",
    "urinary retention": "urinary-retention",
    "saddle numbness": "numb-saddle",
    "bladder or bowel": "bladder-dysfunction",
    "fever": "fever",
    "chest pain": "chest-pain",
    "difficulty swallowing": "dysphagia",
    "double vision": "diplopia",
    "foot drop": "weak-ankle-dorsiflexion",
}


@pytest.mark.parametrize("value", DENIALS)
@pytest.mark.parametrize(("text", "finding"), RED_FLAGS.items())
def test_a_denial_in_the_value_is_absent(reader, text, finding, value):
    if finding == "bladder-dysfunction" and value not in ("denied", "denies", "nil", "none", "no", "negative", "none reported"):
        value = "denied"  # of a function named alone "absent" may be its loss
    read = {o.finding: o.presence for o in reader.read(text, Side.UNSTATED, value).observations}
    assert read[finding] is Presence.ABSENT
    assert Presence.PRESENT not in read.values()


@pytest.mark.parametrize(
    ("text", "value", "finding"),
    [
        ("urinary retention", "no urine for 12 hours", "urinary-retention"),
        ("urinary retention", "since yesterday, never before", "urinary-retention"),
        ("urinary incontinence", "no warning", "urinary-incontinence"),
        ("urinary incontinence", "none before this week, now daily", "urinary-incontinence"),
        ("bowel dysfunction", "no control", "bowel-dysfunction"),
        ("numbness around the anus", "2 days, no pain", "numb-saddle"),
        ("saddle numbness", "no feeling when wiping", "numb-saddle"),
        ("foot drop", "painless, no back pain", "weak-ankle-dorsiflexion"),
        ("foot drop", "no recovery", "weak-ankle-dorsiflexion"),
        ("leg weakness", "3 days, no trauma", "weak-leg"),
        ("leg pain", "no relief with rest", "leg-pain"),
        ("back pain", "never goes away", "low-back-pain"),
        ("calf swelling", "without redness", "calf-swelling"),
        ("fever", "39, no rigors", "fever"),
        ("chest pain", "cannot be excluded", "chest-pain"),
        ("foot pulses", "not present", "absent-foot-pulses"),
        ("bladder", "no control", "bladder-dysfunction"),
    ],
)
def test_a_denial_of_something_else_denies_nothing(reader, text, value, finding):
    assert {o.finding: o.presence for o in reader.read(text, Side.UNSTATED, value).observations}[finding] is Presence.PRESENT


@pytest.mark.parametrize("text", ["both legs warm", "legs warm", "exertional breathlessness", "breathless on exertion"])
def test_warm_legs_are_no_inflamed_calf_and_breath_short_on_effort_no_weak_breathing(reader, text):
    assert not {o.finding for o in reader.read(text).observations} & {"warm-red-calf", "respiratory-weakness"}
