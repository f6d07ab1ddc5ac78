"""Production: every secret and address from the environment, HTTPS only."""

from .base import *  # noqa: F403
from .base import env
from .keys import keys_in
from .logs import json_lines

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Keys of the clinical texts, the one that writes first (manage.py new_note_key makes one).
NOTE_KEYS = keys_in(env, "NOTE_KEYS")
# Keys that sign the history of cases, the one that signs first (manage.py new_history_key makes one).
HISTORY_KEYS = keys_in(env, "HISTORY_KEYS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# Where the links of e-mails lead. Never taken from a request, whose host anybody may write.
BASE_URL = WAGTAILADMIN_BASE_URL = env("BASE_URL")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
# How many in front add to X-Forwarded-For: wrong tries are counted by the client's own address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=1)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGS_AS_JSON = True
LOGGING = json_lines(env("LOG_LEVEL", default="INFO"))
EMAIL_CONFIG = env.email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)
