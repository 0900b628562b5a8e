"""What stops a programme: symptoms in the log. A stop does not wear off with time; it stands until the log says that it was seen."""

from __future__ import annotations

from datetime import date

from soleus.domain.training_log import LoggedSession

STOPS = {
    "dark urine": (
        "emergency",
        "Dark urine after exercise can mean that muscle is breaking down and the kidneys are in danger. Seek medical care today.",
    ),
    "chest symptoms": ("emergency", "Chest pain, faintness or a racing pulse with exercise: call for help now."),
    "bladder or bowel trouble": (
        "emergency",
        "New trouble with bladder or bowel, or numbness between the legs, can mean that nerves in the low back are pressed. Get help now.",
    ),
    "leg swelling": ("same_day", "A leg that swells may hold a blood clot. Have it looked at today, before any more exercise."),
    "weaker next day": (
        "within_2_weeks",
        "Muscles that are weaker the day after were asked for too much. Rest, then see your clinician before going on.",
    ),
    "new numbness": ("within_2_weeks", "New numbness means that a nerve is troubled. Stop, and see your clinician before going on."),
}
"""Symptoms that stop the programme: how soon to be seen, and why."""
HOW_TO_GO_ON = (
    "There is no training until a clinician has looked at it and lets you train. "
    "Then say so in the log: `seen: true` in that session, or tick the box on its page."
)


def seen_until(sessions: tuple[LoggedSession, ...]) -> date:
    """The last day up to which a clinician has looked at what the log tells; the first day of all if there is none."""
    return max((s.seen for s in sessions if s.seen is not None), default=date.min)


def standing_stop(sessions: tuple[LoggedSession, ...]) -> tuple[str, str] | None:
    """How soon to be seen, and why: the most urgent stop that nobody has looked at, however old; None if there is none."""
    seen = seen_until(sessions)
    unseen = [s for s in sessions if s.on > seen]
    for name, (level, why) in STOPS.items():
        if told := [s.on for s in unseen if name in s.symptoms]:
            return level, f"{why} (Log of {max(told)}.) {HOW_TO_GO_ON}"
    return None


def cleared_since(sessions: tuple[LoggedSession, ...], day: date) -> bool:
    """Whether a stop was looked at on or after a day."""
    seen = seen_until(sessions)
    return seen >= day and any(s.on <= seen and any(name in STOPS for name in s.symptoms) for s in sessions)
