"""From a page of the library into a plan: which one?"""

from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from consultations import policies
from consultations.models import Plan
from resources.models import StrategyPage
from web.keyset import keyset_page

from .plans import PAGE
from .strategies import drafts_of_plans

UNFINISHED = 10


class AddStrategy(PolicyMixin, TemplateView):
    """The plans that run and can be changed by this person, newest first, and those half written.

    Choosing one is a button of C5.
    """

    policy = policies.can_write_plan
    template_name = "consultations/add_strategy.html"
    lookup = "pk"

    def get_visible(self):
        return StrategyPage.objects.visible_to(self.role)

    def get_context_data(self, **kwargs):
        plans = Plan.objects.visible_to(self.role).running().for_list(self.role)
        page = keyset_page(plans, self.request.GET, PAGE)
        # A plan that runs already has its own line.
        drafts = drafts_of_plans(self.role).exclude(path__startswith="/plans/").for_list()
        return super().get_context_data(
            strategy=self.record,
            page=page,
            rows=[(plan, plan.status_on(self.today)) for plan in page.rows],
            drafts=drafts.order_by("-saved_at", "-pk")[:UNFINISHED],
            **kwargs,
        )
