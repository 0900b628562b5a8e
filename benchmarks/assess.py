"""How long an assessment takes: `make bench`. Compiling, opening the compiled knowledge, and each example case."""

from __future__ import annotations

import datetime
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from soleus.assess import assess
from soleus.interchange.casefile.read import read_case
from soleus.interchange.evidence import understand
from soleus.knowledge_store import open_knowledge

EXAMPLES = Path(__file__).parent.parent / "examples"
REPEATS = 20


def milliseconds(action: Callable[[], object], repeats: int = 1) -> float:
    """Median duration of an action. [ms]"""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def show(what: str, duration_ms: float) -> None:
    print(f"{what:<58} {duration_ms:>10,.1f} ms")


def main() -> None:
    today = datetime.date.today()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SOLEUS_CACHE"] = folder
        show("compile the knowledge base, nothing cached", milliseconds(open_knowledge))
        open_knowledge.cache_clear()
        show("open the compiled knowledge base", milliseconds(open_knowledge))
        compiled = open_knowledge()
        for path in sorted(EXAMPLES.glob("*.yaml")):
            evidence = understand(read_case(str(path), today), compiled.kb, compiled.lexicon, today).evidence
            show(f"assess {path.stem} ({len(evidence.observations)} observations)",
                 milliseconds(lambda e=evidence: assess(e, compiled.kb, compiled.network), REPEATS))  # type: ignore[misc]
        command = [sys.executable, "-m", "soleus", "assess", str(EXAMPLES / "s1-radiculopathy.yaml")]
        whole = milliseconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), 3)
        show("`soleus assess` from the shell, start to end", whole)


if __name__ == "__main__":
    main()
