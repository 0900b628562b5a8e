"""Makes exports of Apple's health app as a phone would, with numbers that are known: small ones for tests, huge ones to be timed."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 13 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord|Audiogram|VisionPrescription)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  unit          CDATA #IMPLIED
  value         CDATA #IMPLIED
>
]>
"""
DEVICE = "&lt;&lt;HKDevice: 0x2803, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:10.1&gt;"
PHONE, WATCH = "Kim’s iPhone", "Kim’s Apple\N{NO-BREAK SPACE}Watch"


@dataclass(frozen=True)
class Truth:
    """What was put in for one day."""

    day: datetime.date
    phone_steps: int
    watch_steps: int
    speeds_km_per_hour: tuple[float, ...]
    asymmetries: tuple[float, ...]
    """Shares of 1."""


def record(type_: str, unit: str, value: object, day: str, hour: int, minute: int, source: str, inside: str = "") -> str:
    """One record, with all the attributes a phone writes."""
    start, end = f"{day} {hour:02d}:{minute:02d}:05 +0100", f"{day} {hour:02d}:{minute:02d}:55 +0100"
    text = (
        f' <Record type="HKQuantityTypeIdentifier{type_}" sourceName="{source}" sourceVersion="17.1" device="{DEVICE}" unit="{unit}"'
        f' creationDate="{end}" startDate="{start}" endDate="{end}" value="{value}"'
    )
    return f"{text}>\n{inside} </Record>\n" if inside else f"{text}/>\n"


def document(body: str, exported: str = "2026-11-22", head: str = HEAD) -> str:
    """An export around some records."""
    me = ' <Me HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>\n'
    return f'{head}<HealthData locale="en_GB">\n <ExportDate value="{exported} 08:15:00 +0100"/>\n{me}{body}</HealthData>\n'


def days(start: datetime.date, n: int, seed: int) -> Iterator[Truth]:
    """Days of somebody who walks a little less from year to year; a watch that is not worn on every day."""
    dice = random.Random(seed)
    for i in range(n):
        walked = max(int(dice.gauss(7000 - i, 1500)), 200)
        watch = walked + dice.randint(-400, 400) if dice.random() < 0.8 else 0
        speeds = tuple(round(dice.gauss(4.6 - i / 2000, 0.3), 3) for _ in range(dice.randint(0, 6)))
        uneven = tuple(round(abs(dice.gauss(0.02, 0.02)), 3) for _ in range(dice.randint(0, 4)))
        yield Truth(start + datetime.timedelta(days=i), walked, max(watch, 0), speeds, uneven)


def records_of(truth: Truth) -> str:
    """The records of one day: steps in a dozen pieces, of phone and watch in turn."""
    day = truth.day.isoformat()
    parts = []
    for source, total in ((PHONE, truth.phone_steps), (WATCH, truth.watch_steps)):
        pieces = 12 if total >= 12 else 0
        for i in range(pieces):
            value = total // pieces + (1 if i < total % pieces else 0)
            parts.append(record("StepCount", "count", value, day, 8 + i, 10, source))
    parts += [record("WalkingSpeed", "km/hr", v, day, 9 + i, 20, PHONE) for i, v in enumerate(truth.speeds_km_per_hour)]
    parts += [record("WalkingAsymmetryPercentage", "%", v, day, 9 + i, 30, PHONE) for i, v in enumerate(truth.asymmetries)]
    return "".join(parts)


def heart_rates(n: int) -> str:
    """Records of one day that nobody here needs, most of any export; DAY stands for the day."""
    motion = '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n'
    return "".join(record("HeartRate", "count/min", 60 + i % 60, "DAY", i * 24 // n, i % 60, WATCH, motion) for i in range(n))


def write_large(
    path: Path, size: int, start: datetime.date, seed: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """An export of at least this many bytes; returns how many days it holds."""
    filler = heart_rates(1200)
    whole = document("\n@@@\n", exported="2099-01-01")
    before, after = whole.split("\n@@@\n")
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        written = stream.write(before + "\n")
        for truth in days(start, 60_000, seed):
            written += stream.write(filler.replace("DAY", truth.day.isoformat()) + records_of(truth))
            count += 1
            progress(written, size)
            if written >= size:
                break
        stream.write(after)
    return count
