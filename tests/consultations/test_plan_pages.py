"""C4, C6, C7 and S8: write a plan, check it, send it; agree it or ask for a change."""

import pytest
from django.urls import reverse

from consultations.models import Draft, Plan, PlanVersion
from tests.filling import as_sent, banners, main_text, problems
from tests.plans import newest

from .conftest import date_boxes, plan_answers


def url(page, plan):
    return reverse(f"consultations:{page}", args=[plan.reference])


def test_a_plan_is_written_checked_sent_and_agreed(planning, client, sign_in, sam, priya):
    check = planning.send()
    plan = Plan.objects.get()
    assert check.url == url("plan-check", plan)
    page = client.get(check.url)
    assert "This is what the school will read." in main_text(page)
    sent = client.post(url("plan-send", plan), as_sent(page))
    assert sent.url == url("plan-sent", plan)
    assert f"Plan sent Reference {plan.reference}" in main_text(client.get(sent.url))
    page = sign_in(client, sam).get(url("plan-agree", plan))
    agreed = client.post(url("plan-agree", plan), as_sent(page) | {"answer": "agree"})
    assert agreed.url == "/"
    assert banners(client.get("/needs-doing/")) == [f"Plan {plan.reference} is agreed."]
    assert newest(plan).agreed_by == sam


def test_it_begins_from_what_was_logged(planning):
    found = as_sent(planning.page)
    assert found["concern"] == ["Robin cries at the gate most mornings."]


def test_an_empty_plan_says_everything_that_is_missing(planning):
    empty = dict.fromkeys(planning.answers)
    assert problems(planning.send(**empty)) == [
        "Choose or write at least one thing adults will do",
        "Enter what you want to be different",
        "Enter what the concern is",
        "Select if the parents or carers know about this plan",
        "Select when you will review it",
        "Enter what happens if the goals are not reached",
    ]


def test_half_a_goal_and_half_a_step_say_which_half(planning):
    halves = dict.fromkeys(["goals-0-rating", "goals-0-expected", "goals-0-rated_by", "steps-0-who"])
    assert problems(planning.send(**halves, **{"steps-0-how_often": None})) == [
        "Select how close this is today",
        "Select where you hope it will be at the review",
        "Select who gave this rating",
        "Select who will do it",
        "Select how often",
    ]


@pytest.mark.parametrize("rating", ["11", "-1", "ten"])
def test_a_rating_out_of_the_scale_is_asked_again(planning, rating):
    page = planning.send(**{"goals-0-rating": rating})
    assert problems(page) == ["Select how close this is today"]


def test_a_review_date_in_the_holidays_is_refused_and_kept(planning, closed_day):
    page = planning.send(**date_boxes("review_on", closed_day))
    assert problems(page) == [
        f"Quillbrook Primary School is closed on {closed_day.day} {closed_day:%B}. Choose another date"
    ]
    assert as_sent(page)["review_on_day"] == [str(closed_day.day)]


def test_a_review_date_in_the_past_is_refused(planning, today):
    words = f"The review date must be after {today.day} {today:%B %Y}"
    assert problems(planning.send(**date_boxes("review_on", today))) == [words]


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        ({"review_on_month": ""}, "The review date must include a month"),
        ({"review_on_day": "31", "review_on_month": "2"}, "Enter a real review date"),
        ({"review_on_day": "\u0663\u0663"}, "Enter a real review date"),
        ({"review_on_year": "26"}, "The year of the review date must have 4 numbers"),
        ({"review_on_day": "", "review_on_month": "", "review_on_year": ""}, "Enter the review date"),
    ],
)
def test_a_date_that_is_none_says_what_is_wrong(planning, boxes, message):
    assert problems(planning.send(**boxes)) == [message]


def test_parents_who_do_not_know_need_a_reason_and_a_reason_left_behind_is_not_kept(planning):
    assert problems(planning.send(parents_know="no")) == ["Enter why they do not know yet"]
    planning.send(parents_know="yes", parents_why="They are away")
    assert PlanVersion.objects.get().parents_why == ""


def test_somebody_of_another_school_cannot_make_sure_of_a_step(planning, somebody_elsewhere):
    page = planning.send(**{"steps-0-who": str(somebody_elsewhere.pk)})
    assert len(problems(page)) == 1
    assert "Vera Elsewhere" not in page.text
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("strategy", ["unpublished", "0", "9" * 30, "none"])
def test_a_strategy_that_is_not_in_the_library_is_not_put_in_the_plan(planning, library, strategy):
    page = next(iter(library.values()))
    page.unpublish()
    key = str(page.pk) if strategy == "unpublished" else strategy
    who = planning.answers["steps-0-who"]
    row = {"steps-0-strategy": key, "steps-0-chosen": "on", "steps-0-what": None, "steps-0-who": who}
    answer = planning.send(**row)
    assert answer.status_code == 200
    assert problems(answer)
    assert not PlanVersion.objects.exists()


