"""What goes into the JSON API and what comes out, for OpenAPI.

Case files and logs are not checked here but by their own readers, which find every fault at once and say how to mend it; so the
types of these models are shown and not enforced (`SkipValidation`).
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

CASE_EXAMPLE: dict[str, Any] = {
    "schema": "soleus/case/1",
    "id": "k-2041",
    "age": 58,
    "sex": "male",
    "findings": [
        {"finding": "calf weakness", "side": "left", "since": "2026-03-01", "course": "progressive"},
        {"finding": "ankle reflex", "side": "left", "value": "absent"},
        {"finding": "saddle anaesthesia", "value": "absent"},
    ],
}
MEASUREMENTS_EXAMPLE: list[Any] = [
    {"measure": "heel-rise", "side": "left", "value": value, "on": on}
    for value, on in ((20, "2026-03-01"), (17, "2026-05-01"), (14, "2026-07-01"), (10, "2026-09-01"))
]
LEFT_OUT: Any = None
Level = Literal["self_care", "routine", "within_2_weeks", "same_day", "emergency"]
SideWord = Literal["left", "right", "both"]


class Told(BaseModel):
    """Something that is told to Soleus; its own reader checks it, and refuses keys that are not named here."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow", json_schema_extra={"additionalProperties": False})


class Strict(BaseModel):
    """Checked here."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


class Shown(BaseModel):
    """Part of an answer. Keys may be added; none is renamed or removed without a major version."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")


# What is told. What is left out is unknown: no default is shown, and none is filled in.


class FindingTold(Told):
    finding: SkipValidation[str] = Field(description="In words, or an id of the vocabulary.")
    side: SkipValidation[SideWord] = Field(default=LEFT_OUT, description="Left out when nobody said.")
    value: SkipValidation[str | int | float] = Field(
        default=LEFT_OUT, description="Such as present, absent, 4-/5, reduced. Empty: present."
    )
    since: SkipValidation[str] = Field(default=LEFT_OUT, description="Day of its beginning, year-month-day.")
    course: SkipValidation[str] = Field(
        default=LEFT_OUT, description="progressive, stable, improving, relapsing, episodic, or words to that effect."
    )
    sure: SkipValidation[float] = Field(default=LEFT_OUT, description="How certain, 0.5 (cannot tell) to 1.")
    note: SkipValidation[str] = Field(default=LEFT_OUT, description="For readers.")


class TestTold(Told):
    __test__: ClassVar[bool] = False

    test: SkipValidation[str] = Field(description="Its name.")
    value: SkipValidation[float] = Field(default=LEFT_OUT, description="A number, with `unit`.")
    unit: SkipValidation[str] = Field(default=LEFT_OUT, description="Units are converted; left out, the usual one is meant.")
    result: SkipValidation[str] = Field(default=LEFT_OUT, description="Or the words of the report.")
    on: SkipValidation[str] = Field(default=LEFT_OUT, description="Year-month-day.")
    note: SkipValidation[str] = Field(default=LEFT_OUT, description="For readers.")


class MeasurementTold(Told):
    measure: SkipValidation[str] = Field(description="Id, name or another name of a measure, see /knowledge/measures.")
    side: SkipValidation[SideWord] = Field(default=LEFT_OUT, description="Where the measure has a side.")
    value: SkipValidation[float | str] = Field(description="A number, an MRC grade, or `unable`.")
    unit: SkipValidation[str] = Field(default=LEFT_OUT, description="If it is not the usual one.")
    on: SkipValidation[str] = Field(default=LEFT_OUT, description="The day, year-month-day.")
    aid: SkipValidation[str] = Field(default=LEFT_OUT, description="What helped.")
    by: SkipValidation[str] = Field(default=LEFT_OUT, description="Who measured.")
    note: SkipValidation[str] = Field(default=LEFT_OUT, description="For readers.")


class EventTold(Told):
    on: SkipValidation[str] = Field(description="The day, year-month-day.")
    what: SkipValidation[str] = Field(description="What happened, in up to 200 characters.")
    kind: SkipValidation[Literal["operation", "injury", "relapse", "medicine"]] = Field(
        default=LEFT_OUT, description="If it is one of these."
    )


class Preferences(Told):
    """What suits the person, for a plan."""

    minutes_per_day: SkipValidation[int] = Field(default=LEFT_OUT, description="5 to 180. [min]")
    days: SkipValidation[list[str]] = Field(default=LEFT_OUT, description="mon, tue, wed, thu, fri, sat, sun.")
    equipment: SkipValidation[list[str]] = Field(default=LEFT_OUT, description="Ids, see /knowledge/equipment.")
    avoid: SkipValidation[list[str]] = Field(default=LEFT_OUT, description="Exercises to leave out, by id.")
    like: SkipValidation[list[str]] = Field(default=LEFT_OUT, description="Exercises that are liked, by id.")
    supervised: SkipValidation[bool] = Field(default=LEFT_OUT, description="Somebody qualified is there.")


