"""Published cases with their answers (format: docs/reference/evaluation.md) and when a result counts as right."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from soleus.domain.case import Case
from soleus.domain.errors import CaseError, Problem
from soleus.domain.knowledge_base import LEVELS, Condition, level_rank
from soleus.formats.located_yaml import parse, read_text
from soleus.interchange.casefile.read import case_of_text
from soleus.interchange.phrases.words import stems


@dataclass(frozen=True)
class GoldCase:
    """A case and what it turned out to be."""

    id: str
    case: Case
    narrative: str
    patient_voice: str
    names: tuple[tuple[str, ...], ...]
    """Stemmed names that count as the exact answer."""
    family: tuple[tuple[str, ...], ...]
    levels_ok: tuple[str, ...]
    urgency_ok: tuple[str, ...]
    topic: str
    diagnosis: str
    determinable: str
    says_setting: bool = False
    """Whether the file itself says who asks."""

    @property
    def is_emergency(self) -> bool:
        return all(level_rank(u) >= level_rank("emergency") for u in self.urgency_ok)


def read_gold(folder: Path, today: datetime.date) -> list[GoldCase]:
    """Every case with an answer in a folder.

    Raises:
        CaseError: If the folder holds none, or with every problem of every file.
    """
    if not folder.is_dir():
        raise CaseError(Problem(str(folder), "is not a folder.", "Name the folder that holds the case files."))
    cases: list[GoldCase] = []
    problems: list[Problem] = []
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml"), *folder.glob("*.json")]):
        try:
            cases.append(_gold(path, today))
        except CaseError as error:
            problems += [Problem(f"{path.name}: {p.where}", p.what, p.cure, p.line) for p in error.problems]
    if problems:
        raise CaseError(problems)
    if not cases:
        raise CaseError(Problem(str(folder), "holds no case files (*.yaml, *.json)."))
    return cases


def _gold(path: Path, today: datetime.date) -> GoldCase:
    text, unreadable = read_text(path, 1_000_000)
    if unreadable:
        raise CaseError(unreadable)
    case = case_of_text(text, today, path.name)
    data: dict[str, Any] = parse(text).value
    diagnosis, site = data.get("diagnosis"), data.get("lesion_site")
    if not isinstance(diagnosis, dict) or not isinstance(site, dict) or not data.get("urgency"):
        raise CaseError(Problem("", "has no answer.", "An evaluation needs `diagnosis`, `lesion_site` and `urgency`."))
    names = [diagnosis.get("name", ""), *_texts(diagnosis.get("acceptable"))]
    accepted = _texts(data.get("urgency_ok")) or [str(data["urgency"])]
    if unknown := [u for u in accepted if u not in LEVELS]:
        raise CaseError(Problem("urgency_ok", f'"{unknown[0]}" is not a level.', f"Levels: {', '.join(LEVELS)}."))
    id_ = str(data.get("id") or path.stem)
    return GoldCase(
        id_,
        case,
        str(data.get("narrative") or ""),
        str(data.get("patient_voice") or ""),
        normalised(names),
        normalised(_texts(diagnosis.get("family"))),
        tuple(_texts(site.get("levels_ok")) or [str(site.get("level"))]),
        tuple(accepted),
        id_.split("-")[0],
        str(diagnosis.get("name", "")),
        str(diagnosis.get("determinable", "")),
        "setting" in data,
    )


def _texts(value: Any) -> list[str]:
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]


def normalised(names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Names as sorted stems without small words, case or spelling variants: "Guillain-Barré syndrome" is "Guillain-Barre syndrome"."""
    return tuple(sorted({key for name in names if (key := _key(name))}))


@lru_cache(maxsize=20_000)
def _key(name: str) -> tuple[str, ...]:
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace("-", " ")
    return tuple(sorted(stems(plain)))


def is_exact(gold: GoldCase, condition: Condition) -> bool:
    """Whether the condition carries one of the accepted names."""
    return bool(set(gold.names) & set(normalised(condition.names)))


def is_family(gold: GoldCase, condition: Condition) -> bool:
    """Whether the condition is the exact answer or carries a name of its family."""
    return is_exact(gold, condition) or bool(set(gold.family) & set(normalised(condition.names)))
