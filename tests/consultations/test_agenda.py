"""What the page of a visit reminds of: reviews past their date, and what a review asked to talk about."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.services import move_stage, promote_case
from tests.cast import school_staff
from tests.filling import parsed
from tests.places import new_person
from tests.records import named_child, no_names_child
from web.words import longdate


@pytest.fixture
def agenda(client, sign_in, priya, visit):
    """The lines under "To talk about"; None without the heading."""

    def lines():
        page = parsed(sign_in(client, priya).get(visit.get_absolute_url()))
        heading = page.main.find("h2", string="To talk about")
        if heading is None:
            return None
        return [" ".join(line.get_text().split()) for line in heading.find_next_sibling("ol").select("li")]

    return lines


def test_overdue_reviews_come_first_and_the_oldest_of_them_before_all(
    agenda, plan_due, make_plan, make_review, sam, today
):
    late, later, today_s = plan_due(-3), plan_due(-30), plan_due(0)
    review = make_review(make_plan("agreed"), talk_at_next_visit=True)
    asked = review.plan.reference
    assert agenda() == [
        f"{later.reference}: overdue review, 30 days, due {longdate(today - timedelta(days=30))}",
        f"{late.reference}: overdue review, 3 days, due {longdate(today - timedelta(days=3))}",
        f"{asked}: asked for in the review of {longdate(review.reviewed_at)}, by {review.reviewed_by}, today",
    ]
    assert today_s.reference not in str(agenda())


def test_nothing_to_remind_of_is_no_heading(agenda, make_plan, make_review):
    make_review(make_plan("agreed"))
    assert agenda() is None


@pytest.mark.parametrize("overall", ["going_well", "finished"])
def test_it_goes_when_the_plan_is_reviewed_again(agenda, make_plan, make_review, overall):
    plan = make_plan("agreed")
    make_review(plan, talk_at_next_visit=True)
    assert len(agenda()) == 1
    make_review(plan, overall=overall)
    assert agenda() is None


def test_it_goes_when_the_case_was_talked_about(agenda, make_plan, make_review, make_consultation):
    plan = make_plan("agreed")
    review = make_review(plan, talk_at_next_visit=True)
    make_consultation(about=named_child(first_name="Ned"), held_at=timezone.now() + timedelta(minutes=1))
    assert len(agenda()) == 1
    make_consultation(about=plan.case, held_at=review.reviewed_at + timedelta(minutes=1))
    assert agenda() is None


@pytest.mark.parametrize("overall", ["finished", "stopped"])
def test_it_stays_when_the_review_that_asked_for_it_ended_the_plan(
    agenda, make_plan, make_review, make_consultation, overall
):
    plan = make_plan("agreed")
    review = make_review(plan, overall=overall, talk_at_next_visit=True)
    assert [line.split(":")[0] for line in agenda()] == [plan.reference]
    make_consultation(about=plan.case, held_at=review.reviewed_at + timedelta(minutes=1))
    assert agenda() is None


def test_it_goes_when_a_later_cycle_is_reviewed(agenda, make_plan, make_review):
    plan = make_plan("agreed")
    make_review(plan, overall="stopped", talk_at_next_visit=True)
    following = make_plan("agreed", case=plan.case)
    assert len(agenda()) == 1
    make_review(following)
    assert agenda() is None


def test_it_goes_with_a_case_that_closes(agenda, make_plan, make_review, priya, today):
    plan = make_plan("agreed")
    make_review(plan, overall="finished", talk_at_next_visit=True)
    case = plan.case
    case.refresh_from_db()
    said = {"moved_on": today, "reason": "All is well", "decided_by": "Us", "by": priya}
    move_stage(case, "closed", opened_version=case.version, at=timezone.now(), **said)
    assert agenda() is None


def test_it_stays_when_the_child_is_talked_about_by_name_until_that_case_is(
    agenda, make_plan, make_review, make_consultation, priya, today
):
    talk = make_consultation(about=no_names_child(), next_step="start_plan")
    review = make_review(make_plan("agreed", consultation=talk), talk_at_next_visit=True)
    named = promote_case(talk.case, named_child(), by=priya, on=today)
    assert len(agenda()) == 1
    make_consultation(about=named, held_at=review.reviewed_at + timedelta(minutes=1))
    assert agenda() is None


def test_another_school_is_on_its_own_agenda(
    agenda, plan_due, owen, another_school, make_visit, make_consultation, admin_person
):
    lin = school_staff(new_person("Lin", "Tran"), "link_staff", another_school, "SENCO", by=admin_person)
    visit = make_visit(another_school, clinician=owen, started=True)
    talk = make_consultation(visit=visit, next_step="start_plan")
    plan_due(-9, consultation=talk, by=owen, agreed_by=lin)
    assert agenda() is None


def test_no_child_is_named_on_it(agenda, plan_due, make_plan, make_review):
    plan_due(-3)
    make_review(make_plan("agreed"), talk_at_next_visit=True)
    assert [word for word in ("Robin", "Underhay", "Year 4") if word in str(agenda())] == []
