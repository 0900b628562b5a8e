"""One fault at a time, seeded into a copy of the knowledge base: the load must stop and name file, entry and cure."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from soleus.cli import main
from soleus.domain.errors import KnowledgeError, Problem
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.ledger import Ledger
from soleus.formats import located_yaml
from soleus.formats.located_yaml import parse
from soleus.knowledge import anatomy_loader, loader
from soleus.knowledge.stats import stats

TODAY = datetime.date(2026, 3, 2)
"""The day on which every test takes place; that of `tests/conftest.py`."""
DISC = "conditions/lumbar-disc-radiculopathy.yaml"
TENDON = "findings/syndromes-vessel-tendon.yaml"
CALF_PAIN = "exertional-calf-pain"
STRENGTH = "findings/strength.yaml"
SPINE = "red_flags/spine.yaml"
TERMS = "red_flags/terms.yaml"
BLOOD = "tests/blood.yaml"
CONDITIONS = {
    "lumbar-disc-radiculopathy",
    "lumbar-spinal-stenosis",
    "common-fibular-neuropathy",
    "achilles-tendon-rupture",
    "growing-pains",
}
RULE = "cauda-equina-hard-signs"
DISC_NAME = "Lumbosacral radiculopathy from disc herniation"
Folder = Path
Seed = Callable[[Folder], None]


@pytest.fixture(scope="module", autouse=True)
def _read_unchanged_files_once() -> Iterator[None]:
    """The same bytes give the same values: files that no test touched are read and parsed once for the whole module."""
    texts: dict[tuple[int, int, int], Any] = {}

    def read_text(path: Path, max_bytes: int) -> Any:
        stat = os.stat(path) if path.exists() else None
        key = (stat.st_ino, stat.st_mtime_ns, stat.st_size) if stat else None
        if key is None or key not in texts:
            result = located_yaml.read_text(path, max_bytes)
            if key is None or result[1]:
                return result
            texts[key] = result
        return texts[key]

    remembered = functools.lru_cache(maxsize=None)(parse)
    with pytest.MonkeyPatch.context() as patch:
        for module in (loader, anatomy_loader):
            patch.setattr(module, "read_text", read_text)
            patch.setattr(module, "parse", remembered)
        yield


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data with a handful of conditions, one rule and one test, so that a load takes a fraction of a second.

    What the conditions left out would have used hangs on one that stays, for nothing may be unreachable.
    """
    folder = tmp_path_factory.mktemp("knowledge") / "data"
    shutil.copytree(loader.DATA, folder, ignore=shutil.ignore_patterns("claims", "likelihood_ratios.yaml", "care", "measures", "courses"))  # about what is left out
    kept = {path.stem: content(path) for path in (folder / "conditions").glob("*.yaml") if path.stem in CONDITIONS}
    for path in [*folder.glob("conditions/*"), *folder.glob("tests/*"), *(p for p in folder.glob("red_flags/*") if p.stem != "terms")]:
        path.unlink()
    for condition in kept.values():
        condition["look_alikes"] = [look for look in condition.get("look_alikes", []) if look["condition"] in kept]
    findings = {k: v for path in (folder / "findings").glob("*.yaml") for k, v in content(path).items() if k != "_file"}
    last = kept["growing-pains"]
    last["risk_factors"] |= {i: {"estimate": 2} for i, f in findings.items() if f["kind"] == "risk"}
    last["findings"] |= {i: {"estimate": 0.99} for i, f in findings.items() if f.get("parent") == "condition"}
    last["syndromes"] |= {i: {"estimate": 0.99} for i in content(folder / "syndromes/syndromes.yaml") if i != "_file"}
    for id_, condition in kept.items():
        rewrite(folder / f"conditions/{id_}.yaml", dumped(condition))
    rules, tests = content(loader.DATA / SPINE), content(loader.DATA / BLOOD)
    rewrite(folder / SPINE, dumped({RULE: rules[RULE]}))
    enzyme = tests["creatine-kinase"]
    enzyme["given"] = [given for given in enzyme["given"] if "condition" not in given]
    rewrite(folder / BLOOD, dumped({"_file": tests["_file"], "creatine-kinase": enzyme}))
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A fresh copy for one test: links, each of them replaced before it is changed."""
    copy = tmp_path / "data"
    shutil.copytree(original, copy, copy_function=os.link)
    return copy


def content(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8"), max_nodes=400_000).value


def dumped(data: Any) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True))


def rewrite(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)  # never write through a link
    path.write_text(text, encoding="utf-8")


def changed(file: str, *keys: str | int, to: Any) -> Seed:
    """Set the value under `keys`; a function gets the value there and returns the new one."""

    def seed(folder: Folder) -> None:
        data = content(folder / file)
        at = data
        for key in keys[:-1]:
            at = at[key]
        at[keys[-1]] = to(at[keys[-1]]) if callable(to) else to
        rewrite(folder / file, dumped(data))

    return seed


def removed(file: str, *keys: str) -> Seed:
    """Leave out one key."""
    *above, last = keys

    def seed(folder: Folder) -> None:
        data = content(folder / file)
        at = data
        for key in above:
            at = at[key]
        del at[last]
        rewrite(folder / file, dumped(data))

    return seed


def written(file: str, text: str) -> Seed:
    """A new file."""
    return lambda folder: rewrite(folder / file, text)


def appended(file: str, text: str) -> Seed:
    """More lines at the end of a file."""
    return lambda folder: rewrite(folder / file, (folder / file).read_text(encoding="utf-8").rstrip("\n") + "\n" + text)


def both(*seeds: Seed) -> Seed:
    def seed(folder: Folder) -> None:
        for one in seeds:
            one(folder)

    return seed


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is done to the data, and what must be said about it."""

    seed: Seed
    file: str
    entry: str
    says: str
    cure: str = ""


