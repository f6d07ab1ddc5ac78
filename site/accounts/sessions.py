"""Where somebody is signed in, and signing out there."""

import time

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from accounts.idle import seconds_left
from accounts.services import end_sessions
from accounts.sign_in_log import Kind, note


def open_sessions(person):
    """Those that would still open a page now, newest first, in two questions for any number of them."""
    rows = UserSession.objects.filter(user=person).order_by("-created_at", "-pk")
    stored = Session.objects.filter(session_key__in=[row.session_key for row in rows])
    alive = {
        session.session_key
        for session in stored.filter(expire_date__gt=timezone.now())
        if still_opens(session.get_decoded(), person)
    }
    return [row for row in rows if row.session_key in alive]


def still_opens(session, person):
    """Not after the idle limit, nor after the password was changed elsewhere."""
    in_time = seconds_left(session, time.time()) > 0
    return in_time and session.get(HASH_SESSION_KEY) == person.get_session_auth_hash()


def sign_out_elsewhere(request):
    here = request.session.session_key
    count = len({row.session_key for row in open_sessions(request.user)} - {here})
    end_sessions(request.user, but=here)
    note(request, Kind.SIGNED_OUT, request.user, f"In {count} other places")
    return count


class WhereSignedIn(TemplateView):
    template_name = "accounts/where_signed_in.html"

    def get_context_data(self, **kwargs):
        rows = open_sessions(self.request.user)
        here = self.request.session.session_key
        sessions = [
            {"row": row, "browser": browser(row.user_agent), "here": row.session_key == here} for row in rows
        ]
        return super().get_context_data(sessions=sessions, **kwargs)


class SignOutElsewhere(View):
    http_method_names = ["post"]

    def post(self, request):
        count = sign_out_elsewhere(request)
        messages.success(request, f"Signed out in {count} other place{'' if count == 1 else 's'}.")
        return redirect("usersessions_list")


class SignOutEverywhere(View):
    http_method_names = ["post"]

    def post(self, request):
        sign_out_elsewhere(request)
        get_adapter().logout(request)
        return HttpResponseRedirect("/")


NAMES = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook")),
    *(("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")),
]


def browser(user_agent):
    """ "Firefox on Windows", as far as the browser says what it is."""
    name = next((name for mark, name in NAMES if mark in user_agent), "A browser")
    system = next((system for mark, system in SYSTEMS if mark in user_agent), "")
    return f"{name} on {system}" if system else name
