"""The demo's keys, otherwise as in production but for HTTPS and a second step: files packed, no debugging."""

import os
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, MIDDLEWARE
from config.settings.dev import HISTORY_KEYS, NOTE_KEYS  # noqa: F401

DEBUG = False
SECRET_KEY = "for-invented-cases-that-are-measured"
SECOND_FACTOR_REQUIRED = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

BENCH_DIR = BASE_DIR / ".data" / "bench"
STATIC_ROOT = BENCH_DIR / "static"
MEDIA_ROOT = BENCH_DIR / "media"
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MIDDLEWARE = ["tests.bench.counting.Counting", *MIDDLEWARE]
ROOT_URLCONF = os.environ.get("BENCH_URLS", "tests.bench.urls")
