"""What link staff see of something that was shared with them and then closed: a mark, never the text."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render

from consultations.models import Share

TYPED = ("note", "change")


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
        """The share of this plan or case that was closed last, if this role is one it was for."""
        key = str(self.kwargs.get("reference", "")).replace("\0", "")
        about = Q(plan__reference=key) | Q(case__reference=key)
        shares = Share.objects.visible_to(self.role).filter(about).for_list()
        return shares.order_by("-closed_at", "-pk").first()
