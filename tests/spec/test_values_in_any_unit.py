"""Values of common blood tests are understood in their usual units and spellings.

Source: IFCC and NGSP master equation, HbA1c [%] = 0.09148 x [mmol/mol] + 2.152 (Weykamp and others 2008; Hoelzel and others 2004). Molar
masses give the other factors: creatinine 113.12 g/mol (1 mg/dL is 88.4 umol/L), glucose 180.16 g/mol (18 mg/dL are 1 mmol/L), cobalamin
1355 g/mol (1 pmol/L is 1.355 pg/mL); 1 ukat is 60 U. KDIGO 2024: chronic kidney disease is a filtration below 60 mL/min/1.73 m2.
"""

from __future__ import annotations

import datetime

import pytest

from soleus.domain.case import Case, TestEntry
from soleus.domain.finding import Presence
from soleus.interchange.evidence import Understanding, understand
from soleus.knowledge_store import open_knowledge

TODAY = datetime.date(2026, 11, 22)


def understood(entry: TestEntry) -> Understanding:
    known = open_knowledge()
    return understand(Case(age_years=60, tests=(entry,)), known.kb, known.lexicon, TODAY)


@pytest.mark.parametrize(
    ("mmol_mol", "percent", "outcome"),
    [  # by hand: 20 x 0.09148 = 1.8296, and 1.8296 + 2.152 = 3.9816
        (20, 3.9816, "normal"),
        (38, 5.62824, "normal"),
        (39, 5.71972, "prediabetes"),
        (42, 5.99416, "prediabetes"),
        (47, 6.45156, "prediabetes"),
        (48, 6.54304, "diabetes"),
        (53, 7.00044, "diabetes"),
        (75, 9.013, "diabetes"),
        (108, 12.03184, "diabetes"),
        (140, 14.9592, "diabetes"),
    ],
)
def test_hba1c_by_the_master_equation(mmol_mol, percent, outcome):
    for entry in (
        TestEntry("HbA1c", value=mmol_mol, unit="mmol/mol"),
        TestEntry("Hb A1c", result=f"{mmol_mol} mmol/mol"),
        *((TestEntry("hba1c", result=str(mmol_mol)),) if mmol_mol > 22 else ()),
    ):
        (result,) = understood(entry).evidence.tests
        assert (result.test, result.outcome) == ("hba1c", outcome)
        assert result.value == pytest.approx(percent, abs=1e-9)


@pytest.mark.parametrize(
    ("test", "result", "id_", "value"),
    [
        ("eGFR", "45 mL/min/1.73m2", "egfr", 45),
        ("eGFR", "45", "egfr", 45),
        ("eGFR", "85 ml/min/1.73 m²", "egfr", 85),
        ("estimated GFR", "38", "egfr", 38),
        ("creatinine clearance", "40 mL/min", "egfr", 40),
        ("CrCl", "28 ml/min", "egfr", 28),
        ("creatinine", "180 µmol/L", "creatinine", 180),
        ("serum creatinine", "80 micromol/L", "creatinine", 80),
        ("crea", "80 umol/l", "creatinine", 80),
        ("creatinine", "2.1 mg/dL", "creatinine", 185.64),
        ("creatinine", "1.2", "creatinine", 106.08),
        ("A1C", "8.2", "hba1c", 8.2),
        ("glucose", "5.4 mmol/L", "glucose", 5.4),
        ("fasting glucose", "126 mg/dL", "glucose", 7.0),
        ("blood sugar", "180", "glucose", 10.0),
        ("CK", "8,450 IU/L", "creatine-kinase", 8450),
        ("CPK", "300 UI/L", "creatine-kinase", 300),
        ("CK", "20 µkat/L", "creatine-kinase", 1200),
        ("B12", "150 ng/L", "vitamin-b12", 150),
        ("vitamin B12", "120 pmol/L", "vitamin-b12", 162.6),
        ("TSH", "12 mU/l", "tsh", 12),
        ("TSH", "2.5 uIU/mL", "tsh", 2.5),
    ],
)
def test_a_value_is_understood(test, result, id_, value):
    found = understood(TestEntry(test, result=result))
    assert found.not_understood == ()
    (read,) = found.evidence.tests
    assert read.test == id_
    assert read.value == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize(("test", "value", "unit"), [("eGFR", 25, "mL/min"), ("CK", 1200, "units/L"), ("creatinine", 180, "umol/l")])
def test_a_value_with_its_unit_apart_is_understood(test, value, unit):
    assert understood(TestEntry(test, value=value, unit=unit)).evidence.tests[0].value == value


@pytest.mark.parametrize(("mg_dl", "outcome"), [(99, "normal"), (100, "impaired"), (125, "impaired"), (126, "high")])
def test_glucose_has_the_same_bands_in_both_units(mg_dl, outcome):
    (result,) = understood(TestEntry("fasting glucose", value=mg_dl, unit="mg/dL")).evidence.tests
    assert result.outcome == outcome


def test_a_filtration_below_60_is_kidney_disease_and_one_above_is_not():
    def told(value: float) -> set[str]:
        seen = understood(TestEntry("eGFR", value=value, unit="mL/min")).evidence.observations
        return {o.finding for o in seen if o.presence is Presence.PRESENT}

    assert "chronic-kidney-disease" in told(59)
    assert "chronic-kidney-disease" not in told(60)
