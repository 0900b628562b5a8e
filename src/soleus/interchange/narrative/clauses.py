"""A sentence to clauses: what is spoken of, what is said of it, on which side, and whether it is asserted of this person now."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from soleus.domain.finding import Side
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.narrative import cues
from soleus.interchange.narrative.sentences import Span
from soleus.interchange.narrative.stretches import EXCEPTIONS, TURNS, Atom, stretches
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.reader import ATTRIBUTE_OF, is_attribute, only_status
from soleus.interchange.phrases.status import read_status
from soleus.interchange.phrases.words import content, tokens

_PLURAL_PARTS = frozenset(
    "legs feet calves thighs ankles knees buttocks shins heels soles limbs extremities reflexes jerks arms hands toes "
    "plantars quadriceps shoulders hips".split()
)
_PLANTARS = lazy_pattern(
    r"^(.*\bplantars?(?: responses?| reflex(?:es)?)?)\W+(?:(?:were|are|is|was) )?((?:both |bilaterally )?(?:flexor|extensor|up|down|"
    r"mute|equivocal|absent).*)$",
    re.I | re.S,
)
_NUMBER = lazy_pattern(r"^\s*\d")
_AGE = lazy_pattern(r"^\s*(?:[6-9]|\d\d)\b(?!\s*(?:/|°|deg|[+-]|out of|%|cm|mm))", re.I)
""" "He slept on the arm at 17"."""
_MEASURED = lazy_pattern(r"^\s*[:=]?\s*\d+(?:[.,]\d+)?\s*(?:°\s*[CF]?|degrees?|C|F)(?![a-z])", re.I)
_GRADE = lazy_pattern(
    r"(?:\b(?:mrc|graded?) *)?(?<![\d/.])[0-5]\s*[+-]?(?:\s*(?:-|to|–)\s*[0-5]\s*[+-]?)?\s*(?:/|out of)\s*[45]\b|"
    r"\b(?:mrc|grade)\s*[0-5](?:[+-](?!\d)|\b)|"
    r"(?<![\d/.])[0-4]\+(?!\d)",
    re.I,
)
_OPENING = lazy_pattern(
    r"^(?:on (?:physical |clinical |neurological )?examination,?\s+|there(?:'s| is| was| are| were| has been| have been|"
    r" had been)\s+|(?:he|she|i|it|they|the patient|patient)\s+(?:has|have|had|is|was|also|did|does|do|now|"
    r"(?:had |has |have )?(?:developed|noticed|got)(?= an?\b))\s+|"
    r"(?:the|his|her|my|any|some|also|now|still|(?<=developed )an?|(?<=noticed )an?|(?<=got )an?)\s+)+",
    re.I,
)
_NOTHING = lazy_pattern(r"(?!)")
_BOTH_ALIKE = lazy_pattern(r"\b(?:symmetric\w*|equal(?:ly)?|bilaterally|on both sides)\b", re.I)
_AND_ALIKE = lazy_pattern(r"\W*(?:and |but )?(?:symmetric\w*|equal(?:ly)?|bilaterally)\b", re.I)
_TAIL = lazy_pattern(r"^\W*(?:and|or|nor|but|with|then|which|who|so|that|plus)\b\s*", re.I)


class Assertion(Enum):
    """Of whom, when and how surely a clause speaks."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    DOUBTFUL = "doubtful"
    BEFORE = "before"
    RELATIVE = "relative"
    THOUGHT = "thought"


@dataclass(frozen=True)
class Clause:
    """One statement of a text. `text` and `value` are read as the `finding` and `value` of a case file entry."""

    text: str
    value: str
    side: Side
    assertion: Assertion
    span: Span


def clauses(text: str, lexicon: Lexicon, patient: str = "", about: str = "") -> list[Clause]:
    """Statements of one sentence, in order.

    Args:
        text: The sentence.
        lexicon: The vocabulary.
        patient: "mother" where the whole text is about the writer's mother.
        about: What the sentence before was about, for "I can't lift it".
    """
    if swapped := _condition_last(text, lexicon):
        return [replace(c, span=Span(0, len(text))) for c in clauses(swapped, lexicon, patient, about)]
    plain = _in_plain_words(text, lexicon)
    walk = _Walk(plain, patient, lexicon, about)
    for atom in stretches(plain, lexicon):
        walk.step(atom)
    return walk.found + walk.waiting


