from functools import partial

from django.db.models import Exists, OuterRef, Subquery
from django.utils.timezone import localdate
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies, ratings, reading, services
from consultations.models import (
    Case,
    Consent,
    Consultation,
    ConsultationTheme,
    Plan,
    ReferralUpdate,
    Review,
    SafeguardingMatter,
    Share,
    StageMove,
)
from schools.models import Visit
from web.keyset import cut, keyset_page
from web.prepared import Name, attach, prepared

from .closed import MarksWhatIsClosed
from .matters import ShowsOpenMatters
from .moving import ShowsMoving

ON_A_PAGE = 25


@prepared
def case_by_reference(role, reference):
    """With the reader's own visit at its school that has begun and is not finished: they can log on it. And
    with whether anything about it waits to be told, which is seldom."""
    visits = Visit.objects.visible_to(role).filter(
        clinician=role.person_id, started_at__isnull=False, partnership=OuterRef("partnership")
    )
    matters = SafeguardingMatter.objects.visible_to(role).filter(consultation__case=OuterRef("pk"))
    moves = StageMove.objects.visible_to(role).filter(case=OuterRef("pk")).order_by("-pk")
    cases = Case.objects.visible_to(role).filter(reference=reference).for_page()
    return cases.select_related("promoted_to", "moved_to").annotate(
        has_open_matters=Exists(matters.open()),
        visit_here=Subquery(visits.to_come().values("reference")[:1]),
        moved_on=Subquery(moves.values("moved_on")[:1]),
        moved_because=Subquery(moves.values("reason")[:1]),
        move_decided_by=Subquery(moves.values("decided_by")[:1]),
    )


@prepared
def case_by(role, name, key):
    return Case.objects.visible_to(role).filter(**{name: key}).order_by("pk")[:1]


@prepared
def plans_of_case(role, case_pk):
    return Plan.objects.visible_to(role).filter(case=case_pk).for_list(role)


@prepared
def reviews_of_case(role, case_pk):
    reviews = Review.objects.visible_to(role).filter(plan__case=case_pk)
    return reviews.select_related("plan", "reviewed_by").order_by("-reviewed_at", "-pk")


@prepared
def talks_of_case(role, case_pk, *where):
    """One more than stand on a page."""
    talks = Consultation.objects.visible_to(role).filter(case=case_pk)
    return cut(talks.with_place(), *where)[: ON_A_PAGE + 1]


@prepared
def themes_of(consultation_pks):
    return ConsultationTheme.objects.filter(consultation__in=consultation_pks).select_related("theme")


@prepared
def shares_of_case(role, case_pk):
    shares = Share.objects.visible_to(role).filter(case=case_pk, consultation__isnull=False)
    return shares.with_open(localdate()).for_line()[:ON_A_PAGE]


@prepared
def updates_of_case(role, case_pk):
    return ReferralUpdate.objects.visible_to(role).filter(referral__case=case_pk).for_list()


@prepared
def consents_of_case(role, case_pk):
    return Consent.objects.visible_to(role).filter(case=case_pk).newest_first()


class CasePage(ShowsMoving, MarksWhatIsClosed, LogsReading, ShowsOpenMatters, PolicyMixin, TemplateView):
    """C10: one child, or one class or group, over time, newest first.

    Link staff see the plans that were sent to them and their reviews; consultations are the clinicians'.
    """

    policy = policies.can_read_case
    template_name = "consultations/case.html"

    def find_record(self):
        return self.the_only(case_by_reference(self.role, self.key()))

    def get_case(self):
        return self.record

    def matters_about(self):
        return "consultation__case", self.record.pk

    def open_matters(self):
        return super().open_matters() if self.record.has_open_matters else []

    def get_context_data(self, **kwargs):
        case = self.record
        sees_consultations = policies.can_read_consultation(self.role, None)
        plans = plans_of_case(self.role, case.pk)
        reviews = reviews_of_case(self.role, case.pk)
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
            page=self.talks(),
            reviews=reviews[:ON_A_PAGE],
            sees_consultations=sees_consultations,
            shares=self.shares(),
            can_make_paper=policies.can_make_paper(self.role, case),
            **kwargs,
        )

    def stage_and_referrals(self):
        case, role = self.record, self.role
        updates = updates_of_case(role, case.pk) if case.is_named else []
        referrals = reading.referrals_with_updates(updates)
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
        return shares_of_case(self.role, self.record.pk)

    def talks(self):
        """A page of consultations with their themes."""
        read = partial(talks_of_case, self.role, self.record.pk)
        page = keyset_page(read, self.request.GET, ON_A_PAGE, by="held_at")
        attach(page.rows, "theme_rows", themes_of)
        return page

    def consent_and_lane(self):
        """Two purposes in words, and the case on the other lane; for who may see that one."""
        case, role = self.record, self.role
        # That there is another was read with the case. Whether this reader may know of it is asked.
        goes_on = not case.is_named and hasattr(case, "promoted_to")
        after = case_by(role, Name("promoted_from"), case.pk) if goes_on else []
        before = case_by(role, Name("pk"), case.promoted_from_id) if case.promoted_from_id else []
        by_name, without_name = next(iter(after), None), next(iter(before), None)
        lanes = {"by_name": by_name, "without_name": without_name}
        if not policies.can_read_consent(role, case):
            return lanes
        found = consents_of_case(role, case.pk) if case.is_named else []
        rows = reading.consent_by_purpose(found, self.today)
        shown = [row for row in rows if row["consent"] or row["purpose"] in services.PLAN_NEEDS]
        return lanes | {
            "consents": shown if case.is_named else [],
            "not_by_name": case.is_named and not rows[0]["holds"],
            "can_record_name": policies.can_record_name(role, case)
            and (case.is_named, case.subject, by_name) == (False, Case.Subject.CHILD, None),
        }
