from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies
from consultations.models import Case, Consultation, Plan, Review, Share
from schools.models import Visit
from web.keyset import keyset_page

from .closed import MarksWhatIsClosed
from .matters import ShowsOpenMatters

ON_A_PAGE = 25


class CasePage(MarksWhatIsClosed, LogsReading, ShowsOpenMatters, PolicyMixin, TemplateView):
    """C10: one child, or one class or group, over time, newest first.

    Link staff see the plans that were sent to them and their reviews; consultations are the clinicians'.
    """

    policy = policies.can_read_case
    template_name = "consultations/case.html"

    def get_visible(self):
        return Case.objects.visible_to(self.role).for_page()

    def get_case(self):
        return self.record

    def matters_about(self):
        return {"consultation__case": self.record}

    def get_context_data(self, **kwargs):
        case = self.record
        sees_consultations = policies.can_read_consultation(self.role, None)
        plans = Plan.objects.visible_to(self.role).filter(case=case).for_list(self.role)
        talks = Consultation.objects.visible_to(self.role).filter(case=case).for_list()
        reviews = Review.objects.visible_to(self.role).filter(plan__case=case)
        return super().get_context_data(
            case=case,
            section=case.partnership.school.name,
            consents=case.consents.order_by("-pk") if sees_consultations else [],
            plans=[(plan, plan.status_on(self.today)) for plan in plans],
            page=keyset_page(talks, self.request.GET, ON_A_PAGE, by="held_at"),
            reviews=reviews.select_related("plan", "reviewed_by").order_by("-reviewed_at", "-pk")[:ON_A_PAGE],
            sees_consultations=sees_consultations,
            shares=self.shares(),
            visit_here=self.visit_under_way(),
            **kwargs,
        )

    def shares(self):
        """Notes of consultations that were shared, with whether this reader may still open each."""
        shares = Share.objects.visible_to(self.role).filter(case=self.record, consultation__isnull=False)
        return [(share, share.is_open(self.today)) for share in shares.for_list()[:ON_A_PAGE]]

    def visit_under_way(self):
        """The reader's own visit at this school, begun and not finished: they can log on it."""
        own = Visit.objects.visible_to(self.role).filter(
            clinician=self.role.person_id, started_at__isnull=False, partnership=self.record.partnership
        )
        return own.to_come().first()
