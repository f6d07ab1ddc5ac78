"""Tests: the database of DATABASE_URL, or SQLite in a file so that --reuse-db works."""

from .base import *  # noqa: F403
from .base import DATA_DIR, DATABASES, STATIC_ROOT, env
from .databases import SQLITE, SQLITE_OPTIONS

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
BACKUP_DIR = DATA_DIR / "test-backups"
SECRET_KEY = "only-for-tests"
NOTE_KEYS = ["Zm9ydG5pZ2h0LXRlc3RzLW9ubHktbm90LWEtc2VjcmU="]
HISTORY_KEYS = ["Zm9ydG5pZ2h0LXRlc3RzLWhpc3Rvcnktbm90LXNlY3I="]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
ACCOUNT_RATE_LIMITS = False
SECOND_FACTOR_REQUIRED = False
CHECK_PREPARED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# A page that a test served must leave no connection behind: no database is dropped while one is open.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == SQLITE:
    DATABASES["default"]["TEST"] = {"NAME": env("TEST_SQLITE", default=str(DATA_DIR / "test.sqlite3"))}
    # Twenty threads that write at once on a busy machine wait for each other longer than people do.
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {"timeout": 120}
