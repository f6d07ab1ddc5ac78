"""What people see when a form was open too long."""

import re

from django.shortcuts import render
from django.views.decorators.cache import never_cache

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
