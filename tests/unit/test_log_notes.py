"""Free notes of a session are judged: danger words count as symptoms, denied ones do not."""

import pytest

from soleus.interchange.log_notes import symptoms_of


@pytest.mark.parametrize(
    ("note", "symptom"),
    [
        ("my urine was dark like cola afterwards", "dark urine"),
        ("Dark brown pee in the evening", "dark urine"),
        ("pee was the colour of tea", "dark urine"),
        ("didn't sleep well because of chest pain", "chest symptoms"),
        ("felt a tightness in the chest on the stairs", "chest symptoms"),
        ("heart was racing, nearly fainted", "chest symptoms"),
        ("my heart skips", "chest symptoms"),
        ("calf is swollen and warm", "leg swelling"),
        ("swelling of the left ankle", "leg swelling"),
        ("left leg weaker the next morning", "weaker next day"),
        ("my foot went numb", "new numbness"),
        ("new numbness in the toes", "new numbness"),
        ("numb between my legs since yesterday", "bladder or bowel trouble"),
        ("I can\u2019t pee properly", "bladder or bowel trouble"),
        ("I fell on the way home", "fall"),
        ("no pain but dark urine", "dark urine"),
        ("urine is no longer clear, it is dark", "dark urine"),
    ],
)
def test_danger_in_a_note_is_seen(note: str, symptom: str):
    assert symptom in symptoms_of(note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "felt good, a bit tired",
        "no dark urine",
        "no chest pain or dark urine",
        "urine was not dark",
        "fell asleep early",
        "chest press went well",
        "feet numb as always",
        "no swelling of the leg",
        "without chest pain",
    ],
)
def test_a_harmless_or_denying_note_stays_a_note(note: str):
    assert symptoms_of(note) == ()