class CaseFile(Told):
    """A case file, as docs/reference/case-file.md describes it. At least one of findings, tests, conditions, narrative is needed."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"additionalProperties": False, "example": CASE_EXAMPLE})

    schema_: SkipValidation[Literal["soleus/case/1"]] = Field(default=LEFT_OUT, alias="schema")
    id: SkipValidation[str] = Field(default=LEFT_OUT, description="Any text; it comes back in the answer. No name, please.")
    age: SkipValidation[float] = Field(default=LEFT_OUT, description="0 to 120. [years]")
    sex: SkipValidation[Literal["male", "female", "intersex", "unknown"]] = Field(default=LEFT_OUT, description="Left out: unknown.")
    setting: SkipValidation[Literal["self", "primary-care", "neuromuscular-clinic"]] = Field(
        default=LEFT_OUT, description="Who asks; it changes how common causes are taken to be."
    )
    conditions: SkipValidation[list[str]] = Field(default=LEFT_OUT, description="Known diagnoses and risk factors.")
    medicines: SkipValidation[list[str]] = Field(default=LEFT_OUT, description="Names of medicines or classes.")
    findings: SkipValidation[list[FindingTold]] = Field(default=LEFT_OUT, description="Symptoms, signs, history.")
    tests: SkipValidation[list[TestTold]] = Field(default=LEFT_OUT, description="Results.")
    measurements: SkipValidation[list[MeasurementTold]] = Field(default=LEFT_OUT, description="What was measured, and when.")
    events: SkipValidation[list[EventTold]] = Field(
        default=LEFT_OUT, description="What happened and may explain a change; drawn into charts."
    )
    height_cm: SkipValidation[float] = Field(default=LEFT_OUT, description="40 to 260. [cm]")
    weight_kg: SkipValidation[float] = Field(default=LEFT_OUT, description="2 to 400. [kg]")
    activity: SkipValidation[float] = Field(default=LEFT_OUT, description="1 (hardly any) to 6 (hard training several times a week).")
    goals: SkipValidation[list[str]] = Field(default=LEFT_OUT, description="What the person wants to do again.")
    preferences: SkipValidation[Preferences] = Field(default=LEFT_OUT, description="What suits the person.")
    narrative: SkipValidation[str] = Field(default=LEFT_OUT, description="Free text, up to 20,000 characters.")


class Words(Told):
    """Free text instead of a case file: somebody's own words, or a letter."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "additionalProperties": False,
            "example": {"text": "My left calf has been getting weaker for three months. No back pain."},
        },
    )

    text: SkipValidation[str] = Field(description="Up to 20,000 characters.")
    setting: SkipValidation[Literal["self", "primary-care", "neuromuscular-clinic"]] = Field(default=LEFT_OUT, description="Who asks.")


class Log(Told):
    """Sessions that were done, as docs/reference/training-log.md describes them."""

    schema_: SkipValidation[Literal["soleus/log/1"]] = Field(default=LEFT_OUT, alias="schema")
    sessions: SkipValidation[list[dict[str, Any]]] = Field(description="Each with `on`, `exercises` and how it felt.")


class PlanWanted(Told):
    """A case, with what was done and what suits the person."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "additionalProperties": False,
            "example": {
                "case": {**CASE_EXAMPLE, "conditions": ["lumbar spinal stenosis"], "goals": ["climb stairs"]},
                "preferences": {"minutes_per_day": 25, "days": ["mon", "wed", "fri"]},
                "log": {"schema": "soleus/log/1", "sessions": []},
            },
        },
    )

    case: SkipValidation[CaseFile]
    preferences: SkipValidation[Preferences] = Field(default=LEFT_OUT, description="Instead of those in the case.")
    log: SkipValidation[Log] = Field(default=LEFT_OUT, description="The coming week is adapted to it.")


class TrendWanted(CaseFile):
    """A case file with measurements; beside them only age, sex, height, weight and activity count."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "additionalProperties": False,
            "example": {"age": 58, "sex": "male", "measurements": MEASUREMENTS_EXAMPLE, "forecast": True},
        },
    )

    measure: SkipValidation[str] = Field(default=LEFT_OUT, description="This one alone; left out: all.")
    forecast: SkipValidation[bool] = Field(default=LEFT_OUT, description="Also when values that mean something would be reached.")


class FactTold(Strict):
    """What an answer of the interview says."""

    about: str = Field(description="A finding, or one of age, sex, narrative, onset, course.", max_length=80)
    value: str = Field(description="`unknown` where the person could not tell.", max_length=20_000)
    side: Literal["", "left", "right", "both"] = ""


