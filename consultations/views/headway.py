"""For the lead of a service: plans that cannot go on unchanged, and referrals nobody has answered."""

from collections import defaultdict

from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from consultations import policies, reading
from consultations.models import Plan, Referral, Review
from web.keyset import keyset_page

PAGE = 25


class PastTheRule(PolicyMixin, TemplateView):
    """Running plans with too many reviews in a row without headway: since when, and what was chosen."""

    policy = policies.can_check_the_service
    template_name = "consultations/past_the_rule.html"

    def get_context_data(self, **kwargs):
        plans = Plan.objects.visible_to(self.role).past_the_rule()
        shown = plans.select_related("case", "partnership__school")
        page = keyset_page(shown, self.request.GET, PAGE)
        found = self.reviews_without_a_move(page.rows)
        rows = [(plan, reading.past_the_rule(plan, found[plan.case_id])) for plan in page.rows]
        return super().get_context_data(tab="headway", page=page, rows=rows, **kwargs)

    def reviews_without_a_move(self, plans):
        """By case, the reviews that found no goal moved, of every cycle."""
        cases = [plan.case_id for plan in plans]
        reviews = Review.objects.visible_to(self.role).filter(moved=False, plan__case__in=cases)
        found = defaultdict(list)
        for review in reviews.select_related("plan", "reviewed_by"):
            found[review.plan.case_id].append(review)
        return found


class ReferralsOverdue(PolicyMixin, TemplateView):
    """Referrals whose next answer was due before today."""

    policy = policies.can_check_the_service
    template_name = "consultations/referrals_overdue.html"

    def get_context_data(self, **kwargs):
        referrals = Referral.objects.visible_to(self.role).overdue(self.today)
        shown = referrals.select_related("case__partnership__school", "written_by")
        page = keyset_page(shown, self.request.GET, PAGE)
        return super().get_context_data(tab="referrals", page=page, **kwargs)
