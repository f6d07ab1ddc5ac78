"""One line for each request, and what an error page has to know about it.

The name of the page stands in it, never its address: an address may hold the token of an invitation or the
secret of a calendar. No query, no form, nobody's name.
"""

import logging
import re
import time
from contextlib import ExitStack
from contextvars import ContextVar
from secrets import token_hex

from django.db import connections
from django.utils.functional import empty

log = logging.getLogger("web.requests")
HEADER = "X-Request-ID"
# Hexadecimal alone, as proxies make them: in it nobody can be called by name.
NUMBER = re.compile(r"[0-9a-f][0-9a-f-]{10,38}[0-9a-f]")
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
# Written without anything being saved: who is signed in, what is counted, who looked, what is half written.
NO_RECORDS = re.compile("django_session|usersessions|accounts_(cache|reading|auditevent)|consultations_draft")

_current = ContextVar("request", default=None)


def current():
    """What is known of the request that is being answered; None outside one."""
    return _current.get()


class Watched:
    """One request: its number, how much it asked of the database, and whether it wrote any record."""

    def __init__(self, number):
        self.number, self.queries, self.wrote, self.committed = number, 0, False, False

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        result = execute(sql, params, many, context)
        written = WRITES.match(sql) if isinstance(sql, str) else None
        if written and not NO_RECORDS.match(written[2]):
            self.wrote = True
            self.listen_for_commit(context["connection"])
        return result

    def listen_for_commit(self, connection):
        """Called once the transaction is through, at once outside one, and never when it is taken back."""
        if connection.in_atomic_block or connection.get_autocommit():
            connection.on_commit(self.note_commit)

    def note_commit(self):
        self.committed = True


class RequestLog:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.monotonic()
        watched = request.watched = Watched(number_of(request))
        token = _current.set(watched)
        try:
            with ExitStack() as stack:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(watched))
                response = self.get_response(request)
            response[HEADER] = watched.number
            log.info("request", extra={"line": line_of(request, response, began)})
            return response
        finally:
            _current.reset(token)


def number_of(request):
    given = request.headers.get(HEADER, "")
    return given if NUMBER.fullmatch(given) else token_hex(6)


def line_of(request, response, began):
    match = request.resolver_match
    line = {
        "method": request.method if request.method in KNOWN_METHODS else "other",
        "page": match.view_name if match else "",
        "status": response.status_code,
        "ms": round(1000 * (time.monotonic() - began)),
        "queries": request.watched.queries,
    }
    return line | who(request)


KNOWN_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")


def who(request):
    """Number and kind of role, where the request found them out itself: a line asks the database nothing."""
    user = getattr(request, "_cached_user", None)
    if user is None or not user.is_authenticated:
        return {}
    role = getattr(request, "role", None)
    known = getattr(role, "_wrapped", empty) is not empty and bool(role)
    return {"user": user.pk, "role": role.kind if known else ""}
