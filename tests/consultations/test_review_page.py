"""S3: one question, and room for more."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Draft, Review
from consultations.services import agree_plan, change_plan, send_plan
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.plans import as_it_is_now, newest

from .conftest import date_boxes


@pytest.fixture
def plan(make_plan, calendar):
    return make_plan("agreed")


@pytest.fixture
def form(tab, sam, plan):
    return tab(sam, reverse("consultations:plan-review", args=[plan.reference]), overall="going_well")


def key(part):
    return f"{part.identity.hex}_0"


def test_one_answer_is_enough(form, plan):
    assert form.send().url == "/"
    review = Review.objects.get()
    assert (review.overall, review.reviewed_by.first_name) == ("going_well", "Sam")
    assert as_it_is_now(plan).review_on == review.next_review_on
    assert banners(form.client.get("/needs-doing/")) == [f"Review of plan {plan.reference} saved."]


def test_nothing_is_judged_beforehand(form):
    radios = parsed(form.page).select("main input[type=radio]")
    assert len(radios) > 20
    assert [radio["name"] for radio in radios if radio.has_attr("checked")] == []


def test_nothing_chosen_asks_how_it_is_going(form):
    page = form.send(overall=None, note="Half")
    assert problems(page) == ["Select how the plan is going"]
    assert as_sent(page)["note"] == ["Half"]


def test_ratings_and_answers_are_kept(form, plan):
    goal, step = newest(plan).goals.get(), newest(plan).steps.get()
    answers = {f"goal_{key(goal)}": "0", f"happened_{key(step)}": "yes", f"helped_{key(step)}": "a_bit"}
    form.send(**answers, talk_at_next_visit="yes")
    review = Review.objects.get()
    assert [row.rating for row in review.ratings.all()] == [0]
    assert [str(row) for row in review.answers.all()] == ["Yes, A bit"]
    assert review.talk_at_next_visit


@pytest.mark.parametrize("rating", ["11", "3.5", "-1", "ten", "9" * 400])
def test_a_rating_out_of_the_scale_is_asked_again(form, plan, rating):
    page = form.send(**{f"goal_{key(newest(plan).goals.get())}": rating}, note="Typed")
    assert "Robin comes in calmly: how close is this now?" in main_text(form.page)
    words = "How close “Robin comes in calmly” is now must be a whole number from 0 to 10"
    assert (problems(page), as_sent(page)["note"]) == ([words], ["Typed"])
    assert not Review.objects.exists()


def test_a_next_date_in_the_holidays_is_refused_and_kept(form, closed_day):
    page = form.send(**date_boxes("next_review_on", closed_day), note="Typed")
    assert problems(page) == [
        f"Quillbrook Primary School is closed on {closed_day.day} {closed_day:%B}. Choose another date"
    ]
    assert (as_sent(page)["note"], as_sent(page)["next_review_on_day"]) == (["Typed"], [str(closed_day.day)])


def test_a_next_date_in_the_past_is_refused(form, today):
    page = form.send(**date_boxes("next_review_on", today))
    assert problems(page) == [f"The review date must be after {today.day} {today:%B %Y}"]


def test_going_on_needs_a_next_date_and_ending_does_not(form):
    none = {"next_review_on_day": "", "next_review_on_month": "", "next_review_on_year": ""}
    assert problems(form.send(**none)) == ["Enter the next review date"]
    assert form.send(**none, overall="finished").status_code == 302


def test_a_note_that_is_too_long_is_counted_and_kept(form):
    page = form.send(note="x" * 1001)
    assert problems(page) == ["The note must be 1,000 characters or fewer. You have used 1,001"]
    assert as_sent(page)["note"] == ["x" * 1001]


def test_it_can_be_finished_later(form, plan):
    response = form.send(overall=None, note="Half", later="1")
    assert response.url == plan.get_absolute_url()
    page = form.client.get(Draft.objects.get().resume_url)
    assert (as_sent(page)["note"], problems(page)) == (["Half"], [])


def test_ratings_typed_while_a_new_version_was_agreed_are_not_lost(form, plan, priya, plan_content, sam):
    goal = newest(plan).goals.get()
    content = plan_content(plan.partnership, priya, why_changed="More")
    now = timezone.now()
    version = change_plan(plan, content, by=priya, at=now, opened_version=plan.version)
    version = send_plan(version, by=priya, at=now, opened_version=version.version)
    agree_plan(version, by=sam, at=now, opened_version=version.version)
    page = form.send(**{f"goal_{key(goal)}": "6"}, note="Typed")
    assert "This changed while you were writing" in page.text
    kept = as_sent(page)
    assert (kept["overall"], kept["note"]) == (["going_well"], ["Typed"])
    assert "6" in [value[0] for name, value in kept.items() if name.startswith("goal_")]


@pytest.mark.parametrize("status", ["draft", "sent"])
def test_what_is_not_agreed_says_so(client, sign_in, priya, make_plan, status):
    plan = make_plan(status)
    sign_in(client, priya)
    for ask in (client.get, client.post):
        response = ask(reverse("consultations:plan-review", args=[plan.reference]))
        assert response.url == plan.get_absolute_url()
        assert banners(client.get(response.url)) == [
            "Only an agreed plan that has not ended can be reviewed."
        ]
