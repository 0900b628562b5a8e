"""The export of a phone's health app: sums worked by hand, overlapping devices, units, and files that mean harm."""

from __future__ import annotations

import datetime
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from tests.health_exports import HEAD, PHONE, WATCH, days, document, record, records_of, write_large

from soleus.domain.errors import CaseError
from soleus.interchange.measurements import health_export
from soleus.interchange.measurements.health_export import read_health_export


def written(folder: Path, text: str | bytes, name: str = "export.xml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def values(points):
    return {p.on.isoformat(): p.value for p in points}


def test_steps_of_a_day_are_those_of_the_device_that_counted_most(tmp_path):
    body = (
        record("StepCount", "count", 1000, "2026-11-01", 9, 0, PHONE)
        + record("StepCount", "count", 2000, "2026-11-01", 15, 0, PHONE)
        + record("StepCount", "count", 3500, "2026-11-01", 9, 0, WATCH)
        + record("StepCount", "count", 400, "2026-11-02", 9, 0, PHONE)
        + record("StepCount", "count", 100, "2026-11-02", 9, 0, WATCH)
    )
    points = read_health_export(written(tmp_path, document(body)))
    assert set(points) == {"daily-steps"}
    assert values(points["daily-steps"]) == {"2026-11-01": 3500, "2026-11-02": 400}


def test_the_day_of_the_export_is_not_over(tmp_path):
    body = record("StepCount", "count", 900, "2026-11-22", 7, 0, PHONE) + record("WalkingSpeed", "m/s", 1.2, "2026-11-22", 7, 0, PHONE)
    points = read_health_export(written(tmp_path, document(body, exported="2026-11-22")))
    assert "daily-steps" not in points
    assert values(points["phone-walking-speed"]) == {"2026-11-22": 1.2}


def test_speeds_are_brought_to_metres_a_second_and_averaged(tmp_path):
    body = (
        record("WalkingSpeed", "km/hr", 3.6, "2026-11-01", 9, 0, PHONE)  # 1 m/s
        + record("WalkingSpeed", "km/hr", 5.4, "2026-11-01", 9, 5, PHONE)  # 1.5 m/s
        + record("WalkingSpeed", "mi/hr", 2.5, "2026-11-02", 9, 0, PHONE)  # 2.5 x 1609.344 / 3600 = 1.118 m/s
    )
    points = read_health_export(written(tmp_path, document(body)))["phone-walking-speed"]
    assert values(points) == {"2026-11-01": 1.25, "2026-11-02": 1.118}


def test_shares_of_one_become_per_cent_and_feet_metres(tmp_path):
    body = (
        record("WalkingAsymmetryPercentage", "%", 0.04, "2026-11-01", 9, 0, PHONE)
        + record("WalkingAsymmetryPercentage", "%", 0, "2026-11-01", 9, 5, PHONE)
        + record("WalkingDoubleSupportPercentage", "%", 0.283, "2026-11-01", 9, 0, PHONE)
        + record("SixMinuteWalkTestDistance", "ft", 1500, "2026-11-01", 9, 0, WATCH)  # 457.2 m
    )
    points = read_health_export(written(tmp_path, document(body)))
    assert values(points["walking-asymmetry"]) == {"2026-11-01": 2.0}
    assert values(points["walking-double-support"]) == {"2026-11-01": 28.3}
    assert values(points["phone-six-minute-walk"]) == {"2026-11-01": 457.2}


def test_the_day_is_that_of_the_place_and_not_of_greenwich(tmp_path):
    body = '<Record type="HKQuantityTypeIdentifierStepCount" sourceName="P" unit="count" startDate="2026-11-01 00:30:00 +1300" value="7"/>'
    assert values(read_health_export(written(tmp_path, document(body)))["daily-steps"]) == {"2026-11-01": 7}


def test_a_made_up_year_comes_back_as_it_was_put_in(tmp_path):
    truth = list(days(datetime.date(2025, 1, 1), 365, seed=3))
    points = read_health_export(written(tmp_path, document("".join(map(records_of, truth)), exported="2099-01-01")))
    steps = {t.day.isoformat(): max(t.phone_steps, t.watch_steps) for t in truth}
    assert values(points["daily-steps"]) == steps
    speeds = {t.day.isoformat(): sum(t.speeds_km_per_hour) / len(t.speeds_km_per_hour) / 3.6 for t in truth if t.speeds_km_per_hour}
    assert values(points["phone-walking-speed"]) == pytest.approx(speeds, abs=6e-4)
    uneven = {t.day.isoformat(): 100 * sum(t.asymmetries) / len(t.asymmetries) for t in truth if t.asymmetries}
    assert values(points["walking-asymmetry"]) == pytest.approx(uneven, abs=6e-3)


def test_inside_the_archive_of_the_phone(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("apple_health_export/export_cda.xml", "<ClinicalDocument/>" * 1000)
        archive.writestr("apple_health_export/export.xml", document(record("StepCount", "count", 12, "2026-11-01", 9, 0, PHONE)))
    told: list[tuple[int, int]] = []
    points = read_health_export(path, lambda done, total: told.append((done, total)))
    assert values(points["daily-steps"]) == {"2026-11-01": 12}
    assert told[-1][0] == told[-1][1] > 0


def test_what_was_left_out_is_told(tmp_path):
    body = (
        record("WalkingSpeed", "furlong/fortnight", 5, "2026-11-01", 9, 0, PHONE)
        + record("WalkingSpeed", "m/s", 55, "2026-11-01", 9, 0, PHONE)
        + record("WalkingSpeed", "m/s", "nan", "2026-11-01", 9, 0, PHONE)
        + record("WalkingSpeed", "m/s", 1, "yesterday", 9, 0, PHONE)
        + record("WalkingSpeed", "m/s", 1, "2026-02-30", 9, 0, PHONE)
    )
    said: list[str] = []
    assert read_health_export(written(tmp_path, document(body)), remark=said.append) == {}
    assert said == [
        '1 record was left out: phone-walking-speed in an unknown unit, "furlong/fortnight".',
        "2 records were left out: phone-walking-speed with no value that can be (0.05 to 3).",
        "1 record was left out: phone-walking-speed without a day.",
    ]


def test_a_document_type_that_is_no_xml_does_no_harm(tmp_path):
    """Some versions of the system wrote an attribute list that no parser accepts."""
    broken = HEAD.replace("<!ATTLIST Record", "<!ATTLIST Record\n  type CDATA #REQUIRED\n>\n  startDate CDATA #REQUIRED\n<!ATTLIST Record")
    body = record("StepCount", "count", 5, "2026-11-01", 9, 0, PHONE)
    assert values(read_health_export(written(tmp_path, document(body, head=broken)))["daily-steps"]) == {"2026-11-01": 5}


def test_control_signs_in_the_name_of_a_device(tmp_path):
    body = record("StepCount", "count", 5, "2026-11-01", 9, 0, "Kim\x0bs watch")
    assert values(read_health_export(written(tmp_path, document(body)))["daily-steps"]) == {"2026-11-01": 5}


BILLION_LAUGHS = '<?xml version="1.0"?>\n<!DOCTYPE HealthData [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n<HealthData>&b;</HealthData>'
OUTSIDE = '<?xml version="1.0"?>\n<!DOCTYPE HealthData [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<HealthData>&x;</HealthData>'
HIDDEN = '<?xml version="1.0"?>\n<!-- ]> -->\n<!DOCTYPE HealthData [<!-- ]> --> <!ENTITY a "ha">]>\n<HealthData>&a;</HealthData>'
IN_UTF_16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE HealthData [<!ENTITY a "ha">]><HealthData>&a;</HealthData>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BILLION_LAUGHS, "declares entities"),
        (OUTSIDE, "declares entities"),
        (HIDDEN, "no XML"),
        (IN_UTF_16.encode("utf-16"), "no XML"),
        ("<HealthData>&b;</HealthData>", "no XML"),
        ("<!DOCTYPE HealthData [" + " " * 2_000_000, "does not end"),
        ("<HealthData>" + "<a>" * 100, "tags within tags"),
        ("<HealthData><Record type='" + "x" * 6_000_000, "does not end"),
        ("<html><body>Sign in</body></html>", 'begins with "html"'),
        ("", "no XML"),
        ("just words", "no XML"),
        (document(record("StepCount", "count", 5, "2026-11-01", 9, 0, PHONE))[:-40], "not whole"),
        (b"PK\x03\x04 and nothing more", "archive that is not whole"),
    ],
)
def test_what_is_no_export_or_means_harm_is_refused_in_words(tmp_path, content, words):
    with pytest.raises(CaseError, match=words):
        read_health_export(written(tmp_path, content))


