"""When to seek help, a page a level: every red flag and every line of the safety net, plain and by urgency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from soleus.domain.care import SafetyPoint
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Alert, Block, Bullets, Item, Paragraph, Section, Span
from soleus.reports.articles.desk import Desk, guessed, item, slug_of, text
from soleus.reports.articles.grounds import Citations, Grounds
from soleus.reports.articles.words import capital, ended, joined
from soleus.reports.careplan.words import DO_NOW
from soleus.reports.words import URGENCY

LEVELS: Mapping[str, tuple[str, str]] = {
    "emergency": (
        "Emergency signs: get help now",
        "Signs with a weak, numb or painful leg that need an ambulance or an emergency department now.",
    ),
    "same_day": ("Signs to be seen for today", "Signs with a weak, numb or painful leg for which you should see a doctor today."),
    "within_2_weeks": ("Signs to be seen for within two weeks", "Signs that can wait for some days, but not for months."),
    "routine": ("What an ordinary appointment is for", "What should be looked at without hurry, and what is good to know."),
}
HEADS = {
    "emergency": "If any of this is true now, stop reading and get help",
    "same_day": "See a doctor today if any of this is true",
    "within_2_weeks": "Ask for an appointment within two weeks if any of this is true",
    "routine": "Bring this to an ordinary appointment",
}


def articles(desk: Desk) -> Articles:
    for level in LEVELS:
        yield article(desk, level)


def article(desk: Desk, level: str) -> Article:
    """All that belongs to one level of urgency."""
    cites = desk.new()
    net = [p for p in desk.care.safety_net.values() if p.level == level]
    title, lead = LEVELS[level]
    conditions = sorted((c for c in desk.kb.conditions.values() if c.urgency == level), key=lambda c: (-c.yield_per_100k, c.id))
    everybody = tuple(_point(desk, p, cites) for p in net if not p.facts)
    some = tuple(_point(desk, p, cites) for p in net if p.facts)
    sections = (
        Section("First", "first", tuple(_first(desk, level, everybody))),
        Section("Every warning sign of this level", "signs", tuple(_signs(desk, level, cites))),
        *((Section("If this is true of you", "for-some", (Bullets(some),)),) if some else ()),
        *(
            (
                Section(
                    "Conditions that need this",
                    "conditions",
                    (Bullets(tuple(Item(text(desk.link("condition", c.id))) for c in conditions)),),
                ),
            )
            if conditions
            else ()
        ),
        Section("More or less urgent", "other-levels", (Bullets(tuple(_others(desk, level))),)),
    )
    return Article(
        slug_of("help", level),
        "when-to-seek-help",
        level,
        title,
        lead,
        tuple(s for s in sections if s.blocks),
        desk.dates_of(conditions),
        cites.notes(),
        (
            "red flags",
            "warning signs",
            "urgent",
            URGENCY[level][0].lower(),
            "emergency signs" if level == "emergency" else "when to see a doctor",
        ),
        level,
        frozenset(["help"]),
    )


def _first(desk: Desk, level: str, everybody: tuple[Item, ...]) -> Iterator[Block]:
    yield Alert(level, f"{HEADS[level]}. {URGENCY[level][1]}", everybody)
    if level == "emergency":
        yield Bullets(tuple(item(t) for t in DO_NOW))
    yield Paragraph(text("If you are not sure, act as if it were the more urgent of two."))


def _point(desk: Desk, p: SafetyPoint, cites: Citations) -> Item:
    whom = f"If you {joined(desk.who(p.facts), 'or')}: " if p.facts else ""
    return Item(text(Span(whom, strong=True) if whom else "", ended(p.text)), cites.support(p.support), (p.id,))


def _signs(desk: Desk, level: str, cites: Citations) -> Iterator[Block]:
    rules = [r for r in desk.kb.rules.values() if r.level == level]
    items = []
    for r in rules:
        words = ended(capital(r.lay.strip()))
        items.append(Item(text(words), Grounds("source", cites=(cites.cite(r.ref, r.at),), why=r.at) if r.ref else guessed(words), (r.id,)))
    if items:
        yield Bullets(tuple(items))


def _others(desk: Desk, level: str) -> Iterator[Item]:
    yield Item(text(desk.link("help", "", "When to seek help: the short list")))
    for other, (title, _) in LEVELS.items():
        if other != level:
            yield Item(text(desk.link("help", other, title)))
