from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies, reading, services
from consultations.models import Case, Consent, Consultation, Plan, Review, Share
from schools.models import Visit
from web.keyset import keyset_page

from .closed import MarksWhatIsClosed
from .matters import ShowsOpenMatters
from .moving import ShowsMoving

ON_A_PAGE = 25


class CasePage(ShowsMoving, MarksWhatIsClosed, LogsReading, ShowsOpenMatters, PolicyMixin, TemplateView):
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
            **self.consent_and_lane(),
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
        return shares.with_open(self.today).for_list()[:ON_A_PAGE]

    def consent_and_lane(self):
        """Two purposes in words, and the case on the other lane; for who may see that one."""
        case, role = self.record, self.role
        others = Case.objects.visible_to(role)
        by_name = others.filter(promoted_from=case).first() if not case.is_named else None
        without_name = others.filter(pk=case.promoted_from_id).first() if case.promoted_from_id else None
        lanes = {"by_name": by_name, "without_name": without_name}
        if not policies.can_read_consent(role, case):
            return lanes
        found = Consent.objects.visible_to(role).filter(case=case).newest_first() if case.is_named else []
        rows = reading.consent_by_purpose(list(found), self.today)
        shown = [row for row in rows if row["consent"] or row["purpose"] in services.PLAN_NEEDS]
        return lanes | {
            "consents": shown if case.is_named else [],
            "not_by_name": case.is_named and not rows[0]["holds"],
            "can_record_name": policies.can_record_name(role, case)
            and (case.is_named, case.subject, by_name) == (False, Case.Subject.CHILD, None),
        }

    def visit_under_way(self):
        """The reader's own visit at this school, begun and not finished: they can log on it."""
        own = Visit.objects.visible_to(self.role).filter(
            clinician=self.role.person_id, started_at__isnull=False, partnership=self.record.partnership
        )
        return own.to_come().first()