def test_an_archive_that_unpacks_to_far_more_is_refused(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.xml", "<HealthData>" + " " * 20_000_000)
    with pytest.raises(CaseError, match="far more than any export"):
        read_health_export(path)


def test_an_archive_without_the_export_a_folder_and_nothing(tmp_path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("holiday.jpg", b"\xff\xd8")
    for wrong, words in ((path, r"holds no export\.xml"), (tmp_path, "is a folder"), (tmp_path / "none.xml", "cannot be read")):
        with pytest.raises(CaseError, match=words):
            read_health_export(wrong)


def test_a_damaged_archive_is_told_as_such(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("export.xml", document(record("StepCount", "count", 5, "2026-11-01", 9, 0, PHONE)))
    data = path.read_bytes()
    path.write_bytes(data.replace(b'value="5"', b'value="6"'))
    with pytest.raises(CaseError, match="damaged archive"):
        read_health_export(path)


def test_more_days_and_devices_than_a_life_has(tmp_path, monkeypatch):
    monkeypatch.setattr(health_export, "MAX_SUMS", 3)
    body = "".join(record("StepCount", "count", 5, "2026-11-01", 9, 0, f"device {i}") for i in range(5))
    with pytest.raises(CaseError, match="more days and devices"):
        read_health_export(written(tmp_path, document(body)))


def test_endless_words_between_the_tags_are_passed_over(tmp_path):
    body = record("StepCount", "count", 5, "2026-11-01", 9, 0, PHONE)
    path = written(tmp_path, document("x" * 15_000_000 + body))
    tracemalloc.start()
    try:
        assert values(read_health_export(path)["daily-steps"]) == {"2026-11-01": 5}
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "export.xml"
    count = write_large(path, 12_000_000, datetime.date(2020, 1, 1), seed=1)
    tracemalloc.start()
    try:
        points = read_health_export(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(points["daily-steps"]) == count
    assert peak < 8_000_000


def test_an_archive_with_spoilt_bytes_is_refused_in_words(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        records = (record("StepCount", "count", 5 + i, "2026-11-01", 9, i % 60, PHONE) for i in range(300))
        archive.writestr("apple_health_export/export.xml", document("".join(records)))
    whole = path.read_bytes()
    refused = 0
    for at in range(60, len(whole) - 200, len(whole) // 40):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            read_health_export(path)
        except CaseError:
            refused += 1
    assert refused > 30


def test_an_archive_packed_in_another_way_is_refused(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("apple_health_export/export.xml", document(""))
    with pytest.raises(CaseError, match="packed in a way"):
        read_health_export(path)
