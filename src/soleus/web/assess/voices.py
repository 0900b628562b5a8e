"""Who asks: the person, somebody of the family, or a clinician; the pages speak to each in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from soleus.interview.words import DO_NOW
from soleus.reports.words import URGENCY
from soleus.web.tracking.place import Place

ASKS = "asks"
"""Key in the draft: `family`, where somebody asks for somebody else. That a clinician asks, the case says itself (`setting`)."""
CLINICS = (("primary-care", "General practice, or a first visit"), ("neuromuscular-clinic", "Neuromuscular or specialised clinic"))


@dataclass(frozen=True)
class Voice:
    """What the pages say otherwise."""

    id: str
    tab: str
    lead: str
    age: str
    sex: str
    words: str
    words_help: str
    no_form: str
    emergency: str
    """What not to fill in a form for."""
    asking: str
    """How to take the questions; empty where they are simply put."""
    urgency: Mapping[str, str]
    do_now: tuple[str, ...]
    missing: str
    """Heading of what is usual with a cause and absent here."""
    tests: str
    not_if: str
    told: str

    @property
    def is_clinician(self) -> bool:
        return self.id == "clinician"


ME = Voice(
    id="me",
    tab="For myself",
    lead="Tell what you know and leave out the rest. Then come some short questions, and you read how soon to be seen, and why.",
    age="How old are you?",
    sex="What is your sex?",
    words="Tell it in your own words",
    words_help="Where is it, since when, how did it begin, what else have you noticed? Illnesses and medicines matter, too. "
    "A letter from your doctor may be pasted here. Leave out names and addresses.",
    no_form="Do not fill this in, call for help, if",
    emergency="you cannot pass urine, you are numb between the legs, a leg is cold and white, the weakness came within minutes or hours, "
    "or breathing or swallowing is hard.",
    asking="",
    urgency={level: text for level, (_, text) in URGENCY.items()},
    do_now=DO_NOW,
    missing="Usual with it, but you do not have it",
    tests="Tests to talk about with your doctor",
    not_if="Say so before if this is true for you",
    told="that you told",
)
FAMILY = Voice(
    id="family",
    tab="For somebody else",
    lead="Tell what you know of the person you look after, and leave out the rest. Sit together if you can: some questions only they can "
    "answer.",
    age="How old are they?",
    sex="What is their sex?",
    words="Tell it in your own words: what they told you, and what you have seen",
    words_help="Where is it, since when, how did it begin, what else has changed? Their illnesses and medicines matter, too. "
    "A letter from their doctor may be pasted here. Leave out names and addresses.",
    no_form="Do not fill this in, call for help, if",
    emergency="they cannot pass urine, they are numb between the legs, a leg is cold and white, the weakness came within minutes or hours, "
    "or breathing or swallowing is hard.",
    asking="“You” in a question is the person you look after. If they are with you, read it out; if neither of you knows, say so.",
    urgency={
        "emergency": "They need help now: call an ambulance or take them to an emergency department.",
        "same_day": "They should be seen by a doctor today.",
        "within_2_weeks": "They should be seen by a doctor within two weeks; sooner if it gets worse.",
        "routine": "Help them make an ordinary appointment; sooner if it gets worse.",
        "self_care": "It can be looked after at home; they should see a doctor if it does not get better or gets worse.",
    },
    do_now=(
        DO_NOW[0],
        "Do not let them drive, and do not leave them alone.",
        "Take this summary and a list of their medicines with you.",
    ),
    missing="Usual with it, but they do not have it",
    tests="Tests to talk about with their doctor",
    not_if="Say so before if this is true for them",
    told="that you told",
)
CLINICIAN = Voice(
    id="clinician",
    tab="I am a clinician",
    lead="Give history and findings, and leave out the rest. Then come the questions and examinations that would tell most, and you read "
    "how soon, where, what and why, with sources.",
    age="Age of the patient",
    sex="Sex of the patient",
    words="History and findings",
    words_help="Such as: left ankle jerk absent, plantar flexion 4−/5, SLR positive at 40°. A letter may be pasted here. "
    "Leave out names and addresses.",
    no_form="No form now, hospital first, if",
    emergency="there is retention of urine, saddle numbness, a pulseless leg, weakness within minutes or hours, or trouble breathing or "
    "swallowing.",
    asking="“You” in a question is the patient. Ask it, or answer from your examination; what was not examined is “I don’t know”.",
    urgency={
        "emergency": "To hospital now.",
        "same_day": "To be assessed or referred today.",
        "within_2_weeks": "To be seen or referred within two weeks; sooner if it progresses.",
        "routine": "Ordinary appointment or referral; sooner if it progresses.",
        "self_care": "Advice and a safety net; review if it does not improve.",
    },
    do_now=(
        "Send them to hospital now, by ambulance if they cannot travel safely.",
        "Telephone ahead, and say which warning sign it is.",
        "Send this summary and the list of medicines with them.",
    ),
    missing="Usual with it, and absent here",
    tests="Tests to consider",
    not_if="Contraindications",
    told="among what was told",
)
VOICES: Mapping[str, Voice] = {voice.id: voice for voice in (ME, FAMILY, CLINICIAN)}


def voice_of(place: Place) -> Voice:
    """The voice for a case: a clinician's where one asks or looks at somebody else's."""
    if place.data.get("setting", "self") != "self" or (not place.is_own and place.user is not None and place.user.is_clinician):
        return CLINICIAN
    return FAMILY if place.is_draft and place.draft.data.get(ASKS) == FAMILY.id else ME
