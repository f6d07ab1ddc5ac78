"""The local demo and development: an embedded database, e-mails in a folder."""

from .base import *  # noqa: F403
from .base import DATA_DIR, DEMO_HISTORY_KEY, DEMO_NOTE_KEY, STATIC_ROOT, env

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="for-the-local-demo-only-not-for-real-records")
# Invented children only: a password is enough. Passkeys want a name, so use http://localhost for them.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
NOTE_KEYS = env.list("NOTE_KEYS", default=[DEMO_NOTE_KEY])
HISTORY_KEYS = env.list("HISTORY_KEYS", default=[DEMO_HISTORY_KEY])
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