def _condition_last(text: str, lexicon: Lexicon) -> str:
    """ "When I walk my calf hurts" as "my calf hurts when I walk", where only so it is a phrase of the vocabulary."""
    match = cues.CONDITION_FIRST.match(text)
    if match is None:
        return ""
    for main in cues.MAIN_CLAUSE.finditer(text, match.end()):
        first, second = text[main.start("main") :].strip(" .,;"), text[match.start("front") : main.start()].strip(" ,")
        border = len(content(tokens(first)))
        words = content(tokens(f"{first} {second}"))
        if any(min(used) < border <= max(used) for _, used in lexicon.findings.find(words, set())):
            return f"{first} {second}"
    return ""


def part_named(said: str) -> str:
    """The part of the body that is named last; empty where none is."""
    return next((m.group().lower() for m in reversed(list(cues.PART.finditer(said)))), "")


def _in_plain_words(text: str, lexicon: Lexicon) -> str:
    """Turns of phrase blotted out or reworded, letter for letter in place, save within phrases of the vocabulary."""
    words = content(tokens(text))
    phrases = [(words[min(used)].start, words[max(used)].end) for _, used in lexicon.findings.find(words, set(), gap=0) if len(used) > 1]
    for pattern, meant in ((cues.UNRELIEVED, "morphine did nothing"), (cues.IDIOM, ""), *cues.REWORDED):

        def plain(match: re.Match[str], meant: str = meant, pattern: re.Pattern[str] = pattern) -> str:
            always = pattern in cues.ALWAYS
            if pattern is cues.IDIOM:
                kept = any(a <= match.start() and match.end() <= b for a, b in phrases)
            else:
                kept = not always and any(a <= match.start() < b or a < match.end() <= b for a, b in phrases)
            return match.group() if kept else match.expand(meant).ljust(len(match.group()))

        text = pattern.sub(plain, text)
    return text


