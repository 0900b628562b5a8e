"""Who somebody is to Soleus, and the sessions in which they are logged in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Role(models.TextChoices):
    """What somebody may do beyond their own account. One role a person; an admin gives it."""

    READER = "reader", "Reader"
    CLINICIAN = "clinician", "Clinician"
    MODERATOR = "moderator", "Moderator"
    ADMIN = "admin", "Admin"


class UserManager(BaseUserManager["User"]):
    """Makes people with an email address, normalised so that case makes no second person."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person with an account, known by an email address; others see only the display name."""

    email = models.EmailField(unique=True)
    display_name = models.CharField(
        max_length=40, blank=True, help_text="What others see beside your comments. It need not be your real name."
    )
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.READER)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)
    asked_to_be_clinician = models.TextField(
        blank=True, max_length=500, help_text="Profession, registration number and where an admin can look it up."
    )
    verified_as_clinician = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    not_exported: ClassVar = ("password",)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="email_once_in_any_case")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Never the email address."""
        return self.display_name or f"Reader {self.pk}"

    @property
    def is_clinician(self) -> bool:
        """Verified by an admin; who only says so is a reader."""
        return self.is_active and self.role == Role.CLINICIAN and self.verified_as_clinician is not None

    @property
    def is_moderator(self) -> bool:
        return self.is_active and self.role in (Role.MODERATOR, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        return self.is_active and self.role == Role.ADMIN


class SessionManager(BaseSessionManager["Session"]):
    use_in_migrations = True


class Session(AbstractBaseSession):
    """A session that knows its person, so that it goes when the person goes."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    objects: ClassVar[SessionManager] = SessionManager()
    not_exported: ClassVar = ("session_key", "session_data")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from soleus.web.accounts.sessions import SessionStore

        return SessionStore
