"""What is in the demo: people, schools, visits, cases and plans in every state."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery, RoleRow
from accounts.services import the_product
from consultations.check_ins import suggestions_for
from consultations.models import (
    RUNS_OUT_SOON,
    Case,
    CaseHandover,
    CheckIn,
    ClinicalNote,
    Competence,
    Consent,
    Consultation,
    Paper,
    ParentsMeeting,
    Plan,
    PlanReader,
    PlanStatus,
    PlanVersion,
    Purpose,
    RecordCopy,
    Referral,
    ReferralUpdate,
    Review,
    SafeguardingMatter,
    Share,
    StageMove,
)
from consultations.papers.evidence import evidence_pack
from home.demo.cast import CAST, DOMAIN, PASSWORD
from home.reading import overview_of, periods_for
from schools.models import Agreement, Partnership, SchoolPerson, Visit, VisitPattern
from schools.services import calendar_of, plan_visits

from .scale import ENOUGH, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DATED = [
    *(Visit, VisitPattern, Case, Consultation, Plan, PlanReader, PlanVersion, Review, RoleRow, SchoolPerson),
    *(Consent, Competence, Share),
    *(CheckIn, RecordCopy, ParentsMeeting, StageMove, Referral, ReferralUpdate, CaseHandover, Paper),
]


def test_every_state_of_a_plan_is_at_quillbrook(quillbrook_plans):
    assert {plan.status_on(TODAY) for plan in quillbrook_plans} == set(PlanStatus)


def test_every_state_of_a_version_is_there(demo):
    assert set(PlanVersion.objects.values_list("status", flat=True)) == set(PlanVersion.Status.values)


def test_some_plan_was_changed_and_some_case_is_in_its_second_cycle(quillbrook_plans):
    assert max(plan.agreed_number or 0 for plan in quillbrook_plans) == 2
    assert max(plan.cycle for plan in quillbrook_plans) == 2


def test_reviews_come_from_link_staff_and_from_the_clinician(demo):
    kinds = RoleRow.objects.filter(person__in=Review.objects.values("reviewed_by")).values("kind").distinct()
    assert {RoleRow.Kind.LINK_STAFF, RoleRow.Kind.CLINICIAN} <= {row["kind"] for row in kinds}


def test_every_kind_of_subject_and_both_lanes_are_there(demo):
    assert set(Case.objects.values_list("subject", flat=True)) == set(Case.Subject.values)
    assert set(Case.objects.values_list("lane", flat=True)) == set(Case.Lane.values)


def test_some_consultations_have_a_clinical_note_and_some_have_none(demo):
    assert 0 < ClinicalNote.objects.count() < Consultation.objects.count()


def test_every_kind_of_answer_is_there(demo):
    answers = Consent.objects.values_list("purpose", flat=True)
    assert set(answers) == set(Purpose.values)
    assert Consent.objects.filter(answer="refused").count() == 2
    withdrawn = Consent.objects.get(withdrawn_at__isnull=False)
    assert withdrawn.case.shares.filter(closing="withdrawn").exists()
    able = Consent.objects.get(competence__isnull=False)
    assert (able.given_by, able.competence.conclusion) == ("young_person", "competent")
    assert Consent.objects.run_out_by(TODAY + RUNS_OUT_SOON, TODAY).count() == 2


def test_what_is_not_copied_yet_is_of_the_last_visit_of_each_clinician(demo):
    waiting = Consultation.objects.all().to_copy().values_list("visit__clinician", "visit").distinct()
    visits = dict(waiting)
    assert len(visits) == len(waiting) > 1
    last = {pk: Visit.objects.filter(clinician=pk, outcome="done").for_list()[0].pk for pk in visits}
    assert visits == last


def test_a_child_without_a_name_goes_on_by_name(demo):
    case = Case.objects.get(promoted_from__isnull=False)
    assert (case.is_named, case.promoted_from.lane) == (True, Case.Lane.NO_NAMES)
    assert case.opened_on == TODAY - timedelta(days=1)


def test_a_name_written_from_right_to_left_is_in_a_plan_at_quillbrook(quillbrook_plans):
    assert quillbrook_plans.filter(case__first_name="ليان").exists()


def test_priya_is_at_quillbrook_today(demo):
    coming = Visit.objects.filter(partnership__school__urn=990001).to_come().first()
    assert coming.clinician.first_name == "Priya"
    assert (timezone.localtime(coming.planned_start_at), coming.planned_minutes) == (
        timezone.make_aware(timezone.datetime(2027, 2, 10, 9)),
        180,
    )


def test_past_visits_are_finished_and_those_ahead_are_not_begun(demo):
    midnight = timezone.make_aware(timezone.datetime(2027, 2, 10))
    past, ahead = Visit.objects.filter(planned_start_at__lt=midnight), Visit.objects.filter(finished_at=None)
    of_the_pattern = past.filter(pot__kind=Agreement.Kind.CORE, outcome=Visit.Outcome.DONE)
    assert Counter(of_the_pattern.values_list("partnership", flat=True)) == {
        partnership.pk: ENOUGH for partnership in Partnership.objects.all()
    }
    beside_it = past.exclude(pk__in=of_the_pattern.values("pk")).values_list("outcome", flat=True)
    assert sorted(beside_it) == ["clinician_cancelled", "done", "school_cancelled"]
    assert past.count() + ahead.count() == Visit.objects.count()


def test_two_schools_have_their_visits_to_come_from_a_pattern(demo):
    midnight = timezone.make_aware(timezone.datetime(2027, 2, 11))
    patterns = VisitPattern.objects.select_related("partnership__school").order_by("partnership__school__urn")
    assert [pattern.partnership.school.urn for pattern in patterns] == [990001, 990002]
    for pattern in patterns:
        to_come = pattern.partnership.visits.filter(planned_start_at__gte=midnight, pot__kind="core")
        assert to_come.count() >= 4
        assert set(to_come.values_list("pattern", flat=True)) == {pattern.pk}
        # What is there is what the pattern wants: nothing of it was refused.
        plan = plan_visits(pattern, now=midnight)
        assert (plan.changes_something, plan.refused) == (False, [])


def test_every_visit_is_on_an_open_day_of_its_school(demo):
    for partnership in Partnership.objects.all():
        days = [timezone.localdate(visit.planned_start_at) for visit in partnership.visits.all()]
        calendar = calendar_of(partnership)
        assert [day for day in days if not calendar.is_open(day)] == []


def test_nothing_is_dated_today_or_later_but_what_lies_ahead(demo):
    midnight = timezone.make_aware(timezone.datetime(2027, 2, 10))
    for model in DATED:
        assert model.history.latest("history_date").history_date < midnight, model


def test_every_change_in_the_history_says_who_and_why(demo):
    for model in DATED:
        assert not model.history.filter(history_user=None).exists()
        assert not model.history.filter(history_change_reason="").exists()


def test_everybody_signs_in_with_the_one_password_at_the_demo_domain(demo):
    people = list(get_user_model().objects.exclude(pk=the_product().pk))
    assert all(person.email.endswith(f"@{DOMAIN}") for person in people)
    assert all(person.check_password(PASSWORD) for person in people)
    assert {player.email for player in CAST} <= {person.email for person in people}


def test_priya_and_owen_share_no_school(demo):
    links = RoleRow.objects.filter(kind=RoleRow.Kind.LINK_CLINICIAN)
    schools = {
        name: set(links.filter(person__first_name=name).values_list("partnership", flat=True))
        for name in ("Priya", "Owen", "Noor")
    }
    assert all(schools.values())
    assert schools["Priya"] & schools["Owen"] == schools["Owen"] & schools["Noor"] == set()


def test_dana_has_two_roles_to_choose_from(demo):
    dana = get_user_model().objects.get(first_name="Dana")
    kinds = [row.kind for row in RoleRow.objects.usable(dana, TODAY)]
    assert kinds == [RoleRow.Kind.LINK_STAFF, RoleRow.Kind.SAFEGUARDING_LEAD]


def test_each_school_has_four_to_six_people_and_a_safeguarding_lead_to_ring(demo):
    for partnership in Partnership.objects.all():
        assert 4 <= partnership.people.count() <= 6
        assert partnership.people.safeguarding_leads(TODAY).first().phone.startswith("01632 960")


def test_femi_and_dana_were_told_and_one_telling_waits_to_be_confirmed(demo):
    told = SafeguardingMatter.objects.filter(consultation__partnership__school__urn=990001).told()
    assert {("Femi Adeyemi", True), ("Dana Kowalczyk", True), ("Femi Adeyemi", False)} == {
        (matter.told_person.name, matter.acknowledged_at is not None) for matter in told
    }
    confirmed = [matter for matter in told if matter.acknowledged_at]
    assert all(matter.acknowledged_by == matter.told_person.account for matter in confirmed)
    assert not SafeguardingMatter.objects.open().exists()


def test_one_school_is_closed_on_a_day_its_service_is_open(demo):
    tansy_hill, quillbrook = (Partnership.objects.get(school__urn=urn) for urn in (990002, 990001))
    own = TODAY + timedelta(days=8)
    assert calendar_of(quillbrook).is_open(own)
    assert not calendar_of(tansy_hill).is_open(own)


def test_tess_has_two_plans_to_carry_out(demo):
    tess = RoleRow.objects.get(kind=RoleRow.Kind.PLAN_READER)
    plans = Plan.objects.visible_to(tess).with_status()
    assert [bool(plan.agreed_number) and plan.ended_on is None for plan in plans] == [True, True]
    assert {plan.partnership_id for plan in plans} == {tess.partnership_id}


def test_what_tess_told_waits_for_the_next_review_of_her_plan(demo, quillbrook_plans):
    told = CheckIn.objects.get()
    sam = RoleRow.objects.get(kind=RoleRow.Kind.LINK_STAFF, person__first_name="Sam")
    assert told.answered_by.first_name == "Tess"
    assert told.plan in quillbrook_plans.running()
    assert not told.plan.reviews.filter(reviewed_at__gte=told.answered_at).exists()
    steps = told.plan_version.steps.values_list("identity", flat=True)
    assert set(suggestions_for(told.plan, sam)) <= set(steps)
    assert suggestions_for(told.plan, sam)


def test_a_plan_without_headway_is_on_the_list_of_the_lead(demo, quillbrook_plans):
    ruth = RoleRow.objects.get(kind=RoleRow.Kind.SERVICE_LEAD)
    assert Plan.objects.visible_to(ruth).past_the_rule().filter(pk__in=quillbrook_plans).exists()


def test_parents_were_met_about_a_plan_without_headway(demo):
    assert ParentsMeeting.objects.get().plan.case.stage == Case.Stage.PARENTS_INVOLVED


def test_the_school_is_told_what_was_heard_of_a_referral(demo):
    sam = RoleRow.objects.get(kind=RoleRow.Kind.LINK_STAFF, person__first_name="Sam")
    updates = ReferralUpdate.objects.visible_to(sam)
    assert [update.status for update in updates] == [Referral.Status.MADE, Referral.Status.ACCEPTED]


def test_a_child_changed_school_and_the_new_one_is_shown_nothing_yet(demo):
    new = Case.objects.get(moved_from__isnull=False)
    old, marged = new.moved_from, RoleRow.objects.get(person__first_name="Marged")
    assert (old.stage, new.stage) == (Case.Stage.CLOSED, Case.Stage.IN_SCHOOL)
    assert new.partnership_id == marged.partnership_id != old.partnership_id
    assert set(new.consents.values_list("purpose", flat=True)) == {"discuss_by_name", "share_plan"}
    assert not Case.objects.visible_to(marged).filter(pk=new.pk).exists()


def test_sam_handed_out_a_pack_and_it_says_what_her_page_says(demo):
    sam = RoleRow.objects.get(kind=RoleRow.Kind.LINK_STAFF, person__first_name="Sam")
    paper = Paper.objects.get()
    assert (paper.kind, paper.number, paper.made_by) == ("evidence", 1, sam.person)
    assert Paper.objects.visible_to(sam).get() == paper
    assert evidence_pack(paper.case, sam, TODAY).blocks == paper.blocks
    assert paper.case.plans.filter(reviews__isnull=False).exists()


def test_the_commissioner_finds_a_term_with_numbers_in_it(demo):
    kit = RoleRow.objects.get(kind=RoleRow.Kind.COMMISSIONER)
    newest = periods_for(kit, TODAY)[0]
    overview = overview_of(kit, newest)
    assert newest.last_on < TODAY
    assert overview.visits >= 5
    assert overview.consultations >= 5


def test_the_e_mails_of_its_story_are_in_the_log_and_none_waits(demo):
    emails = Delivery.objects.filter(kind=Delivery.Kind.PLAN_READY)
    assert emails.count() >= PlanVersion.objects.exclude(sent_at=None).count() > 0
    assert {email.state for email in Delivery.objects.all()} == {Delivery.State.SENT}
    assert not emails.exclude(sent_at=F("queued_at")).exists()
    assert not DBTaskResult.objects.exists()


def test_run_again_it_keeps_what_is_there_and_says_so(demo):
    said = StringIO()
    before = Visit.objects.count()
    call_command("demo", "--no-serve", stdout=said)
    assert "The demo is there already and is kept." in said.getvalue()
    assert "priya@demo.example" in said.getvalue()
    assert Visit.objects.count() == before
