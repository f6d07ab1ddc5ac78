"""Production as it is deployed, with secrets and addresses from served.py, and no collected files."""

from config.settings.production import *  # noqa: F403
from config.settings.production import env

MEDIA_ROOT = env("MEDIA_FOLDER")
STATIC_ROOT = f"{MEDIA_ROOT}/static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
