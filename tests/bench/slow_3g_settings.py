"""The demo as it would be served in production, but for HTTPS: files packed and kept for a year."""

import os

from config.settings.dev import *  # noqa: F403

STATIC_ROOT = os.environ["STATIC_FOLDER"]
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
