"""Reads that may be seconds old come from the replica. Closed until a page opens it: docs/adr/0046.

A page says `lag_tolerated`, and its gate has answered from the primary before anything is read here.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError

from .replica import ALIAS, replica

COOKIE = "wrote"
READS = ("GET", "HEAD")
_window = ContextVar("window", default=None)


class Window:
    """While one is open, reads go to the replica, until something is written."""

    wrote = False


@contextmanager
def reading_behind():
    token = _window.set(Window())
    try:
        yield _window.get()
    finally:
        _window.reset(token)


def behind(request, answer):
    """The answer of a page, read from the replica where that may be; else from the primary.

    It is drawn here, for what is drawn later would be read outside. Where the replica fails in the middle the
    page is made once more, from the primary.
    """
    if request.method not in READS or COOKIE in request.COOKIES or not replica.is_fresh():
        return answer()
    with reading_behind() as window:
        try:
            return drawn(answer())
        except (InterfaceError, OperationalError) as error:
            # What was written would be written twice.
            if window.wrote:
                raise
            replica.failed(error)
    return answer()


def drawn(response):
    if not getattr(response, "is_rendered", True):
        response.render()
    return response


class Router:
    def db_for_read(self, model, instance=None, **hints):
        window = _window.get()
        if window and not window.wrote and model._meta.app_label in settings.MAY_BE_BEHIND:
            return ALIAS
        # What came from the replica is not asked there for more once the window is shut.
        return DEFAULT_DB_ALIAS if came_from_the_replica(instance) else None

    def db_for_write(self, model, instance=None, **hints):
        window = _window.get()
        if window:
            window.wrote = True
        return DEFAULT_DB_ALIAS if came_from_the_replica(instance) else None

    def allow_relation(self, one, other, **hints):
        return True if {one._state.db, other._state.db} == {ALIAS, DEFAULT_DB_ALIAS} else None

    def allow_migrate(self, db, app_label, **hints):
        return False if db == ALIAS else None


def came_from_the_replica(instance):
    return instance is not None and instance._state.db == ALIAS


class RemembersWriting:
    """Who has just sent something reads from the primary until the replica must have it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if replica.is_there and request.method not in READS:
            seconds = settings.REPLICA_BEHIND_AT_MOST + settings.REPLICA_LOOK_EVERY
            flags = {"httponly": True, "secure": settings.SESSION_COOKIE_SECURE, "samesite": "Lax"}
            response.set_cookie(COOKIE, "1", max_age=seconds, **flags)
        return response
