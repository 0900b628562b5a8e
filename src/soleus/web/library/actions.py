"""What the library writes: that an article was opened."""

from __future__ import annotations

import datetime

from django.db.models import F

from soleus.web.library.models import DailyViews


def count_view(*, slug: str, on: datetime.date) -> None:
    """Adds one to the number of the day. No account, cookie, address or browser is looked at, so a person who comes twice counts twice."""
    views = DailyViews.objects.filter(slug=slug, day=on)
    if views.update(count=F("count") + 1):
        return
    _, is_first = DailyViews.objects.get_or_create(slug=slug, day=on, defaults={"count": 1})
    if not is_first:  # somebody else was first in this moment
        views.update(count=F("count") + 1)