def finding(id_: str, parent: str, **more: Any) -> str:
    entry = {
        id_: {
            "name": f"Name of {id_}",
            "lay": f"Plain name of {id_}",
            "kind": "binary",
            "parent": {"syndrome": parent} if parent not in ("condition", "neutral") else parent,
            "background": {"estimate": 0.01, "because": "seeded"},
            **more,
        }
    }
    return str(yaml.safe_dump(entry, sort_keys=False))


SEEDED = {"estimate": 0.5, "because": "seeded"}

FAULTS: dict[str, Fault] = {
    # -- shape
    "misspelt key of a condition": Fault(changed(DISC, "synonims", to=["x"]), DISC, "synonims", '"synonims" is not a key here', "synonyms"),
    "misspelt key of a finding": Fault(
        changed(TENDON, "thompson-test", "qestion", to="?"), TENDON, "thompson-test.qestion", "is not a key here", "question"
    ),
    "misspelt key of a number": Fault(
        changed(DISC, "prior", to={"estimat": 100}), DISC, "prior.estimat", "is not a key here", "knowledge-authoring"
    ),
    "misspelt key of a footprint": Fault(
        changed(DISC, "footprints", 0, "sit", to="x"), DISC, "footprints[0].sit", "is not a key here", "knowledge-authoring"
    ),
    "misspelt key of the anatomy": Fault(
        changed("anatomy/muscles.yaml", "gluteus-maximus", "serve", to={}),
        "anatomy/muscles.yaml",
        "gluteus-maximus.serve",
        "is not a key here",
        "serves",
    ),
    "missing key": Fault(removed(DISC, "urgency"), DISC, "urgency", "is missing", "knowledge-authoring"),
    "level that does not exist": Fault(changed(DISC, "urgency", to="soon"), DISC, "urgency", "emergency"),
    "side that does not exist": Fault(changed(DISC, "footprints", 0, "side", to="left"), DISC, "footprints[0].side", "unilateral"),
    "review date that does not exist": Fault(
        lambda folder: rewrite(folder / DISC, re.sub(r"next: \d{4}-\d\d-\d\d", "next: 2027-02-30", (folder / DISC).read_text("utf-8"))),
        DISC,
        "review.next",
        '"2027-02-30" cannot be read',
        "Dates are written",
    ),
    "review date in words": Fault(changed(DISC, "review", "next", to="next spring"), DISC, "review.next", "valid date"),
    "review date before the check": Fault(changed(DISC, "review", "next", to="2020-01-01"), DISC, "review", "is not after"),
    "bad YAML": Fault(appended(DISC, "note: [unclosed\n"), DISC, "", "is not valid YAML", "Check indentation"),
    "key twice in one mapping": Fault(appended(DISC, "urgency: emergency\n"), DISC, "urgency", "stands twice", "Keep one of them"),
    "key twice in the anatomy": Fault(
        appended("anatomy/skin.yaml", "_file: {estimates_because: again}\n"), "anatomy/skin.yaml", "_file", "stands twice", "Keep one"
    ),
    "list instead of entries": Fault(
        written("findings/extra-list.yaml", "- a\n"), "findings/extra-list.yaml", "", "no mapping of id to entry", "id:"
    ),
    "list instead of terms": Fault(written(TERMS, "- a\n"), TERMS, "", "no mapping of name to expression", "name:"),
    # -- numbers
    "bare number": Fault(changed(DISC, "prior", to=100), DISC, "prior", "100 has no source: write {value: 100, ref: ...}"),
    "value without ref": Fault(changed(DISC, "male", to={"value": 0.57}), DISC, "male", "needs `ref`"),
    "estimate with ref": Fault(
        changed(DISC, "male", to={"value": 0.6, "estimate": 0.5, "ref": "cummins-2006"}),
        DISC,
        "male",
        "give exactly one of value, class, derived, estimate",
    ),
    "derived without its derivation": Fault(
        changed(DISC, "male", to={"derived": 0.57, "ref": "cummins-2006"}), DISC, "male", "a derived number says how"
    ),
    "estimate without a reason": Fault(
        removed(DISC, "estimates_because"),
        DISC,
        "lumbar-disc-radiculopathy.not_to_miss",
        "is an estimate without a reason",
        "estimates_because",
    ),
    "probability above 1": Fault(
        changed(DISC, "findings", "leg-pain", to={"estimate": 1.2}),
        DISC,
        "lumbar-disc-radiculopathy.findings.leg-pain",
        "1.2 is outside 0 to 1",
    ),
    "probability that is no number": Fault(
        changed(DISC, "findings", "leg-pain", to={"estimate": float("nan")}),
        DISC,
        "lumbar-disc-radiculopathy.findings.leg-pain",
        "is outside",
    ),
    "negative rate": Fault(
        changed(TENDON, "thompson-test", "background", to={"estimate": -0.02}),
        TENDON,
        "thompson-test.background",
        "-0.02 is outside 0 to 1",
    ),
    "negative rate of an age": Fault(
        changed(DISC, "age", to={"estimate": {"20-39": -1, "40-59": 2}}),
        DISC,
        "lumbar-disc-radiculopathy.age",
        "needs numbers of 0 or more",
    ),
    "boundless rate of an age": Fault(
        changed(DISC, "age", to={"estimate": {"20-39": float("inf")}}), DISC, "lumbar-disc-radiculopathy.age", "needs numbers of 0 or more"
    ),
    "age band that does not exist": Fault(
        changed(DISC, "age", to={"estimate": {"20-40": 1}}), DISC, "lumbar-disc-radiculopathy.age", '"20-40" is not one of 0-9'
    ),
    "background of no age": Fault(
        changed(TENDON, "thompson-test", "background", to={"estimate": {}}),
        TENDON,
        "thompson-test.background",
        "by age bands from 0 on",
        "65+",
    ),
    "background that begins at 40": Fault(
        changed(TENDON, "thompson-test", "background", to={"estimate": {"40+": 0.1}}),
        TENDON,
        "thompson-test.background",
        "from 0 on",
        "65+",
    ),
    "distribution that does not sum to 1": Fault(
        changed(DISC, "onset", to={"estimate": {"days": 0.9, "years": 0.5}}), DISC, "lumbar-disc-radiculopathy.onset", "not to 1"
    ),
    "distribution with a share that is no number": Fault(
        changed(DISC, "onset", to={"estimate": {"days": 1, "years": float("nan")}}),
        DISC,
        "lumbar-disc-radiculopathy.onset",
        "needs numbers of 0 or more",
    ),
    "distribution where one number belongs": Fault(
        changed(DISC, "footprints", 0, "share", to={"estimate": {"a": 1.0}}),
        DISC,
        "lumbar-disc-radiculopathy.footprints[0].share",
        "one number is needed",
    ),
    "footprint shares that do not sum to 1": Fault(
        changed(DISC, "footprints", 0, "share", to={"estimate": 0.9}), DISC, "lumbar-disc-radiculopathy.footprints", "shares sum to"
    ),
    "degrees that do not sum to 1": Fault(
        changed(DISC, "footprints", 0, "degree", to={"mild": 0.9, "severe": 0.9}),
        DISC,
        "lumbar-disc-radiculopathy.footprints[0].degree",
        "sums to 1.800, not to 1",
    ),
    "negative degree": Fault(
        changed(DISC, "footprints", 0, "degree", to={"mild": -0.5, "severe": 1.5}),
        DISC,
        "lumbar-disc-radiculopathy.footprints[0].degree",
        "needs shares of 0 to 1",
    ),
    "roots of a muscle that do not sum to 1": Fault(
        changed("anatomy/muscles.yaml", "gluteus-maximus", "roots", "S1", to=0.9),
        "anatomy/muscles.yaml",
        "gluteus-maximus.roots",
        "not to 1",
        "sum to 1",
    ),
    # -- ids that lead nowhere
    "unknown condition": Fault(
        changed(DISC, "look_alikes", 0, "condition", to="lumbar-spinal-stenosys"),
        DISC,
        "lumbar-disc-radiculopathy.look_alikes",
        'condition "lumbar-spinal-stenosys" does not exist',
        "lumbar-spinal-stenosis",
    ),
    "unknown finding": Fault(
        changed(DISC, "findings", "legg-pain", to=SEEDED),
        DISC,
        "lumbar-disc-radiculopathy.findings",
        'finding "legg-pain" does not exist',
        "leg-pain",
    ),
    "unknown risk factor": Fault(
        changed(DISC, "risk_factors", "obessity", to=SEEDED),
        DISC,
        "lumbar-disc-radiculopathy.risk_factors",
        '"obessity" does not exist',
        "obesity",
    ),
    "unknown group": Fault(
        changed(DISC, "groups", 0, to="radiculopaty"),
        DISC,
        "lumbar-disc-radiculopathy.groups",
        'group "radiculopaty" does not exist',
        "radiculopathy",
    ),
    "unknown site": Fault(
        changed(DISC, "footprints", 0, "site", to="root-S11"),
        DISC,
        "lumbar-disc-radiculopathy.footprints[0]",
        'site "root-S11" does not exist',
        "root-S1",
    ),
    "unknown syndrome": Fault(
        changed(DISC, "syndromes", "radicular-pian", to=SEEDED),
        DISC,
        "lumbar-disc-radiculopathy.syndromes",
        'syndrome "radicular-pian" does not exist',
        "radicular-pain",
    ),
    "unknown management": Fault(
        changed(DISC, "management", to="spine-conservativ"),
        DISC,
        "lumbar-disc-radiculopathy.management",
        'management "spine-conservativ" does not exist',
        "spine-conservative",
    ),
    "unknown source": Fault(
        changed(DISC, "male", "ref", to="cummins-2007"),
        DISC,
        "lumbar-disc-radiculopathy.male",
        'source "cummins-2007" is not in sources/',
        "cummins-2006",
    ),
    "unknown source of the anatomy": Fault(
        changed("anatomy/muscles.yaml", "gluteus-maximus", "sources", to=["philips-1990"]),
        "anatomy/muscles.yaml",
        "gluteus-maximus.sources",
        'source "philips-1990" is not in sources/',
    ),
    "unknown nerve of a muscle": Fault(
        changed("anatomy/muscles.yaml", "gluteus-maximus", "nerves", to={"gluteal-inferiour": 1.0}),
        "anatomy/muscles.yaml",
        "gluteus-maximus.nerves",
        'nerve "gluteal-inferiour" does not exist',
        "gluteal-inferior",
    ),
    "syndrome parent that dangles": Fault(
        changed(TENDON, CALF_PAIN, "parent", to={"syndrome": "vascular-claudicatio"}),
        TENDON,
        f"{CALF_PAIN}.parent",
        'syndrome "vascular-claudicatio" does not exist',
        "vascular-claudication",
    ),
    "broader finding that dangles": Fault(
        changed(TENDON, "thompson-test", "is_a", to=["weak-leggs"]),
        TENDON,
        "thompson-test.is_a",
        'finding "weak-leggs" does not exist',
        "weak-leg",
    ),
    "unknown group of a setting": Fault(
        changed("settings.yaml", "self", "multipliers", "tendons", to=SEEDED),
        "settings.yaml",
        "self.multipliers",
        'group "tendons" does not exist',
        "tendon",
    ),
    "missing setting": Fault(removed("settings.yaml", "primary-care"), "settings.yaml", "primary-care", "is missing"),
    # -- wrong place
    "syndrome finding under a condition": Fault(
        changed(DISC, "findings", "straight-leg-raise", to=SEEDED),
        DISC,
        "lumbar-disc-radiculopathy.findings.straight-leg-raise",
        "hangs on: syndrome",
        "syndrome findings from the syndromes",
    ),
    "risk with a parent": Fault(
        changed("findings/risks-diseases.yaml", "diabetes", "parent", to="condition"),
        "findings/risks-diseases.yaml",
        "diabetes",
        "a risk has no parent",
    ),
    "rate given a syndrome without the syndrome": Fault(
        changed(TENDON, CALF_PAIN, "parent", to="condition"), TENDON, CALF_PAIN, "`given` belongs to findings with a syndrome parent"
    ),
    "unreachable finding": Fault(
        appended("findings/own-general.yaml", finding("blue-nose", "condition")),
        "findings/own-general.yaml",
        "blue-nose",
        "is unreachable: no condition and no rule uses it",
        "neutral",
    ),
    "unreachable risk": Fault(
        appended(
            "findings/risks-events.yaml",
            "moon-walk: {name: Moon walk, lay: Was on the moon, kind: risk, background: {estimate: 0.01, because: seeded}}\n",
        ),
        "findings/risks-events.yaml",
        "moon-walk",
        "is unreachable",
        "Link it",
    ),
    "unreachable syndrome": Fault(
        appended(
            "syndromes/syndromes.yaml", "blue-leg: {name: Blue leg, lay: A blue leg, background: {estimate: 0.01, because: seeded}}\n"
        ),
        "syndromes/syndromes.yaml",
        "blue-leg",
        "is a syndrome that no condition or no finding uses",
        "Link it or remove it",
    ),
    "footprint finding that the anatomy does not compute": Fault(
        appended("findings/strength.yaml", finding("weak-tail", "neutral").replace("parent: neutral", "parent: {footprint: weak-tail}")),
        STRENGTH,
        "weak-tail.parent",
        'finding of the anatomy "weak-tail" does not exist',
        "weak-",
    ),
    "finding that no condition raises above its background": Fault(
        both(
            appended("findings/own-general.yaml", finding("blue-nose", "condition", background={"estimate": 0.3, "because": "seeded"})),
            changed(DISC, "findings", "blue-nose", to={"estimate": 0.3}),
        ),
        "findings/own-general.yaml",
        "blue-nose",
        "is in no condition likelier than its background of 0.3",
        "Raise the rate",
    ),
    "finding that its syndrome does not raise": Fault(
        changed(TENDON, CALF_PAIN, "given", to={"estimate": 0.001, "because": "seeded"}),
        TENDON,
        CALF_PAIN,
        "is with its syndrome no likelier than its background",
        "Raise the rate",
    ),
    "finding that no lesion site raises": Fault(
        changed("findings/tracts.yaml", "tongue-wasting", "background", to={"estimate": 0.999, "because": "seeded"}),
        "findings/tracts.yaml",
        "tongue-wasting",
        "is at no lesion site likelier than its background of 0.999",
        "Raise the rate",
    ),
    "syndrome that no condition raises": Fault(
        changed("syndromes/syndromes.yaml", "tendinopathy", "background", to={"estimate": 0.999, "because": "seeded"}),
        "syndromes/syndromes.yaml",
        "tendinopathy",
        "is in no condition likelier than its background of 0.999",
        "Raise the rate",
    ),
    "risk that changes nothing": Fault(
        changed("conditions/growing-pains.yaml", "risk_factors", "fresh-water-tropics", to={"estimate": 1}),
        "findings/risks-exposures.yaml",
        "fresh-water-tropics",
        "an odds ratio of 1 everywhere",
        "Raise the rate",
    ),
    # -- codes
    "HPO id that does not exist": Fault(
        changed(TENDON, "thompson-test", "codes", to={"hpo": "HP:9999999"}),
        TENDON,
        "thompson-test.codes.hpo",
        '"HP:9999999" is not in vocabularies/hpo.yaml',
        "official name",
    ),
    "HPO id with a digit too few": Fault(
        changed(TENDON, "thompson-test", "codes", to={"hpo": "HP:000196"}), TENDON, "thompson-test", '"HP:000196" is no hpo code'
    ),
    "LOINC code with a slip of the pen": Fault(
        changed(BLOOD, "creatine-kinase", "codes", to={"loinc": "2175-6"}), BLOOD, "creatine-kinase", "its check digit is wrong"
    ),
    "code of a test that is no LOINC code": Fault(
        changed(BLOOD, "creatine-kinase", "codes", to={"loinc": "CK"}), BLOOD, "creatine-kinase", '"CK" is no loinc code'
    ),
    "ICD-10 code in words": Fault(changed(DISC, "codes", to={"icd10": ["sciatica"]}), DISC, "codes", "is no icd10 code", ""),
    "ORPHA code with its prefix": Fault(changed(DISC, "codes", to={"orpha": "ORPHA:803"}), DISC, "codes", "is no orpha code"),
    "MONDO code without its prefix": Fault(changed(DISC, "codes", to={"mondo": "0004976"}), DISC, "codes", "is no mondo code"),
    "OMIM code with a digit too many": Fault(changed(DISC, "codes", to={"omim": [1054000]}), DISC, "codes", "is no omim code"),
    "unknown code system": Fault(changed(DISC, "codes", to={"icd11": "8A00"}), DISC, "codes.icd11", "is not a key here"),
    "vocabulary without its names": Fault(
        written("vocabularies/hpo.yaml", "version: '1'\nlicence: free\nurl: x\n"), "vocabularies/hpo.yaml", "names", "is missing"
    ),
    # -- review
    "overdue review": Fault(
        changed(DISC, "review", to={"clinician": "none yet", "checked_against_source": "2025-03-01", "next": "2026-03-01"}),
        DISC,
        "review.next",
        "was due on 2026-03-01",
        "set both dates",
    ),
    # -- twice
    "synonym under two findings": Fault(
        changed(TENDON, "thompson-test", "synonyms", to=lambda old: [*old, "Intermittent  claudication".replace("  ", " ")]),
        TENDON,
        "",
        'synonym "intermittent claudication" belongs to',
        "Keep it under one finding only",
    ),
    "name under two conditions": Fault(
        changed("conditions/growing-pains.yaml", "synonyms", to=lambda old: [*old, DISC_NAME.upper()]),
        DISC,
        "lumbar-disc-radiculopathy",
        f'name "{DISC_NAME.lower()}" belongs to condition "growing-pains" too',
        "Keep it under one",
    ),
    "id in two files": Fault(
        written("findings/zz-again.yaml", finding("thompson-test", "tendon-rupture", given=SEEDED)),
        "findings/zz-again.yaml",
        "thompson-test",
        "stands twice (also in findings/syndromes-vessel-tendon.yaml:",
        "Keep one",
    ),
    "source in two files": Fault(
        written("sources/zz-again.yaml", "cummins-2006: {title: Again, kind: cohort, read: recalled}\n"),
        "sources/zz-again.yaml",
        "cummins-2006",
        "stands twice",
        "Keep one",
    ),
    # -- red-flag rules
    "unknown key of a rule": Fault(
        changed(SPINE, RULE, "when", to={"most": ["fever"]}),
        SPINE,
        f"{RULE}.when",
        '"most" is not a key of a rule',
        "Keys: all, any, at_least",
    ),
    "rule that names an unknown finding": Fault(
        changed(SPINE, RULE, "when", to={"all": ["fevr", "low-back-pain"]}), SPINE, f"{RULE}.when.all[0]", '"fevr" does not exist', "fever"
    ),
    "rule that asks for an unknown finding": Fault(
        changed(SPINE, RULE, "essential", to=["numb-sadle"]), SPINE, f"{RULE}.essential", '"numb-sadle" does not exist', "numb-saddle"
    ),
    "rule with an unknown onset": Fault(
        changed(SPINE, RULE, "when", to={"onset": ["abrupt"]}), SPINE, f"{RULE}.when", '"abrupt" is no onset'
    ),
    "rule with an unknown test": Fault(
        changed(SPINE, RULE, "when", to={"test": {"creatine-kinas": ["high"]}}),
        SPINE,
        f"{RULE}.when",
        'test "creatine-kinas" does not exist',
        "creatine-kinase",
    ),
    "rule with an unknown outcome": Fault(
        changed(SPINE, RULE, "when", to={"test": {"creatine-kinase": ["hihg"]}}),
        SPINE,
        f"{RULE}.when.creatine-kinase",
        'outcome "hihg" does not exist',
        "high",
    ),
    "rule with a test and no outcome": Fault(
        changed(SPINE, RULE, "when", to={"test": "creatine-kinase"}), SPINE, f"{RULE}.when.test", "is not understood", "Such as"
    ),
    "rule with a misspelt limit of age": Fault(
        changed(SPINE, RULE, "when", to={"age": {"mini": 60}}), SPINE, f"{RULE}.when.age", "is not understood", "min: 60"
    ),
    "rule for an unknown sex": Fault(
        changed(SPINE, RULE, "when", to={"sex": "femal"}), SPINE, f"{RULE}.when.sex", "is not understood", "sex: female"
    ),
    "rule whose parts are no list": Fault(
        changed(SPINE, RULE, "when", to={"all": "fever"}), SPINE, f"{RULE}.when.all", "needs a list of parts that can hold", "{all: [..]}"
    ),
    "rule that wants more parts than there are": Fault(
        changed(SPINE, RULE, "when", to={"at_least": {"n": 3, "of": ["fever", "low-back-pain"]}}),
        SPINE,
        f"{RULE}.when.at_least",
        "needs a list of parts that can hold",
        "n: 2",
    ),
    "rule with parts but no number": Fault(
        changed(SPINE, RULE, "when", to={"at_least": ["fever"]}), SPINE, f"{RULE}.when.at_least", "needs a list of parts", "n: 2"
    ),
    "rule with two keys in one node": Fault(
        changed(SPINE, RULE, "when", to={"any": ["fever"], "all": ["fever"]}), SPINE, f"{RULE}.when", "is neither a finding nor one"
    ),
    "rule without a source": Fault(changed(SPINE, RULE, "source", to={"at": "1.1"}), SPINE, f"{RULE}.source", "has no `ref`"),
    "rule with an unknown source": Fault(
        changed(SPINE, RULE, "source", to={"ref": "girft-ces-2024"}), SPINE, f"{RULE}.source", "is not in sources/", "girft-ces-2023"
    ),
    "term with an unknown finding": Fault(
        appended(TERMS, "feverish: {any: [fever, feverr]}\n"), TERMS, "feverish", '"feverr" does not exist', "fever"
    ),
    "term made of itself": Fault(
        appended(TERMS, "here: {any: [fever, there]}\nthere: {any: [chills, here]}\n"), TERMS, "here", "is made of itself", "Take it out"
    ),
    "term named like a finding": Fault(appended(TERMS, "fever: {any: [chills]}\n"), TERMS, "fever", "is a finding as well", "another name"),
    # -- sided nonsense
    "both sides of a finding without sides": Fault(
        changed(SPINE, RULE, "when", to={"both_sides": "fever"}), SPINE, f"{RULE}.when.both_sides", '"fever" has no sides'
    ),
    "severe something that is no strength": Fault(
        changed(SPINE, RULE, "when", to={"severe": "fever"}), SPINE, f"{RULE}.when.severe", '"fever" is no strength'
    ),
    "brisk something that is no reflex": Fault(
        changed(SPINE, RULE, "when", to={"brisk": "weak-leg"}), SPINE, f"{RULE}.when.brisk", '"weak-leg" is no reflex'
    ),
    "one side of a finding that the anatomy gives both": Fault(
        changed(STRENGTH, "weak-neck", "sided", to=True),
        STRENGTH,
        "weak-neck.sided",
        "is true, but false in anatomy/",
        "Let both say the same",
    ),
    "one side of a site that has none": Fault(
        changed(DISC, "footprints", 0, "site", to="systemic-diffuse"),
        DISC,
        "lumbar-disc-radiculopathy.footprints[0].side",
        '"unilateral" is no side of systemic-diffuse',
        "Sides of it: bilateral",
    ),
    # -- tests
    "limits of a test that fall": Fault(
        changed(BLOOD, "creatine-kinase", "outcomes", "high", "above", to=9000),
        BLOOD,
        "creatine-kinase.outcomes",
        "limits (`above`) must rise",
    ),
    "limits of a test that stand still": Fault(
        changed(BLOOD, "creatine-kinase", "outcomes", "high", "above", to=240),
        BLOOD,
        "creatine-kinase.outcomes",
        "limits (`above`) must rise",
    ),
    "outcomes of a test that do not sum to 1": Fault(
        changed(BLOOD, "creatine-kinase", "default", to={"estimate": {"normal": 0.1, "mild": 0.1}}),
        BLOOD,
        "creatine-kinase.default",
        "not to 1",
    ),
    "outcome that the test does not have": Fault(
        changed(BLOOD, "creatine-kinase", "default", to={"estimate": {"normal": 1, "huge": 0}}),
        BLOOD,
        "creatine-kinase.default",
        '"huge" is not one of normal',
    ),
    "test given an unknown level": Fault(
        changed(BLOOD, "creatine-kinase", "given", 0, "level", to="muscel"),
        BLOOD,
        "creatine-kinase.given[0].level",
        'level "muscel" does not exist',
        "muscle",
    ),
    "test given nothing": Fault(
        changed(BLOOD, "creatine-kinase", "given", 0, "level", to=None),
        BLOOD,
        "creatine-kinase.given[0]",
        "names no condition, group or level",
        "Name one",
    ),
    "test with an unknown source": Fault(
        changed(BLOOD, "creatine-kinase", "source", to="nobody-1900"),
        BLOOD,
        "creatine-kinase.source",
        'source "nobody-1900" is not in sources/',
    ),
}


