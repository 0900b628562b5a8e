"""Shape of the data files. A misspelt key, a number out of range or without a source stops the load.

Only the compiler and `soleus knowledge check` import this module; a started `soleus assess` reads the compiled form.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from soleus.domain.anatomy import Degree
from soleus.domain.knowledge_base import Level

Certainty = Literal["high", "moderate", "low", "very-low"]
FREQUENCY_CLASSES = {"very-frequent": 0.90, "frequent": 0.55, "occasional": 0.15, "very-rare": 0.03}
"""Middle of the HPO frequency classes (80-99, 30-79, 5-29, 1-4 %)."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Number(Strict):
    """A number, or a distribution over names, with where it comes from."""

    value: float | dict[str, float] | None = None
    cls: Literal["very-frequent", "frequent", "occasional", "very-rare"] | None = Field(None, alias="class")
    derived: float | dict[str, float] | None = None
    estimate: float | dict[str, float] | None = None
    ref: str | None = None
    at: str | None = None
    n: int | None = Field(None, gt=0)
    ci95: tuple[float, float] | None = None
    population: str | None = None
    certainty: Certainty | None = None
    because: str | None = None
    from_: str | None = Field(None, alias="from")

    @model_validator(mode="before")
    @classmethod
    def _bare_numbers_have_no_source(cls, data: Any) -> Any:
        if isinstance(data, (int, float, str)):
            raise ValueError(f"{data!r} has no source: write {{value: {data}, ref: ...}} or {{estimate: {data}}}")
        return data

    @model_validator(mode="after")
    def _one_form_with_its_source(self) -> Number:
        forms = [f for f in (self.value, self.cls, self.derived, self.estimate) if f is not None]
        if len(forms) != 1:
            raise ValueError("give exactly one of value, class, derived, estimate")
        if self.estimate is None and not self.ref:
            raise ValueError("a published or derived number needs `ref`; a guess is written {estimate: ...}")
        if self.estimate is not None and self.ref:
            raise ValueError("an estimate has no `ref`; a published number is written {value: ..., ref: ...}")
        if self.derived is not None and not self.from_:
            raise ValueError("a derived number says how: `from`")
        return self

    @property
    def origin(self) -> str:
        """`published`, `derived` or `estimate`."""
        return "estimate" if self.estimate is not None else "derived" if self.derived is not None else "published"

    @property
    def content(self) -> float | dict[str, float]:
        if self.cls is not None:
            return FREQUENCY_CLASSES[self.cls]
        for form in (self.value, self.derived, self.estimate):
            if form is not None:
                return form
        raise AssertionError("validated: one form is set")


class Review(Strict):
    clinician: str
    checked_against_source: datetime.date
    next: datetime.date

    @model_validator(mode="after")
    def _next_comes_after(self) -> Review:
        if self.next <= self.checked_against_source:
            raise ValueError("`next` is not after `checked_against_source`")
        return self


