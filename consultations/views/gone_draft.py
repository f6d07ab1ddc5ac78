from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from accounts.services import used_form_key

DRAFT_SAVED = "This draft was saved already, in another tab or by an earlier press."
DRAFT_GONE = "This draft is not here any more. It was saved or discarded."


def own_use_of(key, person):
    """What came of one's own form with this key; None where it was not saved, or was somebody else's."""
    used = used_form_key(key) if key else None
    return used if used and used.person_id == person.pk else None


class LeadsOnFromGone:
    """Mixed into a page about a draft of one's own: a button of it, pressed when the draft is gone, leads on.

    Of somebody else's draft it says what it says of one that never was.
    """

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if request.method != "POST":
                raise
        used = own_use_of(kwargs["key"], request.user)
        messages.warning(request, DRAFT_SAVED if used else DRAFT_GONE)
        return HttpResponseRedirect(used.led_to if used else reverse("home:start"))
