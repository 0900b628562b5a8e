"""Everything that belongs to a person: exactly the rows that go when the person is deleted.

Export and deletion look at the same thing, Django's own collector, so neither forgets a table that somebody adds. A model
names what must not leave the server (secrets) in `not_exported`; rows that only point to a person and survive
(SET_NULL) are not theirs.
"""

from __future__ import annotations

import base64
import datetime
import decimal
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models, router
from django.db.models.deletion import Collector

from soleus.web.accounts.models import User

SECRETS = {"mfa.authenticator": ("data",)}
"""Of apps that are not ours."""


def everything_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Rows by model, such as `cases.case`, oldest first."""
    collector = Collector(using=router.db_for_write(User), origin=user)
    collector.collect([user])
    rows: dict[str, dict[Any, models.Model]] = {}
    for model, found in collector.data.items():
        _add(rows, model, found)
    for queryset in collector.fast_deletes:
        _add(rows, queryset.model, queryset)
    return {label: [_plain(row) for _, row in sorted(found.items())] for label, found in sorted(rows.items())}


def _add(rows: dict[str, dict[Any, models.Model]], model: type[models.Model], found: Iterable[models.Model]) -> None:
    for row in found:
        rows.setdefault(model._meta.label_lower, {})[row.pk] = row


def _plain(row: models.Model) -> dict[str, Any]:
    hidden = (*getattr(row, "not_exported", ()), *SECRETS.get(row._meta.label_lower, ()))
    return {f.attname: _value(f.value_from_object(row)) for f in row._meta.concrete_fields if f.name not in hidden}


def _value(value: Any) -> Any:
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (uuid.UUID, decimal.Decimal, datetime.timedelta)):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return value
