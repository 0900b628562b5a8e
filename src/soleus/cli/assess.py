"""`soleus assess CASE`: one case in; triage, localisation, ranked causes and next steps out."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus assess", description=__doc__)
    parser.add_argument("case", metavar="CASE", help="a case file (YAML or JSON), or - for standard input")
    parser.add_argument("--json", action="store_true", help="the result as JSON on standard output")
    parser.add_argument("--why", action="store_true", help="every weight of evidence with its source")
    options = parser.parse_args(arguments)

    from soleus.assess import assess
    from soleus.interchange.evidence import read_and_understand
    from soleus.knowledge_store import open_knowledge

    compiled = open_knowledge()
    case, understanding = read_and_understand(options.case, compiled.kb, compiled.lexicon, datetime.date.today())
    result = assess(understanding.evidence, compiled.kb, compiled.network)
    if options.json:
        import json

        from soleus.reports.as_json import assessment_json

        json.dump(assessment_json(case, understanding, result, compiled.kb), sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
        return 0
    from rich.console import Console

    from soleus.reports.text import print_report

    console = Console(highlight=False)
    print_report(console, case, understanding, result, compiled.kb, why=options.why)
    return 0
