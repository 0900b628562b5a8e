"""The whole book: every link leads somewhere, every entry has its page, every page is whole and says what it must."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from soleus.cli import main
from soleus.domain.errors import UsageError
from soleus.domain.ledger import Ledger
from soleus.knowledge.ledger_loader import load_ledger
from soleus.knowledge.loader import Library, load_library
from soleus.knowledge.numbers import every_number
from soleus.reasoning.network import Network, compile_network
from soleus.reports.book import write
from soleus.reports.book.shelf import FOLDERS

VOID = set("area base br col embed hr img input link meta source track wbr".split())
"""Elements of HTML that have no end."""


@dataclass
class Read(HTMLParser):
    """A page read by the rules of well-formed HTML: what is opened is closed, in order."""

    faults: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    headings: list[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    headers_without_scope: int = 0
    lang: str = ""
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs) or None in given.values():
            self.faults.append(f"attributes of <{tag}>: {attrs}")
        self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag in ("a", "link"):
            self.links.append(given["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th" and given.get("scope") not in ("row", "col"):
            self.headers_without_scope += 1
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text.append(data)
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def network(library: Library) -> Network:
    return compile_network(library.kb)


@pytest.fixture(scope="module")
def ledger(library: Library) -> Ledger:
    return load_ledger(library.kb)


@pytest.fixture(scope="module")
def written(library: Library, network: Network, ledger: Ledger) -> dict[str, str]:
    return dict(write.rendered(library, network, ledger))


@pytest.fixture(scope="module")
def pages(written: dict[str, str]) -> dict[str, Read]:
    read = {}
    for path, text in written.items():
        read[path] = Read()
        read[path].feed(text)
        read[path].close()
    return read


def target(path: str, href: str) -> tuple[str, str]:
    """Page and anchor that a link of a page leads to."""
    page, _, anchor = href.partition("#")
    return (normpath(join(dirname(path), page)) if page else path), anchor


def test_every_page_is_well_formed(pages):
    assert {path: (page.faults[:3], page.open) for path, page in pages.items() if page.faults or page.open} == {}
    assert {path for path, page in pages.items() if len(set(page.ids)) != len(page.ids)} == set()


def test_every_link_leads_to_a_page_and_to_an_anchor_on_it(pages):
    lost = []
    for path, page in pages.items():
        for href in page.links:
            if href.startswith("https://") or href.startswith("http://"):
                continue
            to, anchor = target(path, href)
            if to == write.STYLE:
                continue
            if to not in pages or (anchor and anchor not in pages[to].ids):
                lost.append((path, href))
    assert lost == []


def test_every_claim_and_published_ratio_has_its_place_and_its_source_names_it(pages, ledger):
    assert set(ledger.claims) <= set(pages["claims.html"].ids)
    assert set(ledger.ratios) <= set(pages["likelihood-ratios.html"].ids)
    for claim in ledger.claims.values():
        assert all(f"../claims.html#{claim.id}" in pages[f"sources/{ref}.html"].links for ref, _ in claim.sources), claim.id
    for ratio in ledger.ratios.values():
        assert f"../likelihood-ratios.html#{ratio.id}" in pages[f"sources/{ratio.ref}.html"].links, ratio.id


def test_every_id_has_a_page(pages, library):
    kb = library.kb
    tables = {
        "condition": kb.conditions,
        "finding": kb.findings,
        "syndrome": kb.syndromes,
        "test": kb.tests,
        "flag": kb.rules,
        "site": kb.anatomy.sites,
        "source": kb.sources,
    }
    assert {f"{FOLDERS[kind]}/{id_}.html" for kind, table in tables.items() for id_ in table} <= set(pages)
    assert set(kb.terms) <= set(pages["red-flags/terms.html"].ids)
    assert {f"group-{g}" for c in kb.conditions.values() for g in c.groups} <= set(pages["index.html"].ids)


def test_every_page_can_be_reached_from_the_contents(pages):
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for href in pages[path].links:
            to, _ = target(path, href)
            if to in pages and to not in reached:
                reached.add(to)
                waiting.append(to)
    assert set(pages) - reached == set()


def test_no_cell_is_empty_and_nothing_unsaid_is_printed(pages, library):
    meant = {name for t in library.kb.tests.values() for name in t.outcome_names if "None" in name}
    for path, page in pages.items():
        assert all(cell.strip() for cell in page.cells), path
        said = [text for text in page.text if text.strip() not in meant]
        assert not re.search(r"\b(None(?! [a-z])|nan|inf|undefined)\b|\{\{|\}\}|\(\)", " ".join(said)), path


def test_every_page_says_what_it_is(pages, library):
    reviewed = {c.model.review.clinician for c in library.entries["conditions"].values()}
    for path, page in pages.items():
        said = " ".join(" ".join(page.text).split())
        assert "advises, does not diagnose" in said, path
        assert f"Knowledge {library.kb.version}" in said, path
        assert re.search(r"checked against its sources on \d{4}-\d\d-\d\d", said), path
        assert f"clinician review: {', '.join(sorted(reviewed))}" in said, path


def test_every_page_can_be_heard_and_stepped_through(pages):
    """A language, one main part, one first heading, no level left out, a way past the menu, headers in every table."""
    for path, page in pages.items():
        assert page.lang == "en-GB", path
        assert [page.tags[t] for t in ("main", "h1", "title", "header", "footer")] == [1, 1, 1, 1, 1], path
        assert page.headings[0] == 1, path
        assert all(b <= a + 1 for a, b in zip(page.headings, page.headings[1:], strict=False)), path
        assert page.links[1] == "#main", path
        assert page.headers_without_scope == 0, path
        assert page.tags["script"] == 0, path
        assert page.tags["th"] >= page.tags["table"], path


def test_writing_twice_gives_the_same_bytes(written, library, network, ledger, tmp_path):
    count = write.write_book(library, network, ledger, tmp_path / "book")
    files = {p.relative_to(tmp_path / "book").as_posix(): p.read_bytes() for p in (tmp_path / "book").rglob("*") if p.is_file()}
    assert {path: files[path] for path in written} == {path: text.encode() for path, text in written.items()}
    assert count == len(written)
    assert set(files) - set(written) == {write.STYLE, write.MARKER}


# -- what stands on a page -----------------------------------------------------------------------------------------------


def links_of(pages: dict[str, Read], path: str) -> set[str]:
    return {target(path, href)[0] for href in pages[path].links}


def test_a_condition_leads_to_its_findings_tests_sources_and_look_alikes(pages, library):
    for id_, c in library.kb.conditions.items():
        links = links_of(pages, f"conditions/{id_}.html")
        wanted = {f"findings/{f}.html" for f in (*c.findings, *c.risk_factors)}
        wanted |= {f"syndromes/{s}.html" for s in c.syndromes} | {f"places/{f.site}.html" for f in c.footprints}
        wanted |= {f"conditions/{other}.html" for other, _ in c.look_alikes}
        wanted |= {f"sources/{q.ref}.html" for q in (*c.findings.values(), *c.risk_factors.values(), *c.syndromes.values()) if q.ref}
        assert wanted <= links, id_


def test_a_finding_leads_to_the_conditions_it_speaks_for(pages):
    """Known from any textbook."""
    assert "conditions/achilles-tendon-rupture.html" in links_of(pages, "findings/thompson-test.html")
    assert "conditions/lumbar-disc-radiculopathy.html" in links_of(pages, "findings/straight-leg-raise.html")
    assert "red-flags/cauda-equina-hard-signs.html" in links_of(pages, "findings/numb-saddle.html")


def test_a_source_names_every_number_that_rests_on_it(pages, library):
    folders = {"conditions": "conditions", "findings": "findings", "syndromes": "syndromes", "tests": "tests", "lesion sites": "places"}
    for told in every_number(library):
        if told.number.ref and told.kind in folders:
            assert f"{folders[told.kind]}/{told.id}.html" in links_of(pages, f"sources/{told.number.ref}.html"), told


def test_the_index_knows_plain_names_and_synonyms(pages):
    for letter, phrase in (
        ("s", "sciatica"),
        ("s", "SLR"),
        ("a", "A slipped disc pressing on a nerve root"),
        ("g", "Guillain-Barré syndrome"),
    ):
        assert any(phrase in text for text in pages[f"a-z/{letter}.html"].text), phrase


def test_marks_tell_published_from_estimated_and_read_from_recalled(written, library):
    page = written["conditions/lumbar-disc-radiculopathy.html"]
    for mark in ("published", "derived", "estimate", "computed"):
        assert f'<span class="mark {mark}">{mark}</span>' in page
    recalled = next(s.id for s in library.kb.sources.values() if s.read == "recalled")
    assert "recalled from memory, not read again" in written[f"sources/{recalled}.html"]


# -- the command -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def _small(monkeypatch):
    """A book of two pages, for what the writer does with folders."""
    monkeypatch.setattr(write, "rendered", lambda *given: iter([("index.html", "<p>ä</p>"), ("findings/a.html", "<p>b</p>")]))


@pytest.mark.usefixtures("_small")
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path, library, network, ledger):
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(UsageError):
        write.write_book(library, network, ledger, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.usefixtures("_small")
def test_a_later_book_takes_away_what_it_no_longer_has_and_nothing_outside(tmp_path, library, network, ledger, monkeypatch):
    folder = tmp_path / "book"
    outside = tmp_path / "letter.txt"
    outside.write_text("dear", encoding="utf-8")
    assert write.write_book(library, network, ledger, folder) == 2
    (folder / write.MARKER).write_text("index.html\nfindings/a.html\n../letter.txt\n", encoding="utf-8")
    monkeypatch.setattr(write, "rendered", lambda *given: iter([("index.html", "<p>new</p>")]))
    write.write_book(library, network, ledger, folder)
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == ["book.css", "index.html", "pages.txt"]
    assert outside.exists()


@pytest.mark.usefixtures("_small")
def test_the_command_writes_and_says_where(tmp_path, capsys, monkeypatch, library, network):
    monkeypatch.setattr("soleus.knowledge.loader.load_library", lambda: library)
    monkeypatch.setattr("soleus.reasoning.network.compile_network", lambda kb: network)
    assert main(["knowledge", "book", str(tmp_path / "book")]) == 0
    assert str(tmp_path / "book" / "index.html") in capsys.readouterr().out
    assert Path(tmp_path / "book" / "index.html").read_text(encoding="utf-8") == "<p>ä</p>"


def test_without_the_template_library_the_command_says_how_to_get_it(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.delitem(sys.modules, "soleus.reports.book.write")
    assert main(["knowledge", "book", str(tmp_path / "book")]) == 2
    assert "soleus[book]" in capsys.readouterr().err


@pytest.mark.usefixtures("_small")
def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert main(["knowledge", "book", str(tmp_path / "file" / "book")]) == 2
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert "Traceback" not in said
