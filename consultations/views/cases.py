from django.db.models import OuterRef, Subquery
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies, ratings, reading, services
from consultations.models import (
    Case,
    Consent,
    Consultation,
    Plan,
    ReferralUpdate,
    Review,
    Share,
    StageMove,
)
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
        cases = Case.objects.visible_to(self.role).for_page()
        moves = StageMove.objects.visible_to(self.role).filter(case=OuterRef("pk")).order_by("-pk")
        return cases.select_related("promoted_to", "moved_to").annotate(
            visit_here=Subquery(self.visits_under_way().values("reference")[:1]),
            moved_on=Subquery(moves.values("moved_on")[:1]),
            moved_because=Subquery(moves.values("reason")[:1]),
            move_decided_by=Subquery(moves.values("decided_by")[:1]),
        )

    def get_case(self):
        return self.record

    def matters_about(self):
        return {"consultation__case": self.record}

    def get_context_data(self, **kwargs):
        case = self.record
        sees_consultations = policies.can_read_consultation(self.role, None)
        plans = list(Plan.objects.visible_to(self.role).filter(case=case).for_list(self.role))
        talks = Consultation.objects.visible_to(self.role).filter(case=case).for_list()
        reviews = Review.objects.visible_to(self.role).filter(plan__case=case)
        reviews = list(reviews.select_related("plan", "reviewed_by").order_by("-reviewed_at", "-pk"))
        rows = [(plan, plan.status_on(self.today)) for plan in plans]
        return super().get_context_data(
            case=case,
            section=case.partnership.school.name,
            **self.consent_and_lane(),
            **self.stage_and_referrals(),
            plans=rows,
            can_begin_plan=self.can_begin_plan(plans),
            meet_on=self.meet_on(plans),
            goal_charts=ratings.goals_of_case(case, self.role, plans, reviews),
            page=keyset_page(talks, self.request.GET, ON_A_PAGE, by="held_at"),
            reviews=reviews[:ON_A_PAGE],
            sees_consultations=sees_consultations,
            shares=self.shares(),
            can_make_paper=policies.can_make_paper(self.role, case),
            **kwargs,
        )

    def stage_and_referrals(self):
        case, role = self.record, self.role
        updates = ReferralUpdate.objects.visible_to(role).filter(referral__case=case)
        referrals = reading.referrals_with_updates(updates.for_list()) if case.is_named else []
        return {
            "referrals": [(row, heard[-1].is_overdue(self.today), heard) for row, heard in referrals],
            "can_move": policies.can_move_case(role, case),
            "can_refer": policies.can_refer(role, case) and case.is_named,
        }

    def can_begin_plan(self, plans):
        """A first plan, or the next cycle: no plan runs, and the case is open."""
        case = self.record
        running = any(not plan.ended_on for plan in plans)
        may = policies.can_write_plan(self.role, case)
        return may and not running and case.stage != Case.Stage.CLOSED

    def meet_on(self, plans):
        """The plan that was sent last, once it has ended: until the next is sent a meeting belongs to it."""
        case = self.record
        sent = next((plan for plan in plans if plan.first_sent_at), None)
        between = sent and sent.ended_on and case.stage != Case.Stage.CLOSED and not case.goes_on
        return sent if between and policies.can_record_meeting(self.role, sent) else None

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

    def visits_under_way(self):
        """The reader's own visits at the school of a case, begun and not finished: they can log on them."""
        own = Visit.objects.visible_to(self.role).filter(
            clinician=self.role.person_id, started_at__isnull=False, partnership=OuterRef("partnership")
        )
        return own.to_come()
