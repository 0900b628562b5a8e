"""Sessions in the database, each with its person. Anonymous people get none unless they begin to log in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions


class SessionStore(DatabaseSessions):
    @classmethod
    def get_model_class(cls) -> Any:
        from soleus.web.accounts.models import Session

        return Session

    def create_model_instance(self, data: Any) -> Any:
        session = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)  # type: ignore[attr-defined]
        return session