class _Walk:
    """Goes through the stretches of a sentence and carries along what reaches further than one: side, denial, subject."""

    def __init__(self, sentence: str, patient: str, lexicon: Lexicon, about: str) -> None:
        self.lexicon = lexicon
        self.sentence = sentence
        self.patient = patient
        self._of_patient = re.compile(rf"^{re.escape(patient)}(?:'s)?\s+(?=\w)", re.I) if patient else _NOTHING
        self.found: list[Clause] = []
        self.denied = self.family = self.before = False
        self.asked = sentence.rstrip().endswith("?")
        self.thought = self.asked and not any(t.word in cues.VERB for t in tokens(sentence))
        self.side = Side.UNSTATED
        self.spoken_of = ""
        """Subject of the last predicate: "the calf" in "the calf is weak, wasted and cold"."""
        self.graded = ""
        """Subject of the last grade: "plantar flexion" in "plantar flexion 3/5 right and 4/5 left"."""
        self.head: tuple[str, str] | None = None
        """Last noun of a function and its attribute: "feeling" in "feeling is reduced on the sole but normal on the calf"."""
        self.unable = False
        self.part = about
        """The part of the body named last: what "it" means in "I can't lift it"."""
        self.last: Atom | None = None
        self.angle = ""
        """What was last measured in degrees."""
        self.symptom = ""
        """Last noun of a symptom: "pain" in "pain low in the back and in the left buttock"."""
        self.shared, self.shared_until = _said_of_all(sentence)
        """What is said of a whole list: "negative" in "Romberg, straight leg raise and FABER are negative"."""
        self.waiting: list[Clause] = []
        """Names whose predicate is still to come: "light touch" in "light touch, pinprick and vibration were intact"."""

    def step(self, atom: Atom) -> None:
        """Take in the next stretch."""
        self._take(atom)
        self.last = atom
        self.part = part_named(self.sentence[atom.start : atom.end]) or self.part
        self.symptom = next((t.word for t in reversed(atom.words) if t.word in cues.SYMPTOM), self.symptom)

    def _take(self, atom: Atom) -> None:
        said = self.sentence[atom.start : atom.end]
        if cues.THOSE_OF.match(said) and not self.head:
            return  # "those of the left foot get weaker": of what, was not understood
        if (so := cues.SO_IS.match(said)) and atom.joint == "so" and self._told_last():
            self.shared, self.shared_until = self._told_last(), len(self.sentence)
            said = so.group("what")
        denial = _denial(cues.NO_DENIAL.sub(lambda m: "~" * len(m.group()), said), atom)
        if still := atom.joint in TURNS and atom.names and cues.STILL_SO.search(said):
            denial, said = None, said[: still.start()].rstrip()
            if self.found and read_status(self.found[-1].value).flags & {"healthy", "good"}:  # "speech is fine but swallowing is not"
                self._add(Clause(said, "impaired", self._side(atom), Assertion.PRESENT, Span(atom.start, atom.end)), atom)
                return
        if denial and self._denies_something_else(said, atom, denial):
            return
        side = self._side(atom)
        assertion = self._assertion(said, atom, denial)
        if self._now_well(said, atom) or self._the_other_way(said, atom, side, assertion):
            return
        if self._except_for(atom) and self._is_the_exception(said, atom, side, assertion):
            return
        if denial and self._able_but_not(said, atom, denial, side):
            return
        if (
            denial and (not atom.names or cues.OR_NEXT.match(self.sentence, atom.end) or atom.start + denial.start() <= atom.first_name)
        ) or self._list_of_denials(said, atom):
            self.denied = True
        if self.found and (swapped := _other_end_of_foot(said, self.found[-1])):
            self.found.append(replace(self.found[-1], text=swapped))
            return
        if self.waiting and atom.verb and not atom.words_before_verb and not atom.places and (atom.says or atom.symptoms or atom.phrases):
            self._add(Clause(self.waiting.pop().text, said, side, assertion, Span(atom.start, atom.end)), atom)
            return
        if assertion is Assertion.PRESENT and (
            self._unable_too(said, atom, side) or ((not atom.names or cues.THEY_ARE.match(said)) and self._said_of_it(said, atom, side))
        ):
            return
        if not atom.names and assertion is not Assertion.RELATIVE:
            if self.graded and atom.graded and (only_status(said) or cues.WHERE_GRADED.search(said)):
                subject, value = _with_rest(cues.NEAR_OR_FAR.sub("", self.graded), said.strip())
                self._add(Clause(subject, value, side, assertion, Span(atom.start, atom.end)), atom)
                return
            if self.angle and (number := cues.BARE_NUMBER.match(said)):
                self._add(Clause(self.angle, f"{number.group(1)} degrees", side, assertion, Span(atom.start, atom.end)), atom)
                return
            if self._said_of_last_part(said, atom, side, assertion):
                return
            if not (atom.says or denial or self.denied):
                return
        if cues.PROVOKED.search(said) and (atom.symptoms or not atom.phrases):
            self.waiting = []
            return
        if assertion is Assertion.ABSENT and not (
            denial
            or atom.says
            or atom.symptoms
            or atom.functions
            or atom.phrases
            or "sign" in atom.places
            or (atom.words and atom.words[-1].word in cues.CAPACITY)
        ):
            return  # a place in the reach of a denial: what is denied of it was not understood
        subject, value = self._subject_and_value(said, atom, denial, assertion)
        if self.head and (those := cues.THOSE_OF.match(subject)):
            subject = f"{self.head[0]} of {subject[those.end() :]}"
        if self.shared and not value and assertion is Assertion.PRESENT and atom.start < self.shared_until:
            subject, value = subject.split(f" {self.shared}")[0], self.shared
        subject = _OPENING.sub("", _TAIL.sub("", subject.strip(" ,.;:()"))).strip(" ,.;:()")
        subject = self._of_patient.sub("", subject)
        if subject:
            self._share(said, subject, atom, side, assertion)
            self._add(Clause(subject, value.strip(" ,.;:("), side, assertion, Span(atom.start, atom.end)), atom)

    def _told_last(self) -> str:
        """What was said last of anything: "numb" in "my legs are numb, and so is my seat"."""
        return next((c.value or _predicate(c.text) for c in reversed(self.found) if c.assertion is Assertion.PRESENT), "")

    def _share(self, said: str, subject: str, atom: Atom, side: Side, assertion: Assertion) -> None:
        """What two parts of a list have in common: "pain and numbness of the sole", "pain in the back and in the buttock"."""
        last = self.last
        if last is None or atom.joint not in ("and", "or", "") or not last.words or assertion not in (Assertion.PRESENT, Assertion.ABSENT):
            return
        span, value = Span(atom.start, atom.end), "absent" if assertion is Assertion.ABSENT else ""
        end = last.words[-1].word
        symptom = last.words[-1].stem in ATTRIBUTE_OF and not ATTRIBUTE_OF[last.words[-1].stem][1]
        here = cues.HERE.search(said)
        in_phrase = any(a <= last.words[-1].start < b for a, b in last.phrase_spans)
        if (
            symptom
            and not (in_phrase or last.places)
            and here
            and atom.symptoms | atom.hidden
            and atom.first_name < atom.start + here.start()
        ):
            self.found.append(Clause(f"{end} {here.group()}", value, side, assertion, span))
        elif self.symptom and atom.bare_place and cues.OF_PART.match(said):
            self.found.append(Clause(f"{self.symptom} of {cues.OF_PART.sub('', said)}", value, side, assertion, span))
        elif end in cues.QUALITY and atom.words[0].word in cues.QUALITY and len(atom.words) > 1 and not atom.verb:
            self.found.append(Clause(f"{end} {said[atom.words[1].start - atom.start :]}", value, side, assertion, span))

    def _denies_something_else(self, said: str, atom: Atom, denial: re.Match[str]) -> bool:
        """ "The swelling does not pit" denies no swelling."""
        named_before = atom.names and atom.last_name <= atom.start + denial.start() and not (atom.places or atom.functions)
        return named_before and not cues.AFTERTHOUGHT.search(said) and not _denied_midway(said, denial, self.lexicon)

    def _now_well(self, said: str, atom: Atom) -> bool:
        """ "Swallowing was difficult at first but is now normal": takes the earlier statement back."""
        if self.found and not atom.names and cues.NONE_NOW.search(said):
            self.found.append(replace(self.found[-1], value="absent", assertion=Assertion.ABSENT))
            return True
        if self.found and not atom.names and atom.joint in TURNS and cues.OVER.search(said):
            self.found.pop()  # "I had trouble with my bladder, but that is over"
            return True
        if not cues.NOW.search(said):
            return False
        if (
            atom.names
            or atom.joint not in TURNS
            or not self.found
            or atom.status.flags & {"lost", "reduced"}
            or "healthy" not in atom.status
        ):
            return False
        self.found[-1] = replace(self.found[-1], value=said.strip(), assertion=Assertion.PRESENT)
        return True

    def _the_other_way(self, said: str, atom: Atom, side: Side, assertion: Assertion) -> bool:
        """ "I could pass urine this morning but now I can't"; "my feet are not numb but my bottom is"."""
        last = self.found[-1] if self.found else None
        if last is None or assertion is not Assertion.PRESENT:
            return False
        turned = atom.joint in TURNS or cues.BUT_NOW.search(self.sentence, max(0, atom.start - 12), atom.start) is not None
        if not turned:
            return False
        if last.value.startswith("possible") and cues.NOW_UNABLE.match(said):
            self.found[-1] = replace(last, text=f"cannot {last.text}", value="")
            return True
        if last.assertion is not Assertion.ABSENT or not (match := cues.IS_SO.match(said)) or self.last is None:
            return False
        symptom = next((t.word for t in self.last.words if t.stem in ATTRIBUTE_OF and not ATTRIBUTE_OF[t.stem][1]), "")
        if not symptom:
            return False
        self._add(Clause(f"{_OPENING.sub('', match.group('what'))} is {symptom}", "", side, assertion, Span(atom.start, atom.end)), atom)
        return True

    def _said_of_last_part(self, said: str, atom: Atom, side: Side, assertion: Assertion) -> bool:
        """ "(grade 4)" after "the left foot is weak"; "tense" in "the buttock is swollen and tense"."""
        if not self.spoken_of or atom.verb or atom.joint in TURNS:
            return False
        span = Span(atom.start, atom.end)
        if atom.graded and only_status(said):
            self._add(Clause(self.spoken_of, said.strip(), side, assertion, span), atom)
            return True
        together = f"{said.strip(' ,')} {self.spoken_of}"
        border = len(content(tokens(said)))
        after = f"{self.spoken_of} {said.strip(' ,')}"
        for whole, edge in ((together, border), (after, len(content(tokens(self.spoken_of))))):
            found = self.lexicon.findings.find(content(tokens(whole)), set())
            if len(atom.words) <= 3 and any(min(used) < edge <= max(used) for _, used in found):
                self._add(Clause(whole, "absent" if assertion is Assertion.ABSENT else "", side, assertion, span), atom)
                return True
        return False

    def _unable_too(self, said: str, atom: Atom, side: Side) -> bool:
        """ "Move my feet" in "I can't straighten my knees or move my feet"."""
        last = self.last
        if last is None or atom.joint not in ("or", "nor", "and", "") or any(t.word in cues.VERB and t.word != "move" for t in atom.words):
            self.unable = False
            return False
        if not (self.unable or cues.UNABLE.search(self.sentence, last.start, last.end)):
            return False
        words = content(tokens(f"cannot {said}"))
        if not any(min(used) == 0 for _, used in self.lexicon.findings.find(words, set()) if len(used) > 1):
            return False
        self.unable = True
        self._add(Clause(f"cannot {said}", "", side, Assertion.PRESENT, Span(atom.start, atom.end)), atom)
        return True

    def _said_of_it(self, said: str, atom: Atom, side: Side) -> bool:
        """ "I can't lift it" and "it is cold", after the foot was named."""
        if not self.part or atom.places or atom.hidden:
            return False
        if they := cues.THEY_ARE.match(said):
            meant = f"{self.part} {said[they.end('they') :]}"
        elif match := cues.UNABLE_IT.search(said):
            meant = f"{match.group('verb')} {self.part}{match.group('rest')}"
        else:
            return False
        if not self.lexicon.findings.find(content(tokens(meant)), set()):
            return False
        self._add(Clause(meant, "", side, Assertion.PRESENT, Span(atom.start, atom.end)), atom)
        return True

    def _except_for(self, atom: Atom) -> bool:
        """ "Sensation is normal except for a patch ..." does not say that sensation is normal."""
        if atom.joint in EXCEPTIONS and self.found and atom.names and "healthy" in read_status(self.found[-1].value):
            self.found.pop()
            return True
        return False

    def _is_the_exception(self, said: str, atom: Atom, side: Side, assertion: Assertion) -> bool:
        """ "Sensation is normal except in the saddle area" says what is not normal."""
        if assertion is not Assertion.PRESENT or atom.says or atom.symptoms or atom.functions or atom.phrases:
            return False
        if not self.head or self.head[1] not in atom.places:
            return False
        self._add(Clause(f"{self.head[0]} {said}", "reduced", side, assertion, Span(atom.start, atom.end)), atom)
        return True

    def _able_but_not(self, said: str, atom: Atom, denial: re.Match[str], side: Side) -> bool:
        """ "I can walk on my heels but not on my toes"."""
        if atom.joint not in TURNS or not self.found or self.found[-1].value != "possible" or denial.group().lower() != "not":
            return False
        able, rest = self.found[-1].text.split()[:1], _without(said, denial)
        meant = " ".join(["cannot", *able, rest])
        border = len(content(tokens(" ".join(["cannot", *able]))))
        if not any(min(used) == 0 and max(used) >= border for _, used in self.lexicon.findings.find(content(tokens(meant)), set())):
            return False
        self._add(Clause(meant, "", side, Assertion.PRESENT, Span(atom.start, atom.end)), atom)
        return True

    def _list_of_denials(self, said: str, atom: Atom) -> bool:
        """ "No pain" is a phrase of its own, yet in "no pain, cramps or numbness" it denies the rest of the list too."""
        return bool(atom.phrases and cues.NO_LIST.match(said) and cues.OR_AHEAD.match(self.sentence[atom.end :]))

    def _side(self, atom: Atom) -> Side:
        if atom.side is not Side.UNSTATED:
            self.side = atom.side
        elif atom.names and (_BOTH_ALIKE.search(self.sentence, atom.start, atom.end) or _AND_ALIKE.match(self.sentence, atom.end)):
            self.side = Side.BOTH  # "reflexes 2+ and symmetric", whatever side was spoken of before
        if self.side is Side.UNSTATED and any(t.word in _PLURAL_PARTS for t in atom.words):
            return Side.BOTH
        return self.side

    def _assertion(self, said: str, atom: Atom, denial: re.Match[str] | None) -> Assertion:
        turned = atom.joint in TURNS
        if turned or (atom.verb and atom.joint not in ("or", "nor")):
            self.denied = False
        if turned or (atom.verb and cues.SELF.search(said)):
            self.family = False
            self.before = self.before and not turned and not atom.joint
        self.thought = (
            bool(cues.MERE_THOUGHT.search(said)) or (self.asked and cues.QUESTION.search(said) is not None) or (self.thought and not turned)
        )
        self.family = self.family or _of_relative(said, self.sentence[atom.end :], self.patient)
        self.before = self.before or bool(cues.BEFORE.search(said))
        if cues.NOT_SAID.search(said):
            return Assertion.UNKNOWN
        if self.family:
            return Assertion.RELATIVE
        if self.thought:
            return Assertion.THOUGHT
        if (denial or self.denied) and cues.THEN.search(self.sentence[: atom.end]):
            return Assertion.UNKNOWN
        if self.before or (
            (over := cues.OVER.search(said)) and not (_within(over, atom) and (over.group().startswith("no longer") or not atom.symptoms))
        ):
            return Assertion.BEFORE
        if denial or (self.denied and not _has_time_or_grade(said, atom)):
            return Assertion.ABSENT
        return Assertion.DOUBTFUL if cues.DOUBT.search(said) else Assertion.PRESENT

    def _subject_and_value(self, said: str, atom: Atom, denial: re.Match[str] | None, assertion: Assertion) -> tuple[str, str]:
        subject, value = _split(said, atom)
        if (
            not value
            and self.spoken_of
            and (atom.bare_symptom or (cues.IS_ONLY.match(said) and atom.symptoms | atom.hidden and not atom.places))
            and not atom.graded
        ):
            subject = f"{self.spoken_of} {said}"
        elif self.part and not (atom.places or atom.hidden or value) and cues.PAIN_SINCE.search(self.sentence, 0, atom.end):
            subject = f"pain in the {self.part}"
        elif (
            not value and atom.says and self.head and self.head[1] in atom.places and not (atom.symptoms or atom.functions or atom.phrases)
        ):
            subject, value = f"{self.head[0]}: {said}", said
        if assertion is Assertion.RELATIVE and (denial or self.denied):
            return said, "none"
        if assertion is Assertion.ABSENT:
            opposite = read_status(f"not {value}").flags if value else frozenset()
            if denial and "healthy" in opposite and denial.end() <= said.find(value):
                subject, value = subject[: denial.start()] + subject[denial.end() :], f"not {value}"  # "no other muscles are affected"
            elif denial and not (value and read_status(value).flags & {"lost", "healthy"}):
                subject, value = " ".join((said[: denial.start()] + " " + said[denial.end() :]).split()), "absent"
            elif denial is None and not read_status(value).flags & {"lost", "healthy"}:
                subject, value = said, "absent"
            value = value or "absent"
            if value == "absent":
                subject = cues.BEING_FOUND.sub("", subject)
            doing = denial is not None and denial.group().lower() == "without"  # "when he stands without walking"
            last = atom.words[-1].word if atom.words and not doing else ""
            if value == "absent" and last in cues.CAPACITY and not cues.CONTROL.search(said):
                subject = f"trouble {subject}" if last.endswith("ing") else f"{subject} trouble"
        elif assertion is Assertion.DOUBTFUL:
            value = f"possibly {value}".strip()
        return subject, value

    def _add(self, clause: Clause, atom: Atom) -> None:
        if atom.joint in TURNS:
            self.waiting = []
        value = clause.value or (_predicate(clause.text) if self.waiting else "")
        if value and clause.assertion in (Assertion.PRESENT, Assertion.ABSENT, Assertion.DOUBTFUL):
            self.found += [replace(w, value=value, assertion=clause.assertion) for w in self.waiting]
        if clause.value or atom.symptoms or atom.phrases or atom.verb or atom.says:
            self.waiting = []
            self.found.append(clause)
        else:
            self.waiting.append(clause)
        if clause.value and atom.places:
            self.spoken_of = clause.text
        elif atom.hidden and (subject := _subject(clause.text)):
            self.spoken_of = subject
        if cues.IN_DEGREES.search(clause.value):
            self.angle = clause.text
        if atom.graded and atom.names:
            self.graded = clause.text
        self.head = _head(atom) or self.head


