"""Reviewing a plan: a judgement, the ratings and answers if any, and the next date or the end."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import Review
from consultations.services import ReviewContent, review_plan
from tests.plans import as_it_is_now, newest, next_weekday


def refusal(make_review, plan, **overrides):
    with pytest.raises(ValidationError) as refused:
        make_review(plan, **overrides)
    assert not Review.objects.exists()
    return refused.value.messages


def test_a_review_sets_the_next_date(make_plan, make_review, sam):
    plan = make_plan("agreed")
    review = make_review(plan)
    plan = as_it_is_now(plan)
    assert (plan.review_on, plan.ended_on, plan.ending) == (review.next_review_on, None, "")
    assert (review.reviewed_by, review.plan_version) == (sam, newest(plan))


@pytest.mark.parametrize(("overall", "ending"), [("finished", "finished"), ("stopped", "stopped")])
def test_an_ending_ends_the_plan_today_and_needs_no_date(make_plan, make_review, today, overall, ending):
    plan = make_plan("agreed")
    make_review(plan, overall=overall, next_review_on=next_weekday(today))
    plan = as_it_is_now(plan)
    assert (plan.ending, plan.ended_on, plan.review_on) == (ending, today, None)
    assert Review.objects.get().next_review_on is None


def test_ratings_and_answers_are_kept_and_an_empty_answer_is_none(make_plan, make_review):
    plan = make_plan("agreed")
    goal, step = newest(plan).goals.get(), newest(plan).steps.get()
    review = make_review(plan, ratings={goal: 5}, answers={step: ("yes", "")})
    assert [(row.goal, row.rating) for row in review.ratings.all()] == [(goal, 5)]
    assert [str(row) for row in review.answers.all()] == ["Yes, "]
    assert not make_review(plan, answers={step: ("", "")}).answers.exists()


@pytest.mark.parametrize("rating", [0, 10])
def test_both_ends_of_the_scale_can_be_given(make_plan, make_review, rating):
    plan = make_plan("agreed")
    assert make_review(plan, ratings={newest(plan).goals.get(): rating}).ratings.get().rating == rating


@pytest.mark.parametrize("rating", [-1, 11])
def test_a_rating_outside_the_scale_is_refused(make_plan, make_review, rating):
    plan = make_plan("agreed")
    assert refusal(make_review, plan, ratings={newest(plan).goals.get(): rating})


@pytest.mark.parametrize("status", ["draft", "sent"])
def test_what_is_not_agreed_is_not_reviewed(make_plan, make_review, status):
    assert refusal(make_review, make_plan(status)) == [
        "Only an agreed plan that has not ended can be reviewed."
    ]


def test_a_plan_that_has_ended_is_not_reviewed_again(make_plan, make_review):
    plan = make_plan("agreed")
    make_review(plan, overall="finished")
    with pytest.raises(ValidationError, match="Only an agreed plan that has not ended can be reviewed"):
        make_review(plan)


def test_a_next_date_today_or_earlier_is_refused(make_plan, make_review, today):
    words = f"The review date must be after {today.day} {today:%B %Y}"
    assert refusal(make_review, make_plan("agreed"), next_review_on=today) == [words]


def test_a_next_date_in_the_holidays_is_refused(make_plan, make_review, closed_day):
    words = f"Quillbrook Primary School is closed on {closed_day.day} {closed_day:%B}. Choose another date"
    assert refusal(make_review, make_plan("agreed"), next_review_on=closed_day) == [words]


def test_going_on_without_a_next_date_is_refused_by_the_database_too(make_plan, make_review):
    refusal(make_review, make_plan("agreed"), next_review_on=None)


def test_two_reviews_at_once_do_not_pass_each_other(make_plan, make_review, sam, today):
    plan = make_plan("agreed")
    make_review(plan)
    content = ReviewContent("going_well", next_review_on=next_weekday(today))
    with pytest.raises(StaleVersion):
        review_plan(plan, content, by=sam, at=timezone.now(), opened_version=plan.version)
    assert Review.objects.count() == 1


def test_a_goal_of_another_plan_cannot_be_rated(make_plan, make_review):
    other = newest(make_plan("agreed")).goals.get()
    assert refusal(make_review, make_plan("agreed"), ratings={other: 5}) == [
        "This plan has a new version. Review that one."
    ]
