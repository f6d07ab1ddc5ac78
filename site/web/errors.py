"""What people see when a form was open too long, and when something went wrong."""

import re
import sys

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache

from web.words import moment

from .failures import AWAY, FULL, NOT_SAVED, NOT_SURE, OURS, kind_of, outcome_of

# A password must not travel back inside a page.
SECRET = re.compile("password|csrfmiddlewaretoken", re.IGNORECASE)


@never_cache
def csrf_failure(request, reason=""):
    """Django calls this when the token of a form is missing or stale.

    A form of our own, which the Origin header proves, can be sent again with a fresh token, so that
    nothing typed is lost. Anything else gets no such form: the sender may be another site.
    """
    fields = resend_fields(request) if is_our_own_form(request) else []
    context = {
        "resend_fields": fields,
        "resend_url": request.get_full_path(),
        "had_files": bool(fields and request.FILES),
    }
    return render(request, "web/open_too_long.html", context, status=403)


def is_our_own_form(request):
    """A form on a page of ours was sent: the browser itself says so, and a page elsewhere cannot forge it."""
    origin = f"{request.scheme}://{request.get_host()}"
    return request.method == "POST" and request.headers.get("Origin") == origin


def resend_fields(request):
    """(name, value) for everything that was posted, but secrets, for web/resend_fields.html."""
    return [
        (name, value) for name, values in request.POST.lists() if not SECRET.search(name) for value in values
    ]


# Template and status. A full disk is as much for later as records that are away.
PAGES = {OURS: ("500.html", 500), AWAY: ("web/away.html", 503), FULL: ("web/full.html", 503)}
SECONDS_UNTIL_NEXT_TRY = 30


@never_cache
def server_error(request):
    """Django calls this while the error is being handled. The page asks the database nothing.

    What was sent, and for certain not saved, stands in the page to be sent again. So it does where nobody can
    know: the form's key then makes one record.
    """
    kind = kind_of(sys.exc_info()[1])
    outcome = outcome_of(request, kind)
    template, status = PAGES[kind]
    context = {
        "outcome": outcome,
        "number": getattr(getattr(request, "watched", None), "number", ""),
        "draft_saved_at": draft_saved_at(request) if kind != AWAY else "",
        **(to_send_again(request) if outcome in (NOT_SAVED, NOT_SURE) else {}),
    }
    response = HttpResponse(loader.get_template(template).render(context), status=status)
    if status == 503:
        response["Retry-After"] = SECONDS_UNTIL_NEXT_TRY
    return response


def to_send_again(request):
    """What a page needs to send a form once more; nothing for one with a password, or of another site."""
    try:
        if not is_our_own_form(request) or any("password" in name.lower() for name in request.POST):
            return {}
        fields, had_files = resend_fields(request), bool(request.FILES)
    # What was sent cannot be read, and that may be what went wrong.
    except Exception:
        return {}
    return {
        "resend_fields": fields,
        "resend_url": request.get_full_path(),
        "had_files": had_files,
        "csrf_token": get_token(request),
    }


def draft_saved_at(request):
    """When the form that was sent was last kept as a draft; "" when it was not, or nobody can say."""
    user = getattr(request, "_cached_user", None)
    if user is None or not user.is_authenticated:
        return ""
    try:
        return moment(import_string(settings.DRAFT_SAVED_AT)(request.POST.get("form_key", ""), by=user))
    except (DatabaseError, InterfaceError):
        return ""