def _has_time_or_grade(said: str, atom: Atom) -> bool:
    """What was denied has neither: "no numbness, weakness of the calf since Monday"."""
    return atom.joint == "" and (atom.graded or cues.DATED.search(said) is not None)


def _other_end_of_foot(said: str, last: Clause) -> str:
    """ "Toes" in "he can walk on his heels and toes": the earlier statement of the other end."""
    match, earlier = cues.HEEL_OR_TOE.search(said), cues.HEEL_OR_TOE.search(last.text)
    if not (match and earlier and len(said.split()) <= 3):
        return ""
    if not cues.ABILITY.search(f"{last.text} {last.value}"):
        return ""
    return last.text[: earlier.start()] + match.group() + last.text[earlier.end() :]


def _head(atom: Atom) -> tuple[str, str] | None:
    """The noun of a function and its attribute: "feeling", sensation."""
    return next(((t.word, ATTRIBUTE_OF[t.stem][0]) for t in atom.words if is_attribute(t, atom.words) and ATTRIBUTE_OF[t.stem][1]), None)


def _denial(bare: str, atom: Atom) -> re.Match[str] | None:
    """The word of denial in a stretch, unless it belongs to a phrase of the vocabulary ("no appetite")."""
    match = cues.DENIAL.search(bare) or (cues.AFTERTHOUGHT.search(bare) if atom.phrases or atom.symptoms else None)
    if match is None:
        return None
    first = atom.start + match.start()
    if match.group().lower() == "absent" and (atom.functions or "reflex" in atom.places):
        return None  # the state of a function: "the arm reflexes are reduced or absent"
    return None if any(first <= start < atom.start + match.end() for start in atom.phrase_words) else match


