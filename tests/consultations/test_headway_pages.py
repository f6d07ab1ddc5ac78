"""S3 when no goal moved for too long, and what the plan's page and the lists say then."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultations.models import Plan, PlanStatus, PlanVersion, Purpose, Review
from consultations.services import (
    StepContent,
    change_plan,
    make_referral,
    plan_rules_of,
    record_meeting,
    send_plan,
    set_plan_rules,
)
from tests.consents import answer
from tests.filling import as_sent, main_text, parsed, problems
from tests.plans import as_it_is_now, newest
from web.words import longdate

QUESTION = "This is the second review with no goal moved. What will you do now?"


@pytest.fixture
def plan(make_plan, calendar):
    return make_plan("agreed")


@pytest.fixture
def stuck(plan, make_review):
    """A plan at which two reviews found nothing moved."""
    for number in range(2):
        make_review(plan, overall="not_working", what_next="parents" if number else "")
    return as_it_is_now(plan)


@pytest.fixture
def form(tab, sam, plan):
    return lambda: tab(sam, reverse("consultations:plan-review", args=[plan.reference]))


@pytest.fixture
def allow(service, ruth):
    """Set how many reviews in a row may find no headway."""

    def set_it(number):
        rules = plan_rules_of(service)
        values = {"reviews_without_headway": number}
        return set_plan_rules(service, values, by=ruth, opened_version=rules.version)

    return set_it


def promise(plan, what="meet the parents or carers", of=1):
    """What was chosen at a review of the plan, counted from the first."""
    review = plan.reviews.order_by("pk")[of]
    return f"On {longdate(review.reviewed_at)} {review.reviewed_by} chose: {what}."


def test_below_the_rule_one_answer_is_enough(form, plan):
    assert form().send(overall="not_working").url == "/"
    assert as_it_is_now(plan).without_headway == 1


def test_the_second_without_headway_asks_what_will_be_done_and_keeps_what_was_typed(form, plan, make_review):
    make_review(plan, overall="not_working")
    tab = form()
    assert QUESTION not in main_text(tab.page)
    page = tab.send(overall="not_working", note="Mondays are hard.")
    assert problems(page) == ["Select what you will do now"]
    assert QUESTION in main_text(page)
    assert as_sent(page)["note"] == ["Mondays are hard."]
    assert Review.objects.count() == 1
    tab.page = page
    assert tab.send(what_next="strategy").url == plan.get_absolute_url()
    assert Review.objects.order_by("pk").last().what_next == "strategy"


def test_a_review_that_moved_or_ends_the_plan_is_not_asked(form, plan, make_review):
    make_review(plan, overall="not_working")
    goal = newest(plan).goals.get()
    assert form().send(overall="not_working", **{f"goal_{goal.identity.hex}_0": "3"}).url == "/"
    assert as_it_is_now(plan).without_headway == 0
    make_review(plan, overall="not_working")
    assert form().send(overall="stopped").url == "/"


def test_what_is_forged_is_asked_again(form, plan, make_review):
    make_review(plan, overall="not_working")
    page = form().send(overall="not_working", what_next="nothing")
    assert problems(page) == ["Select what you will do now"]


def test_an_answer_nobody_asked_for_is_not_kept(make_review, plan):
    assert make_review(plan, overall="not_working", what_next="parents").what_next == ""


def test_the_service_sets_how_many_are_too_many(allow, plan, make_review, today):
    allow(3)
    for _ in range(2):
        make_review(plan, overall="not_working")
    assert as_it_is_now(plan).status_on(today) == PlanStatus.AGREED
    with pytest.raises(ValidationError, match="Select what you will do now"):
        make_review(plan, overall="not_working")
    allow(2)
    assert as_it_is_now(plan).status_on(today) == PlanStatus.CHANGE_NEEDED


@pytest.fixture
def answered(allow, plan, make_review, sam, priya, today):
    """A run of so many reviews, two days apart, under a number that is not met; then, on a day counted from
    the first, the parents are met or a referral is made, and it is written down at once."""

    def make(kind, *, reviews, held, after=0):
        allow(6)
        begun = timezone.now()
        for number in range(reviews):
            make_review(plan, overall="not_working", at=begun + timedelta(days=2 * number))
        day = timezone.localdate(begun + timedelta(days=held))
        at = begun + timedelta(days=2 * reviews - 1)
        if kind == "meeting":
            met = {"held_on": day, "who_came": "A parent", "views": "", "agreed": "A diary"}
            record_meeting(plan, **met, by=sam, at=at)
        else:
            answer(plan.case, Purpose.REFER_ON, by=priya)
            said = {
                "to": "A team",
                "due_on": today + timedelta(days=30),
                "feedback": "Asked.",
                "longer_term": False,
            }
            make_referral(plan.case, made_on=day, **said, by=priya, at=at)
        for number in range(after):
            make_review(plan, overall="not_working", at=at + timedelta(days=1 + number))
        assert as_it_is_now(plan).without_headway == reviews + after

    return make


@pytest.mark.parametrize("kind", ["meeting", "referral"])
@pytest.mark.parametrize(("held", "after", "left"), [(2, 0, 0), (1, 0, 2), (2, 1, 1), (2, 2, 2)], ids=str)
def test_with_a_lower_number_what_was_done_after_that_many_ends_the_run(
    answered, allow, plan, today, ruth, kind, held, after, left
):
    answered(kind, reviews=2, held=held, after=after)
    allow(2)
    found = as_it_is_now(plan)
    assert found.without_headway == left
    assert (found.status_on(today) == PlanStatus.CHANGE_NEEDED) == (left == 2)
    assert Plan.objects.visible_to(ruth.roles.get()).past_the_rule().exists() == (left == 2)
    if left < 2:
        row = found.history.latest("history_id")
        assert (row.history_user, row.history_change_reason) == (ruth, "Rules of plans changed")


def test_a_run_between_two_cycles_ends_too_and_a_higher_number_brings_none_back(
    answered, allow, plan, make_review, make_plan
):
    answered("meeting", reviews=3, held=4)
    make_review(plan, overall="stopped")
    allow(3)
    assert make_plan(case=plan.case).without_headway == 0
    allow(6)
    assert Plan.objects.order_by("cycle").values_list("without_headway", flat=True)[1] == 0


def test_a_number_that_is_refused_leaves_every_run(answered, allow, plan):
    answered("meeting", reviews=2, held=2)
    for number in (0, -1, None):
        with pytest.raises(ValidationError):
            allow(number)
    assert as_it_is_now(plan).without_headway == 2


@pytest.mark.parametrize(("who", "links"), [("priya", 3), ("sam", 1), ("ruth", 0)])
def test_the_plan_says_what_can_be_done(request, client, sign_in, stuck, who, links):
    page = sign_in(client, request.getfixturevalue(who)).get(stuck.get_absolute_url())
    panel = parsed(page).select_one(".nhsuk-warning-callout")
    assert "This plan needs a change" in panel.text
    assert f"{promise(stuck)} It has not been done yet." in panel.text
    assert len(panel.select("a")) == links
    assert "Change needed" in main_text(page)


@pytest.fixture
def reads(client, sign_in, priya, ruth, stuck):
    """What the review page, the plan's page and the lead's list say of the plan, at its newest."""

    def read():
        review = reverse("consultations:plan-review", args=[stuck.reference])
        pages = [(priya, review), (priya, stuck.get_absolute_url()), (ruth, "/checks/headway/")]
        return [main_text(sign_in(client, who).get(page)) for who, page in pages]

    return read


def test_what_was_chosen_and_not_done_is_said_where_the_plan_is_looked_at(reads, stuck):
    assert [f"{promise(stuck)} It has not been done yet." in page for page in reads()] == [True] * 3


def test_the_day_of_the_first_promise_stands_however_often_it_is_made(reads, stuck, make_review, priya):
    at = timezone.now() + timedelta(days=30)
    make_review(stuck, overall="not_working", what_next="parents", by=priya, at=at)
    make_review(stuck, overall="not_working", what_next="strategy", by=priya, at=at)
    later = promise(stuck, "change the strategy", of=3)
    words = f"{promise(stuck)} {later} None of these has been done yet."
    assert [words in page for page in reads()] == [True] * 3


def test_nothing_is_said_of_it_once_it_was_done(reads, stuck, sam, today):
    met = {"held_on": today, "who_came": "A parent", "views": "", "agreed": "A diary"}
    record_meeting(stuck, **met, by=sam, at=timezone.now())
    assert ["has not been done yet" in page for page in reads()] == [False] * 3


def test_a_plan_with_headway_says_nothing_of_it(client, sign_in, plan, priya):
    assert not parsed(sign_in(client, priya).get(plan.get_absolute_url())).select(".nhsuk-warning-callout")


def test_the_list_of_plans_finds_them(client, sign_in, stuck, make_plan, make_consultation, priya):
    make_plan("agreed", consultation=make_consultation())
    page = sign_in(client, priya).get("/plans/", {"status": "change_needed"})
    assert [link.text for link in parsed(page).select("main tbody a")] == [stuck.reference]


def draft_of(plan, plan_content, priya, **overrides):
    plan = as_it_is_now(plan)
    content = plan_content(plan.partnership, priya, why_changed="It did not fit.", **overrides)
    return change_plan(
        plan, content, by=priya, at=plan.reviews.last().reviewed_at, opened_version=plan.version
    )


def send(version, priya):
    at = version.written_at
    return send_plan(version, by=priya, at=at, opened_version=version.version)


def test_it_cannot_go_on_unchanged(stuck, plan_content, priya):
    version = draft_of(stuck, plan_content, priya, concern="It goes on as it was.")
    with pytest.raises(ValidationError, match="cannot go on unchanged"):
        send(version, priya)
    assert newest(stuck).status == PlanVersion.Status.DRAFT


@pytest.mark.parametrize("step", [{"what": "Meet Robin in the hall"}, {"how_often": "weekly"}])
def test_it_can_be_sent_with_other_steps(stuck, plan_content, priya, step):
    who = newest(stuck).steps.get().who
    values = {"what": "Meet Robin at the side door", "who": who, "how_often": "every_day"} | step
    version = draft_of(stuck, plan_content, priya, steps=[StepContent(**values)])
    assert send(version, priya).status == PlanVersion.Status.SENT


def test_a_note_is_no_other_step(stuck, plan_content, priya):
    who = newest(stuck).steps.get().who
    values = {"what": "Meet Robin at the side door", "who": who, "how_often": "every_day", "note": "A timer"}
    version = draft_of(stuck, plan_content, priya, steps=[StepContent(**values)])
    with pytest.raises(ValidationError, match="cannot go on unchanged"):
        send(version, priya)


def test_staff_confidence_stands_before_and_after(client, sign_in, make_plan, make_review, sam, calendar):
    plan = make_plan("agreed", confidence=0)
    make_review(plan, confidence=7)
    page = main_text(sign_in(client, sam).get(plan.get_absolute_url()))
    assert "Staff confidence in helping: 0 of 10 at the start; 7 of 10 on" in page


@pytest.mark.parametrize("typed", ["11", "-1", "3.5", "9" * 400])
def test_a_confidence_out_of_the_scale_is_asked_again(form, typed):
    page = form().send(overall="going_well", confidence=typed)
    assert problems(page) == ["Select how confident staff feel"]
