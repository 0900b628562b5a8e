"""Shape of the files under `data/anatomy`. A misspelt key or a number out of range stops the load."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from soleus.domain.anatomy import ROOTS, LesionLevel
from soleus.knowledge.schema import Number


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _with_origin(value: Any) -> Any:
    """A plain number is an estimate for the reason given at the head of the file."""
    return {"estimate": value} if isinstance(value, (int, float)) and not isinstance(value, bool) else value


Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
Sourced = Annotated[Number, BeforeValidator(_with_origin)]
"""A number with its origin; see section 1 of the authoring guide."""
Shares = dict[str, Fraction]


def _root(value: str) -> str:
    if value not in ROOTS:
        raise ValueError(f'"{value}" is no root; roots here: {", ".join(ROOTS)}')
    return value


Root = Annotated[str, AfterValidator(_root)]
RootShares = dict[Root, Fraction]


class AnatomyNotes(Strict):
    """Notes at the head of a file: why its estimates, and where its facts come from."""

    estimates_because: str
    sources: list[str] = []


class MovementEntry(Strict):
    name: str
    area: Literal["proximal", "distal", "arm", "neck", "face"]
    tract: Literal["leg", "arm", "face", "none"]
    upper_motor_neurone: Fraction
    detectability: Fraction
    salience: Fraction
    error: Fraction
    sided: bool


class MuscleEntry(Strict):
    name: str
    nerves: Shares
    division: Literal["anterior", "posterior", "dorsal-ramus", "brachial", "cervical", "cranial"]
    roots: RootShares
    major: Root
    serves: Shares
    region: Literal["buttock", "thigh", "calf", "shin", "foot", "hand", "none"]
    bulk: Fraction
    tested_by: str
    sources: list[str] = []


class NerveEntry(Strict):
    name: str
    parent: str | None
    roots: list[Root]
    major: Root
    order: int = Field(ge=1)
    motor: list[str]
    skin: list[str]


class ReflexLimbEntry(Strict):
    roots: RootShares
    nerves: Shares


class HealthyReflex(Strict):
    absent: Fraction
    reduced: Fraction
    brisk: Fraction


class ReflexEntry(Strict):
    name: str
    afferent: ReflexLimbEntry
    efferent: ReflexLimbEntry
    tract: Literal["leg", "arm"]
    brisk: Fraction
    healthy: HealthyReflex


class SkinEntry(Strict):
    name: str
    roots: RootShares
    nerves: Shares
    region: Literal["leg", "foot", "saddle", "hand"]
    salience: Fraction
    background: Fraction
    sided: bool


class SignEntry(Strict):
    sided: bool
    rule: Literal["stated", "general", "wasting", "tract", "flaccid"]
    background: Fraction
    region: str = ""
    limb: Literal["leg", "arm", ""] = ""
    complete: Fraction = 0.0


class SiteEntry(Strict):
    level: LesionLevel
    name: str
    lay_name: str
    detail: str
    laterality: list[Literal["unilateral", "bilateral"]] = Field(min_length=1)
    roots: dict[Root, Sourced] = {}
    nerves: dict[str, Sourced] = {}
    muscles: dict[str, Sourced] = {}
    pattern: dict[str, Sourced] = {}
    corticospinal: dict[Literal["leg", "arm", "face"], Sourced] = {}
    sensory_tract: dict[Literal["leg", "foot", "saddle", "hand"], Sourced] = {}
    reflexes: dict[str, Sourced] = {}
    signs: dict[str, Sourced] = {}
    motor: Fraction = 1.0
    sensory: Fraction = 1.0
    weakness: Fraction = 1.0
    shock: Fraction = 0.0
    wasting: Fraction = 0.0
    other_side: Fraction = 0.0
    sources: list[str] = []
