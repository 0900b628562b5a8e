"""Reads walking from the export of Apple's health app (`export.xml`, also inside `export.zip`), gigabytes of it in little memory.

The file is streamed: only a sum for each day is kept. Hostile files are refused: entities, endless words, tags in tags without end,
archives that unpack to far more than they hold.
"""

from __future__ import annotations

import datetime
import math
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from soleus.domain.errors import CaseError, Problem
from soleus.domain.measure import Point

Progress = Callable[[int, int], None]
"""Called now and then with the bytes read so far and all bytes there are."""
Remark = Callable[[str], None]
"""Called with a sentence."""

CHUNK = 1 << 20
MAX_BYTES = 64 << 30
"""Nobody's export is larger."""
MAX_HEAD = 1 << 20
"""Prologue and document type, which say what may stand in the file."""
MAX_TOKEN = 1 << 20
"""One tag with all its attributes, or one comment."""
MAX_DEPTH = 32
MAX_RATIO = 300
"""An export shrinks to a twentieth or a fortieth; an archive that unpacks to more than this is a trap. [-]"""
MAX_SUMS = 100_000
"""Days times devices that are kept of one measure: ten years with five devices are 18,000."""
_CONTROL = bytes(32 if byte < 32 and byte not in (9, 10, 13) else byte for byte in range(256))
"""Watches write stray control signs into the names of devices, which no XML may hold: blanks instead."""
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]{0,1000}([\[>])")
_END_OF_DOCTYPE = re.compile(rb"\]\s*>")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
MAX_REMARKS = 50
NAMES = ("export.xml", "exportieren.xml", "exportar.xml", "exporter.xml", "esporta.xml")

KM_PER_HOUR, MILES_PER_HOUR, FOOT, MILE = 1 / 3.6, 0.44704, 0.3048, 1609.344
SPEED = {"m/s": 1.0, "km/hr": KM_PER_HOUR, "km/h": KM_PER_HOUR, "mi/hr": MILES_PER_HOUR, "mph": MILES_PER_HOUR, "cm/s": 0.01, "ft/s": FOOT}
LENGTH = {"m": 1.0, "km": 1000.0, "ft": FOOT, "mi": MILE, "yd": 0.9144, "cm": 0.01}
SHARE = {"%": 100.0}
"""HealthKit writes a share of 1 and calls it per cent."""


@dataclass(frozen=True)
class Kind:
    """A type of record and what becomes of it."""

    measure: str
    units: Mapping[str, float]
    low: float
    high: float
    """What a single record can hold; others are left out. [unit of the measure]"""
    decimals: int
    summed: bool = False
    """Summed over the day; otherwise the mean of the day."""


KINDS: Mapping[str, Kind] = {
    "HKQuantityTypeIdentifierStepCount": Kind("daily-steps", {"count": 1.0}, 0, 100_000, 0, summed=True),
    "HKQuantityTypeIdentifierWalkingSpeed": Kind("phone-walking-speed", SPEED, 0.05, 3, 3),
    "HKQuantityTypeIdentifierWalkingAsymmetryPercentage": Kind("walking-asymmetry", SHARE, 0, 100, 2),
    "HKQuantityTypeIdentifierWalkingDoubleSupportPercentage": Kind("walking-double-support", SHARE, 5, 80, 2),
    "HKQuantityTypeIdentifierSixMinuteWalkTestDistance": Kind("phone-six-minute-walk", LENGTH, 20, 800, 1),
}


def read_health_export(
    path: Path, progress: Progress = lambda done, total: None, remark: Remark = lambda text: None
) -> Mapping[str, list[Point]]:
    """Walking of each day, from an export of Apple's health app.

    Steps are the sum of a day. A phone and a watch both count the same steps, so the device that counted most on that day is taken
    and not the sum of all; adding them up would count most steps twice. Speed, asymmetry and double support are the mean of a day.
    The day of the export itself is not over, and its steps are left out.

    Args:
        path: `export.xml`, or the `export.zip` that the phone makes.
        progress: Told how far it is, about once a megabyte.
        remark: Told what was left out, and why.

    Returns:
        Points by id of the measure, in the order of days; only measures that occur.

    Raises:
        CaseError: If the file cannot be read, is no such export, or could do harm.
    """
    try:
        with _opened(path) as (stream, total):
            return _Reader(progress, remark, total).read(stream)
    except OSError as error:
        raise CaseError(Problem(str(path), f"cannot be read: {error.strerror or error}.", "Check the name and the permissions.")) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise CaseError(Problem(str(path), f"is a damaged archive: {error}.", "Export it from the phone once more.")) from None
    except CaseError as error:
        raise CaseError([Problem(p.where or str(path), p.what, p.cure, p.line) for p in error.problems]) from None


def _refused(what: str, cure: str = "Export it from the phone once more, and give that file as it is.") -> CaseError:
    return CaseError(Problem("", what, cure))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The XML as a stream, and how long it is."""
    if path.is_dir():
        raise _refused("is a folder, not a file.", "Name the export.xml in it, or the export.zip.")
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            if stream.read(4) == b"PK\x03\x04":
                raise _refused("is an archive that is not whole.")
            stream.seek(0)
            yield stream, path.stat().st_size
        return
    with zipfile.ZipFile(path) as archive:
        inside = [i for i in archive.infolist() if not i.is_dir() and i.filename.endswith(".xml") and not i.filename.endswith("_cda.xml")]
        wanted = [i for i in inside if i.filename.rsplit("/", 1)[-1].lower() in NAMES] or [i for i in inside if i.filename.count("/") <= 1]
        if not wanted:
            raise _refused("holds no export.xml.", "Give the archive that the health app makes under Export All Health Data.")
        largest = max(wanted, key=lambda i: i.file_size)
        if largest.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refused("is packed in a way that no phone uses.")
        if largest.file_size > MAX_RATIO * max(largest.compress_size, 1):
            raise _refused("is an archive that unpacks to far more than any export.")
        with archive.open(largest) as stream:
            yield stream, largest.file_size


class _Reader:
    """Streams records into sums by day."""

    def __init__(self, progress: Progress, remark: Remark, total: int) -> None:
        self.progress = progress
        self.remark = remark
        self.total = total
        self.sums: dict[str, dict[tuple[str, str], tuple[float, int]]] = {type_: {} for type_ in KINDS}
        """By type, then by day and device: the sum of the values and how many they are."""
        self.depth = 0
        self.exported = ""
        self.left_out: Counter[str] = Counter()

    def read(self, stream: IO[bytes]) -> Mapping[str, list[Point]]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = parser.StartDoctypeDeclHandler = self._declared
        done = fed = 0
        try:
            for read, chunk in _chunks(stream):
                done += read
                if done > MAX_BYTES:
                    raise _refused(f"is larger than {MAX_BYTES >> 30} gigabytes.")
                fed += len(chunk)
                parser.Parse(chunk, False)
                if fed - parser.CurrentByteIndex > MAX_TOKEN + CHUNK:
                    raise _refused("holds a tag or a word that does not end.")
                self.progress(done, max(done, self.total))
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise _refused(f"is not whole, or no XML (line {error.lineno}: {expat.ErrorString(error.code)}).") from None
        for what, times in sorted(self.left_out.items()):
            self.remark(f"{times:,} {'record was' if times == 1 else 'records were'} left out: {what}.")
        return {kind.measure: points for type_, kind in KINDS.items() if (points := self._points(kind, self.sums[type_]))}

    def _declared(self, *_: object) -> None:
        raise _refused("declares entities or a second document type, which no export of a phone does.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if tag == "Record":
            if attributes.get("type") in self.sums:
                self._record(attributes)
        elif self.depth == 1 and tag != "HealthData":
            raise _refused(f'is no export of the health app (it begins with "{tag[:40]}").', "Give its export.xml or export.zip.")
        elif tag == "ExportDate":
            self.exported = attributes.get("value", "")[:10]
        if self.depth > MAX_DEPTH:
            raise _refused(f"has tags within tags, deeper than {MAX_DEPTH}.")

    def _end(self, tag: str) -> None:
        self.depth -= 1

    def _record(self, attributes: dict[str, str]) -> None:
        type_, unit = attributes["type"], attributes.get("unit", "")
        kind, day = KINDS[type_], attributes.get("startDate", "")[:10]  # in the time of the place where it was measured
        factor = kind.units.get(unit)
        try:
            value = float(attributes["value"]) * (factor or 0.0)
        except (KeyError, ValueError):
            value = math.nan
        if factor is None:
            self._leave_out(f'{kind.measure} in an unknown unit, "{unit[:20]}"')
        elif not kind.low <= value <= kind.high:
            self._leave_out(f"{kind.measure} with no value that can be ({kind.low:g} to {kind.high:g})")
        elif not _DAY.fullmatch(day):
            self._leave_out(f"{kind.measure} without a day")
        else:
            sums = self.sums[type_]
            key = (day, attributes.get("sourceName", "") if kind.summed else "")
            total, count = sums.get(key, (0.0, 0))
            sums[key] = (total + value, count + 1)
            if len(sums) > MAX_SUMS:
                raise _refused("holds more days and devices than a life has.")

    def _leave_out(self, why: str) -> None:
        if why in self.left_out or len(self.left_out) < MAX_REMARKS:
            self.left_out[why] += 1

    def _points(self, kind: Kind, sums: Mapping[tuple[str, str], tuple[float, int]]) -> list[Point]:
        best: dict[str, float] = {}
        for (day, _), (total, count) in sums.items():
            best[day] = max(total if kind.summed else total / count, best.get(day, 0.0))
        if kind.summed:
            best.pop(self.exported, None)
        points = []
        for day in sorted(best):
            with suppress(ValueError):  # 30 February
                points.append(Point(datetime.date.fromisoformat(day), round(best[day], kind.decimals)))
        return points


def _chunks(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """How many bytes were read, and what the parser gets of them: without the document type, without control signs.

    The document type says nothing that is needed, and that of some versions of the phone's system is no valid XML.
    """
    head = stream.read(MAX_HEAD)
    yield len(head), _without_doctype(head).translate(_CONTROL)
    while chunk := stream.read(CHUNK):
        yield len(chunk), chunk.translate(_CONTROL)


def _without_doctype(head: bytes) -> bytes:
    """Blank lines instead of it, so that the numbers of lines stay right."""
    found = _DOCTYPE.search(head)
    root = head.find(b"<HealthData")
    if found is None or 0 <= root < found.start():
        return head
    end = _END_OF_DOCTYPE.search(head, found.end()) if found.group(1) == b"[" else found
    if end is None:
        raise _refused("has a document type that does not end.")
    doctype = head[found.start() : end.end()]
    if b"<!ENTITY" in doctype:
        raise _refused("declares entities, which no export of a phone does.")
    return head[: found.start()] + b"\n" * doctype.count(b"\n") + head[end.end() :]
