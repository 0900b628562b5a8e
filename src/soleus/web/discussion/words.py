"""What the discussion says to people, in one place."""

from __future__ import annotations

from django.db.models import TextChoices

from soleus.interview.words import DO_NOW as ASSESSED_DO_NOW


class Held(TextChoices):
    """Why a comment waits for a moderator."""

    URGENT = "urgent", "It may tell of something urgent."
    DOSE = "dose", "It seems to give a dose. The right dose differs from person to person."
    STOP = (
        "stop-medicine",
        "It seems to give advice on a medicine, or to speak of leaving one out. Somebody may follow it and come to harm.",
    )
    DELAY = "delay", "It seems to say that care can wait. For somebody else it may not."
    LANGUAGE = "language", "It does not seem to be in English, and nothing here can read it before a moderator does."
    LINKS = "links", "It holds links."
    COPIED = "copied", "Somebody else has just written the same."
    NEWCOMER = "newcomer", "Your first comments are read by a moderator before others see them."
    ALREADY = "already", "It was waiting before you changed it."


FOR_MODERATORS = {
    Held.URGENT: "may be urgent",
    Held.DOSE: "gives a dose?",
    Held.STOP: "advice on a medicine?",
    Held.DELAY: "puts off care?",
    Held.LANGUAGE: "not English",
    Held.LINKS: "links",
    Held.COPIED: "same as another",
    Held.NEWCOMER: "newcomer",
    Held.ALREADY: "changed while it waited",
}


class Complaint(TextChoices):
    """Why somebody reports a comment."""

    HARMFUL = "harmful", "Following it could harm somebody"
    HELP = "help", "The writer may need help soon"
    FALSE = "false", "It is wrong"
    PRIVATE = "private", "It tells something private about somebody"
    RUDE = "rude", "It is rude or hurtful"
    SPAM = "spam", "It is advertising"
    OTHER = "other", "Something else"


RULES = (
    "Speak from what you know: what happened to you, what helped, what you wonder about.",
    "You need not give your name. Do not give anybody else’s.",
    "No doses. What is right for you may harm somebody with another weight, kidney or second medicine.",
    "Do not tell others to stop a medicine or to wait with care. Tell them whom to ask.",
    "No advertising. Links only where they help.",
    "Be kind. Many who read this are frightened.",
)

DO_NOW = (*ASSESSED_DO_NOW[:2], "Tell them what you wrote here. Take a list of your medicines with you.")
"""In an emergency."""
