"""How long somebody stays signed in without doing anything. The server counts; the page only warns."""

import math
import time

from django.conf import settings
from django.contrib.auth import logout

from accounts.sign_in_log import Kind, note

SESSION_KEY = "active"
# Only a request that a person caused counts. A page that asks by itself says nothing of a person,
# unless it says how many seconds ago the person last did something.
LAST_DONE = "X-Last-Done"


class IdleLimit:
    """Ends a session in which nobody did anything for IDLE_LIMIT seconds, or that is too old."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.look_at_the_clock(request, time.time())
        return self.get_response(request)

    def look_at_the_clock(self, request, now):
        began, active = request.session.get(SESSION_KEY, (now, 0))
        fresh = not active
        if not fresh and (now - active > settings.IDLE_LIMIT or now - began > settings.SESSION_COOKIE_AGE):
            note(request, Kind.SIGNED_OUT, request.user, "Nothing was done for too long")
            logout(request)
            return
        done = now if fresh else max(active, last_done(request, now))
        # A session is written to the database: not at every click.
        if done - active > settings.IDLE_LIMIT / 60:
            request.session[SESSION_KEY] = (began, done)


def last_done(request, now):
    """When a person last did something, as far as this request tells; 0 when it tells nothing."""
    said = request.headers.get(LAST_DONE, "")
    if said.isascii() and said.isdecimal() and len(said) < 7:
        return now - int(said)
    # An old browser that does not say what a request is for is taken at its word.
    by_a_person = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return now if by_a_person and request.headers.get("Sec-Fetch-Dest") != "iframe" else 0


def seconds_left(session, now):
    """Until the session ends by itself. The clock of one that has not been looked at yet starts now."""
    began, active = session.get(SESSION_KEY, (now, now))
    return max(0, math.ceil(min(active + settings.IDLE_LIMIT, began + settings.SESSION_COOKIE_AGE) - now))
