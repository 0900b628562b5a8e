"""The summary for the doctor: its first line, its two pages, what it says and what it must not."""

from __future__ import annotations

import re
import zlib
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from numpy.random import default_rng

from soleus.assess import Assessment, assess
from soleus.cli import main
from soleus.domain.case import Case
from soleus.interchange.casefile.read import case_of_text
from soleus.interchange.evidence import Understanding, understand
from soleus.interchange.measurements.casefile import physique_of, read_measurements
from soleus.knowledge_store import open_knowledge, open_measures
from soleus.reports.trend.charts import charts
from soleus.reports.visit import fonts
from soleus.reports.visit.build import Beside, visit_summary
from soleus.reports.visit.course import in_order
from soleus.reports.visit.examined import examiners, is_examined, note_of, seen_at, who_and_when
from soleus.reports.visit.html import page_html
from soleus.reports.visit.markdown import page_markdown
from soleus.reports.visit.pdf import MOST_PAGES, summary_pages
from soleus.reports.visit.shorten import DETAILS, ROOM, cut, fitted, lines_of, shortened
from soleus.reports.visit.summary import Part, VisitSummary
from soleus.reports.words import ADVICE
from soleus.track import track

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
FILES = sorted([*(ROOT / "examples").glob("*.yaml"), *(ROOT / "cases").glob("*.yaml")])
SEEN = ("EMERGENCY", "TO BE SEEN TODAY", "TO BE SEEN WITHIN TWO WEEKS", "ORDINARY APPOINTMENT", "SELF-CARE FOR NOW")
RICH = """
age: 58
sex: male
conditions: [type 2 diabetes]
medicines: [prednisolone, "atorvastatin 40 mg"]
findings:
  - {finding: calf weakness, side: left, since: 2026-03-01, course: progressive}
  - {finding: cannot stand on tiptoe, side: left}
  - {finding: plantar flexion strength, side: left, value: 4-}
  - {finding: plantar flexion strength, side: right, value: 5}
  - {finding: ankle reflex, side: left, value: absent}
  - {finding: saddle anaesthesia, value: absent}
tests:
  - {test: creatine kinase, value: 180, unit: U/L, on: 2026-10-02}
measurements:
  - {measure: five-times-sit-to-stand, value: 11.2, on: 2026-03-01}
  - {measure: five-times-sit-to-stand, value: 11.3, on: 2026-11-01}
  - {measure: heel-rise, side: left, value: 20, on: 2026-03-01}
  - {measure: heel-rise, side: left, value: 18, on: 2026-05-01}
  - {measure: heel-rise, side: left, value: 15, on: 2026-07-01}
  - {measure: heel-rise, side: left, value: 12, on: 2026-09-01}
  - {measure: heel-rise, side: left, value: 9, on: 2026-11-01}
goals: [climb stairs without the rail]
narrative: "My left calf gives way on the stairs. <script>alert(1)</script>"
"""


def told(text: str) -> tuple[Case, Understanding, Assessment]:
    compiled = open_knowledge()
    case = case_of_text(text, TODAY)
    understanding = understand(case, compiled.kb, compiled.lexicon, TODAY)
    return case, understanding, assess(understanding.evidence, compiled.kb, compiled.network)


def summary_of(text: str, **beside: object) -> VisitSummary:
    case, understanding, result = told(text)
    return visit_summary(case, understanding, result, open_knowledge().kb, TODAY, Beside(**beside))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def rich() -> VisitSummary:
    case = case_of_text(RICH, TODAY)
    measures, person = open_measures(), physique_of(case)
    judged = track(
        read_measurements(case.measurements, measures, TODAY).series(), measures, person, TODAY, default_rng(1), with_settling=False
    )
    return summary_of(RICH, charts=in_order(judged, charts(judged, person, TODAY)), wants="I fear it is ALS.")


def part(summary: VisitSummary, id_: str) -> Part:
    return next(p for p in summary.parts if p.id == id_)


def line(summary: VisitSummary, id_: str, label: str = "") -> str:
    return next(x.text for x in part(summary, id_).lines if x.label == label)


