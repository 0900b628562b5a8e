"""`soleus evaluate DIR`: accuracy on published cases with answers; every figure measured, none hoped."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from soleus.evaluation.gold import GoldCase
    from soleus.evaluation.run import Figures, Score
    from soleus.knowledge_store import Compiled

NOISE_SHARES = (0.0, 0.1, 0.2, 0.3, 0.4)


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus evaluate", description=__doc__)
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder of case files with answers")
    parser.add_argument("--with-tests", action="store_true", help="add the test results to the findings of the first presentation")
    parser.add_argument(
        "--input",
        choices=["findings", "narrative", "patient_voice"],
        default="findings",
        help="what is read: the structured findings, the clinician's text or the person's own words (default: findings)",
    )
    parser.add_argument(
        "--noise",
        metavar="P",
        type=_share,
        nargs="?",
        const=NOISE_SHARES,
        help="lose, doubt or flip this share of the facts (0 to 1, or 30%%); without P: 0, 10, 20, 30 and 40 %%",
    )
    parser.add_argument(
        "--harm", choices=["lost", "unsure", "flipped"], action="append", help="with --noise: only this harm (may be given more than once)"
    )
    parser.add_argument("--repeats", type=int, default=10, metavar="N", help="with --noise: how often each share is tried (default: 10)")
    parser.add_argument(
        "--setting",
        choices=["self", "primary-care", "neuromuscular-clinic"],
        default="neuromuscular-clinic",
        help="who asks, where a case does not say (default: neuromuscular-clinic, where published cases are seen)",
    )
    parser.add_argument("--interview", action="store_true", help="questions the interview takes (--input patient_voice: from there)")
    parser.add_argument("--cases", action="store_true", help="one line for each case")
    parser.add_argument("--json", action="store_true", help="the figures as JSON on standard output")
    options = parser.parse_args(arguments)

    from soleus.evaluation.gold import read_gold
    from soleus.evaluation.run import evaluate, figures
    from soleus.knowledge_store import open_knowledge

    today = datetime.date.today()
    golds = read_gold(options.folder, today)
    compiled = open_knowledge()
    if options.interview:
        from soleus.cli.evaluate_interview import report

        voice = options.input == "patient_voice"
        progress = _progress(len(golds))
        return report(golds, compiled, today, setting=options.setting, voice=voice, as_json=options.json, progress=progress)
    if options.noise:
        return _noise(options, golds, compiled, today)
    scores = evaluate(
        golds,
        compiled,
        today,
        form=options.input,
        with_tests=options.with_tests,
        setting=options.setting,
        progress=_progress(len(golds)),
    )
    summary = figures(scores)
    if options.json:
        import json

        json.dump(_as_json(options, scores, summary), sys.stdout, indent=1)
        sys.stdout.write("\n")
        return 0
    _print(options, scores, summary)
    return 0


def _share(text: str) -> tuple[float, ...]:
    try:
        number = float(text.rstrip("% ")) / (100 if text.rstrip().endswith("%") else 1)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f'"{text}" is no share: write 0.3 or 30%.')
    return (0.0, number) if number else (0.0,)


def _noise(options: argparse.Namespace, golds: Sequence[GoldCase], compiled: Compiled, today: datetime.date) -> int:
    from soleus.evaluation.noise import HARMS, noise_levels

    kinds = tuple(options.harm or HARMS)
    levels = noise_levels(
        golds,
        compiled,
        today,
        options.noise,
        kinds=kinds,
        repeats=max(options.repeats, 1),
        form=options.input,
        setting=options.setting,
        progress=_progress(len(options.noise), "share"),
    )
    if options.json:
        import json
        from dataclasses import asdict

        document = {
            "schema": "soleus/noise/1",
            "input": options.input,
            "harms": kinds,
            "repeats": options.repeats,
            "levels": [asdict(x) for x in levels],
        }
        json.dump(document, sys.stdout, indent=1)
        sys.stdout.write("\n")
        return 0
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print(
        f"[bold]{len(golds)} cases[/], {options.input}; each fact harmed with the probability on the left ({', '.join(kinds)}), "
        f"{options.repeats} times over.\n"
    )
    table = Table(box=None, padding=(0, 1))
    for column in ("harmed", "first", "first 3", "family in 3", "level", "needless", "missed", "missed, flag left"):
        table.add_column(column, justify="right")
    for x in levels:
        shares = (x.top1, x.top3, x.family_top3, x.level, x.needless_emergencies, x.emergencies_missed, x.without_excuse)
        table.add_row(f"{x.share:.0%}", *(f"{share:.1%}" for share in shares))
    console.print(table)
    console.print(
        "\n[dim]needless: emergencies of the cases that are none · missed: emergencies given a lower level · missed, flag left: though a "
        "red flag was told whole, or though none of the lost ones is asked for.[/]"
    )
    return 0


def _progress(total: int, what: str = "case") -> Any:
    if not sys.stderr.isatty():
        return lambda i: None

    def show(i: int) -> None:
        end = "\r" if i < total else "\r" + " " * 30 + "\r"
        print(f"{what} {i} of {total}", end=end, file=sys.stderr, flush=True)

    return show


def _as_json(options: argparse.Namespace, scores: Sequence[Score], summary: Figures) -> dict[str, Any]:
    from dataclasses import asdict

    from soleus.evaluation.run import confusion, figures

    topics = sorted({s.gold.topic for s in scores})
    return {
        "schema": "soleus/evaluation/1",
        "input": options.input,
        "with_tests": options.with_tests,
        "figures": asdict(summary),
        "by_family": {t: asdict(figures([s for s in scores if s.gold.topic == t])) for t in topics},
        "triage": dict(confusion(scores)),
        "cases": [
            {
                "id": s.gold.id,
                "rank": s.rank,
                "family_rank": s.family_rank,
                "probability": s.probability,
                "level_right": s.level_right,
                "triage": s.triage,
                "triage_accepted": list(s.gold.urgency_ok),
                "leading": s.assessment.differential.candidates[0].condition,
                "not_understood": list(s.understanding.not_understood),
            }
            for s in scores
        ],
    }


def _print(options: argparse.Namespace, scores: Sequence[Score], summary: Figures) -> None:
    from rich.console import Console
    from rich.table import Table

    from soleus.evaluation.run import confusion, figures

    console = Console(highlight=False)
    read = sum(len(s.understanding.not_understood) == 0 for s in scores)
    console.print(
        f"[bold]{summary.n} cases[/], {options.input} of the first presentation{' and test results' if options.with_tests else ''}; "
        f"{read} of them understood whole.\n"
    )
    table = Table(box=None, padding=(0, 2), show_header=False)
    rows = [
        ("exact cause first", summary.top1),
        ("exact cause in the first 3", summary.top3),
        ("exact cause in the first 5", summary.top5),
        ("right family in the first 3", summary.family_top3),
        ("half credit (family first = 0.5)", summary.half_credit),
        ("right level of lesion", summary.level),
    ]
    for name, share in rows:
        low, high = _wilson(share, summary.n)
        table.add_row(name, f"[bold]{share:6.1%}[/]", f"[dim]95 % interval {low:.0%} to {high:.0%}[/]")
    table.add_row("Brier score (0 best, 2 worst)", f"[bold]{summary.brier:6.3f}[/]", "")
    console.print(table)
    console.print("\n[bold]Triage[/], under-triage first")
    console.print(f"  emergencies given a lower level  [bold]{summary.emergencies_missed}[/] of {summary.emergencies}")
    console.print(f"  under-triaged                    [bold]{summary.under_triaged:.1%}[/]")
    console.print(f"  over-triaged                     [bold]{summary.over_triaged:.1%}[/]")
    console.print(f"  needless emergencies             [bold]{summary.needless_emergencies:.1%}[/] of the cases that are no emergency")
    levels = Table(title="lowest level accepted (rows) and level given", title_justify="left", title_style="dim", box=None, padding=(0, 2))
    levels.add_column("")
    matrix = confusion(scores)
    for level in matrix[0][1]:
        levels.add_column(level, justify="right")
    for accepted, given in matrix:
        levels.add_row(accepted, *(str(n) if n else "·" for n in given.values()))
    console.print(levels)
    calibration = Table(
        title="\ncalibration: stated probability of the leading cause against how often it was right",
        title_justify="left",
        title_style="dim",
        box=None,
        padding=(0, 2),
    )
    for column in ("stated", "right", "cases"):
        calibration.add_column(column, justify="right")
    for stated, right, n in summary.calibration:
        calibration.add_row(f"{stated:.0%}", f"{right:.0%}", str(n))
    console.print(calibration)
    families = Table(title="\nby family", title_justify="left", title_style="dim", box=None, padding=(0, 2))
    for column in ("", "cases", "first", "first 3", "family in 3", "level"):
        families.add_column(column, justify="left" if not column else "right")
    for topic in sorted({s.gold.topic for s in scores}):
        f = figures([s for s in scores if s.gold.topic == topic])
        families.add_row(topic, str(f.n), f"{f.top1:.0%}", f"{f.top3:.0%}", f"{f.family_top3:.0%}", f"{f.level:.0%}")
    console.print(families)
    missed = [s for s in scores if s.under_triaged]
    if missed:
        console.print("\n[bold]Under-triaged[/]")
        for s in missed:
            console.print(f"  {s.gold.id}: {s.triage}, accepted {' or '.join(s.gold.urgency_ok)}")
    if options.cases:
        _print_cases(console, scores)


def _print_cases(console: Any, scores: Sequence[Score]) -> None:
    from rich.table import Table

    table = Table(title="\ncases", title_justify="left", title_style="dim", box=None, padding=(0, 1))
    for column in ("case", "rank", "family", "level", "triage", "leading cause", "not understood"):
        table.add_column(column, overflow="fold")
    for s in scores:
        leading = s.assessment.differential.candidates[0]
        mark = " (low)" if s.under_triaged else " (high)" if s.over_triaged else ""
        table.add_row(
            s.gold.id,
            str(s.rank or "-"),
            str(s.family_rank or "-"),
            "right" if s.level_right else "wrong",
            s.triage + mark,
            f"{leading.condition} {leading.probability:.0%}",
            "; ".join(s.understanding.not_understood),
        )
    console.print(table)


def _wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson score interval of a share. [-]"""
    if not n:
        return 0.0, 1.0
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5 / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)
