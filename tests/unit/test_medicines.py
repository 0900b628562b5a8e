"""Medicines as people write them: known, known but for the spelling, or unknown and told at the top of every list of treatments."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from soleus.assess import assess
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence
from soleus.interchange.evidence import understand
from soleus.interchange.medicines import read_medicines
from soleus.interchange.wishes import told_for_plan
from soleus.knowledge_store import open_care, open_knowledge
from soleus.plan import CarePlan, plan
from soleus.reports.careplan.as_json import plan_json
from soleus.reports.careplan.sheet import sheet
from soleus.reports.careplan.text import print_plan
from soleus.reports.careplan.words import CHILD_DOSE, source_words

TODAY = date(2026, 11, 22)


def read(*medicines: str):
    return read_medicines(Case(medicines=medicines), Evidence(), open_care())


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Apixaben", "apixaban"),
        ("warfarine", "warfarin"),
        ("Xaralto", "xarelto"),
        ("ibuprofin", "ibuprofen"),
        ("clopidogrol", "clopidogrel"),
    ],
)
def test_a_slip_of_the_pen_is_mended(told, name):
    assert read(told).read_as == {told: (name,)}
    assert not read(told).unknown


@pytest.mark.parametrize("told", ["none", "Eliquis 5 mg twice a day", "paracetamol as needed", "stopped warfarin", "Blutverdünner"])
def test_what_is_known_or_nothing_is_left_alone(told):
    assert not read(told).read_as
    assert not read(told).unknown


def test_what_is_like_nothing_known_is_told_even_beside_a_known_medicine():
    assert read("Foobarol 5 mg").unknown == ("Foobarol 5 mg",)
    assert read("apixaban, Foobarol").unknown == ("Foobarol",)
    assert read("Zorba").unknown == ("Zorba",), "short words are not mended"


def planned(**told: object) -> tuple[Case, CarePlan]:
    compiled, care = open_knowledge(), open_care()
    case = Case(**told)  # type: ignore[arg-type]
    understood = understand(case, compiled.kb, compiled.lexicon, TODAY)
    said, problems = told_for_plan(case, understood.evidence, compiled.kb, care, TODAY)
    assert not problems
    return case, plan(case, assess(understood.evidence, compiled.kb, compiled.network), compiled.kb, care, said, TODAY)


def outputs(case: Case, made: CarePlan) -> dict[str, str]:
    kb, care = open_knowledge().kb, open_care()
    terminal = io.StringIO()
    print_plan(Console(file=terminal, width=400), made, kb, care, True, ())
    return {"terminal": terminal.getvalue()} | {kind: sheet(case, made, kb, care, TODAY, kind) for kind in (".md", ".html")}


def test_every_list_of_treatments_says_what_is_not_known_and_the_misspelt_medicine_warns():
    case, made = planned(age_years=60.0, sex="male", conditions=("lumbar disc herniation",), medicines=("Apixaben", "Foobarol 5 mg"))
    nsaid = next(o for o in made.advice.offers if o.treatment.id == "nsaid")
    assert nsaid.status == "not for you"
    document = plan_json(case, made, open_knowledge().kb, open_care())
    assert any("Foobarol" in note and "pharmacist" in note for note in document["medicine_notes"])
    for kind, text in outputs(case, made).items():
        head = text.upper().index("TO DISCUSS WITH YOUR CLINICIAN")
        note = text.index("We do not know", head)
        assert head < note < text.index(made.advice.offers[0].treatment.name, head), kind
        assert "was read as apixaban" in text, kind


def test_no_raw_id_of_a_source_is_shown():
    case, made = planned(age_years=72.0, sex="male", conditions=("lumbar spinal stenosis",))
    sources = open_knowledge().kb.sources
    cited = {o.option.support.ref for o in made.advice.offers} & sources.keys()
    assert "ammendolia-2022" in cited
    for kind, text in outputs(case, made).items():
        assert not [ref for ref in cited if ref in text], kind
    assert "Ammendolia 2022" in outputs(case, made)["terminal"]


def test_every_option_with_a_source_names_somebody():
    kb = open_knowledge().kb
    for pathway in open_care().pathways.values():
        for option in pathway.options:
            if option.support.ref:
                words = source_words(option.support, kb)
                assert words[0].isalpha(), (pathway.id, words)
                assert "not recorded" not in words


@pytest.mark.parametrize(("age", "shown"), [(12.0, False), (17.0, False), (18.0, True), (None, True)])
def test_a_child_is_shown_no_dose_for_adults(age, shown):
    case, made = planned(age_years=age, sex="male", conditions=("lumbar disc herniation",))
    document = plan_json(case, made, open_knowledge().kb, open_care())
    limit = next(t["label_limit"] for t in document["treatments"] if t["id"] == "nsaid")
    assert ("1200 mg" in limit) is shown
    assert (limit == CHILD_DOSE) is not shown
    assert shown or "1200 mg" not in outputs(case, made)["terminal"]
