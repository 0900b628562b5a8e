"""`soleus visit CASE`: the summary for the doctor, one or two pages, the key concern in its first line."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from soleus.cli.output_file import target, write
from soleus.domain.errors import CaseError

if TYPE_CHECKING:
    from soleus.domain.case import Case
    from soleus.reports.charts.spec import ChartSpec
    from soleus.reports.visit.summary import VisitSummary

KINDS = {".pdf": "two A4 pages at most; needs the extra web", ".html": "the same for a browser", ".md": "the same as Markdown"}
SEED = 1


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus visit", description=__doc__)
    parser.add_argument("case", metavar="CASE", help="a case file (YAML or JSON), or - for standard input")
    parser.add_argument("--out", metavar="FILE", action="append", default=[], help="; ".join(f"*{k}: {v}" for k, v in KINDS.items()))
    parser.add_argument("--ask", metavar="QUESTION", action="append", default=[], help="a question of your own; may stand several times")
    parser.add_argument("--wants", metavar="WORDS", default="", help="what matters most to you at this visit, in your own words")
    parser.add_argument("--force", action="store_true", help="write over files that exist")
    options = parser.parse_args(arguments)
    targets = [target(name, KINDS, options.force) for name in options.out]
    today = datetime.date.today()

    from soleus.assess import assess
    from soleus.interchange.evidence import read_and_understand
    from soleus.interchange.narrative.medicines import medicine_names, medicines_told
    from soleus.knowledge_store import open_care, open_catalogue, open_knowledge
    from soleus.reports.visit.build import Beside, visit_summary
    from soleus.reports.visit.questions import suggested

    compiled = open_knowledge()
    case, understanding = read_and_understand(options.case, compiled.kb, compiled.lexicon, today, open_catalogue)
    result = assess(understanding.evidence, compiled.kb, compiled.network)
    questions = (*options.ask, *suggested(case, result, compiled.kb))
    medicines = medicines_told(case.narrative, medicine_names(open_care()), compiled.lexicon) if case.narrative.strip() else ()
    beside = Beside(charts=_charts(case, options.case, today), questions=questions, medicines=medicines, wants=options.wants)
    summary = visit_summary(case, understanding, result, compiled.kb, today, beside)
    for path in targets:
        write(path, _content(path, summary))
    if not targets:
        from soleus.reports.visit.markdown import page_markdown
        from soleus.reports.visit.shorten import fitted

        sys.stdout.write(page_markdown(fitted(summary)))
    return 0


def _charts(case: Case, name: str, today: datetime.date) -> tuple[ChartSpec, ...]:
    """Charts of the measurements; none without scipy, as an assessment without it says."""
    from importlib.util import find_spec

    if not case.measurements or find_spec("scipy") is None:
        return ()
    from numpy.random import default_rng

    from soleus.interchange.measurements.casefile import physique_of, read_measurements
    from soleus.knowledge_store import open_measures
    from soleus.reports.trend.charts import charts
    from soleus.reports.visit.course import in_order
    from soleus.track import track

    measures, person = open_measures(), physique_of(case)
    found = read_measurements(case.measurements, measures, today)
    if found.problems:
        raise CaseError(found.problems, source=name)
    series = found.series()
    if not series:
        return ()
    judged = track(series, measures, person, today, default_rng(SEED), with_settling=False)
    return in_order(judged, charts(judged, person, today, case.events))


def _content(path: Path, summary: VisitSummary) -> bytes:
    from soleus.reports.visit.shorten import fitted

    if path.suffix == ".pdf":
        from soleus.reports.visit.pdf import summary_pdf

        return summary_pdf(summary)
    if path.suffix == ".html":
        from soleus.reports.visit.html import page_html

        return page_html(fitted(summary)).encode()
    from soleus.reports.visit.markdown import page_markdown

    return page_markdown(fitted(summary)).encode()
