"""A review or a change by the school that was overtaken: of each answer one version is chosen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Plan, PlanVersion, Review
from consultations.services import agree_plan, change_plan, send_plan
from schools.services import add_person
from tests.filling import OpenForm, as_sent, banners, main_text, problems, side_by_side
from tests.plans import as_it_is_now, newest, next_weekday

from .conftest import date_boxes


@pytest.fixture
def plan(make_plan, calendar):
    return make_plan("agreed")


@pytest.fixture
def opened(sign_in, plan):
    """A form about the plan, opened by somebody in a browser of their own."""

    def open_form(person, name, **answers):
        url = reverse(f"consultations:{name}", args=[plan.reference])
        return OpenForm(sign_in(Client(), person), url, **answers)

    return open_form


@pytest.fixture
def two_reviews(opened, sam, dana):
    return [opened(person, "plan-review", overall="going_well") for person in (sam, dana)]


@pytest.fixture
def keys(plan):
    """The names of the questions about the only goal and the only step."""
    version = newest(plan)
    goal, step = (f"{part.identity.hex}_0" for part in (version.goals.get(), version.steps.get()))
    return {"goal": f"goal_{goal}", "happened": f"happened_{step}", "helped": f"helped_{step}"} | {
        name: f"{name}_{step}" for name in ("who", "how_often", "from_on")
    }


def test_two_reviews_stand_side_by_side_answer_by_answer(two_reviews, keys, today):
    first, second = two_reviews
    days = [next_weekday(today + timedelta(weeks=weeks)) for weeks in (3, 4)]
    first.send(
        note="From Sam",
        confidence="4",
        talk_at_next_visit="yes",
        **{keys["goal"]: "6", keys["happened"]: "yes"},
        **date_boxes("next_review_on", days[0]),
    )
    page = second.send(
        overall="not_working",
        note="From Dana",
        **{keys["goal"]: "2", keys["happened"]: "no", keys["helped"]: "a_bit"},
        **date_boxes("next_review_on", days[1]),
    )
    assert side_by_side(page) == {
        "How is the plan going?": ("Going well, carry on", "Not working, change it"),
        "Anything to add?": ("From Sam", "From Dana"),
        "Shall we talk about this at the next visit?": ("Yes", "No"),
        "How confident do staff feel about helping with this now?": ("4", "Nothing"),
        "When is the next review?": tuple(f"{day.day} {day:%B %Y}" for day in days),
        "Robin comes in calmly: how close is this now?": ("6", "2"),
        "Meet Robin at the side door: did it happen?": ("Yes", "No"),
        "Meet Robin at the side door: did it help?": ("Nothing", "A bit"),
    }


def test_of_each_answer_of_a_review_one_is_kept_and_the_other_used(two_reviews, keys):
    first, second = two_reviews
    first.send(note="From Sam", **{keys["goal"]: "6", keys["happened"]: "yes"})
    typed = {"overall": "not_working", "note": "From Dana", keys["goal"]: "2", keys["happened"]: "no"}
    second.page = second.send(**typed)
    kept = {"overall": "typed", "note": "typed", keys["goal"]: "saved", keys["happened"]: "saved"}
    assert second.send(**typed, **{f"keep-{name}": side for name, side in kept.items()}).status_code == 302
    review = Review.objects.order_by("pk").last()
    assert (review.overall, review.note, str(review.reviewed_by)) == (
        "not_working",
        "From Dana",
        "Dana Kowalczyk",
    )
    assert [row.rating for row in review.ratings.all()] == [6]
    assert [row.happened for row in review.answers.all()] == ["yes"]
    assert [review.note for review in Review.objects.order_by("pk")] == ["From Sam", "From Dana"]


def test_a_choice_left_out_is_asked_and_what_was_typed_stays(two_reviews):
    first, second = two_reviews
    first.send(note="From Sam")
    second.page = second.send(note="From Dana")
    page = second.send(note="From Dana")
    assert problems(page) == ["Select which to use: Anything to add?"]
    assert as_sent(page)["note"] == ["From Dana"]
    assert Review.objects.count() == 1


def test_a_review_of_which_nothing_is_left_is_not_added(two_reviews, plan):
    first, second = two_reviews
    first.send(note="From Sam")
    second.page = second.send(note="From Dana")
    answer = second.send(**{"note": "From Dana", "keep-note": "saved"})
    assert answer.url == plan.get_absolute_url()
    assert banners(second.client.get(answer.url)) == [
        "The review by Sam Whitlock stands. Yours said the same and was not added."
    ]
    assert [review.note for review in Review.objects.all()] == ["From Sam"]


def test_a_third_review_meanwhile_is_shown_again(two_reviews, opened, priya):
    first, second = two_reviews
    first.send(note="From Sam")
    second.page = second.send(note="From Dana")
    opened(priya, "plan-review", overall="going_well").send(note="From Priya")
    page = second.send(**{"note": "From Dana", "keep-note": "typed"})
    assert side_by_side(page) == {"Anything to add?": ("From Priya", "From Dana")}
    assert "Priya Nair saved a review on" in main_text(page)
    assert Review.objects.count() == 2


def test_choices_without_a_review_to_choose_from_are_no_error(opened, sam):
    form = opened(sam, "plan-review", overall="going_well")
    assert form.send(choosing="note", note="From Sam", **{"keep-note": "saved"}).status_code == 302
    assert Review.objects.get().note == "From Sam"


@pytest.fixture
def next_version(plan, plan_content, priya, sam):
    """The next version of the plan, agreed, with another concern."""

    def agree(**overrides):
        now, as_is = timezone.now(), as_it_is_now(plan)
        content = plan_content(plan.partnership, priya, why_changed="More", **overrides)
        version = change_plan(as_is, content, by=priya, at=now, opened_version=as_is.version)
        version = send_plan(version, by=priya, at=now, opened_version=version.version)
        return agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)

    return agree


def test_a_version_agreed_meanwhile_is_told_with_what_it_changed(
    opened, dana, make_review, plan, next_version
):
    make_review(plan, note="Long before")
    form = opened(dana, "plan-review", overall="going_well")
    next_version(concern="Robin comes in late on Mondays.")
    page = form.send(note="From Dana")
    said = main_text(page)
    assert "Version 2 is in force since" in said
    assert "Robin cries at the gate most mornings. → changed to Robin comes in late on Mondays." in said
    assert "saved a review" not in said
    assert side_by_side(page) == {}
    form.page = page
    assert form.send(note="From Dana").status_code == 302
    assert [review.note for review in Review.objects.order_by("pk")] == ["Long before", "From Dana"]


@pytest.fixture
def kim(quillbrook, priya):
    return add_person(quillbrook, name="Kim Ashworth", job="Tutor", by=priya)


@pytest.mark.parametrize("side", ["saved", "typed"])
def test_of_each_answer_of_a_school_s_change_one_is_kept_and_the_other_used(
    opened, sam, kim, plan, keys, today, make_review, side
):
    day = next_weekday(today + timedelta(weeks=5))
    typed = {keys["who"]: str(kim.pk), keys["how_often"]: "weekly", "why_changed": "Half term"}
    typed |= date_boxes("review_on", day)
    form = opened(sam, "plan-school-change", **typed)
    before = newest(plan).steps.get().who
    make_review(plan)
    form.page = form.send()
    moved = Plan.objects.get().review_on
    assert side_by_side(form.page) == {
        "Review date": (f"{moved.day} {moved:%B %Y}", f"{day.day} {day:%B %Y}"),
        "Meet Robin at the side door: who will do it?": (str(before), str(kim)),
        "Meet Robin at the side door: how often?": ("Every day", "Weekly"),
    }
    chosen = {"keep-review_on": side, f"keep-{keys['who']}": "typed", f"keep-{keys['how_often']}": side}
    assert form.send(**chosen).status_code == 302
    version = PlanVersion.objects.get(number=2)
    step = version.steps.get()
    expected = (moved, "every_day") if side == "saved" else (day, "weekly")
    assert (version.review_on, step.how_often, step.who) == (*expected, kim)
