"""The order of an agenda, and what puts a line on it and takes it off."""

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from consultations.agenda import Kind, Line, agenda_of, days_old, order_agenda
from consultations.models import Purpose
from consultations.services import finish_visit, make_referral, take_up_request, withdraw_request
from tests.cast import role_of
from tests.consents import answer
from tests.records import local, minutes, no_names_child
from web.words import longdate

DAY = date(2026, 9, 14)


def line(kind, days=0, key="", **more):
    return Line(kind, DAY - timedelta(days=days), key, "", **more)


def test_safety_comes_first_then_reviews_promises_requests_and_the_watch_list():
    lines = [line(kind) for kind in Kind]
    Random(7).shuffle(lines)
    assert [one.kind.label for one in order_agenda(lines)] == [
        "Safety",
        "Overdue reviews",
        "Promised",
        "The school asked",
        "Watch list",
    ]


@pytest.mark.parametrize("kind", Kind)
def test_within_a_kind_the_oldest_comes_first(kind):
    lines = [line(kind, days, str(days)) for days in (3, 30, 12)]
    assert [one.key for one in order_agenda(lines)] == ["30", "12", "3"]


def test_requests_stand_as_the_school_put_them_and_before_what_has_no_place():
    lines = [line(Kind.REQUEST, 90, "review"), line(Kind.REQUEST, 1, "second", place=1)]
    lines.append(line(Kind.REQUEST, 0, "first", place=0))
    assert [one.key for one in order_agenda(lines)] == ["first", "second", "review"]


def test_a_case_is_not_watched_while_it_is_there_for_anything_else():
    lines = [line(Kind.WATCH, about=1), line(Kind.WATCH, about=2), line(Kind.REQUEST, about=1)]
    assert [(one.kind, one.about) for one in order_agenda(lines)] == [(Kind.REQUEST, 1), (Kind.WATCH, 2)]


def test_what_was_promised_is_part_of_the_overdue_review_of_the_same_case():
    lines = [line(Kind.PROMISED, about=1), line(Kind.OVERDUE, about=1), line(Kind.PROMISED, about=2)]
    assert [(one.kind, one.about) for one in order_agenda(lines)] == [(Kind.OVERDUE, 1), (Kind.PROMISED, 2)]


@pytest.mark.parametrize(("days", "said"), [(12, "12 days"), (1, "1 day"), (0, "today"), (-1, "today")])
def test_how_old_a_line_is_stands_in_days(days, said):
    assert days_old(DAY - timedelta(days=days), DAY) == said


@pytest.fixture
def agenda(priya, quillbrook, today):
    role = role_of(priya)
    return lambda: agenda_of(quillbrook, role, today)


def kinds(agenda):
    return [line.kind for line in agenda()]


def test_a_matter_that_waits_is_first_and_says_nothing_of_what_about(agenda, make_consultation, make_request):
    make_request()
    talk = make_consultation(risk="to_tell")
    first = agenda()[0]
    assert (first.kind, first.key) == (Kind.SAFETY, talk.reference)
    assert first.says == "the safeguarding lead still has to be told, today"
    assert kinds(agenda) == [Kind.SAFETY, Kind.REQUEST]


def test_steps_that_began_are_promised_until_somebody_says_how_they_go(
    agenda, make_plan, make_review, make_visit, make_consultation, today
):
    began = today - timedelta(days=5)
    then = make_visit(days=-5, started=True)
    talk = make_consultation(
        visit=then, about=no_names_child(), next_step="start_plan", held_at=local(began, 9)
    )
    plan = make_plan("agreed", on=began, consultation=talk)
    (only,) = agenda()
    assert (only.kind, only.key) == (Kind.PROMISED, plan.reference)
    assert only.says == f"promised: 1 step begun {longdate(began)}, 5 days"
    make_review(plan)
    assert agenda() == []


def test_a_plan_not_heard_of_for_six_weeks_is_watched_until_it_is_talked_about(
    agenda, plan_due, make_visit, make_consultation, today
):
    long_ago = today - timedelta(weeks=8)
    then = make_visit(days=-56, started=True)
    talk = make_consultation(
        visit=then, about=no_names_child(), next_step="start_plan", held_at=local(long_ago, 9)
    )
    plan = plan_due(20, on=long_ago, consultation=talk)
    assert kinds(agenda) == [Kind.PROMISED]
    make_consultation(about=plan.case, visit=then, held_at=local(long_ago + timedelta(days=1), 9))
    (only,) = agenda()
    assert (only.kind, only.key) == (Kind.WATCH, plan.reference)
    assert only.says == "not talked about for 55 days"
    make_consultation(about=plan.case)
    assert agenda() == []


def test_a_referral_without_its_answer_is_a_promise_to_the_school(agenda, make_consultation, priya, today):
    case = make_consultation().case
    answer(case, Purpose.REFER_ON, by=priya)
    said = {"to": "Community paediatrics", "feedback": "They were asked.", "longer_term": False}
    referral = make_referral(case, made_on=today, due_on=today, by=priya, at=timezone.now(), **said)
    assert agenda() == []
    referral.made_on = referral.due_on = today - timedelta(days=2)
    save_tracked(referral, by=priya, reason="Two days pass")
    (only,) = agenda()
    assert (only.kind, only.key) == (Kind.PROMISED, case.reference)
    assert only.says.endswith("2 days")


def test_what_is_not_reached_is_on_the_next_agenda_and_what_was_done_on_none(
    agenda, make_request, make_consultation, visit, priya, sam
):
    reached, left = make_request("Reached"), make_request("Left")
    gone = make_request("Gone")
    withdraw_request(gone, by=sam, at=timezone.now(), opened_version=gone.version)
    talk = make_consultation(about=no_names_child())
    take_up_request(reached, talk, by=priya)
    ended = {"at": timezone.now(), "ended_at": visit.planned_end_at}
    visit.refresh_from_db()
    finish_visit(visit, by=priya, opened_version=visit.version, minutes=minutes(30), **ended)
    assert [line.request for line in agenda()] == [left]


def test_what_a_school_asks_stands_in_its_order_with_its_age(agenda, make_request, sam):
    make_request("Cries at the gate", at=timezone.now() - timedelta(days=2))
    make_request("Will not come in", subject="class", group_name="4B")
    assert [(line.key, line.says) for line in agenda()] == [
        ("A child, Year 4", "Sam Whitlock asked, 2 days: Cries at the gate"),
        ("4B, Year 4", "Sam Whitlock asked, today: Will not come in"),
    ]


def test_another_school_has_its_own(agenda, make_request, another_school):
    make_request(partnership=another_school)
    assert agenda() == []


def test_an_agenda_costs_six_questions(
    agenda, make_request, make_consultation, make_plan, django_assert_num_queries
):
    for _ in range(3):
        make_request(about=make_plan("agreed").case)
        make_consultation(risk="to_tell")
    with django_assert_num_queries(6):
        assert len(agenda()) == 6