def test_a_second_plan_is_refused_and_what_was_typed_is_kept(planning, make_plan):
    planning.send()
    again = planning.send(form_key="", concern="Once more")
    assert problems(again) == ["This case has a plan already. Change that one, or finish it first."]
    assert as_sent(again)["concern"] == ["Once more"]
    assert Draft.objects.get().payload["concern"] == ["Once more"]
    there = planning.client.get(planning.url)
    assert there.url == Plan.objects.get().get_absolute_url()


def test_a_change_needs_its_reason_and_is_a_new_version(tab, priya, sam, make_plan, calendar, today):
    plan = make_plan("agreed")
    form = tab(priya, url("plan-edit", plan), **plan_answers(plan.partnership, today))
    assert problems(form.send()) == ["Enter why you are changing this"]
    form.send(why_changed="More was needed")
    assert (newest(plan).number, newest(plan).why_changed) == (2, "More was needed")


@pytest.mark.parametrize(
    ("status", "message"),
    [
        ("sent", "This plan waits to be agreed. It can be changed after that."),
        ("ended", "This plan has ended. Start a new one."),
    ],
)
def test_what_cannot_be_changed_now_says_why(client, sign_in, priya, make_plan, make_review, status, message):
    plan = make_plan("sent" if status == "sent" else "agreed")
    if status == "ended":
        make_review(plan, overall="stopped")
    response = sign_in(client, priya).get(url("plan-edit", plan))
    assert banners(client.get(response.url)) == [message]


def test_asking_for_a_change_needs_words(tab, sam, make_plan):
    plan = make_plan("sent")
    form = tab(sam, url("plan-agree", plan))
    assert problems(form.send()) == ["Select if you agree"]
    assert problems(form.send(answer="change")) == ["Enter what should change"]
    long = form.send(answer="change", change="x" * 501)
    assert problems(long) == ["What should change must be 500 characters or fewer. You have used 501"]
    form.send(answer="change", change="Once a week")
    assert (newest(plan).status, newest(plan).change_asked) == ("sent_back", "Once a week")


def test_send_pressed_twice_says_so_once(client, sign_in, priya, make_plan):
    plan = make_plan()
    sign_in(client, priya)
    data = {"opened_version": newest(plan).version}
    assert client.post(url("plan-send", plan), data).url == url("plan-sent", plan)
    again = client.post(url("plan-send", plan), data)
    assert again.url == plan.get_absolute_url()
    assert banners(client.get(again.url)) == ["This plan has no draft to send."]


@pytest.mark.parametrize("opened", ["", "0", "x", "9" * 400, "\0", "-1"])
def test_a_draft_nobody_read_is_not_sent(client, sign_in, priya, make_plan, opened):
    plan = make_plan()
    response = sign_in(client, priya).post(url("plan-send", plan), {"opened_version": opened})
    assert newest(plan).status == "draft"
    assert banners(client.get(response.url)) == [
        "This changed while you had the page open. Look at it as it is now."
    ]


POSTS = ["plan-edit", "plan-send", "plan-agree", "plan-review"]


@pytest.mark.parametrize("which", POSTS)
@pytest.mark.parametrize("who", ["owen", "noor", "hana", "tess", "kit"])
def test_an_outsider_changes_nothing(request, client, sign_in, make_plan, which, who):
    plan = make_plan("sent")
    before = PlanVersion.history.count()
    answers = {"answer": "agree", "opened_version": newest(plan).version}
    response = sign_in(client, request.getfixturevalue(who)).post(url(which, plan), answers)
    assert (response.status_code, PlanVersion.history.count()) == (404, before)


@pytest.mark.parametrize(
    ("which", "who"),
    [("plan-edit", "sam"), ("plan-send", "sam"), ("plan-agree", "priya"), ("plan-review", "ruth")],
)
def test_who_may_only_read_changes_nothing(request, client, sign_in, make_plan, which, who):
    plan = make_plan("sent")
    before = PlanVersion.history.count()
    response = sign_in(client, request.getfixturevalue(who)).post(url(which, plan), {"answer": "agree"})
    assert (response.status_code, PlanVersion.history.count()) == (403, before)


@pytest.mark.parametrize("which", ["plan", "plan-history", "plan-pdf", "plan-check", "plan-sent"])
def test_a_page_is_no_button(client, sign_in, priya, make_plan, which):
    assert sign_in(client, priya).post(url(which, make_plan())).status_code == 405
