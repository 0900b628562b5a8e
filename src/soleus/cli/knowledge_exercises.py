"""`soleus knowledge exercises DIR`: the exercise catalogue as open data for others."""

from __future__ import annotations

import argparse
import json
import sys

from soleus.domain.errors import Problem, UsageError


def run(options: argparse.Namespace) -> int:
    from soleus.domain.figure import figure_of
    from soleus.knowledge_store import open_care, open_knowledge
    from soleus.reports.careplan.open_data import exercises_json
    from soleus.reports.figures.draw import draw

    folder = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(Problem(str(folder), "holds something already.", "Name a folder that is empty or does not exist yet."))
    kb, care = open_knowledge().kb, open_care()
    document = exercises_json(kb, care)
    try:
        (folder / "figures").mkdir(parents=True)
        (folder / "exercises.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        for e in care.exercises.values():
            figure, _ = figure_of(e.figure)
            if figure is not None:
                (folder / "figures" / f"{e.id}.svg").write_text(draw(figure, name=e.name, prefix=e.id), encoding="utf-8")
    except OSError as error:
        raise UsageError(Problem(str(folder), f"cannot be written: {error.strerror}.", "Check the name and the permissions.")) from None
    print(f"{len(care.exercises)} exercises are written to {folder}.", file=sys.stderr)
    return 0
