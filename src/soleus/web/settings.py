"""Settings of the web application, all in this file. The environment says what differs from one machine to the next:

SOLEUS_DATA        folder of the database and the key (default: ~/.local/share/soleus)
DATABASE_URL       postgresql://... instead of SQLite
SOLEUS_SECRET_KEY  signs cookies (default: made once, kept in the data folder)
SOLEUS_HOSTS       names under which others reach this server, with commas (default: this machine only)
SOLEUS_HTTPS       1 where a proxy in front speaks https: cookies are then sent over https alone
SOLEUS_PROXIES     how many proxies stand in front (default: 0); throttling needs the address of the person behind them
SOLEUS_EMAIL_HOST  mail server, with SOLEUS_EMAIL_PORT, _USER, _PASSWORD, _FROM (default: no mail is sent, addresses are not confirmed)
SOLEUS_DEBUG       1 while building pages; never on a machine that others reach
"""

from __future__ import annotations

import os
from pathlib import Path

from soleus.domain.errors import Problem, UsageError
from soleus.web.data_folder import data_folder, secret_key
from soleus.web.database import database

HERE = Path(__file__).parent
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "yes", "true", "on")


def _whole(name: str, default: int, most: int) -> int:
    """A whole number from the environment.

    Raises:
        UsageError: If it is none, or not from 0 to `most`.
    """
    told = os.environ.get(name, "").strip()
    if not told:
        return default
    if not (told.isascii() and told.isdigit() and int(told[:9]) <= most):
        raise UsageError(Problem(name, f'"{told[:40]}" is not a whole number from 0 to {most}.', f"Set it, or leave it out for {default}."))
    return int(told)


DEBUG = _flag("SOLEUS_DEBUG")
HTTPS = _flag("SOLEUS_HTTPS")
SECRET_KEY = secret_key()
NAMED_HOSTS = [h.strip() for h in os.environ.get("SOLEUS_HOSTS", "").split(",") if h.strip()]
ALLOWED_HOSTS = [*LOOPBACK, *NAMED_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in NAMED_HOSTS]

ROOT_URLCONF = "soleus.web.urls"
ASGI_APPLICATION = "soleus.web.asgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "soleus.web.accounts",  # before allauth: our templates win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "soleus.web.pages",
    "soleus.web.cases",
    "soleus.web.assess",
    "soleus.web.plans",
    "soleus.web.tracking",
    "soleus.web.library",
    "soleus.web.discussion",
    "soleus.web.visit",
]
MIDDLEWARE = [
    "soleus.web.logs.AccessLine",
    "soleus.web.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "soleus.web.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "soleus.web.drafts.DraftMiddleware",
    "soleus.web.errors.SoleusErrors",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": not DEBUG,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "soleus.web.context.page",
            ],
            # While building, a changed template shows at the next request; otherwise templates are read once.
            **({"loaders": [f"django.template.loaders.{kind}.Loader" for kind in ("filesystem", "app_directories")]} if DEBUG else {}),
            "builtins": ["django.templatetags.static", "soleus.web.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "soleus.web.forms.Renderer"

# Data
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), data_folder())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # one process serves: nothing to share

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ("email", "display_name")},
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "soleus.web.accounts.adapter.Adapter"
ACCOUNT_FORMS = {"signup": "soleus.web.accounts.forms.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/300s/key",  # by account and client together; see accounts/adapter.py
    "login_failed_anywhere": "100/h/key",  # by account alone
    "login_failed_known": "5/300s/key",  # by account and a browser in which its person signed in before
    "signup": "20/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = _whole("SOLEUS_PROXIES", 0, 9)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Soleus"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers offer passkeys over plain http for localhost alone

# Mail
EMAIL_HOST = os.environ.get("SOLEUS_EMAIL_HOST", "")
EMAIL_PORT = _whole("SOLEUS_EMAIL_PORT", 587, 65_535)
EMAIL_HOST_USER = os.environ.get("SOLEUS_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SOLEUS_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SOLEUS_EMAIL_FROM", "soleus@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_HOST else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = bool(EMAIL_HOST)
MFA_ALLOW_UNVERIFIED_EMAIL = not EMAIL_HOST

# Cookies. Lax and not Strict: a link in a mail of the clinic opens a page on which its reader is logged in.
SESSION_ENGINE = "soleus.web.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 86_400
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-soleus" if HTTPS else "soleus"
CSRF_COOKIE_NAME = "__Host-soleus-form" if HTTPS else "soleus-form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "soleus.web.pages.views.csrf_failure"

# Requests
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 86_400 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"  # see security.py
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Static files: found in the package itself, nothing to collect
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "soleus.web.static_files.Versioned"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 30 * 86_400  # addresses carry a digest of the content
WHITENOISE_ALLOW_ALL_ORIGINS = False

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("TZ") or "UTC"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "soleus.web.logs.WithoutHealthData"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "soleus": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
