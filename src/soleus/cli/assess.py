"""`soleus assess CASE` or `soleus assess --text "..."`: one case in; triage, localisation, ranked causes and next steps out."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from dataclasses import replace

from soleus.cli import llm
from soleus.domain.knowledge_base import SETTINGS


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus assess", description=__doc__)
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("case", metavar="CASE", nargs="?", help="a case file (YAML or JSON), or - for standard input")
    given.add_argument("--text", metavar="WORDS", help="free text instead: a person's own words or a letter; - for standard input")
    parser.add_argument("--setting", choices=SETTINGS, help="who asks, with --text (default: self)")
    parser.add_argument("--json", action="store_true", help="the result as JSON on standard output")
    parser.add_argument("--why", action="store_true", help="every weight of evidence with its source")
    llm.add_options(parser)
    options = parser.parse_args(arguments)
    if options.setting and options.text is None:
        parser.error("--setting goes with --text; a case file says its `setting` itself.")

    server = llm.endpoint_of(options, parser)
    from soleus.assess import assess
    from soleus.interchange.evidence import measured, read_and_understand, understand
    from soleus.knowledge_store import open_catalogue, open_knowledge

    today = datetime.date.today()
    if options.text is not None:
        from soleus.domain.case import Case
        from soleus.interchange.narrative.source import words

        case = Case(narrative=words(options.text), setting=options.setting or "self")
    compiled = open_knowledge()
    if options.text is None:
        case, understanding = read_and_understand(options.case, compiled.kb, compiled.lexicon, today, open_catalogue)
    else:
        understanding = understand(case, compiled.kb, compiled.lexicon, today)
    asked = None
    if server is not None:
        from soleus.domain.errors import Problem, UsageError
        from soleus.interchange.narrative.read import read_narrative
        from soleus.interchange.phrases.reader import PhraseReader

        text, reader = case.narrative, PhraseReader(compiled.kb, compiled.lexicon)
        if not text.strip():
            raise UsageError(Problem(options.case, "has no `narrative` that a model could read.", "Leave --llm out."))
        asked = llm.ask(server, options.model, text, read_narrative(text, reader), reader)
        case = replace(case, findings=(*case.findings, *asked.reading.entries))
        understanding = understand(case, compiled.kb, compiled.lexicon, today)
        if case.measurements:
            understanding, _ = measured(case, understanding, compiled.kb, open_catalogue, today)
        missed = asked.reading.still_not_understood(understanding.not_understood, text)
        understanding = replace(understanding, not_understood=missed)
    result = assess(understanding.evidence, compiled.kb, compiled.network)
    if options.json:
        import json

        from soleus.reports.as_json import assessment_json

        document = assessment_json(case, understanding, result, compiled.kb)
        if asked is not None:
            document["language_model"] = asked.as_json
        json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
        return 0
    from rich.console import Console

    from soleus.reports.text import print_report

    console = Console(highlight=False)
    print_report(console, case, understanding, result, compiled.kb, why=options.why)
    return 0
