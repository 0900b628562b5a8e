"""`soleus read FILE`: what Soleus understands of a letter or of a person's own words, as a case file to correct."""

from __future__ import annotations

import argparse
import datetime
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from soleus.cli import llm
from soleus.domain.knowledge_base import SETTINGS

if TYPE_CHECKING:
    from soleus.domain.case import Case
    from soleus.interchange.narrative.read import Told
    from soleus.interchange.phrases.reader import PhraseReader


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus read", description=__doc__)
    parser.add_argument("file", metavar="FILE", help="a text file, a case file with a `narrative`, or - for text on standard input")
    parser.add_argument("--out", metavar="CASE", type=Path, help="write the case file here (default: standard output)")
    parser.add_argument("--force", action="store_true", help="with --out: replace a file that exists")
    parser.add_argument("--setting", choices=SETTINGS, help="who asks (default: self, or what the case file says)")
    parser.add_argument("--json", action="store_true", help="the entries with their places in the text as JSON on standard output")
    llm.add_options(parser)
    options = parser.parse_args(arguments)
    server = llm.endpoint_of(options, parser)

    from soleus.domain.case import Case
    from soleus.domain.errors import Problem, UsageError
    from soleus.interchange.casefile.read import read_case
    from soleus.interchange.casefile.write import save_text
    from soleus.interchange.narrative.read import read_narrative
    from soleus.interchange.narrative.source import words_of_file
    from soleus.interchange.phrases.reader import PhraseReader
    from soleus.knowledge_store import open_knowledge

    if options.out and options.out.exists() and not options.force:
        raise UsageError(Problem(str(options.out), "exists already.", "Choose another name, or add --force to replace it."))
    today = datetime.date.today()
    is_case = Path(options.file).suffix.lower() in (".yaml", ".yml", ".json")
    case = read_case(options.file, today) if is_case else Case(narrative=words_of_file(options.file))
    if is_case and not case.narrative.strip():
        raise UsageError(Problem(options.file, "has no `narrative` to read.", "`soleus assess` reads its findings as they are."))
    case = replace(case, setting=options.setting or case.setting)
    compiled = open_knowledge()
    reader = PhraseReader(compiled.kb, compiled.lexicon)
    told = read_narrative(case.narrative, reader)
    asked = None
    if server is not None:
        asked = llm.ask(server, options.model, case.narrative, told, reader)
        told = asked.reading.added_to(told, case.narrative)
    if options.json:
        _print_json(told, reader, asked)
        return 0
    if told.unread is not None:
        print(f"{told.unread.text}\n", file=sys.stderr)
    text = _to_correct(case, told, reader, asked)
    if options.out is None:
        sys.stdout.write(text)
        return 0
    save_text(options.out, text)
    missed = len(told.not_understood)
    facts = len(told.findings) + len(told.tests)
    passages = f"{missed} {'passage' if missed == 1 else 'passages'} not understood"
    print(f"{options.out}: {facts} {'fact' if facts == 1 else 'facts'} understood, {passages}.")
    print(f"Correct it, then: soleus assess {options.out}")
    return 0


def _to_correct(case: Case, told: Told, reader: PhraseReader, asked: llm.Asked | None) -> str:
    """The case file: what was understood as entries, with the words beside them; then what was not, and the text itself."""
    from soleus.interchange.casefile.write import case_text
    from soleus.interchange.narrative.entries import in_vocabulary
    from soleus.interchange.narrative.read import completed

    by_model = asked.reading.entries if asked else ()
    found = [
        (put, f"{note} (read by {asked.model})" if asked and entry in by_model else note)
        for entry in told.findings
        for put, note in in_vocabulary(entry, reader)
    ]
    numbered = [(replace(entry, place=f"narrative {i}"), note) for i, (entry, note) in enumerate(found)]
    clean = replace(told, findings=tuple(entry for entry, _ in numbered))
    missed = ["", "Not understood, and not used:", *(f"  {passage}" for passage in told.not_understood)] if told.not_understood else []
    return case_text(
        replace(completed(case, clean), narrative=""),
        notes={entry.place: note for entry, note in numbered},
        head=["What Soleus understood; the words of the text stand behind each line. Correct it, then: soleus assess FILE"],
        tail=[*missed, "", "The text:", *(f"  {line}" for line in textwrap.wrap(case.narrative, 110))],
    )


def _print_json(told: Told, reader: PhraseReader, asked: llm.Asked | None) -> None:
    import json

    from soleus.interchange.phrases.reader import TIME_COURSE

    document = {
        "schema": "soleus/reading/1",
        "age": told.person.age_years,
        "sex": told.person.sex,
        "findings": [
            {
                "finding": o.finding,
                "side": o.side.value,
                "state": o.state(reader.kb.findings[o.finding]),
                "certainty": max(o.weights) / sum(o.weights),
                "text": entry.finding + (f": {entry.value}" if entry.value else ""),
                "place": entry.place,
                **({"by": "model" if entry in asked.reading.entries else "rules"} if asked else {}),
            }
            for entry in told.findings
            for o in reader.read(entry.finding, entry.side, entry.value, entry.place).observations
        ],
        "time_course": next((e.value for e in told.findings if e.finding == TIME_COURSE), ""),
        "tests": [{"test": t.test, "result": t.result, "place": t.place} for t in told.tests],
        "not_understood": list(told.not_understood),
        "notices": [sentence for _, sentence in told.unread.notice] if told.unread else [],
        **({"language_model": asked.as_json} if asked else {}),
    }
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
