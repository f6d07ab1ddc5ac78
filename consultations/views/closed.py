"""What link staff see of something that was shared with them and then closed: a mark, never the text."""

from datetime import date

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from consultations.models import Share

TYPED = ("note", "change", "why_changed", "who_came", "views", "agreed")


def ended_on(share):
    """The last day it could be read: somebody closed it, or else the consent ran out."""
    return timezone.localdate(share.closed_at) if share.closed_at else share.last_day or date.min


class MarksWhatIsClosed:
    """In front of a page about a plan or case, which is not found any more once all of it is closed.

    Somebody may have it open at that moment: they are told when and by whom it was closed, and see what they
    had typed. Whoever it was never shared with gets the usual 404. The mark is 410 and is not a reading.
    """

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            share = self.closed_share()
            if share is None:
                raise
        typed = [request.POST[name] for name in TYPED if request.POST.get(name)]
        context = {"share": share, "typed": typed, "section": share.partnership.school.name}
        response = render(request, "consultations/closed.html", context, status=410)
        response["Cache-Control"] = "no-store"
        return response

    def closed_share(self):
        """The share of this plan or case that was open last, if this role is one it was for."""
        key = str(self.kwargs.get("reference", "")).replace("\0", "")
        about = Q(plan__reference=key) | Q(case__reference=key)
        shares = Share.objects.visible_to(self.role).filter(about, audience=Share.Audience.LINK_STAFF)
        ended = shares.exclude(closing=Share.Closing.REPLACED).for_list()
        return max(ended, key=ended_on, default=None)
