"""Words in another language, and words of which nothing was understood, are never passed over in silence.

Source: the project's own safety rule (docs/explanation/how-it-reads.md): what was not understood is told, and when to call for help stands
beside it. The sentences tell of retention of urine and saddle numbness, the warning signs of cauda equina syndrome.
"""

from __future__ import annotations

import datetime

import pytest

from soleus.domain.case import Case
from soleus.interchange.evidence import Understanding, understand
from soleus.interchange.narrative.language import language_of, says_something
from soleus.knowledge_store import open_knowledge

EMERGENCIES = {
    "es": "No puedo orinar y tengo la entrepierna dormida",
    "de": "Ich kann kein Wasser lassen und bin zwischen den Beinen taub",
    "fr": "Je ne peux plus uriner et j'ai l'entrejambe engourdi",
    "it": "Non riesco a urinare e le gambe sono paralizzate",
    "pt": "Não consigo urinar e sinto dormência entre as pernas",
    "nl": "Ik kan niet plassen en mijn benen zijn gevoelloos",
    "pl": "Nie mogę oddać moczu, mam sparaliżowane nogi",
    "tr": "Bir gündür idrar yapamıyorum ve bacaklarım uyuştu",
    "zh": "我不能小便,两腿之间麻木",
    "ar": "لا أستطيع التبول وأشعر بخدر بين الساقين",
    "ru": "Не могу помочиться, онемело между ногами",
}


def understood(text: str) -> Understanding:
    compiled = open_knowledge()
    return understand(Case(narrative=text), compiled.kb, compiled.lexicon, datetime.date(2026, 11, 20))


@pytest.mark.parametrize("language", EMERGENCIES)
def test_an_emergency_in_another_language_gets_its_notice(language: str) -> None:
    found = understood(EMERGENCIES[language])
    assert found.not_understood == (EMERGENCIES[language],)
    assert found.unread is not None
    assert found.unread.is_urgent
    assert [of for of, _ in found.unread.notice] == ["en", language]
    assert "112" in found.unread.notice[1][1]
    assert found.tells_nothing


def test_vague_english_is_said_to_be_not_understood() -> None:
    found = understood("I feel rather strange down there")
    assert found.not_understood == ("I feel rather strange down there",)
    assert found.unread is not None
    assert not found.unread.is_urgent
    assert found.unread.languages == ()
    assert understood("I am 45 and I feel very strange down there since this morning").unread is not None, "an age alone tells nothing"


def test_one_foreign_sentence_in_an_english_text_is_told_too() -> None:
    found = understood(f"My left calf is weak. {EMERGENCIES['es']}.")
    assert found.not_understood == (EMERGENCIES["es"],)
    assert found.unread is not None
    assert found.unread.is_urgent
    assert found.evidence.observations
    assert found.tells_nothing, "what sounds urgent and was not read holds the exercises until questions were answered"


@pytest.mark.parametrize(
    "text", ["My left calf is weak.", "I am a man of 45", "none", "Nothing to add", "-", "α-synuclein was found; calf weak"]
)
def test_what_was_read_and_what_says_nothing_gets_no_notice(text: str) -> None:
    assert understood(text).unread is None


def test_english_of_clinics_is_english() -> None:
    assert not language_of("Pat. seen by Dr. de Vries: SLR positive at 40° on the left, ankle jerk absent")
    assert not says_something("n/a")
