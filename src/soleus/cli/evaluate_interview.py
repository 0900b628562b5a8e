"""`soleus evaluate DIR --interview`: how many questions the interview takes, against a random and a fixed order."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from soleus.evaluation.gold import GoldCase
    from soleus.evaluation.interview_simulator import Curve, Run
    from soleus.knowledge_store import Compiled


def report(
    golds: Sequence[GoldCase],
    compiled: Compiled,
    today: datetime.date,
    *,
    setting: str,
    voice: bool,
    as_json: bool,
    progress: Callable[[int], None],
) -> int:
    """Simulate every case in every order and print the figures. `voice`: it starts from the patient's own words."""
    from soleus.evaluation.interview_simulator import COUNTS, curves, run

    runs = run(golds, compiled, today, setting=setting, voice=voice, progress=progress)
    summary = curves(runs)
    if as_json:
        import json

        json.dump(_as_json(runs, summary, setting, voice), sys.stdout, indent=1)
        sys.stdout.write("\n")
        return 0
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    begins = "the patient's own words" if voice else "age, sex and complaint"
    console.print(
        f"[bold]{len(golds)} cases[/], simulated interview from {begins}; what a case does not tell is answered with don't know.\n"
    )
    blocks: tuple[tuple[str, Callable[[Curve], list[str]]], ...] = (
        ("exact cause first", lambda c: [f"{x:.0%}" for x in c.top1]),
        ("exact cause in the first 3", lambda c: [f"{x:.0%}" for x in c.top3]),
        ("right family in the first 3", lambda c: [f"{x:.0%}" for x in c.family_top3]),
        ("emergencies given a lower level", lambda c: [str(x) for x in c.emergencies_missed]),
    )
    for title, values in blocks:
        table = Table(title=f"{title}, after so many questions", title_justify="left", title_style="dim", box=None, padding=(0, 1))
        table.add_column("", no_wrap=True)
        for count in COUNTS:
            table.add_column(str(count), justify="right")
        for curve in summary:
            table.add_row(curve.order, *values(curve))
        console.print(table)
        console.print()
    mean = next(c.asked for c in summary if c.order == "interview")
    console.print(
        f"The interview stops by itself after {mean:.1f} questions on average, where nothing but {COUNTS[-1]} questions limits it."
    )
    _emergencies(console, [r for r in runs if r.order == "interview" and r.gold.is_emergency])
    return 0


def _emergencies(console: Any, runs: Sequence[Run]) -> None:
    console.print(f"\n[bold]Emergencies[/], {len(runs)}: the question whose answer made it one by a red flag")
    for r in runs:
        when = (
            "before any question" if r.emergency_at == 0 else f"question {r.emergency_at}, {r.emergency_by}" if r.emergency_at else "none"
        )
        console.print(f"  {r.gold.id:<32} {when}" + ("" if r.emergency_at is not None else f"; by probability: {_first(r)}"))


def _first(run: Run) -> str:
    from soleus.evaluation.interview_simulator import COUNTS

    return next((f"within {n} questions" for n, level in zip(COUNTS, run.levels, strict=True) if level == "emergency"), "never")


def _as_json(runs: Sequence[Run], summary: Sequence[Curve], setting: str, voice: bool) -> dict[str, Any]:
    from soleus.evaluation.interview_simulator import COUNTS

    return {
        "schema": "soleus/interview-evaluation/1",
        "setting": setting,
        "from": "patient_voice" if voice else "opening",
        "questions": list(COUNTS),
        "curves": [asdict(c) for c in summary],
        "cases": [
            {
                "id": r.gold.id,
                "order": r.order,
                "asked": r.asked,
                "ranks": list(r.ranks),
                "levels": list(r.levels),
                "full_rank": r.full_rank,
                "emergency_at": r.emergency_at,
                "emergency_by": r.emergency_by,
            }
            for r in runs
        ],
    }
