"""The posterior of many cases at once: what `inference.infer` gives one by one, in array products.

A case is a short list of rows of likelihoods (see `readings`): some over footprints, some over conditions and lesion sides,
some over conditions alone. The rows of each kind are multiplied; the footprints are summed into the conditions that may lie
there; the rest is multiplied in, and normalised. All this in blocks of cases that fit into the processor's cache.

`compiled` does the same more than twice as fast, if numba is installed; what is here is its measure and its stand-in (ADR 0015).

Index names beside those of `network`: N cases, B cases of a block, and for each lesion side P conditions that can have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from soleus.cohort.checks import check
from soleus.cohort.columns import Codes, CohortColumns
from soleus.cohort.compiled import CompiledModel, load
from soleus.cohort.readings import GENERAL, Ints, Slots, Tables, Told, one_sided_of, priors_of, read, tables_of
from soleus.domain.errors import OutOfRange, Problem
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.network import LESION_SIDES, Array, Network

COMPILED_FROM = 50_000
"""Cases from which `auto` takes the compiled path: below, importing numba takes longer than it saves."""
BLOCK = 192
"""Cases that are worked on together."""
SAFE = 1e-200
"""Below this a product of likelihoods is computed again by logarithms, lest a part of it that matters has underflowed."""


def posterior_many(
    network: Network,
    kb: KnowledgeBase,
    findings: Codes,
    onset: Codes,
    course: Codes,
    age_years: Array,
    sex: Codes,
    setting: str,
    chunk: int = 16384,
    engine: str = "auto",
) -> Array:
    """P(condition | evidence) of many cases; for each the same as `infer(...).conditions`.

    Args:
        network: The compiled network of `kb`.
        kb: The knowledge base.
        findings: (n_cases, n_columns) int8; codes as in `CohortColumns.of(kb)`: index of the state, -1 unknown.
        onset: (n_cases,) int8; index in `ONSETS`, -1 unknown.
        course: (n_cases,) int8; index in `COURSES`, -1 unknown.
        age_years: (n_cases,) age, 0 to 130, NaN where unknown. [y]
        sex: (n_cases,) int8; index in `SEXES` (0 female, 1 male), -1 unknown.
        setting: Who asks, one for all: `self`, `primary-care` or `neuromuscular-clinic`.
        chunk: How many cases to work on at once. Beside it, memory grows with input, output and the list of what is told.
        engine: `numpy`; `compiled`, which needs numba (`soleus[fast]`) and compiles once for each machine, in a few seconds;
            or `auto`: compiled if numba is there and there are `COMPILED_FROM` cases or more.

    Returns:
        (n_cases, n_conditions); rows sum to 1, the last column is `other`.

    Raises:
        OutOfRange: If a shape, type, code or age is not as above (it names the first cell at fault), or there is no numba.
    """
    columns = CohortColumns.of(kb)
    check(network, kb, columns, findings, onset, course, age_years, sex, setting, chunk, engine)
    loops = load() if engine == "compiled" or (engine == "auto" and len(findings) >= COMPILED_FROM) else None
    if loops is None and engine == "compiled":
        raise OutOfRange([Problem("engine", '"compiled" needs numba, and its compiler switched on.', "pip install 'soleus[fast]'")])
    slots = Slots.of(kb, columns)
    posterior = np.empty((len(findings), len(network.conditions)))
    parts = [slice(start, start + chunk) for start in range(0, len(findings), chunk)]
    told = [read(slots, findings[i], onset[i], course[i], age_years[i], sex[i]) for i in parts]
    tables = tables_of(network, kb, columns, slots, told)
    model = cache(lambda: _model(network, kb, slots, tables))
    fast = CompiledModel.of(network, slots, tables, loops) if loops else None
    for part, told_of_part in zip(parts, told, strict=True):
        if fast is None:
            _infer(model(), told_of_part, setting, posterior[part])
            continue
        total = fast.infer(told_of_part, setting, posterior[part])
        odd = part.start + np.flatnonzero(~(total >= SAFE))
        if odd.size:
            again = np.empty((len(odd), len(network.conditions)))
            _infer(model(), read(slots, findings[odd], onset[odd], course[odd], age_years[odd], sex[odd]), setting, again)
            posterior[odd] = again
    return posterior


@dataclass(frozen=True)
class _Region:
    """Conditions that lie mostly on one level of the nervous system: they share most of their footprints."""

    taken: slice
    """Where its footprints stand in `_Lesion.taken`."""
    conditions: slice
    """Where its conditions stand in `_Lesion.conditions`."""
    weights: Array
    """(footprints, conditions): P(side, footprint | condition)."""


@dataclass(frozen=True)
class _Lesion:
    """What one lesion side needs, arranged so that the many zeros among the weights of footprints cost little."""

    side: int
    footprint: Array
    """(rows, footprints of the side) likelihood."""
    anywhere: Array
    """(footprints of the side, 1): P(side, footprint | other). It may be anywhere, and belongs to no region."""
    taken: Ints
    """The footprints of all regions, one region after another."""
    regions: tuple[_Region, ...]
    conditions: Ints
    """(P,) `other`, then those of the regions."""
    place: Ints
    """(C,) where each condition stands in `conditions`; P if it cannot be on that side."""


@dataclass(frozen=True)
class _Model:
    network: Network
    slots: Slots
    row: Ints
    """(n_slots, readings): the row of a reading in the tables of its layer."""
    by_state: Array
    """(rows, S, 2) likelihood of the findings of a syndrome: by lesion side and by syndrome absent, present."""
    own: Array
    """(rows, C, S) likelihood."""
    lesions: tuple[_Lesion, ...]


def _model(network: Network, kb: KnowledgeBase, slots: Slots, tables: Tables) -> _Model:
    weights = network.footprint_weights
    levels, level = np.unique([kb.anatomy.sites[site].level for site, *_ in network.footprints], return_inverse=True)
    main_level = (weights.sum(axis=1) @ np.eye(len(levels))[level]).argmax(axis=1)
    lesions = tuple(_lesion(side, weights[:, side], main_level, tables.footprint) for side in range(len(LESION_SIDES)))
    return _Model(network, slots, tables.row, tables.syndrome, tables.own, lesions)


def _lesion(side: int, weights: Array, main_level: Ints, likelihood: Array) -> _Lesion:
    """From (C, F) weights, (C,) the main level of each condition, and (rows, F) likelihoods."""
    here = np.flatnonzero(weights.any(axis=0))
    weights = weights[:, here]
    possible, other = np.asarray(weights.any(axis=1)), len(weights) - 1
    taken, conditions, regions = [np.arange(0)], [np.array([other])], []
    n_taken, n_conditions = 0, 1
    for level in np.unique(main_level):
        members = np.flatnonzero(possible[:other] & (main_level[:other] == level))
        footprints = np.flatnonzero(weights[members].any(axis=0))
        places = slice(n_taken, n_taken + len(footprints)), slice(n_conditions, n_conditions + len(members))
        regions.append(_Region(*places, np.ascontiguousarray(weights[np.ix_(members, footprints)].T)))
        taken.append(footprints)
        conditions.append(members)
        n_taken, n_conditions = places[0].stop, places[1].stop
    place = np.full(len(weights), n_conditions)
    place[np.concatenate(conditions)] = np.arange(n_conditions)
    anywhere = np.ascontiguousarray(weights[other][:, None])
    table = np.ascontiguousarray(likelihood[:, here])
    return _Lesion(side, table, anywhere, np.concatenate(taken), tuple(regions), np.concatenate(conditions), place)


# Chunks and blocks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Rows:
    """For each case some rows of a table, to be multiplied. Row 0 is all ones."""

    rows: Ints
    """(N, most rows of a case); 0 where a case has fewer."""
    count: Ints
    """(N,)"""

    @classmethod
    def of(cls, n: int, *parts: tuple[Ints, Ints]) -> _Rows:
        """From parts of (case, row), each sorted by case."""
        counts = [np.bincount(case, minlength=n) for case, _ in parts]
        rows = np.zeros((n, max(1, np.sum(counts, axis=0).max(initial=0))), dtype=np.int64)
        filled = np.zeros(n, dtype=np.int64)
        for (case, row), count in zip(parts, counts, strict=True):
            place = filled + count - np.cumsum(count)
            rows[case, place[case] + np.arange(len(case))] = row
            filled += count
        return cls(rows, filled)

    def __getitem__(self, cases: Ints) -> Ints:
        """(rows, B): the first row of each case, the second, and so on as long as any has one."""
        return self.rows[cases].T[: max(1, self.count[cases].max())]


@dataclass(frozen=True)
class _Chunk:
    """What some cases are told, as rows of tables."""

    footprint: _Rows
    """In the tables of the lesions."""
    sided: _Rows
    sided_tables: list[Array]
    """For each lesion (rows, P)."""
    unsided: _Rows
    unsided_table: Array
    """(rows, C)"""
    one_sided: Array
    """(N, S)"""


def _infer(model: _Model, told: Told, setting: str, posterior: Array) -> None:
    chunk = _chunk(model, told, setting)
    scratch = np.empty((2, BLOCK * max(len(model.network.conditions), *(max(x.footprint.shape[1], len(x.taken)) for x in model.lesions))))
    by_length = np.lexsort([chunk.unsided.count, chunk.sided.count, chunk.footprint.count])
    for start in range(0, told.n_cases, BLOCK):
        cases = by_length[start : start + BLOCK]
        joint = _joint(model, chunk, cases, scratch)
        total = joint.sum(axis=1, keepdims=True)
        if total.min() < SAFE:
            joint = _joint_by_logarithms(model, chunk, cases, scratch)
            total = joint.sum(axis=1, keepdims=True)
        joint *= 1 / total
        posterior[cases] = joint


def _joint(model: _Model, chunk: _Chunk, cases: Ints, scratch: Array) -> Array:
    """P(condition, evidence) of a block up to a factor of the case; (B, C)."""
    joint = np.zeros((len(cases), len(model.network.conditions)))
    footprint, sided = chunk.footprint[cases], chunk.sided[cases]
    for lesion, table in zip(model.lesions, chunk.sided_tables, strict=True):
        of_side = _of_conditions(lesion, _product(lesion.footprint, footprint, scratch), scratch[1])
        of_side[:, :-1] *= _product(table, sided, scratch)
        of_side *= chunk.one_sided[cases, lesion.side, None]
        joint += np.take(of_side, lesion.place, axis=1, mode="clip")
    joint *= _product(chunk.unsided_table, chunk.unsided[cases], scratch)
    return joint


def _of_conditions(lesion: _Lesion, likelihood: Array, scratch: Array) -> Array:
    """(B, P + 1): the sum over footprints of weight x likelihood for each condition, and a zero; from (B, footprints)."""
    of_side = np.empty((len(likelihood), len(lesion.conditions) + 1))
    of_side[:, -1] = 0.0
    np.matmul(likelihood, lesion.anywhere, out=of_side[:, :1])
    taken = _space(scratch, len(likelihood), len(lesion.taken))
    likelihood.take(lesion.taken, axis=1, out=taken, mode="clip")
    for region in lesion.regions:
        np.matmul(taken[:, region.taken], region.weights, out=of_side[:, region.conditions])
    return of_side


def _product(table: Array, rows: Ints, scratch: Array) -> Array:
    """The product of the rows of each case; (B, columns of the table), in the first half of `scratch`."""
    product, row = (_space(half, rows.shape[1], table.shape[1]) for half in scratch)
    table.take(rows[0], axis=0, out=product, mode="clip")
    for of_cases in rows[1:]:
        product *= table.take(of_cases, axis=0, out=row, mode="clip")
    return product


def _space(scratch: Array, n_rows: int, n_columns: int) -> Array:
    return scratch[: n_rows * n_columns].reshape(n_rows, n_columns)


def _joint_by_logarithms(model: _Model, chunk: _Chunk, cases: Ints, scratch: Array) -> Array:
    """The same for evidence so long, or so odd, that products of likelihoods underflow."""
    footprints = [_log_product(lesion.footprint, chunk.footprint[cases]) for lesion in model.lesions]
    top = np.max([log.max(axis=1) for log in footprints], axis=0)[:, None]
    logs = []
    for lesion, table, log in zip(model.lesions, chunk.sided_tables, footprints, strict=True):
        with np.errstate(divide="ignore"):
            of_side = np.log(_of_conditions(lesion, np.exp(log - top), scratch[1]))
        of_side[:, :-1] += _log_product(table, chunk.sided[cases])
        of_side += np.log(chunk.one_sided[cases, lesion.side, None])
        logs.append(of_side[:, lesion.place])
    log = np.array(logs) + _log_product(chunk.unsided_table, chunk.unsided[cases])
    return np.asarray(np.exp(log - log.max(axis=(0, 2))[:, None]).sum(axis=0))


def _log_product(table: Array, rows: Ints) -> Array:
    logs = np.log(table)
    return np.stack([logs[of_case].sum(axis=0) for of_case in rows.T])


def _chunk(model: _Model, told: Told, setting: str) -> _Chunk:
    own_case, own_row = _rows(model, told, "own")
    pattern_case, pattern, patterns = _patterns(model, told)
    table = np.concatenate([model.own, patterns])
    case, row = (own_case, pattern_case), (own_row, len(model.own) + pattern)
    is_sided = (table != table[:, :, :1]).any(axis=(1, 2))
    sided = [(c[is_sided[r]], r[is_sided[r]]) for c, r in zip(case, row, strict=True)]
    unsided = [(c[~is_sided[r]], r[~is_sided[r]]) for c, r in zip(case, row, strict=True)]
    priors, whose = priors_of(model.network, told, setting)
    everyone = np.arange(told.n_cases)
    general = [(everyone, model.row[slot, told.general[slot]]) for slot in GENERAL]
    return _Chunk(
        _Rows.of(told.n_cases, _rows(model, told, "footprint")),
        _Rows.of(told.n_cases, *sided),
        [np.ascontiguousarray(table[:, lesion.conditions, lesion.side]) for lesion in model.lesions],
        _Rows.of(told.n_cases, (everyone, len(table) + whose), *general, *unsided),
        np.concatenate([table[:, :, 0], priors]),
        one_sided_of(told),
    )


def _rows(model: _Model, told: Told, layer: str) -> tuple[Ints, Ints]:
    """(case, row) of everything told in a layer."""
    entries = np.flatnonzero((model.slots.layer == layer)[told.slot])
    return told.case[entries], model.row[told.slot[entries], told.reading[entries]]


def _patterns(model: _Model, told: Told) -> tuple[Ints, Ints, Array]:
    """Case and pattern of what is told of each syndrome, and (patterns, C, S) what each pattern of findings says.

    That is the sum over absent and present of P(state | condition) x P(findings | state, lesion side), up to a factor.
    """
    entries = np.flatnonzero((model.slots.layer == "syndrome")[told.slot])
    syndrome = model.slots.syndrome[told.slot[entries]]
    given = model.network.syndrome_given_condition
    key = told.case[entries] * given.shape[1] + syndrome
    order = np.argsort(key, kind="stable")
    entries, key = entries[order], key[order]
    row = model.row[told.slot[entries], told.reading[entries]]
    start = np.flatnonzero(np.diff(key, prepend=-1))
    count = np.diff(start, append=len(row))
    # A pattern is numbered by the pattern of all its findings but the last, and the last; those of one finding by its row.
    pattern = row[start]
    likelihood = model.by_state
    of_syndrome = np.zeros(len(likelihood), dtype=np.int64)
    of_syndrome[row] = syndrome[order]
    for i in range(1, count.max(initial=0)):
        longer = np.flatnonzero(count > i)
        numbers, which = np.unique(pattern[longer] * len(model.by_state) + row[start[longer] + i], return_inverse=True)
        pattern[longer] = len(likelihood) + which
        shorter, last = np.divmod(numbers, len(model.by_state))
        product = likelihood[shorter] * model.by_state[last]
        likelihood = np.concatenate([likelihood, product / product.max(axis=(1, 2), keepdims=True)])
        of_syndrome = np.concatenate([of_syndrome, of_syndrome[shorter]])
    absent, present = np.moveaxis(likelihood, 2, 0)[:, :, None]
    return key[start] // given.shape[1], pattern, absent + (present - absent) * given.T[of_syndrome][:, :, None]
