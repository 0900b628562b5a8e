"""Articles: their parts, the reader of hand-written ones, how plain they are. Expected numbers are counted by hand."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest

from soleus.domain.errors import KnowledgeError
from soleus.domain.knowledge_base import Quantity, Source
from soleus.domain.support import Support
from soleus.knowledge_store import Compiled, open_care, open_ledger, open_measures
from soleus.reports.articles.article import Article, Dates
from soleus.reports.articles.blocks import (
    Alert,
    Block,
    Bullets,
    Checklist,
    ClaimChecked,
    Figure,
    Item,
    KeyFacts,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    statements,
)
from soleus.reports.articles.dates import checked_dates
from soleus.reports.articles.desk import Desk, slug_of
from soleus.reports.articles.grounds import Citations, Grounds
from soleus.reports.articles.html import article_html, blocks_html, grounds_html
from soleus.reports.articles.readability import grade, syllables
from soleus.reports.articles.related import with_related
from soleus.reports.articles.texts import read_text
from soleus.reports.articles.training import dose_words
from soleus.reports.articles.words import ages, ended, in_100, joined, likeliest, sexes, span

DAY = datetime.date(2026, 11, 22)
DATES = Dates(DAY, DAY, datetime.date(2027, 11, 22))
BOOK = Source("peul-2007", "Surgery", "Peul WC, van Houwelingen HC", 2007, "N Engl J Med", "trial", "abstract", doi="10.1/x")
MEMORY = Source("old-1990", "Calves", "Old A", 1990, "Journal", "textbook", "recalled")


def href(slug: str) -> str:
    return f"/library/{slug}/"


def said(words: str) -> tuple[Span, ...]:
    return (Span(words),)


def article(slug: str = "a", *blocks: Block, **changes: object) -> Article:
    made = Article(slug, "condition", slug, slug.capitalize(), "Lead.", (Section("What", "what", blocks),), DATES)
    return replace(made, **changes)  # type: ignore[arg-type]


# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p", "guess", "words"),
    [(0.96, False, "96 in 100"), (0.963, True, "about 95 in 100"), (0.03, True, "about 3 in 100"), (0.001, False, "fewer than 1 in 100")],
)
def test_a_share_is_told_as_people(p, guess, words):
    assert in_100(p, guess=guess) == words


def test_a_guess_is_never_told_to_the_last_person():
    assert {int(re.search(r"\d+", in_100(p / 100, guess=True))[0]) % 5 for p in range(5, 97)} == {0}  # type: ignore[index]


def test_enumerations_ranges_and_ends():
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert span(0, 5) == "up to 5"
    assert ended("Stop") == "Stop."
    assert ended(" Two\n lines! ") == "Two lines!"


def test_ages_and_sexes_in_words():
    assert ages((0, 0, 1, 1, 0.9, 0.7)) == "adults of any age"
    assert ages((1, 1, 1, 1, 1, 1)) == "people of any age"
    assert ages((0, 0, 0, 0.2, 1, 0.7)) == "older people and very old people"
    assert sexes(0.99) == "nearly always men"
    assert sexes(0.5) == "men and women about alike"
    assert sexes(0.1) == "more often women"


def test_the_likeliest_of_several_ways_or_the_two_that_share_it():
    names = {"a": "fast", "b": "slowly", "c": "in bouts"}
    assert likeliest((0.7, 0.2, 0.1), names, list(names)) == "mostly fast"
    assert likeliest((0.1, 0.45, 0.45), names, list(names)) == "slowly or in bouts"
    assert likeliest((0.5, 0.1, 0.1), names, list(names)) == "often fast"


def test_the_dose_of_an_exercise_in_words():
    exercises = open_care().exercises
    assert dose_words(exercises["heel-raise-double"].dose) == "3 sets of 10, at an effort of 5 of 10, 60 seconds of rest between sets"


# -- grounds and sources -----------------------------------------------------------------------------------------------


def test_sources_are_numbered_as_they_are_first_cited_and_say_how_far_they_were_read():
    cites = Citations({s.id: s for s in (BOOK, MEMORY)})
    assert [cites.cite("old-1990", "page 3"), cites.cite("peul-2007"), cites.cite("old-1990", "page 9")] == [1, 2, 1]
    old, new = cites.notes()
    assert (old.number, old.short, old.how_read, old.was_read, old.places) == (
        1,
        "Old 1990",
        "source recalled, not re-read",
        False,
        ("page 3", "page 9"),
    )
    assert (new.address, new.was_read) == ("https://doi.org/10.1/x", True)
    with pytest.raises(KeyError):
        cites.cite("invented-2020")


def test_marks_are_told_in_words_and_dots():
    cites = Citations({BOOK.id: BOOK})
    graded = cites.support(Support(ref="peul-2007", at="x", strength="offer", body="NICE NG59", certainty="moderate"))
    assert (graded.words, graded.dots, graded.cites, graded.is_guess) == ("NICE NG59: offer; moderate certainty", "●●●○", (1,), False)
    guess = cites.support(Support(estimate="usual practice"))
    assert (guess.words, guess.dots, guess.is_guess, guess.why) == ("expert estimate", "○○○○", True, "usual practice")
    assert cites.quantity(Quantity(0.3, "estimate")).is_guess
    assert cites.quantity(Quantity(0.3, "published", "peul-2007")).words == "published"
    assert cites.quantity(Quantity(0.3, "derived", "peul-2007")).words == "worked out from a source"
    assert Grounds("computed").is_guess


# -- an article --------------------------------------------------------------------------------------------------------


def test_reading_time_is_words_by_200_and_at_least_a_minute():
    assert article("a", Paragraph(said("word " * 499))).words == 500  # and one of the lead
    assert article("a", Paragraph(said("word " * 499))).reading_minutes == 2
    assert article("a").reading_minutes == 1


def test_the_version_follows_what_is_said_and_nothing_else():
    one = article("a", Paragraph(said("Rest.")))
    assert len(one.version) == 12
    assert one.version == article("a", Paragraph(said("Rest."))).version
    assert one.version == replace(one, dates=replace(DATES, reviewed=datetime.date(2027, 1, 1)), topics=frozenset({"x"})).version
    for other in (
        article("a", Paragraph(said("Move."))),
        article("a", Paragraph(said("Rest."), Grounds("estimate"))),
        replace(one, title="B"),
        replace(one, lead="Another."),
    ):
        assert other.version != one.version


def test_a_better_drawing_is_no_new_version():
    one, other = (article("a", Figure("f", "Legs", "Legs", drawn=svg)) for svg in ("<svg/>", "<svg><g/></svg>"))
    assert one.version == other.version


def test_the_standfirst_is_left_out_where_the_text_begins_alike():
    assert article("a", Paragraph(said("Lead. And more."))).standfirst == ""
    assert article("a", Paragraph(said("Something else."))).standfirst == "Lead."


def test_a_statement_counts_as_sourced_only_if_no_guess_is_in_it():
    found = article(
        "a",
        Paragraph((Span("3 of 4."), Span("1", cite=1))),
        Paragraph((Span("5 of 6."), Span("1", cite=1)), Grounds("estimate")),
        Paragraph(said("Seven."), Grounds("computed")),
        Paragraph(said("Plain.")),
    )
    assert (found.marks.sourced, found.marks.estimated) == (1, 2)


def test_grounds_of_a_whole_list_or_table_hold_for_each_line_without_its_own():
    own, whole = Grounds("estimate"), Grounds("source", cites=(4,))
    listed = list(statements(Bullets((Item(said("1")), Item(said("2"), own)), grounds=whole)))
    assert [s.grounds for s in listed] == [whole, own]
    rows = list(statements(Table("T", ("A",), (Row((said("1"),)), Row((said("2"),), own)), grounds=whole)))
    assert [(s.grounds, s.cited, s.is_prose) for s in rows] == [(whole, True, False), (own, False, False)]


def test_neighbours_share_rare_topics_and_are_of_several_kinds():
    made = [article(f"c{i}", topics=frozenset({"condition:x", "all"})) for i in range(6)]
    made += [article(f"o{i}", topics=frozenset({"all"})) for i in range(160)]
    exercise = article("e", kind="exercise", topics=frozenset({"condition:x"}))
    found = {a.slug: a for a in with_related([*made, exercise])}
    assert [r.slug for r in found["c0"].related] == ["e", "c1", "c2", "c3"]  # three of a kind; `all` is too common to count
    assert found["o0"].related == ()


# -- HTML --------------------------------------------------------------------------------------------------------------

EVERY_BLOCK: tuple[Block, ...] = (
    Paragraph((Span("See "), Span("this & that", "b", "x"), Span("1", cite=1), Span("2", cite=2)), Grounds("estimate", why="a < b")),
    Bullets((Item((Span("bold", strong=True),)),), ordered=True),
    Checklist("Tick", (Item(said("shoes")),)),
    Table("T", ("A", "B"), (Row((said("1"), said("2")), Grounds("source", "high", cites=(2,))),), "Rests on"),
    KeyFacts((("Kind", said("<script>")),)),
    Alert("emergency", "Now", (Item(said("go")),)),
    ClaimChecked("c", "It is so", "partly", "Partly true", said("Not always."), Grounds("source", "low", cites=(1,))),
)


def test_every_kind_of_block_becomes_plain_html():
    html = blocks_html(EVERY_BLOCK, href)
    assert '<a href="/library/b/#x">this &amp; that</a>' in html
    assert 'aria-label="Source 1">1</a></sup><sup>, </sup><sup>' in html  # 1 and 2 do not read as 12
    assert "<details" in html
    assert "a &lt; b" in html
    assert "&lt;script&gt;" in html
    assert '<th scope="row">1</th><td>2</td>' in html
    assert '<div class="alert alert-emergency">' in html
    assert 'class="claim claim-partly" id="claim-c"' in html
    assert "<ol><li><strong>bold</strong></li></ol>" in html
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", html)


def test_marks_say_in_words_what_the_dots_show():
    html = grounds_html(Grounds("source", "moderate", cites=(3,)))
    assert "moderate certainty" in html
    assert '<span class="dots" aria-hidden="true">●●●○</span>' in html
    assert grounds_html(None) == ""


def test_sources_stand_at_the_end_with_how_far_they_were_read():
    cites = Citations({MEMORY.id: MEMORY})
    cites.cite("old-1990")
    html = article_html(article("a", Paragraph(said("x")), sources=cites.notes()), href)
    assert html.endswith("</ol></section>")
    assert '<li id="source-1">' in html
    assert "recalled, not re-read" in html


# -- how plain ---------------------------------------------------------------------------------------------------------

BY_SYLLABLES = {
    1: "leg calf foot heel thigh nerve walked knees weak stand pain blood scanned toes cause both which through helped eased sides pushed",
    2: "muscle weakness doctor ankle hamstring tendon numbness buttock dying going lion being wasted needed changes senses little muscles "
    "nation special patient walking people quiet trial useful careless",
    3: "ambulance exercise medicine hospital tendency recovered soleus radial serious area idea piano balancing radio gradual creatine",
    4: "emergency diabetes operation information sciatica generally experience neuropathy",
    5: "examination university",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, words in BY_SYLLABLES.items() for w in words.split()])
def test_syllables_as_spoken(count, word):
    assert syllables(word) == count


def test_grade_level_by_hand():
    # 8 words, 2 sentences, 10 syllables: 0.39 x 4 + 11.8 x 1.25 - 15.59 = 0.72
    assert grade("The leg is weak. See a doctor today.") == pytest.approx(0.72)
    # 5 words, 1 sentence, 5 + 4 + 1 + 1 + 4 = 15 syllables: 0.39 x 5 + 11.8 x 3 - 15.59 = 21.76
    assert grade("Electrical examination of all neuropathy.") == pytest.approx(0.39 * 5 + 11.8 * (4 + 5 + 1 + 1 + 4) / 5 - 15.59)
    assert grade("") == 0.0


# -- hand-written articles ---------------------------------------------------------------------------------------------

HEAD = """---
title: Weak legs
kind: entry
lead: What to do.
synonyms: feeble legs; legs that fail
topics: help
published: 2026-11-22
reviewed: 2026-12-01
next: 2027-11-22
clinician: none yet
---
"""


@pytest.fixture(scope="module")
def desk(compiled: Compiled, opened_once: None) -> Desk:
    return Desk(compiled.kb, open_care(), open_ledger(), open_measures(), compiled.network, checked_dates())


def test_a_hand_written_article_is_read_into_the_same_blocks(desk: Desk):
    read = read_text(
        desk,
        "entry.md",
        HEAD
        + """
