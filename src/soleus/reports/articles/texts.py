"""Hand-written articles: Markdown files with few signs, read into the same blocks as all other articles.

Every sign is explained in docs/reference/articles.md. A link or source that does not exist stops the load, with file and line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from soleus.domain.errors import KnowledgeError, Problem
from soleus.domain.knowledge_base import LEVELS
from soleus.knowledge.loader import DATA
from soleus.reports.articles.article import KINDS, Article, Dates
from soleus.reports.articles.blocks import Alert, Block, Bullets, Checklist, Figure, Item, Paragraph, Section, Span
from soleus.reports.articles.desk import ENTRY, HELP, Desk
from soleus.reports.articles.grounds import Citations, Grounds
from soleus.reports.bodymap.draw import body_map
from soleus.reports.bodymap.regions import REGIONS

FOLDER = DATA / "articles"
SLUGS = {"entry": ENTRY, "when-to-seek-help": HELP}
_INLINE = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*"
    r"|\[(?P<words>[^\]@]+)\]\((?P<kind>[a-z]+):(?P<id>[a-z0-9_-]*)\)"
    r"|\s*\[@estimate: (?P<why>[^\]]+)\]"
    r"|\s*\[@(?P<ref>[a-z0-9-]+)(?:: (?P<at>[^\]]+))?\]"
)
_COVERS = re.compile(r"\s*\{covers ([a-z0-9 -]+)\}\s*$")
_HEADING = re.compile(r"## (?P<heading>[^{]+?)(?: \{#(?P<anchor>[a-z-]+)\})?$")
_KEYS = {"title", "kind", "lead", "synonyms", "published", "reviewed", "next", "clinician", "topics"}


@dataclass
class Reader:
    """Reads one file, and gathers every problem in it."""

    desk: Desk
    name: str
    cites: Citations
    problems: list[Problem] = field(default_factory=list)
    line: int = 0

    def wrong(self, what: str, cure: str = "") -> None:
        self.problems.append(Problem(self.name, what, cure, self.line))

    def item(self, words: str) -> Item:
        """A line of text with its links, sources and what it covers."""
        covers: tuple[str, ...] = ()
        if match := _COVERS.search(words):
            covers = tuple(match[1].split())
            words = words[: match.start()]
            for rule in covers:
                if rule not in self.desk.kb.rules and rule not in self.desk.care.safety_net:
                    self.wrong(f'"{rule}" is neither a red flag nor a line of the safety net.')
        spans: list[Span] = []
        grounds: Grounds | None = None
        at = 0
        for match in _INLINE.finditer(words):
            if match.start() > at:
                spans.append(Span(words[at : match.start()]))
            at = match.end()
            if match["strong"]:
                spans.append(Span(match["strong"], strong=True))
            elif match["words"]:
                spans.append(self._link(match["words"], match["kind"], match["id"]))
            elif match["why"]:
                grounds = Grounds("estimate", why=match["why"])
            else:
                spans.append(self._cite(match["ref"], match["at"] or ""))
        if words[at:]:
            spans.append(Span(words[at:]))
        if any(sign in s.text for s in spans for sign in ("[", "]", "{", "}", "**")):
            self.wrong("A bracket or star that is no link, source or emphasis.", "See docs/reference/articles.md.")
        return Item(tuple(spans), grounds, covers)

    def _link(self, words: str, kind: str, id_: str) -> Span:
        if kind == "section":
            return Span(words, anchor=id_)
        try:
            return self.desk.link(kind, id_, words)
        except KeyError:
            self.wrong(f'There is no {kind} "{id_}" to lead to.')
            return Span(words)

    def _cite(self, ref: str, at: str) -> Span:
        try:
            number = self.cites.cite(ref, at)
        except KeyError:
            self.wrong(f'"{ref}" is no source.', "Sources stand in data/sources.")
            return Span("")
        return Span(str(number), anchor=f"source-{number}", cite=number)

    def block(self, lines: list[str]) -> Block:
        """One block from the lines between two empty ones."""
        first = lines[0]
        if first.startswith("!"):
            return self._figure(first)
        if first.startswith(":::"):
            level, _, title = first[3:].strip().partition(" ")
            if level not in (*LEVELS, "note") or not title:
                self.wrong(f'"{first}" begins no alert.', f"Write `::: level Title`; levels are {', '.join((*LEVELS, 'note'))}.")
            return Alert(level, title, self._items(lines[1:]))
        if first.startswith("- [ ] "):
            return Checklist("", tuple(replace(i) for i in self._items([line.replace("- [ ] ", "- ", 1) for line in lines])))
        if first.startswith("- "):
            return Bullets(self._items(lines))
        if re.match(r"\d+\. ", first):
            return Bullets(self._items([re.sub(r"^\d+\. ", "- ", line) for line in lines]), ordered=True)
        read = self.item(" ".join(lines))
        return Paragraph(read.text, read.grounds)

    def _items(self, lines: list[str]) -> tuple[Item, ...]:
        joined: list[str] = []
        for line in lines:
            if line.startswith("- "):
                joined.append(line[2:])
            elif joined:
                joined[-1] += " " + line.strip()
            else:
                self.wrong("A list begins with a dash.")
        return tuple(self.item(line) for line in joined)

    def _figure(self, line: str) -> Figure:
        kind, id_, caption = (*line[1:].split(" ", 2), "")[:3]
        if kind == "bodymap":
            return self._body_map(id_.split(","), caption)
        exercise = self.desk.care.exercises.get(id_)
        if kind != "exercise" or exercise is None:
            self.wrong(
                f'There is no exercise "{id_}" to draw.', "Write `!exercise its-id A caption`, or `!bodymap finding,finding A caption`."
            )
            return Figure(id_, id_, caption)
        return Figure(id_, exercise.name, caption or exercise.name, exercise.figure)

    def _body_map(self, findings: list[str], caption: str) -> Figure:
        """The legs from behind, with the regions marked in which a weakness is one of these findings."""
        marks = {id_: ("weak",) for id_, r in REGIONS.items() if r.kind.findings.get("weak") in findings}
        if lost := set(findings) - {REGIONS[id_].kind.findings["weak"] for id_ in marks}:
            self.wrong(f"The body map shows no weakness as {', '.join(sorted(lost))}.")
        (panel,) = body_map(marks, ("back",), prefix="muscles", links=False)
        return Figure("muscles", panel.title, caption, drawn=panel.svg)

    def sections(self, lines: list[str], offset: int) -> tuple[Section, ...]:
        """Everything below the front matter."""
        sections: list[tuple[str, str, list[Block]]] = []
        chunk: list[str] = []

        def close() -> None:
            if chunk:
                if sections:
                    sections[-1][2].append(self.block(chunk))
                else:
                    self.wrong("Text before the first heading.", "Begin with a line: ## A heading")
                chunk.clear()

        for number, line in enumerate(lines, offset):
            if match := _HEADING.match(line):
                close()
                heading = match["heading"]
                sections.append((heading, match["anchor"] or re.sub(r"[^a-z]+", "-", heading.lower()).strip("-"), []))
            elif not line.strip():
                close()
            else:
                if not chunk:
                    self.line = number
                chunk.append(line.rstrip())
        close()
        return tuple(Section(heading, anchor, tuple(blocks)) for heading, anchor, blocks in sections)


def read_text(desk: Desk, name: str, content: str) -> Article:
    """One hand-written article.

    Args:
        name: Of the file, for what is wrong in it.

    Raises:
        KnowledgeError: With every problem found.
    """
    reader = Reader(desk, name, desk.new())
    head, lines, offset = _front_matter(reader, content)
    sections = reader.sections(lines, offset)
    anchors = {s.anchor for s in sections}
    for section in sections:
        for block in section.blocks:
            for item in getattr(block, "items", ()):
                if lost := [s.anchor for s in item.text if s.anchor and not s.slug and not s.cite and s.anchor not in anchors]:
                    reader.wrong(f'There is no section "{lost[0]}".')
    if reader.problems:
        raise KnowledgeError(reader.problems, source=name)
    kind = next(k for k in KINDS if k == head["kind"])

    def day(key: str) -> datetime.date:
        return datetime.date.fromisoformat(head[key])

    return Article(
        SLUGS[kind],
        kind,
        name.removesuffix(".md"),
        head["title"],
        head["lead"],
        sections,
        Dates(day("published"), day("reviewed"), day("next"), head["clinician"]),
        reader.cites.notes(),
        tuple(s.strip() for s in head["synonyms"].split(";")),
        "",
        frozenset(head["topics"].split()),
    )


def _front_matter(reader: Reader, content: str) -> tuple[Mapping[str, str], list[str], int]:
    lines = content.splitlines()
    end = lines.index("---", 1) if lines[:1] == ["---"] and "---" in lines[1:] else 0
    head: dict[str, str] = {}
    for number, line in enumerate(lines[1:end], 2):
        reader.line = number
        key, colon, value = line.partition(": ")
        if not colon or key not in _KEYS:
            reader.wrong(f'"{line}" is no line of the front matter.', f"Its keys are {', '.join(sorted(_KEYS))}.")
        head[key] = value.strip()
    reader.line = 1
    if missing := _KEYS - head.keys():
        reader.wrong(f"The front matter lacks {', '.join(sorted(missing))}.")
    for key in ("published", "reviewed", "next"):
        try:
            datetime.date.fromisoformat(head.get(key, ""))
        except ValueError:
            reader.wrong(f'{key} "{head.get(key, "")}" is no date.', "Write it as 2026-11-22.")
    if head.get("kind") not in SLUGS:
        reader.wrong(f'"{head.get("kind", "")}" is no kind of hand-written article.', f"Kinds are {', '.join(SLUGS)}.")
    if reader.problems:
        raise KnowledgeError(reader.problems, source=reader.name)
    return head, lines[end + 1 :], end + 2


def hand_written(desk: Desk, folder: Path = FOLDER) -> list[Article]:
    """Every hand-written article of a folder.

    Raises:
        KnowledgeError: With every problem of the first file that has any.
    """
    return [read_text(desk, path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))]
