"""Small pieces of a page: icons, urgency, progress."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from soleus.reports.words import URGENCY

register = template.Library()

# Drawn on 24 x 24. Each urgency has a shape of its own, so that colour is never needed to tell them apart.
ICONS = {
    "emergency": '<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" class="f"/><path d="M12 7v6M12 16.5v.5" class="k"/>',
    "same_day": '<path d="M12 2.5 22.5 21h-21z" class="f"/><path d="M12 9v5.5M12 17.5v.5" class="k"/>',
    "within_2_weeks": '<path d="M12 1.5 22.5 12 12 22.5 1.5 12z" class="f"/><path d="M12 7.5V12l3 2" class="k"/>',
    "routine": '<circle cx="12" cy="12" r="10" class="f"/><path d="M8 12.5l3 3 5.5-6.5" class="k"/>',
    "self_care": '<path d="M2 11.5 12 2.5l10 9V22H2z" class="f"/><path d="M8.5 14.5l2.5 2.5 4.5-5.5" class="k"/>',
    "info": '<circle cx="12" cy="12" r="10" class="f"/><path d="M12 11v6M12 7.2v.3" class="k"/>',
    "success": '<circle cx="12" cy="12" r="10" class="f"/><path d="M7.5 12.5l3 3 6-7" class="k"/>',
    "warning": '<path d="M12 2.5 22.5 21h-21z" class="f"/><path d="M12 9v5.5M12 17.5v.5" class="k"/>',
    "error": '<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" class="f"/><path d="M8.5 8.5l7 7M15.5 8.5l-7 7" class="k"/>',
    "book": '<path d="M4 4.5h6.5a2 2 0 0 1 1.5.8 2 2 0 0 1 1.5-.8H20V19h-6.2a2 2 0 0 0-1.8 1 2 2 0 0 0-1.8-1H4zM12 5.5V20" class="s"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5" class="s"/><path d="M15.5 15.5 21 21" class="s"/>',
    "body": '<circle cx="12" cy="4" r="2.2" class="s"/><path d="M6 9h12M12 8v7M12 15l-3 7M12 15l3 7" class="s"/>',
    "calendar": '<path d="M4 5.5h16V20H4zM4 10h16M8.5 3v4M15.5 3v4" class="s"/>',
    "chart": '<path d="M4 4v16h16M7.5 15l4-4.5 3 2.5L20 7" class="s"/>',
    "person": '<circle cx="12" cy="8" r="4" class="s"/><path d="M4 21c.8-4.5 4-6.5 8-6.5s7.2 2 8 6.5" class="s"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z" class="s"/>',
    "share": '<path d="M12 15V3.5M8 7l4-4 4 4M6 11H5v9.5h14V11h-1" class="s"/>',
    "speech": '<path d="M4 4.5h16V17h-8.5L7 21v-4H4z" class="s"/>',
    "phone": '<path d="M6 3h3.5l1.5 5-2.2 1.6a12 12 0 0 0 5.6 5.6L16 13l5 1.5V18c0 2-1.5 3-3 3C10 21 3 14 3 6c0-1.5 1-3 3-3z" class="s"/>',
}


@register.simple_tag
def icon(name: str, text: str = "") -> SafeString:
    """A picture; with `text` it has a name for screen readers, without it is decoration."""
    drawing = mark_safe(ICONS[name])  # our own, above
    if text:
        return format_html('<svg class="icon {}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', name, text, drawing)
    return format_html('<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', name, drawing)


@register.inclusion_tag("parts/urgency.html")
def urgency(level: str, title: str = "", text: str = "", heading: int = 2) -> dict[str, object]:
    """How soon to be seen: shape, word, colour and a sentence. `level` is one of the five of the assessment."""
    word, sentence = URGENCY[level]
    return {"level": level, "title": title or word.capitalize(), "text": text or sentence, "heading": heading}


@register.inclusion_tag("parts/alert.html")
def alert(kind: str, title: str, text: str = "") -> dict[str, str]:
    """A notice: info, success, warning or error."""
    return {"kind": kind, "title": title, "text": text}


@register.inclusion_tag("parts/progress.html")
def progress(done: float, of: float, label: str) -> dict[str, object]:
    """How far along, told in words too."""
    return {"done": done, "of": of, "label": label}


@register.simple_tag
def chip(kind: str, text: str) -> SafeString:
    """A short word in a frame, coloured by urgency or notice; `plain` for neither."""
    return format_html('<span class="chip {}">{}{}</span>', kind, icon(kind) if kind in ICONS else "", text)