def place(problem: Problem) -> tuple[str, int | None, str]:
    """File, line and entry that a problem names."""
    match = re.match(r"(\S+\.yaml)(?::(\d+))?\s*(.*)", problem.where)
    assert match, f"names no file: {problem}"
    return match[1], int(match[2]) if match[2] else problem.line, match[3]


def test_a_faultless_copy_loads(folder):
    assert set(loader.load(folder, TODAY).conditions) == CONDITIONS


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_seeded_fault_stops_the_load_and_is_named(folder, fault):
    fault.seed(folder)
    with pytest.raises(KnowledgeError) as caught:
        loader.load(folder, TODAY)
    problems = caught.value.problems
    fitting = [p for p in problems if place(p)[0] == fault.file and place(p)[2].startswith(fault.entry) and fault.says in p.what]
    assert fitting, "\n".join(map(str, problems))
    assert any(fault.cure in p.cure for p in fitting), fitting
    lines = len((folder / fault.file).read_text(encoding="utf-8").splitlines())
    for problem in fitting:
        line = place(problem)[1]
        assert line is None or 1 <= line <= lines + 1


def test_the_line_is_that_of_the_entry(folder):
    changed(TENDON, CALF_PAIN, "parent", to={"syndrome": "vascular-claudicatio"})(folder)
    with pytest.raises(KnowledgeError) as caught:
        loader.load(folder)
    (problem,) = [p for p in caught.value.problems if "vascular-claudicatio" in p.what]
    line = place(problem)[1]
    assert line is not None
    assert (folder / TENDON).read_text(encoding="utf-8").splitlines()[line - 1] == f"{CALF_PAIN}:"