class AnswerGiven(Strict):
    """An answer as it came back: kept by whoever asks, not by the server. Leave one out, and it is taken back."""

    question: str = Field(pattern=r"^[a-z0-9-]+$", max_length=80)
    kind: Literal["opening", "red-flag", "information", "self-test"]
    asked: str = Field(default="", max_length=1_000)
    said: str = Field(default="", max_length=20_000)
    facts: list[FactTold] = Field(max_length=100)


class Reply(Strict):
    """An answer to the present question. Nothing chosen and no text: don't know."""

    question: str = Field(description="Id of the question that is answered.", max_length=80)
    chosen: list[str] = Field(default_factory=list, description='Ids of choices; ["none"] for none of these.', max_length=100)
    unsure: list[str] = Field(default_factory=list, description="Ids of choices of which the person is not sure.", max_length=100)
    side: Literal["", "left", "right", "both"] = Field(default="", description="Where a chosen one is sided.")
    text: str = Field(default="", description="Where the question asks for a number or words.", max_length=20_000)


class InterviewSoFar(Strict):
    """The case before the interview, the answers as they came back, and the reply to the last question."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"case": CASE_EXAMPLE, "answers": []}})

    case: SkipValidation[CaseFile] = Field(default=LEFT_OUT, description="What was known before; left out: nothing.")
    answers: list[AnswerGiven] = Field(default_factory=list, max_length=200)
    reply: Reply | None = None


class CaseWanted(Strict):
    """A case to keep."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"title": "My calf", "case": CASE_EXAMPLE}})

    title: str | None = Field(default=LEFT_OUT, max_length=80, description="What the owner calls it; left out: as it is.")
    case: SkipValidation[CaseFile]


class MeasurementWanted(Strict):
    """One measurement to add."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"measure": "heel-rise", "side": "left", "value": 9, "on": "2026-09-01"}}
    )

    measure: str = Field(max_length=80)
    value: int | float | str = Field(description="A number, an MRC grade, or `unable`.")
    side: Literal["", "left", "right", "both"] = ""
    unit: str = Field(default="", max_length=20)
    on: str = Field(default="today", max_length=20, description="Year-month-day.")
    aid: str = Field(default="", max_length=80)
    by: str = Field(default="", max_length=80)
    note: str = Field(default="", max_length=500)
    sure: bool = Field(default=False, description="It is really so, however unusual.")


class SearchWanted(Strict):
    """Words to look for. Sent in the body: what somebody looks for may tell of an illness, and addresses are kept in many places."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"words": "foot dropp", "most": 5}})

    words: str = Field(min_length=1, max_length=200)
    kind: str = Field(default="", max_length=40, description="Only this kind of article, such as condition; empty: all.")
    most: int = Field(default=20, ge=1, le=50)


# What comes back


class ProblemShown(BaseModel):
    """One thing that is wrong."""

    where: str = Field(description="Its place, such as `case.findings[2].value`; empty: the whole.")
    what: str = Field(description="What it is.")
    cure: str = Field(description="How to mend it; may be empty.")
    line: int | None = Field(description="Line of the body, where there is one.")