def _split(said: str, atom: Atom) -> tuple[str, str]:
    """What is spoken of and what is said of it: ("hip flexion", "4/5")."""
    if match := _PLANTARS.match(said):
        return match.group(1), match.group(2)
    if (match := cues.WITHOUT_TROUBLE.search(said)) and atom.start + match.start() >= atom.last_name:
        return cues.CAN.sub("", said[: match.start()], count=1), "normal"
    if (match := cues.CAN.search(said)) and not atom.symptoms and not _within(match, atom):
        can = said[match.end() :]
        return (cues.CONTROLS.sub("control of ", can), "normal") if cues.CONTROLS.match(can) else (can, "possible")
    if match := cues.MOVES_WELL.search(said):
        return f"{said[: match.start()]} movement", "normal"
    if (match := _GRADE.match(said)) and atom.start + match.end() <= atom.first_name:
        return said[match.end() :], match.group()
    plain = not (atom.functions or atom.symptoms or atom.phrases)
    for match in cues.LINKING.finditer(said):
        rest = said[match.end() :]
        if _within(match, atom) or (match.group().lower() == "at" and _AGE.match(rest)):
            continue
        if plain and cues.OTHER_QUALITY.search(rest):
            return said, ""
        status = read_status(rest)
        if (atom.first_name < atom.start + match.start() or not atom.names) and (
            status.flags or status.mrc or status.reflex or _NUMBER.search(rest)
        ):
            return _with_rest(said[: match.start()], rest)
    if (match := _GRADE.search(said)) and said[: match.start()].strip(" (,"):
        return _with_rest(said[: match.start()], said[match.start() :])
    end = atom.last_name - atom.start
    if plain_number := _MEASURED.match(said[end:]):
        return said[:end], plain_number.group().strip(" :=")
    if 0 < end < len(said) and not read_status(said[:end]).flags - {"past"} and read_status(said[end:]).flags:
        return said[:end], said[end:]
    return said, ""