def test_every_fault_is_told_at_once(folder):
    names = ["bare number", "unknown nerve of a muscle", "unknown key of a rule", "limits of a test that fall", "missing setting"]
    for name in names:
        FAULTS[name].seed(folder)
    with pytest.raises(KnowledgeError) as caught:
        loader.load(folder)
    for name in names:
        assert any(FAULTS[name].says in p.what and place(p)[0] == FAULTS[name].file for p in caught.value.problems), name


@pytest.mark.parametrize(
    "name",
    [
        "bad YAML",
        "bare number",
        "value without ref",
        "estimate without a reason",
        "distribution that does not sum to 1",
        "unknown finding",
        "syndrome parent that dangles",
        "unreachable finding",
        "finding that no condition raises above its background",
        "synonym under two findings",
        "HPO id that does not exist",
        "ICD-10 code in words",
        "overdue review",
    ],
)
def test_the_command_names_the_fault_and_exits_11(folder, capsys, name):
    FAULTS[name].seed(folder)
    assert main(["knowledge", "check", "--folder", str(folder), "--today", str(TODAY)]) == 11
    said = capsys.readouterr()
    assert said.out == ""
    assert FAULTS[name].file in said.err
    assert FAULTS[name].says in said.err
    assert FAULTS[name].cure in said.err
    assert "Traceback" not in said.err