class Problems(BaseModel):
    """Everything that is wrong, at once."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "problems": [
                    {
                        "where": "findings[0].side",
                        "what": '"front" is not one of left, right, both.',
                        "cure": "Leave it out if there is no side.",
                        "line": 7,
                    }
                ]
            }
        }
    )

    problems: list[ProblemShown]


class Versions(Shown):
    version: str
    knowledge: str = ""


class TriageReason(Shown):
    rule: str
    level: Level
    text: str
    lay: str
    findings: list[str]
    source: str


class Triage(Shown):
    """How soon to be seen."""

    level: Level
    reasons: list[TriageReason]
    unasked_red_flags: list[str] = Field(description="While this is not empty, the level is a lower limit.")


class Cause(Shown):
    condition: str
    name: str
    lay_name: str
    icd10: list[str]
    probability: float = Field(description="0 to 1; all of them and `other` sum to 1.")
    urgency: Level
    evidence: list[dict[str, Any]] = Field(
        default_factory=list, description="Of the leading causes: each item with its decibans and source."
    )
    expected_but_not_found: list[str] = Field(default_factory=list)
    not_yet_known: list[str] = Field(default_factory=list)


class Assessment(Shown):
    """As `soleus assess --json` writes it; docs/reference/assessment-json.md names every key."""

    schema_: Literal["soleus/assessment/1"] = Field(alias="schema")
    soleus: Versions
    case: str
    triage: Triage
    localisation: list[dict[str, Any]] = Field(description="Where the lesion may lie, the likeliest level first.")
    differential: list[Cause] = Field(description="Every condition, the likeliest first.")
    other: float = Field(description="Probability of a cause that Soleus does not know.")
    pairs: list[dict[str, Any]]
    workup: list[dict[str, Any]] = Field(description="Tests not done yet, the most useful first.")
    ask_next: list[dict[str, Any]]
    understood: list[dict[str, Any]]
    not_understood: list[str]
    notices: list[str] = Field(description="To show first: what matters where words could not be read.")
    known_diagnoses: list[str]
    contradictions: list[str]


class Plan(Shown):
    """As `soleus plan --json` writes it; docs/reference/plan-json.md names every key."""

    schema_: Literal["soleus/plan/1"] = Field(alias="schema")
    soleus: Versions
    case: str
    triage: Level
    blocked: dict[str, Any] | None = Field(description="In an emergency: what to do now. Then everything else is empty.")
    held: str | None = Field(description="Why there is no training now.")
    for_: list[dict[str, Any]] = Field(alias="for")
    decide_next: list[dict[str, Any]]
    not_understood: list[str]
    medicine_notes: list[str] = Field(
        description="Medicines that are not known, or were read in another spelling; to say above every list."
    )
    treatments: list[dict[str, Any]]
    avoid: list[dict[str, Any]]
    programme: dict[str, Any] | None
    techniques: list[dict[str, Any]]
    devices: list[dict[str, Any]]
    prevention: list[dict[str, Any]]
    follow_up: list[dict[str, Any]]
    course: list[dict[str, Any]]
    safety_net: list[dict[str, Any]]


class Trend(Shown):
    """As `soleus track show --json` writes it; docs/reference/trend-json.md names every key."""

    schema_: Literal["soleus/trend/1"] = Field(alias="schema")
    soleus: Versions
    case: str
    on: str
    alert: str | None = Field(description="What to do where a last value is far below the others; the numbers then say nothing of today.")
    measures: list[dict[str, Any]] = Field(description="One for each measure and side.")
    sides: list[dict[str, Any]]
    overall: dict[str, Any] | None
    not_understood: list[str]


class ChoiceShown(Shown):
    id: str
    text: str
    sided: bool = Field(description="Whether the side has to be named.")


class QuestionShown(Shown):
    id: str
    kind: Literal["opening", "red-flag", "information", "self-test"]
    form: Literal["number", "text", "one", "several"]
    text: str
    why: str
    instructions: list[str]
    caution: str
    choices: list[ChoiceShown]


class FinishShown(Shown):
    reason: Literal["emergency", "settled", "enough"]
    text: str
    because: str
    do_now: list[str]


class InterviewStep(Shown):
    """The next question, or why there is none; and everything to send back with the next reply."""

    schema_: Literal["soleus/interview-step/1"] = Field(alias="schema")
    question: QuestionShown | None
    finish: FinishShown | None
    answers: list[AnswerGiven] = Field(description="To send back with the next reply.")
    case: dict[str, Any] = Field(description="Everything told so far as a case file, for /assess and /plan.")


class KindShown(Shown):
    kind: str
    count: int


class EntryName(Shown):
    id: str
    name: str
    plain: str = Field(description="In plain words; may be empty.")


class EntryList(Shown):
    kind: str
    entries: list[EntryName]


class Entry(Shown):
    kind: str
    id: str
    name: str
    entry: dict[str, Any] = Field(description="As `soleus knowledge show --json` writes it.")
    sources: dict[str, str] = Field(description="Citations of the sources that it names.")
    article: str = Field(description="Address of its article in the library; empty if there is none.")


class HitShown(Shown):
    title: str
    lead: str
    kind: str
    article: str
    knowledge: str = Field(description="Address of the entry here; empty if the article is about none.")
    score: float
    matched: list[str] = Field(description="What was probably meant, where it was spelt otherwise.")


class Hits(Shown):
    hits: list[HitShown]


class Session(Shown):
    signed_in: bool
    name: str
    form_token: str = Field(description="To send as the header X-CSRFToken with every change.")


class CaseShort(Shown):
    code: str
    title: str
    is_own: bool
    created: str
    updated: str
    version: str = Field(description="Changes with the case; also the ETag.")


class CaseShown(CaseShort):
    case: dict[str, Any] = Field(description="The case file.")


class CaseList(Shown):
    cases: list[CaseShort]


class MeasurementShown(Shown):
    entry: int = Field(description="Its number in the case, from 1.")
    version: str
    measure: str
    side: str
    unit: str
    on: str
    value: float | None
    unable: bool


class MeasurementList(Shown):
    measurements: list[MeasurementShown]
    not_understood: list[str]
