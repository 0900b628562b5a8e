"""How often articles are read: a number a day, and nothing of who read."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Sum


class DailyViewsQuerySet(models.QuerySet["DailyViews"]):
    def total(self, slug: str) -> int:
        """How often an article was opened so far."""
        return self.filter(slug=slug).aggregate(n=Sum("count"))["n"] or 0

    def most_read(self, since: datetime.date, most: int) -> list[str]:
        """Slugs of the articles that were opened most since a day, the most read first."""
        read = self.filter(day__gte=since).values("slug").annotate(n=Sum("count")).order_by("-n", "slug")
        return [row["slug"] for row in read[:most]]


class DailyViews(models.Model):
    """How often an article was opened on a day."""

    slug = models.CharField(max_length=120)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects: ClassVar = DailyViewsQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["slug", "day"], name="one_count_an_article_and_day")]

    def __str__(self) -> str:
        return f"{self.slug} on {self.day}: {self.count}"
