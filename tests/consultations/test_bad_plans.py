"""What cannot be true of a plan: the message in the words of the label, and nothing lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultations.models import PlanVersion, Review
from consultations.services import StepContent, agree_plan, change_plan, send_plan
from schools.services import add_person, record_leaver
from tests.filling import OpenForm, as_sent, banners, problems
from tests.plans import as_it_is_now, newest, next_weekday

from .conftest import date_boxes, plan_answers


def url(page, plan):
    return reverse(f"consultations:{page}", args=[plan.reference])


def goal(number, **changed):
    said = {"what": f"Goal {number}", "rating": "2", "expected": "7", "rated_by": "staff"} | changed
    return {f"goals-{number}-{name}": value for name, value in said.items()}


@pytest.fixture
def mel(quillbrook, priya):
    return add_person(quillbrook, name="Mel Garside", job="Teaching assistant", by=priya)


@pytest.fixture
def leaves(priya, today):
    return lambda person: record_leaver(person, left_on=today - timedelta(days=1), by=priya)


@pytest.fixture
def editing(tab, priya, sam, calendar, today):
    def open_edit(plan):
        answers = plan_answers(plan.partnership, today) | {"why_changed": "More was needed"}
        return tab(priya, url("plan-edit", plan), **answers)

    return open_edit


@pytest.mark.parametrize("rating", ["11", "3.5", "-1", "9" * 30, "ten", "\0"])
def test_a_rating_off_the_scale_is_asked_again_and_the_rest_is_kept(planning, rating):
    page = planning.send(**{"goals-0-rating": rating})
    assert problems(page) == ["Select how close this is today"]
    assert as_sent(page)["goals-0-what"] == ["Robin comes in calmly"]
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("expected", ["11", "3.5"])
def test_so_is_what_is_hoped_for(planning, expected):
    page = planning.send(**{"goals-0-expected": expected})
    assert problems(page) == ["Select where you hope it will be at the review"]


def test_what_is_wrong_is_said_in_the_order_of_the_page(planning):
    page = planning.send(**{"concern": "", "goals-0-rating": "11", "review_on_day": ""})
    assert problems(page) == [
        "Select how close this is today",
        "Enter what the concern is",
        "The review date must include a day",
    ]


def test_a_fourth_goal_is_refused_and_comes_back_as_it_was_typed(planning):
    four = {key: value for number in range(4) for key, value in goal(number).items()}
    page = planning.send(**four, **{"goals-TOTAL_FORMS": "4"})
    assert problems(page) == ["Enter up to 3 goals. You have entered 4"]
    assert [as_sent(page)[f"goals-{number}-what"] for number in range(4)] == [
        [f"Goal {number}"] for number in range(4)
    ]
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("total", ["400", "9" * 30, "-1", "x", ""])
def test_rows_that_no_page_has_make_no_plan(planning, total):
    page = planning.send(**{"goals-TOTAL_FORMS": total})
    assert page.status_code == 200
    assert problems(page)
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("rating", ["11", "3.5"])
def test_a_rating_off_the_scale_in_a_review_is_asked_again(tab, sam, make_plan, calendar, rating):
    plan = make_plan("agreed")
    key = f"goal_{newest(plan).goals.get().identity.hex}_0"
    form = tab(sam, url("plan-review", plan), overall="going_well", note="Better on Fridays")
    page = form.send(**{key: rating})
    assert problems(page) == ["How close “Robin comes in calmly” is now must be a whole number from 0 to 10"]
    assert as_sent(page)["note"] == ["Better on Fridays"]
    assert not Review.objects.exists()


def test_a_review_date_before_a_step_begins_is_refused_beside_the_date(planning, today):
    late = today + timedelta(weeks=9)
    page = planning.send(**date_boxes("steps-0-from_on", late))
    assert problems(page) == [
        f"The review date must be after {late.day} {late:%B %Y}, when “Meet Robin at the side door” begins"
    ]
    assert as_sent(page)["steps-0-from_on_day"] == [str(late.day)]


def test_and_beside_the_choice_where_the_date_was_chosen(planning, today):
    late = today + timedelta(weeks=40)
    offered = planning.page.text.split('name="review_choice" type="radio" value="')
    choice = offered[1].split('"')[0] if len(offered) > 1 else None
    assert choice
    assert choice != "other"
    page = planning.send(review_choice=choice, **date_boxes("steps-0-from_on", late))
    assert len(problems(page)) == 1
    assert "The review date must be after" in problems(page)[0]


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        ({"day": "31", "month": "2", "year": "2027"}, "Enter a real day it begins"),
        ({"day": "3", "month": "", "year": "2027"}, "The day it begins must include a month"),
        ({"day": "3", "month": "3", "year": "9" * 30}, "Enter a real day it begins"),
    ],
)
def test_a_day_that_is_none_says_what_is_wrong(planning, boxes, message):
    page = planning.send(**{f"steps-0-from_on_{box}": value for box, value in boxes.items()})
    assert problems(page) == [message]


def test_a_step_begins_on_the_day_chosen_and_else_today(planning, today):
    monday = next_weekday(today + timedelta(days=3))
    planning.send(
        **date_boxes("steps-0-from_on", monday),
        **{"steps-1-what": "A job before register", "steps-1-how_often": "weekly"},
        **{"steps-1-who": planning.answers["steps-0-who"]},
    )
    assert [step.from_on for step in newest_version().steps.all()] == [monday, today]


def newest_version():
    return PlanVersion.objects.order_by("-number").first()


def test_a_chosen_day_is_kept_when_the_draft_is_written_again(planning, editing, today):
    monday = next_weekday(today + timedelta(days=3))
    planning.send(**date_boxes("steps-0-from_on", monday))
    editing(newest_version().plan).send(concern="Written again")
    version = newest_version()
    assert (version.concern, version.steps.get().from_on) == ("Written again", monday)


def test_who_left_is_not_offered_and_somebody_else_has_to_be_named(make_plan, editing, mel, leaves):
    plan = make_plan("agreed", steps=[StepContent("Meet Robin", who=mel, how_often="weekly")])
    leaves(mel)
    form = editing(plan)
    assert f"{mel} has left. Name somebody else." in form.page.text
    page = form.send(**{"steps-0-who": str(mel.pk), "steps-0-what": "Meet Robin"})
    assert problems(page) == ["Select who will do it"]
    assert as_sent(page)["steps-0-what"] == ["Meet Robin"]


def test_a_draft_that_names_somebody_who_left_since_is_not_sent(
    make_plan, mel, leaves, client, sign_in, priya
):
    plan = make_plan(steps=[StepContent("Meet Robin", who=mel, how_often="weekly")])
    leaves(mel)
    data = {"opened_version": newest(plan).version}
    answer = sign_in(client, priya).post(url("plan-send", plan), data)
    assert banners(client.get(answer.url)) == ["Mel Garside has left. Select who will do “Meet Robin”"]
    assert newest(plan).status == "draft"


def test_nor_does_the_school_send_one(make_plan, school_change, mel, leaves):
    plan = make_plan("agreed", steps=[StepContent("Meet Robin", who=mel, how_often="weekly")])
    leaves(mel)
    with pytest.raises(ValidationError, match="Mel Garside has left. Select who will do “Meet Robin”"):
        school_change(plan)


@pytest.mark.parametrize("status", ["draft", "sent"])
def test_a_plan_not_agreed_is_not_reviewed(make_plan, make_review, client, sign_in, priya, status):
    plan = make_plan(status)
    with pytest.raises(ValidationError, match="Only an agreed plan that has not ended can be reviewed"):
        make_review(plan)
    answer = sign_in(client, priya).post(url("plan-review", plan), {"overall": "going_well"})
    assert banners(client.get(answer.url)) == ["Only an agreed plan that has not ended can be reviewed."]


def test_an_old_version_is_not_agreed(make_plan, plan_content, priya, sam):
    plan = make_plan("agreed")
    content = plan_content(plan.partnership, priya, why_changed="More")
    version = change_plan(plan, content, by=priya, at=timezone.now(), opened_version=plan.version)
    send_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    old = plan.versions.get(number=1)
    with pytest.raises(ValidationError, match="This plan is not waiting to be agreed"):
        agree_plan(old, by=sam, at=timezone.now(), opened_version=old.version)
    assert [v.status for v in plan.versions.order_by("number")] == ["agreed", "sent"]


def test_a_review_date_in_the_holidays_is_refused_in_a_review_and_kept(tab, sam, make_plan, closed_day):
    plan = make_plan("agreed")
    form = tab(sam, url("plan-review", plan), overall="going_well", note="Better")
    page = form.send(**date_boxes("next_review_on", closed_day))
    assert problems(page) == [
        f"Quillbrook Primary School is closed on {closed_day.day} {closed_day:%B}. Choose another date"
    ]
    assert (as_sent(page)["note"], as_sent(page)["next_review_on_day"]) == (["Better"], [str(closed_day.day)])


def test_a_version_that_waited_when_the_plan_ended_is_not_agreed(
    make_plan, make_review, plan_content, priya, sam
):
    plan = make_plan("agreed")
    content = plan_content(plan.partnership, priya, why_changed="More")
    version = change_plan(plan, content, by=priya, at=timezone.now(), opened_version=plan.version)
    version = send_plan(version, by=priya, at=timezone.now(), opened_version=version.version)
    make_review(plan, overall="stopped")
    with pytest.raises(ValidationError, match="This plan has ended."):
        agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)


@pytest.mark.parametrize(
    ("page", "who", "message"),
    [
        ("plan-edit", "priya", "This plan has ended. Start a new one."),
        ("plan-review", "sam", "Only an agreed plan that has not ended can be reviewed."),
        ("plan-school-change", "sam", "Only an agreed plan that has not ended can be changed."),
    ],
)
def test_a_form_open_when_the_plan_ended_keeps_what_was_typed(
    request, tab, make_plan, make_review, calendar, today, page, who, message
):
    plan = make_plan("agreed")
    answers = plan_answers(plan.partnership, today) if page == "plan-edit" else {}
    typed = {"plan-review": {"overall": "going_well", "note": "Typed"}}.get(page, {"why_changed": "Typed"})
    form = tab(request.getfixturevalue(who), url(page, plan), **answers, **typed)
    make_review(plan, overall="finished")
    shown = form.send(opened_version=str(as_it_is_now(plan).version))
    assert message in problems(shown)
    assert ["Typed"] in [as_sent(shown).get(name) for name in ("why_changed", "note")]


def test_a_case_that_is_closed_has_no_new_plan(make_plan, make_review, priya, plan_content):
    from accounts.services import save_tracked

    plan = make_plan("agreed")
    make_review(plan, overall="finished")
    case = plan.case
    case.stage = "closed"
    save_tracked(case, by=priya, reason="Closed")
    with pytest.raises(ValidationError, match="is closed. Open it again on its page first."):
        make_plan(case=case)


def test_an_old_tab_of_an_ended_plan_does_not_open_it_again(make_plan, make_review, tab, sam):
    plan = make_plan("sent")
    agree = OpenForm(tab(sam, url("plan-agree", plan)).client, url("plan-agree", plan), answer="agree")
    agree.send()
    make_review(plan, overall="stopped")
    answer = agree.send()
    assert answer.url == plan.get_absolute_url()
    assert as_it_is_now(plan).ending == "stopped"
