"""Fifty people at once in the web application for a minute: `make load`. Server and visitors share this machine.

Locust, in an environment of its own, plays the visitors; the server's own log says how long each page took it.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.results import record, verdict
from benchmarks.served import served

PEOPLE, SECONDS, ARRIVING_A_SECOND = 50, 60, 10
LOCUST = ROOT / "build" / "load-venv" / "bin" / "locust"
LINE = re.compile(r"access: (GET|POST) (\S+) (\d{3}) (\d+) ms")
TARGET = 60
MAKE_ACCOUNTS = """
from django.test import Client
from soleus.web.accounts.models import User
from soleus.web.cases.actions import save_case
rows = []
for n in range(int(sys.argv[1])):
    user = User(email=f"p{n}@example.org"); user.set_unusable_password(); user.save()
    findings = [{"finding": "cannot rise on tiptoe", "value": "present", "side": "left"}, {"finding": "ankle reflex", "value": "absent", "side": "left"}]
    data = {"age": 30 + n, "sex": "male" if n % 2 else "female", "findings": findings}
    client = Client(); client.force_login(user)
    rows.append([client.cookies["soleus"].value, save_case(by=user, data=data, today=datetime.date.today()).code])
print(json.dumps(rows))
"""


def main() -> int:
    if not LOCUST.exists():
        print("Locust is not installed; run `make load`.", file=sys.stderr)
        return 2
    with served() as site:
        accounts = json.dumps(site.made(MAKE_ACCOUNTS, str(PEOPLE)))
        told = site.log.parent / "load"
        command = [str(LOCUST), "-f", str(ROOT / "benchmarks" / "web_visitors.py"), "--headless", "--host", site.address]
        command += ["-u", str(PEOPLE), "-r", str(ARRIVING_A_SECOND), "-t", f"{SECONDS}s", "--json-file", str(told), "--only-summary"]
        subprocess.run(command, env={**site.environment, "SOLEUS_LOAD_ACCOUNTS": accounts}, check=False)
        return report(site.log.read_text(encoding="utf-8"), json.loads(told.with_suffix(".json").read_text(encoding="utf-8")))


def report(log: str, seen: list[dict[str, object]]) -> int:
    took: dict[str, list[float]] = defaultdict(list)
    faults = 0
    for method, route, status, ms in LINE.findall(log):
        took[f"{method} {route}"].append(float(ms))
        if int(status) >= 400:
            faults += 1
            print(f"{method} {route} {status}", file=sys.stderr)
    print("\n".join(f"{row['name']}: {row['num_failures']} failed" for row in seen if row["num_failures"]), file=sys.stderr)
    failures = sum(int(str(row["num_failures"])) for row in seen)
    every = sorted(ms for times in took.values() for ms in times)
    rows = [[name, *figures(times)] for name, times in sorted(took.items(), key=lambda t: -p95(t[1]))]
    rows.append(["**all**", *figures(every)])
    base = statistics.median(took["GET /"])
    notes = (
        f"{PEOPLE} people at once for {SECONDS} s, each 1 to 4 s between two clicks: {len(every)} pages, {failures} failures as they saw it, "
        f"{faults} answers of 400 and more. Time of the server for a page, on one process; Locust's own work on the same cores is in it.\n"
        f"95 of 100 pages within {p95(every):.0f} ms. That over the median of the front page ({base:.0f} ms): "
        f"{verdict(p95(every) / max(base, 1), TARGET, at_most=True)}."
    )
    print(record("Web application under load", ["Django", "uvicorn"], ["page", "how often", "median", "95 of 100", "slowest"], rows, notes))
    return int(bool(failures or faults))


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def figures(times: list[float]) -> list[str]:
    return [str(len(times)), f"{statistics.median(times):.0f} ms", f"{p95(times):.0f} ms", f"{max(times):.0f} ms"]


if __name__ == "__main__":
    raise SystemExit(main())
