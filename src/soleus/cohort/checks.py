"""Whether the arrays of a cohort have the shapes, types and codes that they should."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from soleus.cohort.columns import SEXES, UNKNOWN, Codes, CohortColumns, unknown_code
from soleus.domain.errors import OutOfRange, Problem
from soleus.domain.knowledge_base import COURSES, ONSETS, SETTINGS, KnowledgeBase
from soleus.reasoning.network import OTHER, Array, Network

OLDEST_YEARS = 130
ENGINES = ("auto", "numpy", "compiled")


def check(
    network: Network,
    kb: KnowledgeBase,
    columns: CohortColumns,
    findings: Codes,
    onset: Codes,
    course: Codes,
    age_years: Array,
    sex: Codes,
    setting: str,
    chunk: int,
    engine: str,
) -> None:
    """Check every argument of `posterior_many`.

    Raises:
        OutOfRange: With every argument that is at fault, and its first wrong cell.
    """
    problems: list[Problem] = []
    if network.conditions != (*kb.conditions, OTHER):
        problems.append(Problem("network", "is not compiled from this knowledge base."))
    if setting not in SETTINGS:
        problems.append(Problem("setting", f'"{setting}" is none of {", ".join(SETTINGS)}.'))
    if chunk < 1:
        problems.append(Problem("chunk", f"is {chunk}; it is 1 or more."))
    if engine not in ENGINES:
        problems.append(Problem("engine", f'"{engine}" is none of {", ".join(ENGINES)}.'))
    n = _findings(columns, findings, problems)
    for what, codes, names in (("onset", onset, ONSETS), ("course", course, COURSES), ("sex", sex, SEXES)):
        _codes(what, codes, names, n, problems)
    _ages(age_years, n, problems)
    if problems:
        raise OutOfRange(problems)


def _findings(columns: CohortColumns, findings: Codes, problems: list[Problem]) -> int | None:
    """The number of cases, if the table has rows at all."""
    if findings.ndim != 2 or findings.shape[1] != len(columns):
        problems.append(
            Problem(
                "findings",
                f"has the shape {findings.shape}; it is (n_cases, {len(columns)}).",
                "The columns are those of CohortColumns.of(kb), in that order.",
            )
        )
    elif _are_integers("findings", findings, problems) and not _are_known(columns, findings):
        wrong = (findings < UNKNOWN) | (findings >= columns.n_codes)
        case, column = (int(i) for i in np.argwhere(wrong)[0])
        what = unknown_code(columns, column, int(findings[case, column]))
        problems.append(Problem(f"findings[{case}, {column}]", what, _more(wrong)))
    return len(findings) if findings.ndim else None


def _are_known(columns: CohortColumns, findings: Codes) -> bool:
    """Whether every column knows its codes; quick, as nearly all tables are right."""
    return bool(findings.min(initial=0) >= UNKNOWN and (findings.max(axis=0, initial=UNKNOWN) < columns.n_codes).all())


def _codes(what: str, codes: Codes, names: Sequence[str], n: int | None, problems: list[Problem]) -> None:
    if _is_one_a_case(what, codes, n, problems) and _are_integers(what, codes, problems):
        wrong = (codes < UNKNOWN) | (codes >= len(names))
        if wrong.any():
            case = int(np.argmax(wrong))
            meaning = ", ".join(f"{i} {name}" for i, name in enumerate(names))
            problems.append(Problem(f"{what}[{case}]", f"cannot be {codes[case]}: it is {UNKNOWN} unknown, {meaning}.", _more(wrong)))


def _ages(age_years: Array, n: int | None, problems: list[Problem]) -> None:
    if not _is_one_a_case("age_years", age_years, n, problems):
        return
    if not np.issubdtype(age_years.dtype, np.number):
        problems.append(Problem("age_years", f"holds {age_years.dtype}; it holds numbers."))
        return
    wrong = (age_years < 0) | (age_years > OLDEST_YEARS)
    if wrong.any():
        case = int(np.argmax(wrong))
        problems.append(
            Problem(f"age_years[{case}]", f"cannot be {age_years[case]}: it is 0 to {OLDEST_YEARS}, or NaN if unknown.", _more(wrong))
        )


def _is_one_a_case(what: str, values: NDArray[np.generic], n: int | None, problems: list[Problem]) -> bool:
    if n is not None and values.shape != (n,):
        problems.append(Problem(what, f"has the shape {values.shape}; findings has {n} cases, so it is ({n},)."))
        return False
    return True


def _are_integers(what: str, values: NDArray[np.generic], problems: list[Problem]) -> bool:
    if not np.issubdtype(values.dtype, np.integer):
        problems.append(Problem(what, f"holds {values.dtype}; it holds whole numbers (int8)."))
        return False
    return True


def _more(wrong: NDArray[np.bool_]) -> str:
    count = int(wrong.sum()) - 1
    return f"{count} more like it." if count else ""
