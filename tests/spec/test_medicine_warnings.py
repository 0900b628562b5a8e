"""No medicine is offered without the warning that this person needs.

Source: each row names the label, guideline or safety notice that the warning rests on, by its id in data/sources; the care data must
name the same one, so that a warning cannot lose what stands behind it.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from soleus.care.cautions import DONE_TO_THE_PERSON, is_ruled_out, warnings_for
from soleus.care.facts import facts_of
from soleus.domain.care import Caution, Fact, Treatment
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence
from soleus.knowledge.care_loader import _entries
from soleus.knowledge.loader import DATA, Reading

CONTRAINDICATED, AVOID, CAUTION = "contraindicated", "avoid", "caution"
"""Not for this person; another choice is better; right, with what the warning asks for (a lower dose, a blood test, one medicine of the
class left out)."""

# treatment, facts that hold, level of the warning, source of it
ROWS = [
    # Anti-inflammatory pain killers.
    ("nsaid", "anticoagulant", CONTRAINDICATED, "ibuprofen-label"),
    ("nsaid", "kidney-disease", CONTRAINDICATED, "ags-beers-2023"),
    ("nsaid", "kidney-failure", CONTRAINDICATED, "ibuprofen-label"),
    ("nsaid", "peptic-ulcer", CONTRAINDICATED, "ibuprofen-label"),
    ("nsaid", "pregnancy", CONTRAINDICATED, "ibuprofen-label"),
    ("nsaid", "nsaid-allergy", CONTRAINDICATED, "ibuprofen-label"),
    ("nsaid", "heart-failure", AVOID, "ags-beers-2023"),
    ("nsaid", "coronary-disease", AVOID, "ibuprofen-label"),
    ("nsaid", "age-65-plus", AVOID, "ags-beers-2023"),
    ("nsaid", "lithium", AVOID, "ibuprofen-label"),
    ("nsaid", "methotrexate-use", AVOID, "ibuprofen-label"),
    ("nsaid", "ace-arb diuretic", AVOID, "ibuprofen-label"),
    ("nsaid", "ssri-snri", CAUTION, "ibuprofen-label"),
    ("nsaid", "antiplatelet", AVOID, "ibuprofen-label"),
    # Fluoroquinolones, whether thought of or taken already.
    ("fluoroquinolone", "achilles-disease", AVOID, "fda-fluoroquinolone-label"),
    ("fluoroquinolone", "corticosteroid-use", AVOID, "mhra-fluoroquinolones-2024"),
    ("fluoroquinolone", "age-60-plus", AVOID, "mhra-fluoroquinolones-2024"),
    ("fluoroquinolone", "junction-disorder", AVOID, "fda-fluoroquinolone-label"),
    ("fluoroquinolone", "aortic-aneurysm", AVOID, "fda-fluoroquinolone-label"),
    ("fluoroquinolone", "any-neuropathy", AVOID, "fda-fluoroquinolone-label"),
    ("antibiotics-iv", "achilles-disease", CAUTION, "mhra-fluoroquinolones-2024"),
    ("antibiotics-oral", "tendon-disease", CAUTION, "mhra-fluoroquinolones-2024"),
    ("medicine-review", "fluoroquinolone-use achilles-disease", CONTRAINDICATED, "mhra-fluoroquinolones-2024"),
    ("medicine-review", "fluoroquinolone-use corticosteroid-use", AVOID, "mhra-fluoroquinolones-2024"),
    ("medicine-review", "fluoroquinolone-use any-neuropathy", AVOID, "fda-fluoroquinolone-label"),
    # Tricyclics.
    ("tricyclic", "age-65-plus", AVOID, "ags-beers-2023"),
    ("tricyclic", "maoi", CONTRAINDICATED, "tricyclic-label"),
    ("tricyclic", "arrhythmia-long-qt", CONTRAINDICATED, "tricyclic-label"),
    ("tricyclic", "recent-heart-attack", CONTRAINDICATED, "tricyclic-label"),
    ("tricyclic", "coronary-disease", CONTRAINDICATED, "tricyclic-label"),
    ("tricyclic", "glaucoma", AVOID, "tricyclic-label"),
    ("tricyclic", "urinary-retention-prostate", AVOID, "tricyclic-label"),
    ("tricyclic", "dementia-confusion", AVOID, "ags-beers-2023"),
    # Gabapentinoids.
    ("gabapentinoid", "kidney-disease", CAUTION, "gabapentinoid-label"),
    ("gabapentinoid", "opioid", AVOID, "mhra-pregabalin-2021"),
    ("gabapentinoid", "benzodiazepine-sedative", AVOID, "mhra-pregabalin-2021"),
    ("gabapentinoid", "breathing-weak", AVOID, "mhra-gabapentin-2017"),
    ("gabapentinoid", "faller", AVOID, "ags-beers-2023"),
    # SNRIs.
    ("snri", "maoi", CONTRAINDICATED, "duloxetine-smpc"),
    ("snri", "liver-disease", CONTRAINDICATED, "duloxetine-smpc"),
    ("snri", "hypertension-uncontrolled", CONTRAINDICATED, "duloxetine-smpc"),
    ("snri", "kidney-failure", CONTRAINDICATED, "duloxetine-smpc"),
    ("snri", "cyp1a2-inhibitor", CONTRAINDICATED, "duloxetine-smpc"),
    ("snri", "glaucoma", AVOID, "duloxetine-smpc"),
    ("snri", "anticoagulant", CAUTION, "duloxetine-smpc"),
    # Antiepileptics and unborn children.
    ("valproate", "woman-who-may-become-pregnant", CONTRAINDICATED, "mhra-valproate-2024"),
    ("valproate", "pregnancy", CONTRAINDICATED, "mhra-valproate-2024"),
    ("valproate", "mitochondrial-disease", CONTRAINDICATED, "parikh-2017"),
    ("sodium-channel-pain", "low-sodium", AVOID, "carbamazepine-label"),
    # Statins after trouble with muscle.
    ("statin-treatment", "statin-autoimmune", CONTRAINDICATED, "mammen-statin-review"),
    ("statin-treatment", "dark-urine-now", CONTRAINDICATED, "grundy-2019"),
    ("statin-treatment", "statin-muscle-harm", AVOID, "grundy-2019"),
    ("statin-treatment", "cyp3a4-inhibitor", AVOID, "statin-label"),
    ("statin-treatment", "fibrate", AVOID, "statin-label"),
    ("statin-treatment", "thyroid-underactive", AVOID, "statin-label"),
    ("medicine-review", "statin-use statin-autoimmune", CONTRAINDICATED, "mammen-statin-review"),
    ("medicine-review", "statin-use inflamed-or-toxic-muscle", AVOID, "grundy-2019"),
    ("medicine-review", "statin-use cyp3a4-inhibitor", AVOID, "statin-label"),
    # Steroids.
    ("corticosteroid-immune", "diabetes-uncontrolled", AVOID, "jbds-08-2023"),
    ("corticosteroid-immune", "diabetes", CAUTION, "jbds-08-2023"),
    ("corticosteroid-immune", "infection-active", CONTRAINDICATED, "prednisone-label"),
    ("corticosteroid-immune", "peptic-ulcer", CAUTION, "caplan-2017"),
    ("corticosteroid-immune", "osteoporosis", CAUTION, "gregson-2022"),
    ("corticosteroid-immune", "glaucoma", CAUTION, "prednisone-label"),
    ("corticosteroid-immune", "multifocal-motor-neuropathy", AVOID, "efns-mmn-2006"),
    ("corticosteroid-immune", "dysferlinopathy", AVOID, "walter-2013"),
    ("corticosteroid-low-dose", "diabetes-uncontrolled", CAUTION, "jbds-08-2023"),
    ("epidural-steroid-injection", "diabetes-uncontrolled", AVOID, "jbds-08-2023"),
    ("epidural-steroid-injection", "anticoagulant", CONTRAINDICATED, "asra-2018"),
    ("dexamethasone-cord", "lymphoma-possible", AVOID, "nice-ng234"),
    ("local-steroid-injection", "achilles-disease", AVOID, "coombes-2010"),
    # What weakens the signal from nerve to muscle.
    ("medicine-review", "aminoglycoside junction-disorder", AVOID, "mgfa-cautionary-drugs"),
    ("medicine-review", "macrolide junction-disorder", AVOID, "mgfa-cautionary-drugs"),
    ("medicine-review", "telithromycin junction-disorder", CONTRAINDICATED, "mgfa-cautionary-drugs"),
    ("medicine-review", "fluoroquinolone-use junction-disorder", AVOID, "fda-fluoroquinolone-label"),
    ("medicine-review", "magnesium-iv junction-disorder", AVOID, "mgfa-cautionary-drugs"),
    ("medicine-review", "quinine-use junction-disorder", CONTRAINDICATED, "mgfa-cautionary-drugs"),
    ("medicine-review", "beta-blocker junction-disorder", AVOID, "mgfa-cautionary-drugs"),
    ("medicine-review", "penicillamine junction-disorder", AVOID, "mgfa-cautionary-drugs"),
    ("medicine-review", "botulinum-toxin-use junction-disorder", CONTRAINDICATED, "mgfa-cautionary-drugs"),
    ("medicine-review", "checkpoint-inhibitor-use junction-disorder", AVOID, "asco-irae-2021"),
    ("botulinum-toxin", "junction-disorder", CONTRAINDICATED, "xeomin-smpc"),
    ("quinine-cramps", "junction-disorder", CONTRAINDICATED, "mgfa-cautionary-drugs"),
    ("beta-blocker-thyroid", "junction-disorder", AVOID, "mgfa-cautionary-drugs"),
    ("magnesium-calcium-phosphate-replacement", "junction-disorder", CAUTION, "mgfa-cautionary-drugs"),
    ("antibiotics-iv", "junction-disorder", CAUTION, "mgfa-cautionary-drugs"),
    # Blood thinners and medicines for walking.
    ("anticoagulant-dvt", "antiphospholipid", CAUTION, "mhra-doac-aps-2019"),
    ("anticoagulant-dvt", "kidney-failure", CAUTION, "ortel-2020"),
    ("anticoagulant-dvt", "liver-disease", CAUTION, "ortel-2020"),
    ("cilostazol", "heart-failure", CONTRAINDICATED, "cilostazol-label"),
    ("cilostazol", "arrhythmia-long-qt", CONTRAINDICATED, "mhra-cilostazol-2013"),
    ("cilostazol", "anticoagulant antiplatelet", CONTRAINDICATED, "mhra-cilostazol-2013"),
    ("fampridine", "epilepsy", CONTRAINDICATED, "dalfampridine-label"),
    ("fampridine", "kidney-disease", CONTRAINDICATED, "dalfampridine-label"),
    ("amifampridine", "epilepsy", CONTRAINDICATED, "firdapse-smpc"),
    ("amifampridine", "qt-drug", CONTRAINDICATED, "firdapse-smpc"),
    # Rarer medicines of nerve and muscle disease.
    ("periodic-paralysis-prevention", "sulfa-allergy", CONTRAINDICATED, "acetazolamide-label"),
    ("periodic-paralysis-prevention", "kidney-stones", AVOID, "acetazolamide-label"),
    ("riluzole", "liver-disease", CONTRAINDICATED, "riluzole-label"),
    ("riluzole", "pregnancy", CONTRAINDICATED, "riluzole-label"),
    ("mexiletine", "heart-block", CONTRAINDICATED, "mexiletine-label"),
    ("ivig", "clotting-history", CAUTION, "fda-igiv-2013"),
    ("ivig", "kidney-disease", CAUTION, "fda-igiv-1999"),
    ("methotrexate", "pregnancy", CONTRAINDICATED, "methotrexate-label"),
    ("methotrexate", "lung-scarring", AVOID, "methotrexate-label"),
    ("methotrexate", "alcohol-heavy", CONTRAINDICATED, "methotrexate-label"),
    ("mycophenolate", "pregnancy", CONTRAINDICATED, "mycophenolate-label"),
    ("antispastic-oral", "cyp1a2-inhibitor", CAUTION, "antispastic-labels"),
    ("quinine-cramps", "low-platelets", CONTRAINDICATED, "fda-quinine-2010"),
    # Colchicine, and chemotherapy in inherited neuropathy.
    ("colchicine-gout", "kidney-disease cyp3a4-inhibitor", CONTRAINDICATED, "colchicine-label"),
    ("colchicine-gout", "statin-use", AVOID, "colchicine-label"),
    ("medicine-review", "colchicine-use kidney-disease", AVOID, "colchicine-label"),
    ("medicine-review", "colchicine-use kidney-disease cyp3a4-inhibitor", CONTRAINDICATED, "colchicine-label"),
    ("oncology-treatment", "inherited-neuropathy", CAUTION, "cavaletti-2023"),
    ("medicine-review", "vincristine inherited-neuropathy", CONTRAINDICATED, "graf-1996"),
    ("medicine-review", "neurotoxic-chemo any-neuropathy", AVOID, "loprinzi-2020"),
    # Vitamins, and what hides or uses them up.
    ("folate-replacement", "b12-lack", AVOID, "healton-1991"),
    ("b12-replacement", "metformin-use", CAUTION, "mhra-metformin-b12-2022"),
    ("b12-replacement", "nitrous-oxide-use", CAUTION, "paris-2023"),
    ("thiamine-replacement", "alcohol-heavy", CAUTION, "nice-cg32"),
    ("medicine-review", "metformin-use b12-lack", AVOID, "mhra-metformin-b12-2022"),
    ("medicine-review", "ppi b12-lack", AVOID, "lam-2013"),
    # What makes people fall, stiff or short of breath.
    ("medicine-review", "benzodiazepine-sedative faller", AVOID, "seppala-2021"),
    ("medicine-review", "opioid faller", AVOID, "seppala-2021"),
    ("medicine-review", "opioid breathing-weak", CONTRAINDICATED, "opioid-label"),
    ("medicine-review", "dopamine-blocker parkinsonism", AVOID, "nice-ng71"),
    ("medicine-review", "corticosteroid-use steroid-muscle-harm", AVOID, "pereira-2011"),
    ("rls-medicines", "ssri-snri", CAUTION, "winkelman-2025"),
]


@pytest.fixture(scope="module")
def treatments() -> Mapping[str, Treatment]:
    return {e.id: e.model for e in _entries(Reading(DATA), "treatments")}


@pytest.fixture(scope="module")
def facts() -> Mapping[str, Fact]:
    return {e.id: e.model for e in _entries(Reading(DATA), "facts")}


def warned(treatment: Treatment, facts: str) -> tuple[Caution, ...]:
    return warnings_for(treatment, frozenset(facts.split()))


@pytest.mark.parametrize(("treatment", "held", "level", "source"), ROWS, ids=[f"{r[0]}-{r[1].replace(' ', '+')}" for r in ROWS])
def test_the_warning_comes_with_its_level_and_source(treatment, held, level, source, treatments):
    warnings = warned(treatments[treatment], held)
    assert (level, source) in {(w.level, w.support.ref) for w in warnings}


@pytest.mark.parametrize(("treatment", "held"), [r[:2] for r in ROWS if " " in r[1]])
def test_a_warning_of_two_facts_needs_both(treatment, held, treatments):
    every = set(warned(treatments[treatment], held))
    for fact in held.split():
        assert set(warned(treatments[treatment], held.replace(fact, "").strip())) < every


def test_nobody_is_warned_without_a_reason(treatments):
    assert [t.id for t in treatments.values() if warnings_for(t, frozenset())] == []


def test_the_gravest_warning_stands_first(treatments):
    levels = [w.level for w in warned(treatments["nsaid"], "ssri-snri heart-failure anticoagulant")]
    assert levels == [CONTRAINDICATED, AVOID, CAUTION]


@pytest.mark.parametrize(("treatment", "held"), [r[:2] for r in ROWS if r[2] == CONTRAINDICATED])
def test_a_contraindicated_treatment_is_not_for_the_person_but_a_review_always_is(treatment, held, treatments):
    entry = treatments[treatment]
    assert is_ruled_out(entry, warned(entry, held)) is (entry.kind in DONE_TO_THE_PERSON)


def test_what_is_only_to_be_avoided_stays_open_to_discussion(treatments):
    assert not is_ruled_out(treatments["tricyclic"], warned(treatments["tricyclic"], "age-65-plus"))


# What a person writes about illnesses and medicines, and the warning that must follow from it.
TOLD = [
    ({"medicines": ("Eliquis 5 mg twice a day",)}, "nsaid", CONTRAINDICATED),
    ({"medicines": ("warfarin",)}, "nsaid", CONTRAINDICATED),
    ({"conditions": ("chronic kidney disease stage 3",)}, "nsaid", CONTRAINDICATED),
    ({"conditions": ("Achilles tendinopathy",)}, "fluoroquinolone", AVOID),
    ({"medicines": ("ciprofloxacin",), "conditions": ("Achilles tendinitis",)}, "medicine-review", CONTRAINDICATED),
    ({"age_years": 78.0}, "tricyclic", AVOID),
    ({"conditions": ("poorly controlled diabetes",)}, "corticosteroid-immune", AVOID),
    ({"conditions": ("statin myopathy",)}, "statin-treatment", AVOID),
    ({"conditions": ("anti-HMGCR myopathy",)}, "statin-treatment", CONTRAINDICATED),
    ({"sex": "female", "age_years": 30.0}, "valproate", CONTRAINDICATED),
    ({"medicines": ("lorazepam", "morphine")}, "gabapentinoid", AVOID),
    ({"medicines": ("simvastatin", "clarithromycin")}, "medicine-review", AVOID),
    ({"conditions": ("heart failure",)}, "cilostazol", CONTRAINDICATED),
    ({"conditions": ("epilepsy",)}, "fampridine", CONTRAINDICATED),
    ({"conditions": ("Charcot-Marie-Tooth",), "medicines": ("vincristine",)}, "medicine-review", CONTRAINDICATED),
]


@pytest.mark.parametrize(("told", "treatment", "level"), TOLD, ids=[f"{t[1]}-{i}" for i, t in enumerate(TOLD)])
def test_what_is_told_in_plain_words_leads_to_the_warning(told, treatment, level, treatments, facts, compiled):
    held = facts_of(Case(**told), Evidence(), (), {}, facts, compiled.kb)
    assert level in {w.level for w in warnings_for(treatments[treatment], held)}


@pytest.mark.parametrize(
    ("told", "treatment"),
    [
        ({"sex": "male", "age_years": 30.0}, "valproate"),
        ({"sex": "female", "age_years": 70.0}, "valproate"),
        ({"age_years": 40.0}, "tricyclic"),
    ],
)
def test_the_wrong_age_or_sex_brings_no_ban(told, treatment, treatments, facts, compiled):
    held = facts_of(Case(**told), Evidence(), (), {}, facts, compiled.kb)
    assert not is_ruled_out(treatments[treatment], warnings_for(treatments[treatment], held))


@pytest.mark.parametrize(
    ("condition", "treatment", "level"),
    [
        ("myasthenia-gravis", "botulinum-toxin", CONTRAINDICATED),
        ("achilles-tendinopathy", "fluoroquinolone", AVOID),
        ("immune-mediated-necrotising-myopathy", "statin-treatment", CONTRAINDICATED),
        ("multifocal-motor-neuropathy", "corticosteroid-immune", AVOID),
        ("charcot-marie-tooth", "oncology-treatment", CAUTION),
        ("peripheral-nerve-lymphoma", "dexamethasone-cord", AVOID),
    ],
)
def test_a_likely_cause_brings_its_warnings_before_it_is_proven(condition, treatment, level, treatments, facts, compiled):
    held = facts_of(Case(), Evidence(), (), {condition: 0.2}, facts, compiled.kb)
    assert level in {w.level for w in warnings_for(treatments[treatment], held)}
