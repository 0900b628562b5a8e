"""The sheet of the command line, served: its style from a file of its own, so that the content security policy lets it pass."""

from __future__ import annotations

import datetime
import re

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html

from soleus.reports.careplan.sheet import sheet
from soleus.web.knowledge import care, knowledge
from soleus.web.plans.planning import Made

_STYLE = re.compile(r"<style>.*?</style>", re.S)
_WIDE = re.compile(r"<section>(\s*<h2>(The week at a glance|Twelve weeks ahead)</h2>)")
"""Tables that scroll to the side on a telephone: the keyboard must reach them."""


def sheet_page(made: Made, code: str, today: datetime.date) -> str:
    """The whole page."""
    assert made.plan is not None
    page = sheet(made.case, made.plan, knowledge().kb, care(), today, ".html")
    links = format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}"><script src="{}" defer></script>',
        reverse("plans:sheet-css"),
        static("plans/served.css"),
        static("soleus/soleus.js"),
    )
    button = '<button type="button" data-print hidden>Print</button>'
    back = reverse("plans:case", args=[code])
    bar = format_html('<nav class="bar" aria-label="Sheet"><a href="{}">Back to the plan</a> ', back) + button + "</nav>"
    page = _STYLE.sub(lambda _: links, page, count=1)
    page = _WIDE.sub(r'<section tabindex="0" aria-label="\2">\1', page)
    return page.replace("<body>", f"<body>\n{bar}", 1)