class Words(HTMLParser):
    """What a person reads of a page, without what is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("style", "title", "svg")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title", "svg")

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.found.append(" ".join(data.split()))


def words_of(html: str) -> list[str]:
    reader = Words()
    reader.feed(html)
    return reader.found


# The first line


def test_the_first_line_says_how_soon_what_since_when_and_what_cannot_be_done():
    first = rich().concern.line
    assert first.startswith("TO BE SEEN WITHIN TWO WEEKS: Weakness of the left calf (MRC 4−), since March 2026 (9 months), getting worse")
    assert "cannot stand on tiptoe, left" in first
    assert "single-leg heel rise, left, from 20 to 9 repetitions" in first


def test_in_an_emergency_the_signs_that_make_it_one_stand_in_the_first_line():
    first = summary_of((ROOT / "examples" / "cauda-equina.yaml").read_text("utf-8")).concern
    assert first.line.startswith("EMERGENCY: Weakness of the calf on both sides (MRC 3 left, 4 right)")
    assert "saddle anaesthesia" in first.sentence
    assert "urinary retention" in first.sentence
    assert any("cauda equina" in x for x in first.because)


def test_the_first_line_of_every_form_is_the_key_concern():
    summary = fitted(rich())
    assert page_markdown(summary).splitlines()[0] == f"# {summary.concern.line}"
    assert " ".join(words_of(page_html(summary))[:2]) == summary.concern.line
    drawn = drawn_text(summary_pages(summary)[0])
    assert drawn.startswith(summary.concern.line.replace(" ", "")[:60])


@pytest.mark.parametrize(
    ("entries", "time"),
    [
        ("- {finding: duration of weakness, value: '5 weeks, slowly getting worse'}", "for 5 weeks, slowly getting worse"),
        ("- {finding: onset of weakness, value: 'sudden, 2 days ago'}", "sudden, 2 days ago"),
        ("- {finding: calf weakness, side: left, since: 2026-11-01}", "since November 2026 (3 weeks)"),
        ("- {finding: calf weakness, side: left, value: 4}", "left calf (MRC 4)."),
    ],
)
def test_time_is_told_as_it_was_told(entries: str, time: str):
    text = f"findings:\n  - {{finding: calf weakness, side: left, value: 4}}\n  {entries}"
    assert time in summary_of(text).concern.sentence


def test_a_time_that_only_a_sentence_tells_is_put_in_a_class():
    first = summary_of((ROOT / "cases" / "cauda-disc-002.yaml").read_text("utf-8")).concern.sentence
    assert first.startswith("Weakness of the right calf, which came on within a day;")


def test_a_case_of_measurements_alone_has_a_first_line_too():
    summary = summary_of("measurements:\n  - {measure: heel-rise, side: left, value: 9, on: 2026-11-01}")
    assert summary.concern.line.endswith("The complaint is told in own words below.")


# What it says


def test_what_was_told_found_denied_and_not_examined_are_four_things():
    summary = rich()
    assert "ankle plantar flexion MRC 4−, left; ankle reflex absent, left" in line(summary, "examination", "Found, as told")
    assert line(summary, "examination", "Normal") == "ankle plantar flexion MRC 5, right."
    unknown = line(summary, "examination", "Not examined, or not told")
    assert "knee reflex" in unknown
    assert "plantar response" in unknown
    assert "ankle plantar flexion" not in unknown
    assert "saddle anaesthesia" in line(summary, "warnings", "Asked and denied")
    assert "saddle" not in line(summary, "warnings", "Not asked yet")


def test_nothing_unknown_is_told_as_absent():
    summary = summary_of("findings: [{finding: calf weakness, side: left}, {finding: fever, value: not asked}]")
    said = " ".join(x.text for p in summary.parts for x in p.lines if x.label in ("Not there", "Asked and denied", "Looked for, not there"))
    assert said == ""


def test_a_red_flag_that_is_present_is_not_asked_for_under_a_broader_name():
    summary = summary_of((ROOT / "examples" / "cauda-equina.yaml").read_text("utf-8"))
    assert "urinary retention" in line(summary, "warnings", "Present")
    assert "bladder disturbance" not in line(summary, "warnings", "Not asked yet")


def test_own_words_are_quoted_and_no_word_of_them_is_markup():
    page = page_html(fitted(rich()))
    assert "“My left calf gives way on the stairs. &lt;script&gt;alert(1)&lt;/script&gt;”" in page
    assert "“I fear it is ALS.”" in page
    assert "<script" not in page
    assert " style=" not in page
    assert "\\<script\\>" in page_markdown(fitted(rich()))


def test_causes_have_their_reasons_and_a_probability_in_words():
    first = part(rich(), "causes").lines[1]
    assert re.match(r"(Likely|Quite possible|Possible) \(about \d+ %\)\. For it: ", first.text)


def test_it_advises_once():
    for text in (page_html(fitted(rich())), page_markdown(fitted(rich()))):
        assert text.count(ADVICE) == 1


def test_a_medicine_that_speaks_for_a_cause_is_asked_about_and_not_told_to_be_stopped():
    summary = summary_of(
        "age: 66\nmedicines: [simvastatin]\nfindings: [{finding: hip and thigh weakness, side: both}, {finding: myalgia}, {finding: creatine kinase, value: 4000 U/L}]"
    )
    asked = [x.text for x in part(summary, "questions").lines]
    assert any(q.startswith("Could simvastatin play a part") and "shall not stop it" in q for q in asked)


def test_own_questions_stand_instead_of_those_suggested():
    summary = summary_of(RICH, questions=["May I fly?", " "])
    assert [x.text for x in part(summary, "questions").lines] == ["May I fly?"]


def test_the_measure_that_falls_comes_first():
    assert rich().charts[0].title == "Single-leg heel rise"


# Two pages


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_every_case_fits_on_two_pages_and_begins_with_its_concern(file: Path):
    summary = summary_of(file.read_text("utf-8"))
    assert summary.concern.word in SEEN
    assert summary.parts, "there is something to say"
    short = fitted(summary)
    assert lines_of(short) <= ROOM
    data, pages = summary_pages(summary)
    assert data.startswith(b"%PDF-")
    assert 1 <= pages <= MOST_PAGES
    assert len(re.findall(rb"/Type /Page\b", data)) == pages


def crammed() -> VisitSummary:
    """More than any two pages hold."""
    findings = "\n".join(
        f"  - {{finding: {f}, side: both, value: present}}"
        for f in (x.id for x in open_knowledge().kb.findings.values() if x.sided and x.kind.value == "binary")
    )
    medicines = ", ".join(f"medicine number {i} twice a day" for i in range(80))
    tests = "\n".join(f"  - {{test: creatine kinase, result: '{'normal, as before, no more to say ' * 12}'}}" for _ in range(40))
    words = "It hurts and it is weak and it goes on and on. " * 400
    return summary_of(
        f"medicines: [{medicines}]\nfindings:\n{findings}\ntests:\n{tests}\nnarrative: '{words}'",
        questions=[f"Question {i}: {'why is that so ' * 12}?" for i in range(14)],
        wants="W" * 390,
    )


def test_what_is_too_much_is_cut_by_weight_and_it_is_said_how_much():
    summary = crammed()
    data, pages = summary_pages(summary)
    assert pages == MOST_PAGES
    assert len(data) < 400_000
    short = fitted(summary)
    assert short.concern == summary.concern
    assert short.left_out > 50
    assert f"{short.left_out} more items" in short.rest
    assert "the full wording" in short.rest
    assert summary.where in short.rest
    medicines = part(short, "medicines").lines[0]
    assert len(medicines.items) + medicines.left_out == 80
    assert medicines.text.endswith(f"and {medicines.left_out} more.")


def test_less_detail_never_says_more():
    whole = crammed()
    sizes = [lines_of(shortened(whole, d)) for d in range(DETAILS)]
    assert sizes == sorted(sizes, reverse=True)
    assert [shortened(whole, d).left_out for d in range(DETAILS)] == sorted(shortened(whole, d).left_out for d in range(DETAILS))


def test_nothing_is_said_to_be_left_out_where_nothing_is():
    summary = summary_of("findings: [{finding: calf pain, side: left}]")
    kept = tuple(p for p in summary.parts if p.id != "warnings")
    from dataclasses import replace

    assert fitted(replace(summary, parts=kept)).rest == ""


def test_a_long_text_is_cut_at_a_word():
    assert cut("one two three four", 12) == "one two …"
    assert len(cut("x" * 500, 100)) <= 100


# The PDF


def streams(data: bytes) -> list[bytes]:
    """Contents of a PDF, unpacked; reportlab packs pages as ASCII85 of zlib."""
    import base64

    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\n?endstream", data, re.S):
        raw = match[1].strip()
        try:
            packed = base64.a85decode(raw, adobe=raw.startswith(b"<~")) if raw.endswith(b"~>") and raw.startswith(b"<~") else raw
            if not raw.startswith(b"<~") and raw.endswith(b"~>"):
                packed = base64.a85decode(b"<~" + raw, adobe=True)
            found.append(zlib.decompress(packed))
        except (ValueError, zlib.error):
            found.append(raw)
    return found


def drawn_text(data: bytes) -> str:
    """The letters of the pages in their order, without blanks: by the map from glyphs to Unicode that each font carries."""
    objects = {int(m[1]): m[2] for m in re.finditer(rb"(\d+) 0 obj\r?\n(.*?)endobj", data, re.S)}
    maps: dict[bytes, dict[int, str]] = {}
    for body in objects.values():
        name, to = re.search(rb"/Name /(F\d+\+\d+)", body), re.search(rb"/ToUnicode (\d+) 0 R", body)
        if name and to:
            cmap = streams(objects[int(to[1])])[0].decode("latin-1")
            table: dict[int, str] = {}
            for lines in re.findall(r"beginbfchar\n(.*?)endbfchar", cmap, re.S):
                table |= {int(a, 16): chr(int(b, 16)) for a, b in re.findall(r"<(\w+)> <(\w+)>", lines)}
            for a, b, c in re.findall(r"<(\w+)> <(\w+)> \[(.*?)\]", cmap, re.S):
                table |= {int(a, 16) + i: chr(int(x, 16)) for i, x in enumerate(re.findall(r"<(\w+)>", c)) if int(a, 16) + i <= int(b, 16)}
            maps[name[1]] = table
    assert maps, "fonts say which letter each glyph is"
    said = []
    for page in streams(data):
        font: dict[int, str] = {}
        for token in re.finditer(rb"/(F\d+\+\d+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj", page, re.S):
            if token[1]:
                font = maps.get(token[1], {})
            else:
                raw = re.sub(
                    rb"\\(\d{3}|.)",
                    lambda m: (
                        bytes([int(m[1], 8)])
                        if m[1].isdigit()
                        else {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(m[1], m[1])
                    ),
                    token[2],
                    flags=re.S,
                )
                said.append("".join(font.get(code, "") for code in raw))
    return re.sub(r"\s", "", "".join(said))


def test_the_pdf_holds_real_text_in_embedded_fonts_and_says_what_it_is():
    data, pages = summary_pages(rich())
    text = drawn_text(data)
    assert pages == 2
    for sign in ("MRC4−", "“Myleftcalfgivesway", "page1of2", "page2of2", "Questionstoask", "Creatinekinase180U/L(2Oct2026)"):
        assert sign in text, sign
    assert text.count(ADVICE.replace(" ", "")) == 1
    assert b"/FontFile2" in data
    assert b"/Lang (en)" in data
    assert b"(Summary for the doctor)" in data
    assert b"/URI" not in data


@pytest.mark.parametrize("sign", list("−≥≤½¼µ°–—“”’…·±×éüñçøÅŁłŠž"))
def test_the_font_that_comes_along_has_what_is_needed(sign: str):
    assert fonts.marked_up(sign, frozenset()) == sign


def test_what_no_font_has_is_set_as_the_letter_under_its_accent():
    assert fonts.marked_up("Řehoř & <Wałęsa>", frozenset()) == "Rehor &amp; &lt;Wałesa&gt;"
    assert fonts.marked_up("☃", frozenset()) == "?"
    assert fonts.marked_up("e\u0301", frozenset()) == "é"


def test_a_font_of_the_machine_helps_out():
    assert fonts.marked_up("Řím", frozenset([ord("Ř")])) == f'<font name="{fonts.OTHER}">Ř</font>ím'
    assert fonts.others(("/no/such/font.ttf",)) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我的左腿 无力。", "(in Chinese or Japanese writing: see the page)"),
        ("He says: 我的左腿无力, since March", "He says: (in Chinese or Japanese writing: see the page), since March"),
        ("ساقي اليسرى ضعيفة منذ 3 أشهر", "(in Arabic writing: see the page)"),
        ("ふくらはぎが弱い", "(in Japanese writing: see the page)"),
        ("הרגל חלשה", "(in Hebrew writing: see the page)"),
    ],
)
def test_a_writing_that_cannot_be_set_is_named_and_not_made_question_marks(text: str, expected: str):
    assert fonts.marked_up(text, frozenset()) == expected


def test_letters_from_the_right_are_not_set_whatever_font_has_them():
    every = frozenset(range(0x10000))
    assert fonts.marked_up("ساقي", every) == "(in Arabic writing: see the page)"


def test_chinese_is_set_in_a_font_that_has_it():
    assert fonts.marked_up("a 痛", frozenset(), frozenset([ord("痛")])) == f'a <font name="{fonts.EAST}">痛</font>'
    assert fonts.others(("/no/such/font.ttf",), fonts.EAST) == frozenset()


# Who examined


def test_who_examined_and_when_stands_in_a_note():
    note = note_of(date(2026, 11, 20), "Dr Lee; x (clinician)", "absent")
    assert note == "examined 2026-11-20 by Dr Lee, x (clinician); the case said before: absent"
    assert who_and_when(note) == "20 Nov 2026 by Dr Lee, x (clinician)"
    entries = [
        {"finding": "a", "note": note},
        {"finding": "b", "note": note_of(date(2026, 11, 20), "Dr Lee; x (clinician)")},
        "c",
        {"note": "interview 1 x y"},
    ]
    assert examiners(entries) == ("20 Nov 2026 by Dr Lee, x (clinician)",)
    assert seen_at(entries) == {"findings[0]", "findings[1]"}
    assert not is_examined("interview 3 red-flag fever")
    assert who_and_when("examined 2026-99-99 by X") == ""


def test_what_was_examined_stands_under_examination_and_not_among_symptoms():
    text = "findings: [{finding: weak-ankle-plantarflexion, side: left}, {finding: numb-saddle, value: present}]"
    assert "saddle" in line(summary_of(text), "symptoms").lower()
    seen = summary_of(text, seen_at={"findings[1]"}, examined=("20 Nov 2026 by Dr Lee (clinician)",))
    assert "saddle" not in line(seen, "symptoms").lower()
    assert "saddle" in line(seen, "examination", "Found")
    assert line(seen, "examination", "Examined") == "20 Nov 2026 by Dr Lee (clinician)."


# The command


def test_the_command_writes_every_kind_and_refuses_what_it_should(tmp_path: Path, capsys):
    case = str(ROOT / "examples" / "s1-radiculopathy.yaml")
    outs = [tmp_path / f"s.{kind}" for kind in ("pdf", "html", "md")]
    assert main(["visit", case, "--ask", "May I fly?", *(x for o in outs for x in ("--out", str(o)))]) == 0
    assert outs[0].read_bytes().startswith(b"%PDF-")
    assert "May I fly?" in outs[1].read_text("utf-8")
    assert "- [ ] May I fly?" in outs[2].read_text("utf-8")
    capsys.readouterr()
    assert main(["visit", case]) == 0
    assert capsys.readouterr().out.startswith("# TO BE SEEN WITHIN TWO WEEKS: Weakness of the left calf")
    assert main(["visit", case, "--out", str(outs[0])]) == 2
    assert "exists already" in capsys.readouterr().err
    assert main(["visit", case, "--out", str(tmp_path / "s.docx")]) == 2
    assert "is of no kind" in capsys.readouterr().err
    assert main(["visit", case, "--out", str(tmp_path / "none" / "s.md")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_where_no_cause_stands_out_none_is_named_in_a_question():
    summary = summary_of("findings: [{finding: calf weakness, side: left, since: 2026-03-01, course: progressive}, {finding: numb-saddle}]")
    first = part(summary, "questions").lines[0].text
    assert first == "What do you think is the likeliest cause, and how can it be told from the others?"


def test_a_medicine_that_was_not_understood_stands_among_the_medicines_alone():
    summary = summary_of("medicines: [xyzzyzol]\nfindings: [{finding: calf pain, side: left}, {finding: glorpish feeling}]")
    assert line(summary, "medicines") == "Xyzzyzol."
    assert line(summary, "unclear", "Not understood") == "glorpish feeling."


@pytest.mark.parametrize("word", ["W" * 300, "i" * 300, "word " * 60, "Ж" * 300])
@pytest.mark.parametrize("where", ["conditions", "medicines", "goals"])
def test_one_part_longer_than_a_page_still_fits(where: str, word: str):
    summary = summary_of(f"{where}: [{', '.join(f'{i} {word}' for i in range(30))}]\nfindings: [{{finding: calf pain, side: left}}]")
    assert summary_pages(summary)[1] <= MOST_PAGES


def test_some_lines_are_no_page_of_their_own():
    """This example filled one page and some lines: it is set closer."""
    assert summary_pages(summary_of((ROOT / "examples" / "stenosis-or-artery.yaml").read_text("utf-8")))[1] == 1