CODE_FORMS = {
    "icd10": (r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", "M51.1"),
    "orpha": (r"[1-9]\d{0,5}", "803"),
    "mondo": (r"MONDO:\d{7}", "MONDO:0004976"),
    "omim": (r"[1-9]\d{5}", "105400"),
    "hpo": (r"HP:\d{7}", "HP:0001962"),
    "loinc": (r"\d{1,5}-\d", "2157-6"),
    "snomed": (r"[1-9]\d{5,17}", "23056005"),
}
"""Form of each code system, with an example. Whether a code exists is another question; see docs/reference/codes.md."""


def _well_formed(codes: dict[str, list[str]]) -> dict[str, list[str]]:
    for system, listed in codes.items():
        form, example = CODE_FORMS[system]
        for code in listed:
            if not re.fullmatch(form, code):
                raise ValueError(f'"{code}" is no {system} code; such a code looks like {example}')
            if system == "loinc" and not _check_digit_fits(code):
                raise ValueError(f'"{code}" is no {system} code: its check digit is wrong')
    return codes


def _check_digit_fits(loinc: str) -> bool:
    """The last digit of a LOINC code makes the Luhn sum of all a multiple of ten: one wrong digit shows."""
    digits = [int(d) for d in reversed(loinc.replace("-", ""))]
    return sum(d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(digits)) % 10 == 0


class Codes(Strict):
    icd10: list[str] = []
    orpha: list[str] = []
    mondo: list[str] = []
    omim: list[str] = []

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        if isinstance(data, dict):
            data = {k: [str(c) for c in v] if isinstance(v, list) else [str(v)] for k, v in data.items()}
        return data

    @model_validator(mode="after")
    def _are_codes(self) -> Codes:
        _well_formed(self.model_dump())
        return self


class Footprint(Strict):
    site: str
    side: Literal["unilateral", "bilateral", "either"]
    share: Number
    degree: dict[Degree, float] | None = None


class LookAlike(Strict):
    condition: str
    tell: str


class ConditionEntry(Strict):
    name: str
    lay_name: str
    synonyms: list[str] = []
    groups: Annotated[list[str], Field(min_length=1)]
    management: str
    codes: Codes = Codes()
    urgency: Level
    relapse: Level | None = None
    """How soon to be seen for who lives with it and says that it came back or got worse: an expert estimate unless the file says more."""
    not_to_miss: Number
    prior: Number
    age: Number
    male: Number
    risk_factors: dict[str, Number] = {}
    footprints: Annotated[list[Footprint], Field(min_length=1)]
    syndromes: dict[str, Number] = {}
    findings: dict[str, Number] = {}
    onset: Number
    course: Number
    look_alikes: list[LookAlike] = []
    description: str
    clinician: str
    estimates_because: str | None = None
    review: Review


class FindingEntry(Strict):
    name: str
    lay: str
    kind: Literal["binary", "strength", "reflex", "risk"]
    parent: Literal["condition", "neutral"] | dict[Literal["footprint", "syndrome"], str] | None = None
    sided: bool = False
    given: Number | None = None
    background: Number
    synonyms: list[str] = []
    terms: list[str] = []
    is_a: list[str] = []
    who: list[Literal["person", "clinician"]] = ["person", "clinician"]
    question: str = ""
    examine: str = ""
    burden: Literal[0, 1, 2] = 0
    codes: dict[Literal["hpo", "snomed", "loinc"], str] = {}
    because: str | None = None

    @model_validator(mode="after")
    def _parent_fits(self) -> FindingEntry:
        if (self.kind == "risk") != (self.parent is None):
            raise ValueError("a risk has no parent, every other finding has one")
        has_syndrome = isinstance(self.parent, dict) and "syndrome" in self.parent
        if has_syndrome != (self.given is not None):
            raise ValueError("`given` belongs to findings with a syndrome parent, and to no others")
        return self

    @model_validator(mode="after")
    def _are_codes(self) -> FindingEntry:
        _well_formed({system: [code] for system, code in self.codes.items()})
        return self


class FileNotes(Strict):
    estimates_because: str


class SyndromeEntry(Strict):
    name: str
    lay: str
    background: Number
    description: str = ""


class NamedEntry(Strict):
    name: str
    lay: str


class Outcome(Strict):
    name: str
    phrases: list[str] = []
    above: float | None = None
    """For numeric tests: this outcome holds for values at or above this, up to the next outcome's limit."""


class Given(Strict):
    """Outcome probabilities for the conditions selected by one of the keys; the most specific selector wins."""

    condition: str | list[str] | None = None
    group: str | list[str] | None = None
    level: str | list[str] | None = None
    outcomes: Number
    because: str | None = None


class Burden(Strict):
    cost: Literal[1, 2, 3, 4, 5]
    invasiveness: Literal[0, 1, 2, 3]
    wait_days: int = Field(ge=0)
    text: str = ""


class TestEntry(Strict):
    name: str
    lay: str
    category: Literal[
        "examination",
        "blood",
        "urine",
        "imaging",
        "electrodiagnosis",
        "csf",
        "genetic",
        "biopsy",
        "vascular",
        "cardiac-respiratory",
        "other",
    ]
    synonyms: list[str] = []
    unit: str | None = None
    units: dict[str, float] = {}
    """Other units and the factor that turns them into `unit`."""
    units_added: dict[str, float] = {}
    """What is added after the factor: HbA1c [%] = 0.09148 x [mmol/mol] + 2.152."""
    plausible: tuple[float, float] | None = None
    outcomes: dict[str, Outcome]
    default: Number
    given: list[Given] = []
    burden: Burden
    earliest_useful: str = ""
    earliest_useful_days: int = 0
    contraindications: list[str] = []
    preparation: str = ""
    when: Level = "routine"
    implies: dict[str, str] = {}
    """outcome to the risk that it shows (HbA1c in the diabetic range: diabetes); then the test is no further evidence."""
    source: str
    codes: dict[Literal["loinc", "snomed"], str] = {}
    why: str = ""
    estimates_because: str | None = None

    @model_validator(mode="after")
    def _are_codes(self) -> TestEntry:
        _well_formed({system: [code] for system, code in self.codes.items()})
        return self


class RuleEntry(Strict):
    level: Level
    when: dict[str, Any]
    text: str
    lay: str
    essential: list[str] = []
    source: dict[Literal["ref", "at"], str]
    guideline_year: int | None = None
    because: str | None = None


class Setting(Strict):
    name: str
    multipliers: dict[str, Number] = {}
    estimates_because: str | None = None


class SourceEntry(Strict):
    title: str
    authors: str = ""
    year: int | None = None
    where: str = ""
    doi: str | None = None
    pmid: str | int | None = None
    url: str | None = None
    kind: Literal[
        "guideline",
        "systematic-review",
        "trial",
        "cohort",
        "case-control",
        "cross-sectional",
        "case-series",
        "case-report",
        "textbook",
        "registry",
        "review",
        "secondary-page",
        "database",
        "standard",
    ]
    read: Literal["full", "abstract", "secondary", "recalled"]


class Vocabulary(Strict):
    """The part of a published vocabulary that the data use, with its official names."""

    version: str
    licence: str
    url: str
    names: dict[str, str]
