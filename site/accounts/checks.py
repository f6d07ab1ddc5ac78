from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as InTheDatabase
from django.core.checks import Error, Tags, register

# Memory or files of one process: another worker would count wrong passwords anew.
OF_ONE_WORKER = ("locmem.LocMemCache", "filebased.FileBasedCache", "dummy.DummyCache")


@register(Tags.security, deploy=True)
def a_password_alone_opens_nothing(app_configs, **kwargs):
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [Error("A password alone opens accounts: SECOND_FACTOR_REQUIRED is off.", id="accounts.E001")]


@register(Tags.security, deploy=True)
def workers_share_what_they_remember(app_configs, **kwargs):
    found = []
    if any(cache["BACKEND"].endswith(OF_ONE_WORKER) for cache in settings.CACHES.values()):
        said = "Each worker counts wrong passwords by itself: CACHE_URL is not a cache that they share."
        found.append(Error(said, id="accounts.E002"))
    if not issubclass(import_module(settings.SESSION_ENGINE).SessionStore, InTheDatabase):
        said = "A session is known to one worker alone, or is lost: SESSION_ENGINE keeps it in no database."
        found.append(Error(said, id="accounts.E003"))
    return found
