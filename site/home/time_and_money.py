"""Time and money of a service, and what came of it."""

from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from home import policies
from home.reading import (
    WAITING,
    capacity_by_week,
    days_of_service,
    income_by_month,
    orders_for_the_lead,
    outcomes_of,
    pots_of_service,
    publishes_terms,
    waits_for_the_lead,
)
from schools.models import Agreement
from schools.reading import bar_key
from web.keyset import keyset_page

PAGE = 25
State = Agreement.State


class Money(PolicyMixin, TemplateView):
    """The lead: pots of all schools, worst first, and what waits, is owed, can be given and came in."""

    policy = policies.can_read_money
    template_name = "home/money.html"

    def get_context_data(self, **kwargs):
        days = days_of_service(self.role)
        service, orders = pots_of_service(self.role, self.today, days), orders_for_the_lead(self.role)
        questions, adjustments = waits_for_the_lead(self.role)
        weeks, clinicians = capacity_by_week(self.role, self.today, days)
        return super().get_context_data(
            service=service,
            **self.page_of(service.pots),
            bar_key=bar_key(),
            orders=orders[:WAITING],
            more_orders=len(orders) > WAITING,
            questions=questions,
            adjustments=adjustments,
            weeks=weeks,
            clinicians=clinicians,
            income=income_by_month(self.role, self.today),
            section=self.role.place,
            **kwargs,
        )

    def page_of(self, pots):
        """How bad a pot is stands in no column, so its place in the list is the page's key."""
        asked = self.request.GET.get("from", "")
        start = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
        last = start + PAGE
        return {
            "pots": pots[start:last],
            "better": f"?from={last}" if last < len(pots) else "",
            "worse": f"?from={max(start - PAGE, 0)}" if start else "",
        }


class TimeOutcome(PolicyMixin, TemplateView):
    """What came of the plans, beside the time of each agreement."""

    policy = policies.can_read_outcome
    template_name = "home/outcome.html"

    def get_context_data(self, **kwargs):
        in_force = Agreement.objects.visible_to(self.role).filter(
            state__in=(State.SIGNED, State.ACTIVE, State.ENDED), first_on__lte=self.today
        )
        page = keyset_page(in_force.select_related("payer__school"), self.request.GET, PAGE)
        return super().get_context_data(
            page=page,
            outcomes=outcomes_of(self.role, page.rows, self.today),
            hides=publishes_terms(self.role),
            is_lead=policies.can_read_money(self.role, None),
            section=self.role.place,
            **kwargs,
        )