## First things first {#first}

::: emergency Go now if
- You are **numb** between the legs. [@girft-ces-2023: pathway] {covers cauda-equina-hard-signs}
- Both legs
  fail. [@nice-ng127] [@girft-ces-2023]

Text over
two lines with a [disc](condition:lumbar-disc-radiculopathy). [@estimate: a rule of thumb]

1. One
2. Two, see [above](section:first)

- [ ] Shoes

!exercise bridge The bridge.
""",
    )
    assert (read.title, read.kind, read.slug, read.synonyms) == (
        "Weak legs",
        "entry",
        slug_of("entry", ""),
        ("feeble legs", "legs that fail"),
    )
    assert (read.dates.published, read.dates.reviewed) == (datetime.date(2026, 11, 22), datetime.date(2026, 12, 1))
    assert read.contents == (("first", "First things first"),)
    alert, paragraph, ordered, boxes, figure = read.blocks
    assert isinstance(alert, Alert)
    assert alert.level == "emergency"
    assert [s.kind for s in alert.items[0].text] == ["text", "strong", "text", "cite"]
    assert alert.items[0].covers == ("cauda-equina-hard-signs",)
    assert [s.cite for s in alert.items[1].text] == [0, 2, 1]
    assert alert.items[1].text[0].text == "Both legs fail."
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text[1].slug == "condition-lumbar-disc-radiculopathy"
    assert paragraph.grounds == Grounds("estimate", why="a rule of thumb")
    assert isinstance(ordered, Bullets)
    assert ordered.ordered
    assert isinstance(boxes, Checklist)
    assert isinstance(figure, Figure)
    assert figure.svg.startswith("<svg")
    assert read.sources[0].places == ("pathway",)


@pytest.mark.parametrize(
    ("body", "told", "line"),
    [
        ("## A\n\nSee [this](condition:made-up).", 'There is no condition "made-up" to lead to.', 14),
        ("## A\n\nTrue. [@invented-2020]", '"invented-2020" is no source.', 14),
        ("## A\n\n- Go. {covers no-such-rule}", '"no-such-rule" is neither a red flag nor a line of the safety net.', 14),
        ("## A\n\nA [half link.", "A bracket or star that is no link, source or emphasis.", 14),
        ("## A\n\n::: panic Run\n- Go.", '"::: panic Run" begins no alert.', 14),
        ("Words first.", "Text before the first heading.", 12),
        ("## A\n\n!exercise juggling It.", 'There is no exercise "juggling" to draw.', 14),
        ("## A\n\n!bodymap weak-mind It.", "The body map shows no weakness as weak-mind.", 14),
        ("## A\n\n- See [there](section:b).", 'There is no section "b".', 14),
    ],
)
def test_what_is_wrong_in_a_hand_written_article_is_told_with_its_line(desk: Desk, body: str, told: str, line: int):
    with pytest.raises(KnowledgeError) as caught:
        read_text(desk, "entry.md", HEAD + body)
    assert [(p.what, p.line) for p in caught.value.problems] == [(told, line)]


def test_every_problem_of_a_front_matter_is_told_at_once(desk: Desk):
    wrong = (
        HEAD.replace("kind: entry", "kind: poem").replace("published: 2026-11-22", "published: yesterday").replace("clinician", "doctor")
    )
    with pytest.raises(KnowledgeError) as caught:
        read_text(desk, "entry.md", wrong)
    told = "\n".join(p.what for p in caught.value.problems)
    for part in ('"doctor: none yet" is no line', "lacks clinician", 'published "yesterday" is no date', '"poem" is no kind'):
        assert part in told
