"""The secret addresses of calendars: made, revoked and found."""

from django.db import transaction
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import save_tracked
from schools.models import CalendarFeed


class FeedRevoked(Exception):
    """The address was one of ours, and is not in use any more."""


@transaction.atomic
def make_feed(role, *, by, at):
    """An address for the visits of this role. There is one at a time: asked for again, it is the same."""
    RoleRow.objects.select_for_update().get(pk=role.pk)
    there = CalendarFeed.objects.in_use().filter(role=role.pk).first()
    return there or save_tracked(CalendarFeed(role=role, made_at=at), by=by, reason="Calendar address made")


@transaction.atomic
def revoke_feed(role, *, by, at):
    """The address of this role shows nothing from now on. Where there is none, nothing changes."""
    feed = CalendarFeed.objects.select_for_update().in_use().filter(role=role.pk).first()
    if feed:
        feed.revoked_at = at
        save_tracked(feed, by=by, reason="Calendar address stopped")
    return feed


def find_feed_role(token, *, at):
    """The role whose visits an address shows; None for an address that nobody of ours made.

    Raises FeedRevoked when it was stopped, or when the role is over or its account closed.
    """
    key = CalendarFeed.key_of(token)
    feed = CalendarFeed.objects.filter(key=key).select_related("role__person").first() if key else None
    if feed is None:
        return None
    usable = RoleRow.objects.usable(feed.role.person, timezone.localdate(at))
    role = usable.filter(pk=feed.role_id).first() if feed.revoked_at is None else None
    if role is None:
        raise FeedRevoked
    return role
