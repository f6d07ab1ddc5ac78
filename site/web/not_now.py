"""What people see when the database is away or its disk is full: a page that asks the database nothing."""

import sqlite3
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.defaults import server_error as our_fault

SECONDS_UNTIL_NEXT_TRY = 30


@never_cache
def server_error(request):
    """Django calls this while it handles the error."""
    error = sys.exc_info()[1]
    if not isinstance(error, OperationalError | InterfaceError):
        return our_fault(request)
    page = render_to_string("web/not_now.html", {"is_full": is_full(error)})
    return HttpResponse(page, status=503, headers={"Retry-After": SECONDS_UNTIL_NEXT_TRY})


def is_full(error):
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None) or 0
    # The low byte is the error, what stands above it says more of it. Without any room SQLite cannot make the
    # file by which several share a database, and so not even read.
    if code & 0xFF == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return True
    return getattr(cause, "sqlstate", "") == "53100"
