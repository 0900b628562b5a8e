"""What was worked out for a case, kept while the server runs: the same case on the same day is not worked out again.

Keyed by a digest of everything that goes in, so nothing old is ever shown; bounded, so that it does not grow.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")


def digest(value: object) -> str:
    """A short name of plain values; other values, another name."""
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


class Memory(Generic[T]):
    """The last results of one question.

    Args:
        most: How many are kept.
        at_once: How many may be in the making at the same time. Twenty plans at once would each take twenty times as long, and with
            them every page of everybody else: one interpreter shares its time among all threads alike.
    """

    def __init__(self, most: int, at_once: int = 8) -> None:
        self._most = most
        self._turn = threading.BoundedSemaphore(at_once)
        self._kept: OrderedDict[tuple[str, datetime.date], T] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, data: Mapping[str, Any], today: datetime.date, make: Callable[[], T]) -> T:
        """The result for a case file, made if it is not there."""
        key = digest(data), today
        if (known := self._known(key)) is not None:
            return known
        with self._turn:  # not under the lock: what is known already need not wait for it
            if (known := self._known(key)) is not None:  # somebody made it meanwhile
                return known
            made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def _known(self, key: tuple[str, datetime.date]) -> T | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)
