from functools import partial

from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from schools import policies
from schools.models import Agreement, Partnership
from schools.reading import (
    LINES,
    TimeLine,
    lines_of,
    owed_apart,
    past_pots_of,
    pots_of,
    time_by_school,
    waits_for,
)
from web.keyset import keyset_page
from web.prepared import prepared

from .school import OfSchool

Kind = Agreement.Kind


@prepared
def _own(role):
    return Partnership.objects.visible_to(role).select_related("school")


class ShowsTime:
    """What is left first, then the pots, then each line. No child, class or theme, and no price."""

    template_name = "schools/time.html"

    def time_of(self, partnership):
        pots = pots_of(partnership, self.today)
        kind = self.chosen_kind(pots)
        lines = partial(lines_of, self.role, partnership.pk, kind)
        page = keyset_page(lines, self.request.GET, LINES)
        return {
            "school": partnership.school,
            "pots": pots,
            "owed_apart": owed_apart(partnership, pots),
            "past": self.waiting(partnership),
            "waits": waits_for(self.role),
            "paid_for": time_by_school(pots),
            "kind": kind,
            "kinds": [(Kind.BOUGHT, "Bought time"), (Kind.CORE, "Core offer")],
            "page": page,
            "lines": [TimeLine(entry) for entry in page.rows],
            "can_ask": policies.can_read_entry_queries(self.role, None),
            "can_order": policies.can_order(self.role, None),
            "can_buy": policies.can_buy(self.role, None),
        }

    def waiting(self, partnership):
        """What is left of agreements that are over and can still be carried into the next."""
        return [pot for pot in past_pots_of(self.role, self.today, partnership) if pot.waits]

    def chosen_kind(self, pots):
        """Core and bought time are never in one list, for each has its own running balance."""
        asked = self.request.GET.get("of")
        if asked in Kind.values:
            return Kind(asked)
        return Kind.BOUGHT if any(not pot.is_core for pot in pots) else Kind.CORE


class OwnTime(ShowsTime, PolicyMixin, TemplateView):
    """H1: the time of the school that the budget holder, or link staff, work at."""

    policy = policies.can_read_own_time

    def get_context_data(self, **kwargs):
        [partnership] = _own(self.role)
        return super().get_context_data(section=self.role.place, **self.time_of(partnership), **kwargs)


class SchoolTime(ShowsTime, OfSchool, TemplateView):
    """C9: the same for clinician and lead."""

    policy = policies.can_read_school_time
    tab = "time"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | self.time_of(self.record)
