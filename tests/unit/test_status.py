"""What a value says: healthy, lost, reduced, increased, graded, uncertain, not examined."""

from __future__ import annotations

import pytest

from soleus.domain.finding import STATES, Kind
from soleus.interchange.phrases.status import read_status, weights


def state(kind: Kind, function: bool, text: str) -> str | None:
    """The likeliest state, `weak` or `abnormal` where several are equally likely; None where nothing is said."""
    found = weights(kind, function, read_status(text))
    if found is None:
        return None
    best = [s for s, w in zip(STATES[kind], found, strict=True) if w == max(found)]
    return best[0] if len(best) == 1 else "weak" if kind is Kind.STRENGTH else "abnormal"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5/5", "normal"),
        ("4/5", "mild"),
        ("4+/5", "mild"),
        ("4-", "mild"),
        ("MRC 4", "mild"),
        ("M4", "mild"),
        ("4 out of 5", "mild"),
        ("grade 4", "mild"),
        ("3/5", "severe"),
        ("grade 2", "severe"),
        ("0/5", "severe"),
        ("1", "severe"),
        ("3-4/5", "severe"),
        ("MRC 3 to 4", "severe"),
        ("4-5/5", "mild"),
        ("normal", "normal"),
        ("full", "normal"),
        ("intact", "normal"),
        ("preserved", "normal"),
        ("not reduced", "normal"),
        ("not weak", "normal"),
        ("reduced, not lost", "weak"),
        ("good", "normal"),
        ("reduced", "weak"),
        ("impaired", "weak"),
        ("slightly reduced", "mild"),
        ("markedly reduced", "severe"),
        ("absent", "severe"),
        ("paralysed", "severe"),
        ("lost", "severe"),
        ("flicker only", "severe"),
        ("not tested", None),
        ("unknown", None),
        ("not examined", None),
    ],
)
def test_strength_as_a_function(text, expected):
    assert state(Kind.STRENGTH, True, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("absent", "normal"),
        ("none", "normal"),
        ("denied", "normal"),
        ("no", "normal"),
        ("resolved", "normal"),
        ("present", "weak"),
        ("yes", "weak"),
        ("severe", "severe"),
        ("mild", "mild"),
        ("slight", "mild"),
        ("profound", "severe"),
        ("4/5", "mild"),
        ("2/5", "severe"),
        ("not asked", None),
    ],
)
def test_weakness_as_a_symptom(text, expected):
    assert state(Kind.STRENGTH, False, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("absent", "absent"),
        ("0", "absent"),
        ("0/4", "absent"),
        ("lost", "absent"),
        ("not elicitable", "absent"),
        ("unobtainable", "absent"),
        ("areflexia", "absent"),
        ("could not be elicited", "absent"),
        ("no", "absent"),
        ("1+", "reduced"),
        ("1/4", "reduced"),
        ("reduced", "reduced"),
        ("diminished", "reduced"),
        ("sluggish", "reduced"),
        ("depressed", "reduced"),
        ("hypoactive", "reduced"),
        ("2+", "normal"),
        ("2/4", "normal"),
        ("normal", "normal"),
        ("present", "normal"),
        ("present and equal", "normal"),
        ("preserved", "normal"),
        ("symmetrical", "normal"),
        ("intact", "normal"),
        ("3+", "brisk"),
        ("4+", "brisk"),
        ("brisk", "brisk"),
        ("exaggerated", "brisk"),
        ("increased", "brisk"),
        ("hyperactive", "brisk"),
        ("clonus", "brisk"),
        ("pathologically brisk", "brisk"),
        ("not tested", None),
    ],
)
def test_reflexes(text, expected):
    assert state(Kind.REFLEX, True, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "present"),
        ("present", "present"),
        ("yes", "present"),
        ("positive", "present"),
        ("severe", "present"),
        ("mild", "present"),
        ("marked", "present"),
        ("+", "present"),
        ("reported", "present"),
        ("noted on the left", "present"),
        ("absent", "absent"),
        ("no", "absent"),
        ("none", "absent"),
        ("nil", "absent"),
        ("negative", "absent"),
        ("denied", "absent"),
        ("denies", "absent"),
        ("never", "absent"),
        ("resolved", "absent"),
        ("not present", "absent"),
        ("not noted", "absent"),
        ("not seen", "absent"),
        ("not found", "absent"),
        ("no longer", "absent"),
        ("unremarkable", "absent"),
        ("normal", "absent"),
        ("not had any", "absent"),
        ("not recorded", None),
        ("unknown", None),
        ("not asked", None),
        ("n/a", None),
    ],
)
def test_symptoms(text, expected):
    assert state(Kind.BINARY, False, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("intact", "absent"),
        ("normal", "absent"),
        ("preserved", "absent"),
        ("full", "absent"),
        ("flexor", "absent"),
        ("downgoing", "absent"),
        ("palpable", "absent"),
        ("reduced", "present"),
        ("lost", "present"),
        ("impaired", "present"),
        ("absent", "present"),
        ("extensor", "present"),
        ("upgoing", "present"),
        ("not palpable", "present"),
        ("diminished", "present"),
        ("abnormal", "present"),
        ("not tested", None),
    ],
)
def test_signs_named_by_their_function(text, expected):
    assert state(Kind.BINARY, True, text) == expected


@pytest.mark.parametrize(("text", "certainty"), [("70 % sure", 0.7), ("90% certain", 0.9), ("100 % sure", 1.0), ("50 % sure", 0.5)])
def test_a_stated_certainty_is_the_weight(text, certainty):
    found = weights(Kind.BINARY, False, read_status(f"present, {text}"))
    assert found is not None
    assert found[1] / sum(found) == pytest.approx(certainty)


@pytest.mark.parametrize("text", ["possible", "probably", "perhaps", "suspected", "questionable", "not sure", "?"])
def test_doubt_softens(text):
    found = weights(Kind.BINARY, False, read_status(text))
    assert found is not None
    assert 0 < found[0] < found[1]


@pytest.mark.parametrize("text", ["possibly absent", "absent, not sure"])
def test_doubtful_absence_is_softly_absent(text):
    found = weights(Kind.BINARY, False, read_status(text))
    assert found is not None
    assert 0 < found[1] < found[0]


def test_the_weaker_of_two_grades_counts():
    assert read_status("3-4/5").mrc == read_status("MRC 3").mrc


@pytest.mark.parametrize("text", ["20 pack years", "5 days", "3 months", "L5/S1", "2/3 of the sole", "12/5/2020", "5 mg"])
def test_other_numbers_are_no_mrc_grade(text):
    assert read_status(text).mrc is None


@pytest.mark.parametrize("text", ["MMT 1", "mmt 1/5", "Oxford 1", "MRC 1/5"])
def test_other_names_of_the_same_scale(text):
    assert read_status(text).mrc == read_status("MRC 1").mrc


def test_a_suppressed_reflex_is_reduced():
    assert "reduced" in read_status("suppressed")
