"""A page on which nothing can be written says so before its form is filled in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect


def refusal_of(check, record):
    """What a service says against a record, in words; None where it says nothing."""
    try:
        check(record)
    except ValidationError as refusal:
        return refusal.messages[0]
    return None


class RefusesAtOnce:
    """A subclass gives `why_not()`: why nothing is written here, in words; None where it can be."""

    def get(self, request, *args, **kwargs):
        refused = self.why_not()
        if refused is None:
            return super().get(request, *args, **kwargs)
        messages.warning(request, refused)
        return HttpResponseRedirect(self.leads_back_to().get_absolute_url())

    def leads_back_to(self):
        return self.record