def _subject(said: str) -> str:
    """ "calf muscles" in "the calf muscles are weak"."""
    linked = next((said[: m.start()].strip() for m in cues.LINKING.finditer(said)), "")
    return linked or ((match := cues.COMPLAINS.match(said)) and match.group("what")) or ""


def _said_of_all(sentence: str) -> tuple[str, int]:
    """What a sentence that begins with a list says of each of it, and where the list ends."""
    match = cues.OF_ALL.match(sentence)
    if match is None or cues.DENIAL.search(match.group("list")):
        return "", 0
    if any(t.word in cues.VERB or t.word in TURNS for t in tokens(match.group("list"))):
        return "", 0
    return match.group("what").strip(" ."), match.end("list")


def _predicate(said: str) -> str:
    """ "numb" in "both feet are numb"."""
    rest = next((said[m.end() :].strip() for m in cues.LINKING.finditer(said)), "")
    return rest if not read_status(rest).empty or any(is_attribute(t, []) for t in tokens(rest)) else ""


def _within(match: re.Match[str], atom: Atom) -> bool:
    """Whether a word stands inside a phrase of the vocabulary."""
    return any(a <= atom.start + match.start() < b for a, b in atom.phrase_spans)


def _denied_midway(said: str, denial: re.Match[str], lexicon: Lexicon) -> bool:
    """ "The pain is not worse on coughing": without the word of denial it is one phrase of the vocabulary."""
    words = content(tokens(said[: denial.start()] + " " * (denial.end() - denial.start()) + said[denial.end() :]))
    return any(words[min(used)].start < denial.start() < words[max(used)].end for _, used in lexicon.findings.find(words, set()))


def _without(said: str, denial: re.Match[str]) -> str:
    return " ".join((said[: denial.start()] + " " + said[denial.end() :]).split())


def _with_rest(subject: str, value: str) -> tuple[str, str]:
    """Words after a grade belong to what is graded: "power 3/5 in the proximal leg muscles"."""
    if where := cues.WHERE_GRADED.search(value):
        return f"{where.group(1)[:-2].rstrip('l')}l {subject.strip()}", value[: where.start()]
    match = _GRADE.match(value.lstrip())
    rest = value.lstrip()[match.end() :].strip(" .,;:)") if match else ""
    return (f"{subject.rstrip()} {rest}", match.group()) if match and rest else (subject, value)


def _of_relative(said: str, rest: str, patient: str) -> bool:
    if cues.FAMILY.search(said):
        return True
    for match in cues.RELATIVE.finditer(said):
        if match.group(1).lower() != patient and cues.OF_RELATIVE.search(said[match.end() :] + " " + rest):
            return True
    return False