def test_the_command_without_a_fault_exits_0(folder, capsys):
    assert main(["knowledge", "check", "--folder", str(folder), "--today", str(TODAY)]) == 0
    assert "no problem found" in capsys.readouterr().out


def test_a_review_counts_as_overdue_by_the_day_that_is_given(folder, capsys):
    check = ["knowledge", "check", "--folder", str(folder), "--today"]
    assert main([*check, "2027-11-22"]) == 0
    assert main([*check, "2027-11-23"]) == 11
    assert capsys.readouterr().err.count("review.next: was due on 2027-11-22") == len(CONDITIONS)
    assert main([*check, "tomorrow"]) == 2


def test_reading_the_data_without_a_day_knows_no_overdue_review(folder):
    """A person's `soleus assess` must not stop working on a day of the calendar."""
    FAULTS["overdue review"].seed(folder)
    assert set(loader.load(folder).conditions) == CONDITIONS


def test_a_folder_that_is_none_is_a_fault_and_no_traceback(tmp_path, capsys):
    assert main(["knowledge", "check", "--folder", str(tmp_path / "nowhere")]) == 11
    said = capsys.readouterr()
    assert "groups.yaml" in said.err
    assert "Traceback" not in said.err


# -- review dates -------------------------------------------------------------------------------------------------------


