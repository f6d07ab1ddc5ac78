"""Visits in somebody's own calendar program."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView

from accounts.access import ButtonView, PolicyMixin
from schools import policies
from schools.calendar_entries import feed_of
from schools.models import CalendarFeed
from schools.services import FeedRevoked, find_feed_role, make_feed, revoke_feed

STOPPED = "This calendar address is not in use any more. Sign in to make a new one."
NEVER_MADE = "This is not a calendar address of ours. Sign in to see yours."


class CalendarAddress(PolicyMixin, TemplateView):
    """The secret address of the role in use, and how to stop it."""

    policy = policies.can_read_visits
    template_name = "schools/calendar_address.html"

    def get_context_data(self, **kwargs):
        feed = CalendarFeed.objects.visible_to(self.role).in_use().first()
        address = full_address(feed) if feed else ""
        return super().get_context_data(
            feed=feed,
            address=address,
            subscribe=address.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1),
            section=self.role.place,
            **kwargs,
        )


def full_address(feed):
    return in_full(reverse("schools:calendar-feed", args=[feed.token]))


def in_full(path):
    return settings.BASE_URL.rstrip("/") + path


class ChangesAddress(ButtonView):
    policy = policies.can_read_visits

    def get_return_url(self):
        return reverse("schools:calendar-address")


class CalendarAddressMake(ChangesAddress):
    def press(self, record):
        make_feed(self.role, by=self.request.user, at=timezone.now())
        return "Your calendar address is made."


class CalendarAddressStop(ChangesAddress):
    def press(self, record):
        stopped = revoke_feed(self.role, by=self.request.user, at=timezone.now())
        return "The calendar address shows nothing from now on." if stopped else ""


def whoever_holds_the_address(role, record):
    """The token is what lets in; it is checked by `find_feed_role`."""
    return True


@method_decorator(login_not_required, name="dispatch")
class CalendarFeedFile(View):
    """What a calendar program fetches. It has no sign-in, so the address is all it knows."""

    policy = staticmethod(whoever_holds_the_address)
    http_method_names = ["get"]

    def get(self, request, token):
        now = timezone.now()
        try:
            role = find_feed_role(token, at=now)
        except FeedRevoked:
            return said(STOPPED, status=410)
        if role is None:
            return said(NEVER_MADE, status=404)
        headers = {"Cache-Control": "no-store"}
        return HttpResponse(
            feed_of(role, at=now, url=in_full(reverse(settings.LOGIN_URL))),
            content_type="text/calendar; charset=utf-8",
            headers=headers,
        )


def said(text, status):
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
