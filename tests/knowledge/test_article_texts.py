"""Every article of the library: complete, linked, sourced, plain, and never claiming a diagnosis; and the search finds them."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from statistics import median

import pytest
import yaml

from soleus.knowledge.loader import DATA
from soleus.knowledge_store import Compiled, open_care, open_ledger, open_measures
from soleus.reports.articles.article import KINDS, Article
from soleus.reports.articles.blocks import Alert, Block, Figure, Statement, spans, statements
from soleus.reports.articles.dates import checked_dates
from soleus.reports.articles.desk import ENTRY, HELP, slug_of
from soleus.reports.articles.html import article_html
from soleus.reports.articles.library import all_articles
from soleus.reports.articles.readability import grade, prose
from soleus.reports.articles.search import SearchIndex, rows

Articles = Mapping[str, Article]
_FIGURE = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)?(?![\w-])")
_NAMES = re.compile(
    r"\b(?:type|types|grade|stage|class|neurofibromatosis|diabetes|factor|level|vitamin B|protein|herpes|HTLV|section|interleukin) \d+\b",
    re.I,
)
"""Numbers that are part of a name."""
GENERATED = tuple(k for k in KINDS if k != "entry")


@pytest.fixture(scope="module")
def articles(compiled: Compiled, opened_once: None) -> Articles:
    return all_articles(compiled.kb, open_care(), open_ledger(), open_measures(), compiled.network)


@pytest.fixture(scope="module")
def index(articles: Articles) -> SearchIndex:
    return SearchIndex(articles)


# -- complete ----------------------------------------------------------------------------------------------------------


def test_every_entry_has_its_article(articles: Articles, compiled: Compiled):
    care, kb = open_care(), compiled.kb
    told = {f.id for f in kb.findings.values() if "person" in f.who and f.kind.value != "risk"}
    wanted = {
        "condition": kb.conditions,
        "finding": told,
        "test": kb.tests,
        "treatment": care.treatments,
        "technique": care.techniques,
        "exercise": care.exercises,
        "prevention": care.prevention,
        "device": care.devices,
        "measure": open_measures(),
        "help": ("", "emergency", "same_day", "within_2_weeks", "routine"),
        "entry": ("",),
    }
    slugs = [slug_of(kind, id_) for kind, ids in wanted.items() for id_ in ids]
    assert sorted(slugs) == sorted(articles)
    assert {a.kind for a in articles.values()} == set(KINDS)


def test_the_sections_a_reader_of_a_condition_looks_for_are_there(articles: Articles):
    needed = {"what-it-is", "how-it-shows", "who-gets-it", "tests", "treatment", "training", "what-to-expect", "when-to-come-back"}
    for a in articles.values():
        if a.kind == "condition":
            assert needed <= {s.anchor for s in a.sections}, a.slug


def test_every_exercise_is_drawn_and_drawings_hold_no_style_or_script(articles: Articles):
    drawn = {a.about: [b for b in a.blocks if isinstance(b, Figure)] for a in articles.values() if a.kind == "exercise"}
    assert all(len(figures) == 1 for figures in drawn.values())
    for id_ in ("heel-raise-single", "bridge", "sit-to-stand"):
        svg = drawn[id_][0].svg
        assert svg.startswith("<svg")
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", svg)


def test_sections_have_anchors_and_words_of_their_own(articles: Articles):
    for a in articles.values():
        anchors = [s.anchor for s in a.sections]
        assert len(set(anchors)) == len(anchors), a.slug
        assert all(re.fullmatch(r"[a-z0-9-]+", x) for x in anchors), a.slug
        assert all(s.blocks and s.heading for s in a.sections), a.slug
        assert a.title, a.slug
        assert a.lead.endswith((".", "!", "?")), (a.slug, a.lead)
        assert "  " not in a.body, a.slug


def test_dates_are_in_order_and_honest_about_the_reviewer(articles: Articles):
    for a in articles.values():
        assert a.dates.published <= a.dates.reviewed < a.dates.next, a.slug
        assert not a.dates.has_reviewer, a.slug  # no clinician has reviewed any yet; see CONTRIBUTING


def test_the_days_read_from_the_entries_are_those_that_stand_there():
    days = checked_dates()
    paths = sorted((DATA / "conditions").glob("*.yaml"))
    assert sorted(days) == [p.stem for p in paths]
    for path in paths[::20]:
        assert days[path.stem] == yaml.safe_load(path.read_text(encoding="utf-8"))["review"]["checked_against_source"]


# -- linked ------------------------------------------------------------------------------------------------------------


def test_every_link_leads_somewhere(articles: Articles):
    for a in articles.values():
        sources = {s.number for s in a.sources}
        anchors = {s.anchor for s in a.sections} | {s.anchor for s in a.sources}
        for block in a.blocks:
            for span in spans(block):
                assert not span.slug or span.slug in articles, (a.slug, span)
                assert not span.cite or span.cite in sources, (a.slug, span)
                assert not span.anchor or span.slug or span.anchor in anchors, (a.slug, span)
        assert all(r.slug in articles and r.slug != a.slug and r.title == articles[r.slug].title for r in a.related), a.slug
        assert [s.number for s in a.sources] == list(range(1, len(a.sources) + 1)), a.slug


def test_hardly_an_article_stands_alone(articles: Articles):
    alone = [a.slug for a in articles.values() if not a.related]
    assert len(alone) <= 0.02 * len(articles), alone


def test_a_condition_leads_to_its_look_alikes_tests_or_exercises(articles: Articles):
    related = {r.slug for r in articles["condition-achilles-tendon-rupture"].related}
    assert related & {"condition-calf-strain", "test-ultrasound-tendon", "treatment-achilles-repair", "treatment-achilles-functional-brace"}


# -- sourced -----------------------------------------------------------------------------------------------------------


def _bare(block: Block) -> list[Statement]:
    """Statements with figures that rest on nothing; figures in the name of something that is linked to are no statement."""
    names = sorted({s.text for s in spans(block) if s.slug}, key=len, reverse=True)
    found = []
    for s in statements(block):
        text = s.text
        for name in names:
            text = text.replace(name, "")
        if _FIGURE.search(_NAMES.sub("", text)) and not s.cited and s.grounds is None:
            found.append(s)
    return found


def test_every_figure_in_an_article_has_a_source_or_is_marked_as_an_estimate(articles: Articles):
    named = ("key-facts", "figure")  # names, codes and what it asks of you
    bare = [(a.slug, s.text) for a in articles.values() for b in a.blocks if b.kind not in named for s in _bare(b)]
    assert bare == []


def test_an_estimate_says_why_wherever_the_knowledge_does(articles: Articles):
    for a in articles.values():
        for s in a.statements():
            if s.grounds and not s.grounds.is_guess:
                assert s.grounds.cites or s.cited, (a.slug, s)


def test_treatment_options_show_how_strong_the_advice_is(articles: Articles):
    table = next(b for b in articles["condition-lumbar-disc-radiculopathy"].blocks if b.kind == "table" and "Options" in b.caption)  # type: ignore[union-attr]
    marks = [row.grounds.words for row in table.rows]  # type: ignore[union-attr]
    assert "NICE NG59: consider; low certainty" in marks
    assert "expert estimate" in marks


def test_claims_about_a_condition_are_shown_with_their_verdict(articles: Articles):
    disc = articles["condition-lumbar-disc-radiculopathy"]
    assert "bed-rest-cures-sciatica" in disc.claims
    shown = {b.id: b.verdict for b in disc.blocks if b.kind == "claim"}  # type: ignore[union-attr]
    assert shown["bed-rest-cures-sciatica"] == "unsupported"


# -- no diagnosis, no dose ---------------------------------------------------------------------------------------------

_CLAIMS = re.compile(
    r"(?<!if )(?<!that )(?<!whether )\byou (?:have|suffer from|are suffering from) (?:got )?(?:a |an |the )?(?P<what>[a-z -]{4,40})"
    r"|\byour diagnosis is\b|\bthis means (?:that )?you have\b|\bwe diagnose\b|\bSoleus (?:diagnoses|found that you)\b"
)


def test_no_article_tells_a_reader_what_he_has(articles: Articles, compiled: Compiled):
    names = {n.lower() for c in compiled.kb.conditions.values() for n in (c.name, c.lay_name)}
    told = []
    for a in articles.values():
        for s in [a.lead, *(x.text for x in a.statements())]:
            for sentence in re.split(r"(?<=[.!?])\s|\n", s):
                match = _CLAIMS.search(sentence)
                if match and (match["what"] is None or match["what"].strip() in names):
                    told.append((a.slug, sentence))
    assert told == []


def test_every_condition_says_that_a_page_cannot_diagnose(articles: Articles):
    for a in articles.values():
        if a.kind == "condition":
            assert "It cannot tell whether you have it" in a.body, a.slug


def test_no_prescription_medicine_comes_with_a_dose(articles: Articles):
    for id_, treatment in open_care().treatments.items():
        if treatment.prescription:
            assert not re.search(r"\d\s?(?:mg|mcg|µg|tablets|capsules|units)\b", articles[slug_of("treatment", id_)].body), id_


# -- emergencies -------------------------------------------------------------------------------------------------------


def _covered(a: Article) -> dict[str, str]:
    """Every red flag that an article covers, and the words with which it does."""
    return {id_: "".join(s.text for s in i.text) for b in a.blocks for i in getattr(b, "items", ()) for id_ in i.covers}


def test_the_entry_article_names_every_emergency(articles: Articles, compiled: Compiled):
    covered = _covered(articles[ENTRY])
    rules = {r.id for r in compiled.kb.rules.values() if r.level == "emergency"}
    general = {p.id for p in open_care().safety_net.values() if p.level == "emergency" and not p.facts}
    assert (rules | general) - covered.keys() == set()


_DULL = frozenset(
    "now hospital emergency needs need have with that this from after your when weak weakness legs leg numb someone somebody should because "
    "ambulance call into which where within above there both urgent signs shows test".split()
)


_ALIKE = {"blad": "urin", "wate": "urin", "rete": "urin", "bowe": "stoo", "sphi": "urin"}
"""Beginnings of words that mean one thing here."""


def test_what_covers_an_emergency_speaks_of_the_same_thing(articles: Articles, compiled: Compiled):
    """A line covers a red flag only if they share words that say something; breathing is breath in both."""

    def stems(text: str) -> set[str]:
        found = {w[:4] for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in _DULL}
        return {_ALIKE.get(stem, stem) for stem in found}

    kb, care = compiled.kb, open_care()
    lost = []
    for slug in (ENTRY, HELP):
        for id_, words in _covered(articles[slug]).items():
            told = f"{kb.rules[id_].lay} {kb.rules[id_].text}" if id_ in kb.rules else ""
            told += care.safety_net[id_].text if id_ in care.safety_net else ""
            if not stems(words) & stems(told):
                lost.append((slug, id_, words))
    assert lost == []


def test_the_short_list_covers_the_safety_net_for_everybody(articles: Articles):
    covered = _covered(articles[HELP])
    for p in open_care().safety_net.values():
        if p.level in ("emergency", "same_day") and not p.facts:
            assert p.id in covered, p.id


def test_every_red_flag_stands_on_the_page_of_its_level(articles: Articles, compiled: Compiled):
    for level in ("emergency", "same_day", "within_2_weeks", "routine"):
        covered = _covered(articles[f"{HELP}-{level}"])
        assert {r.id for r in compiled.kb.rules.values() if r.level == level} <= covered.keys()
        assert {p.id for p in open_care().safety_net.values() if p.level == level} <= covered.keys()


def test_help_comes_first_where_it_matters(articles: Articles):
    for slug in (
        ENTRY,
        HELP,
        f"{HELP}-emergency",
        "condition-cauda-equina-syndrome",
        "condition-acute-limb-ischaemia",
        "symptom-numb-saddle",
    ):
        first = next(iter(articles[slug].blocks))
        assert isinstance(first, Alert), slug
        assert first.level == "emergency", slug


# -- plain -------------------------------------------------------------------------------------------------------------


def test_hand_written_articles_are_grade_8_or_easier(articles: Articles):
    for slug in (ENTRY, HELP):
        assert grade(prose(articles[slug])) <= 8.0, slug


def test_articles_are_plain(articles: Articles):
    """Half of each kind at grade 8 or easier, and none a text for university; the worst are printed."""
    grades = sorted(((grade(prose(a)), a.slug) for a in articles.values()), reverse=True)
    print("\nhardest to read:", ", ".join(f"{slug} {g:.1f}" for g, slug in grades[:10]))
    for kind in KINDS:
        own = [g for g, slug in grades if articles[slug].kind == kind]
        print(f"{kind}: median {median(own):.1f}, hardest {max(own):.1f}")
        assert median(own) <= 8.0, kind
    assert sum(g > 8 for g, _ in grades) <= 0.03 * len(grades)
    assert grades[0][0] <= 13


def test_the_entry_article_is_read_in_ten_minutes(articles: Articles):
    entry = articles[ENTRY]
    assert 1500 <= entry.words <= 2200
    assert entry.reading_minutes <= 11
    assert sum(isinstance(b, Figure) for b in entry.blocks) >= 2
    assert [s.anchor for s in entry.sections] == [
        "help-first", "what-it-means", "causes", "signs", "diagnosis", "treatment", "exercise", "prevention", "now",
    ]  # fmt: skip


# -- search ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "slug", "within"),
    [
        ("herniatd disc", "condition-lumbar-disc-radiculopathy", 1),
        ("gillian barre", "condition-guillain-barre-syndrome", 1),
        ("guillan-barre", "condition-guillain-barre-syndrome", 1),
        ("achiles tendon rupture", "condition-achilles-tendon-rupture", 1),
        ("slipped disc", "condition-lumbar-disc-radiculopathy", 1),
        ("als", "condition-amyotrophic-lateral-sclerosis", 1),
        ("foot drop", "symptom-weak-ankle-dorsiflexion", 2),
        ("cant stand on tiptoe", "symptom-weak-ankle-plantarflexion", 1),
        ("numb between the legs", "symptom-numb-saddle", 2),
        ("heel rise", "measure-heel-rise", 2),
        ("ibuprofen", "treatment-nsaid", 1),
        ("walking stick", "aid-cane", 3),
        ("emergency", "when-to-seek-help-emergency", 2),
        ("when to see a doctor", "when-to-seek-help", 3),
        ("weak back of the leg", "weakness-at-the-back-of-the-leg", 2),
        ("nerve conduction", "test-nerve-conduction", 1),
        ("cauda equina", "condition-cauda-equina-syndrome", 1),
        ("sciatica", "condition-lumbar-disc-radiculopathy", 1),
        ("achill", "condition-achilles-tendon-rupture", 3),  # not typed to its end
        ("nordic hamstring", "exercise-nordic-hamstring", 3),
    ],
)
def test_search_finds_what_is_meant(index: SearchIndex, query: str, slug: str, within: int):
    assert slug in [h.slug for h in index.search(query, within)], [h.slug for h in index.search(query, 5)]


def test_a_misspelt_muscle_is_found_and_the_word_meant_is_named(index: SearchIndex):
    hits = index.search("soleous", 10)
    assert hits
    assert all("soleus" in f"{index.articles[h.slug].body} {' '.join(index.articles[h.slug].synonyms)}".lower() for h in hits[:3])
    assert hits[0].matched == ("soleus",)


def test_search_keeps_to_the_kinds_asked_for_and_finds_nothing_in_nonsense(index: SearchIndex):
    assert {h.kind for h in index.search("heel", 30, ("exercise", "measure"))} == {"exercise", "measure"}
    assert index.search("", 5) == index.search("the of and", 5) == index.search("qqqxxzzy", 5) == []


def test_a_title_weighs_more_than_a_mention(index: SearchIndex):
    top = index.search("stroke", 3)[0]
    assert "stroke" in index.articles[top.slug].title.lower()


def test_rows_for_a_database_hold_every_article_once(articles: Articles):
    found = list(rows(articles.values()))
    assert sorted(r.slug for r in found) == sorted(articles)
    assert all(r.title and r.lead and r.body for r in found)


# -- fast --------------------------------------------------------------------------------------------------------------


def test_all_articles_are_built_and_rendered_in_time(compiled: Compiled, opened_once: None):
    began = time.process_time()
    built = all_articles(compiled.kb, open_care(), open_ledger(), open_measures(), compiled.network)
    assert time.process_time() - began < 3.0
    worst = 0.0
    for a in built.values():
        if not any(isinstance(b, Figure) for b in a.blocks):
            began = time.process_time()
            html = article_html(a, lambda slug: f"/library/{slug}/")
            worst = max(worst, time.process_time() - began)
            assert len(html) < 150_000, a.slug
            assert not re.search(r"<script|<style|\sstyle=", html), a.slug
    assert worst < 0.02  # 1 ms as measured; the rest is for a busy machine


def test_the_same_knowledge_gives_the_same_versions(articles: Articles, compiled: Compiled):
    again = all_articles(compiled.kb, open_care(), open_ledger(), open_measures(), compiled.network)
    assert {s: a.version for s, a in again.items()} == {s: a.version for s, a in articles.items()}
    assert [a.related for a in again.values()] == [a.related for a in articles.values()]
