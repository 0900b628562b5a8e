"""The posterior of many cases at once. What `inference.infer` gives one by one, in matrix products.

Every piece of evidence is a row of logarithms: over the footprints, or over the (condition, lesion side) pairs. The rows
are taken from `inference.items_of` itself, once for each reading that occurs, so that there is one model and not two.
A case is then a short list of row numbers; their sums are exponentiated and multiplied by the footprint weights.

Index names: N cases, F groups of footprints that no row tells apart, P pairs (condition, lesion side) that can occur.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soleus.cohort.columns import SEXES, UNKNOWN, Codes, CohortColumns, evidence_of_row, unknown_code
from soleus.domain.errors import OutOfRange
from soleus.domain.evidence import Evidence
from soleus.domain.finding import AGE_BANDS, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, KnowledgeBase
from soleus.reasoning.inference import Item, items_of, syndrome_log
from soleus.reasoning.network import LESION_SIDES, OTHER, Array, Network

Ints = NDArray[np.int64]

BLOCK = 128
"""Cases that are summed together: what they need stays in the processor's cache."""
MANY = 0.05
"""Share of the rows that a case uses, above which one matrix product is quicker than adding row after row."""


def posterior_many(network: Network, kb: KnowledgeBase, findings: Codes, onset: Codes, course: Codes, age_years: Array, sex: Codes,
                   setting: str, chunk: int = 2048) -> Array:
    """P(condition | evidence) of many cases; the same as `infer(...).conditions` of each.

    Args:
        network: The compiled network of `kb`.
        kb: The knowledge base.
        findings: (n_cases, n_columns) int8; codes as in `CohortColumns.of(kb)`: index of the state, -1 unknown.
        onset: (n_cases,) int8; index in `ONSETS`, -1 unknown.
        course: (n_cases,) int8; index in `COURSES`, -1 unknown.
        age_years: (n_cases,) age, NaN where unknown. [y]
        sex: (n_cases,) int8; index in `SEXES` (0 female, 1 male), -1 unknown.
        setting: Who asks; the same for all.
        chunk: How many cases to hold in memory at once.

    Returns:
        (n_cases, n_conditions); rows sum to 1, the last column is `other`.

    Raises:
        OutOfRange: If a shape, type or code is not as above; the message names the first such row.
    """
    columns = CohortColumns.of(kb)
    _check(network, kb, columns, findings, onset, course, age_years, sex, setting, chunk)
    posterior = np.empty((len(findings), len(network.conditions)))
    slots = _slots(columns)
    for cases, age in _same_backgrounds(kb, age_years):
        codes = _slot_codes(columns, slots, findings[cases])
        tables = _tables(network, kb, columns, slots, codes, age)
        for start in range(0, len(cases), chunk):
            part = cases[start:start + chunk]
            extra = (onset[part], course[part], _prior_index(age_years[part], sex[part]))
            posterior[part] = _posterior(network, tables, codes[start:start + chunk], *extra)
    return posterior