@pytest.fixture
def kb(folder: Path) -> KnowledgeBase:
    """Every review is in time but one, which falls due on 2 March 2026."""
    kb = loader.load(folder)
    conditions = {i: dataclasses.replace(c, review_next="2999-01-01") for i, c in kb.conditions.items()}
    conditions["growing-pains"] = dataclasses.replace(conditions["growing-pains"], review_next="2026-03-02")
    return dataclasses.replace(kb, conditions=conditions)


def test_a_review_is_overdue_from_the_day_after_its_date(kb):
    assert stats(kb, "2026-03-01").overdue == ()
    assert stats(kb, "2026-03-02").overdue == ()
    assert stats(kb, "2026-03-03").overdue == ("growing-pains",)


def test_the_command_names_the_overdue_review(kb, capsys, monkeypatch):
    monkeypatch.setattr("soleus.knowledge_store.open_knowledge", lambda: SimpleNamespace(kb=kb))
    monkeypatch.setattr("soleus.knowledge_store.open_ledger", lambda: Ledger({}, {}))
    assert main(["knowledge", "stats"]) == 0
    assert "\nreview overdue: growing-pains;" in capsys.readouterr().out
    assert main(["knowledge", "stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["overdue"] == ["growing-pains"]


def test_the_next_review_is_read_from_the_file(folder):
    changed(
        "conditions/growing-pains.yaml",
        "review",
        to={"clinician": "none yet", "checked_against_source": "2020-01-01", "next": "2021-01-01"},
    )(folder)
    assert "growing-pains" in stats(loader.load(folder), "2026-03-02").overdue
