"""Reads `data/anatomy/*.yaml` into an `Anatomy`, gathering every problem with file, line and cure before it stops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from soleus.domain.anatomy import (
    Anatomy,
    LesionSite,
    Movement,
    Muscle,
    Nerve,
    Reflex,
    ReflexLimb,
    Sign,
    SkinTerritory,
)
from soleus.domain.errors import KnowledgeError, Problem
from soleus.formats.located_yaml import Located, dotted, parse, read_text
from soleus.knowledge import anatomy_schema as schema
from soleus.knowledge.schema import Number

MAX_FILE = 2_000_000
TOLERANCE = 0.005
Model = TypeVar("Model", bound=BaseModel)


def load_anatomy(folder: Path, sources: Container[str] | None = None) -> Anatomy:
    """Read and check the anatomy.

    Args:
        folder: Holds movements, muscles, nerves, reflexes, skin, signs and sites, each as `<name>.yaml`.
        sources: Ids that may be cited; not checked where left out.

    Raises:
        KnowledgeError: With every problem found: misspelt keys, unknown ids, shares that do not sum to 1.
    """
    reader = _Reader(folder, sources)
    anatomy = reader.build()
    if reader.problems:
        raise KnowledgeError(reader.problems, source=str(folder))
    return anatomy


def site_entries(folder: Path) -> list[tuple[str, schema.SiteEntry, str]]:
    """(id, entry, why its estimates hold) of each lesion site, with the whole origin of its numbers; for data that `load_anatomy` takes."""
    reader = _Reader(folder)
    sites = reader.table("sites", schema.SiteEntry)
    reason = reader.documents["sites"].value["_file"]["estimates_because"]
    return [(id_, site, reason) for id_, site in sites.items()]


@dataclass
class _Reader:
    folder: Path
    sources: Container[str] | None = None
    problems: list[Problem] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    origins: Counter[str] = field(default_factory=Counter)
    documents: dict[str, Located] = field(default_factory=dict)

    def report(self, table: str, where: tuple[str | int, ...], what: str, cure: str = "") -> None:
        line = self.documents[table].line(where) if table in self.documents else None
        place = f"{self.folder.name}/{table}.yaml{':' + str(line) if line else ''}  {dotted(where)}"
        self.problems.append(Problem(place.rstrip(), what, cure))

    def table(self, name: str, model: type[Model]) -> dict[str, Model]:
        """Entries of one file that fit their schema."""
        text, unreadable = read_text(self.folder / f"{name}.yaml", MAX_FILE)
        located = parse(text, max_nodes=200_000) if not unreadable else Located(None, {}, unreadable)
        self.documents[name] = located
        for problem in located.problems:
            self.problems.append(
                Problem(f"{self.folder.name}/{name}.yaml  {problem.where}".rstrip(), problem.what, problem.cure, problem.line)
            )
        if not isinstance(located.value, dict):
            if not located.problems:
                self.report(name, (), "holds no mapping of id to entry.", "Write `id:` and its keys below.")
            return {}
        if "_file" not in located.value:
            self.report(name, (), "has no `_file: {estimates_because: ...}`.", "Say why its estimates are what they are.")
        found: dict[str, Model] = {}
        for key, data in located.value.items():
            if key == "_file":
                notes = self.validated(name, key, data, schema.AnatomyNotes)
                self.cite(name, (key, "sources"), notes.sources if notes else ())
            elif (entry := self.validated(name, key, data, model)) is not None:
                found[key] = entry
                self.cite(name, (key, "sources"), getattr(entry, "sources", ()))
        return found

    def cite(self, table: str, where: tuple[str | int, ...], references: Iterable[str]) -> None:
        self.references.update(references)
        for ref in references:
            if self.sources is not None and ref not in self.sources:
                self.report(table, where, f'source "{ref}" is not in sources/.')

    def validated(self, name: str, key: str, data: Any, model: type[Model]) -> Model | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for fault in error.errors():
                path = (key, *(p for p in fault["loc"] if p != "[key]"))
                if fault["type"] == "extra_forbidden":
                    cure = _nearest(str(fault["loc"][-1]), model.model_fields) or "Keys here: " + ", ".join(model.model_fields) + "."
                    self.report(name, path, f'"{fault["loc"][-1]}" is not a key here.', cure)
                else:
                    self.report(
                        name,
                        path,
                        "is missing." if fault["type"] == "missing" else fault["msg"].removeprefix("Value error, ") + ".",
                    )
            return None

    # -- checks across the files --------------------------------------------------------------------------------

    def known(self, table: str, where: tuple[str | int, ...], id_: str, known: Iterable[str], what: str) -> None:
        known = list(known)
        if id_ not in known:
            self.report(table, (*where, id_), f'{what} "{id_}" does not exist.', _nearest(id_, known))

    def sums_to_one(self, table: str, where: tuple[str | int, ...], shares: Mapping[Any, float]) -> None:
        if abs(sum(shares.values()) - 1) > TOLERANCE:
            self.report(table, where, f"sums to {sum(shares.values()):.3f}, not to 1.", "Shares of one structure sum to 1.")

    def build(self) -> Anatomy:
        movements = self.table("movements", schema.MovementEntry)
        muscles = self.table("muscles", schema.MuscleEntry)
        nerves = self.table("nerves", schema.NerveEntry)
        reflexes = self.table("reflexes", schema.ReflexEntry)
        skin = self.table("skin", schema.SkinEntry)
        signs = self.table("signs", schema.SignEntry)
        sites = self.table("sites", schema.SiteEntry)
        if not self.problems:
            self.check_muscles(movements, muscles, nerves)
            self.check_nerves(muscles, nerves, skin)
            for id_, reflex in reflexes.items():
                for limb in ("afferent", "efferent"):
                    self.supply("reflexes", (id_, limb), getattr(reflex, limb).roots, getattr(reflex, limb).nerves, nerves)
            for id_, area in skin.items():
                self.supply("skin", (id_,), area.roots, area.nerves, nerves)
            for id_, site in sites.items():
                tables: dict[str, Mapping[str, BaseModel]] = {
                    "nerves": nerves,
                    "muscles": muscles,
                    "pattern": movements,
                    "reflexes": reflexes,
                    "signs": {**signs, **skin},
                }
                for key, table in tables.items():
                    for named in getattr(site, key):
                        self.known("sites", (id_, key), named, table, "finding" if key in ("signs", "pattern") else key)
        return Anatomy(
            movements={i: Movement(i, **dict(m)) for i, m in movements.items()},
            muscles={
                i: Muscle(i, m.name, m.nerves, m.division, m.roots, m.major, m.serves, m.region, m.bulk, m.tested_by, tuple(m.sources))
                for i, m in muscles.items()
            },
            nerves={
                i: Nerve(i, n.name, n.parent, tuple(n.roots), n.major, n.order, tuple(n.motor), tuple(n.skin)) for i, n in nerves.items()
            },
            reflexes={i: _reflex(i, r) for i, r in reflexes.items()},
            skin={i: SkinTerritory(i, **dict(t)) for i, t in skin.items()},
            signs={i: Sign(i, **dict(s)) for i, s in signs.items()},
            sites={i: self.site(i, s) for i, s in sites.items()},
            references=tuple(sorted(self.references)),
            origins=dict(self.origins),
        )

    def check_muscles(self, movements: Mapping[str, Any], muscles: Mapping[str, schema.MuscleEntry], nerves: Mapping[str, Any]) -> None:
        made: dict[str, float] = {}
        for id_, muscle in muscles.items():
            self.supply("muscles", (id_,), muscle.roots, muscle.nerves, nerves)
            if muscle.roots.get(muscle.major, 0.0) < max(muscle.roots.values()):
                self.report(
                    "muscles",
                    (id_, "major"),
                    f"{muscle.major} has not the largest share.",
                    "Name the root with the largest share.",
                )
            for movement, share in muscle.serves.items():
                self.known("muscles", (id_, "serves"), movement, movements, "movement")
                made[movement] = made.get(movement, 0.0) + share
        for movement in movements:
            self.sums_to_one("movements", (movement,), {movement: made.get(movement, 0.0)})

    def supply(
        self,
        table: str,
        where: tuple[str | int, ...],
        roots: Mapping[Any, float],
        supplied: Mapping[str, float],
        nerves: Mapping[str, Any],
    ) -> None:
        self.sums_to_one(table, (*where, "roots"), roots)
        self.sums_to_one(table, (*where, "nerves"), supplied)
        for nerve in supplied:
            self.known(table, (*where, "nerves"), nerve, nerves, "nerve")

    def check_nerves(
        self,
        muscles: Mapping[str, schema.MuscleEntry],
        nerves: Mapping[str, schema.NerveEntry],
        skin: Mapping[str, schema.SkinEntry],
    ) -> None:
        """The tree has no loop, and both files name the same branches."""
        for id_, nerve in nerves.items():
            seen: set[str] = set()
            at: str | None = id_
            while at is not None and at in nerves and at not in seen:
                seen.add(at)
                at = nerves[at].parent
            if at is not None:
                what = f'nerve "{at}" does not exist.' if at not in nerves else "is its own ancestor."
                self.report("nerves", (id_, "parent"), what, _nearest(at, nerves))
            if nerve.major not in nerve.roots:
                self.report("nerves", (id_, "major"), f"{nerve.major} is not among its roots.")
            supplied = {
                "motor": {i for i, m in muscles.items() if id_ in m.nerves},
                "skin": {i for i, s in skin.items() if id_ in s.nerves},
            }
            for key, back in supplied.items():
                for other in sorted(back ^ set(getattr(nerve, key))):
                    file = "muscles" if key == "motor" else "skin"
                    self.report("nerves", (id_, key), f'"{other}" stands in only one of nerves and {file}.', "Name it in both.")

    # -- numbers ------------------------------------------------------------------------------------------------

    def site(self, id_: str, entry: schema.SiteEntry) -> LesionSite:
        def numbers(key: str) -> dict[str, float]:
            return {name: self.number(id_, key, name, number) for name, number in getattr(entry, key).items()}

        return LesionSite(
            id_,
            entry.level,
            entry.name,
            entry.lay_name,
            entry.detail,
            tuple(entry.laterality),
            roots=numbers("roots"),
            nerves=numbers("nerves"),
            muscles=numbers("muscles"),
            pattern=numbers("pattern"),
            corticospinal=numbers("corticospinal"),
            sensory_tract=numbers("sensory_tract"),
            reflexes=numbers("reflexes"),
            signs=numbers("signs"),
            motor=entry.motor,
            sensory=entry.sensory,
            weakness=entry.weakness,
            shock=entry.shock,
            wasting=entry.wasting,
            other_side=entry.other_side,
            sources=tuple(entry.sources),
        )

    def number(self, id_: str, key: str, name: str, number: Number) -> float:
        content = number.content
        self.origins[number.origin] += 1
        if number.ref:
            self.cite("sites", (id_, key, name), [number.ref])
        if isinstance(content, dict) or not 0.0 <= content <= 1.0:
            self.report("sites", (id_, key, name), "is not a number from 0 to 1.", "Give one fraction or probability.")
            return 0.0
        return float(content)


def _reflex(id_: str, entry: schema.ReflexEntry) -> Reflex:
    limbs = [ReflexLimb(limb.roots, limb.nerves) for limb in (entry.afferent, entry.efferent)]
    healthy = entry.healthy.model_dump()
    healthy["normal"] = 1.0 - sum(healthy.values())
    return Reflex(id_, entry.name, limbs[0], limbs[1], entry.tract, entry.brisk, healthy)


def _nearest(id_: str, known: Iterable[str]) -> str:
    near = get_close_matches(id_, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else ""
