"""S9: link staff change who, how often, from when and the review date; a clinician agrees it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaleVersion
from accounts.services import grant_role
from consultations.models import PlanVersion, Share
from consultations.services import agree_plan, ask_for_change, change_plan, recall_share
from schools.services import add_person
from tests.filling import OpenForm, as_sent, banners, main_text, problems, side_by_side
from tests.plans import as_it_is_now, newest, next_weekday
from web.words import longdate

from .conftest import date_boxes


def answer(verb, version, by, **more):
    return verb(version, by=by, at=timezone.now(), opened_version=version.version, **more)


def states(plan):
    return [(version.number, version.status) for version in plan.versions.order_by("number")]


@pytest.fixture
def agreed(make_plan):
    return make_plan("agreed")


@pytest.fixture
def mel(quillbrook, priya):
    return add_person(quillbrook, name="Mel Garside", job="Teaching assistant", by=priya)


@pytest.fixture
def changed(agreed, school_change, mel, today):
    """The version Sam sent: Mel does the step from now on, weekly, from tomorrow."""
    step = newest(agreed).steps.get()
    return school_change(agreed, steps={step: (mel, "weekly", today + timedelta(days=1))})


def test_the_school_changes_who_how_often_from_when_and_the_date_alone(agreed, changed, mel, today):
    first = agreed.versions.get(number=1)
    step, before = changed.steps.get(), first.steps.get()
    assert (step.who, step.who_was, step.how_often, step.from_on) == (
        *(mel, str(mel), "weekly"),
        today + timedelta(days=1),
    )
    assert (step.what, step.identity) == (before.what, before.identity)
    assert [goal.identity for goal in changed.goals.all()] == [goal.identity for goal in first.goals.all()]
    same = ("concern", "strengths", "tried", "childs_view", "parents_view", "parents_know", "if_not_reached")
    assert [getattr(changed, name) for name in same] == [getattr(first, name) for name in same]
    assert changed.review_on == next_weekday(today + timedelta(weeks=4))


def test_it_is_sent_at_once_and_shared_with_link_staff_while_the_agreed_version_stays_in_force(
    agreed, changed, sam
):
    assert states(agreed) == [(1, "agreed"), (2, "sent")]
    assert (changed.from_school, changed.sent_by, changed.why_changed) == (True, sam, "Half term")
    assert Share.objects.get(plan_version=changed).audience == "link_staff"
    assert as_it_is_now(agreed).review_on == newest_agreed(agreed).review_on


def newest_agreed(plan):
    return plan.versions.get(status="agreed")


def test_a_clinician_is_not_told_that_the_school_shared_with_itself(agreed, changed, client, sign_in, priya):
    said = main_text(sign_in(client, priya).get(agreed.get_absolute_url()))
    assert "The school can read this plan, and changed it on" in said
    assert "Shared with the school by" not in said


def test_a_clinician_agrees_it_and_it_is_in_force(agreed, changed, priya):
    answer(agree_plan, changed, priya)
    assert states(agreed) == [(1, "replaced"), (2, "agreed")]
    assert as_it_is_now(agreed).review_on == changed.review_on
    assert newest(agreed).agreed_by == priya


def test_a_clinician_asks_for_a_change_and_the_school_may_change_again(agreed, changed, priya, school_change):
    answer(ask_for_change, changed, priya, change="Mel is away on Mondays")
    assert states(agreed) == [(1, "agreed"), (2, "sent_back")]
    assert school_change(agreed).number == 3
    assert states(agreed) == [(1, "agreed"), (2, "sent_back"), (3, "sent")]


@pytest.mark.parametrize("verb", [agree_plan, lambda v, **k: ask_for_change(v, change="More", **k)])
@pytest.mark.parametrize("who", ["sam", "dana", "owen", "ruth"])
def test_nobody_but_a_clinician_of_the_school_answers_it(request, changed, verb, who):
    with pytest.raises(ValidationError, match="A clinician of the school answers it"):
        answer(verb, changed, request.getfixturevalue(who))
    assert newest(changed.plan).status == "sent"


@pytest.mark.parametrize("who", ["priya", "ruth", "hana", "tess"])
def test_nobody_but_link_staff_answer_what_a_clinician_sent(request, make_plan, who):
    version = newest(make_plan("sent"))
    with pytest.raises(ValidationError, match="The link staff of the school answer it"):
        answer(agree_plan, version, request.getfixturevalue(who))


def test_whoever_stands_on_both_sides_does_not_answer_themselves(
    quillbrook, make_plan, priya, admin_person, today
):
    grant_role(priya, "link_staff", quillbrook, start_on=today, by=admin_person)
    version = newest(make_plan("sent"))
    with pytest.raises(ValidationError, match="You sent this version yourself"):
        answer(agree_plan, version, priya)
    assert newest(version.plan).status == "sent"


@pytest.mark.parametrize("who", ["priya", "ruth", "hana", "tess", "noor"])
def test_nobody_but_link_staff_change_a_plan_this_way(request, agreed, school_change, who):
    with pytest.raises(ValidationError, match="Only link staff of the school"):
        school_change(agreed, by=request.getfixturevalue(who))


@pytest.mark.parametrize("status", ["draft", "sent"])
def test_only_a_plan_in_force_is_changed_by_the_school(make_plan, school_change, status):
    with pytest.raises(ValidationError, match="Only an agreed plan that has not ended can be changed"):
        school_change(make_plan(status))


def test_not_while_the_clinician_writes_a_new_version(agreed, school_change, plan_content, priya):
    content = plan_content(agreed.partnership, priya, why_changed="More")
    change_plan(agreed, content, by=priya, at=timezone.now(), opened_version=agreed.version)
    with pytest.raises(ValidationError, match="The clinician is writing a new version"):
        school_change(agreed)


def test_not_while_a_version_waits(agreed, changed, school_change):
    with pytest.raises(ValidationError, match="waits to be agreed"):
        school_change(agreed)


def test_not_once_the_plan_was_recalled(agreed, school_change, priya):
    recall_share(agreed.shares.first(), by=priya, at=timezone.now())
    with pytest.raises(ValidationError, match="This plan was closed to the school"):
        school_change(agreed)


def test_what_was_recalled_meanwhile_is_not_put_in_force_for_plan_readers(agreed, changed, priya):
    recall_share(agreed.shares.first(), by=priya, at=timezone.now())
    with pytest.raises(ValidationError, match="This plan was closed to the school"):
        answer(agree_plan, changed, priya)
    assert not Share.objects.filter(plan_version=changed, audience="plan_readers").exists()


def test_a_change_that_changes_nothing_is_refused(agreed, school_change):
    with pytest.raises(ValidationError, match="Nothing differs from the plan as it is"):
        school_change(agreed, review_on=agreed.review_on)


def test_a_review_since_it_was_opened_makes_it_stale(agreed, school_change, make_review):
    make_review(agreed)
    with pytest.raises(StaleVersion):
        school_change(agreed, opened_version=agreed.version)


@pytest.fixture
def page(sam, sign_in, client, agreed, mel, calendar, today):
    """S9, open."""
    url = reverse("consultations:plan-school-change", args=[agreed.reference])
    answers = {"why_changed": "Half term"} | date_boxes("review_on", next_weekday(today + timedelta(weeks=5)))
    return OpenForm(sign_in(client, sam), url, **answers)


def key_of(plan):
    return f"{newest(plan).steps.get().identity.hex}_0"


def test_the_page_begins_from_the_plan_in_force(page, agreed):
    found, step = as_sent(page.page), newest(agreed).steps.get()
    assert found[f"who_{key_of(agreed)}"] == [str(step.who_id)]
    assert found[f"how_often_{key_of(agreed)}"] == ["every_day"]
    assert found["review_on_day"] == [str(agreed.review_on.day)]


def test_from_the_page_to_the_clinician_and_back(page, agreed, mel, priya, sign_in, client):
    answer = page.send(**{f"who_{key_of(agreed)}": str(mel.pk)})
    assert banners(client.get(answer.url)) == ["Sent to the clinician to agree."]
    sign_in(client, priya)
    assert "1 change by a school waits for you to agree" in main_text(client.get("/today/"))
    assert agreed.reference in main_text(client.get("/plans/?status=with_clinician"))
    url = reverse("consultations:plan-agree", args=[agreed.reference])
    shown = client.get(url)
    assert "What changed since version 1" in main_text(shown)
    assert "Mel Garside" in main_text(shown)
    client.post(url, as_sent(shown) | {"answer": "agree"})
    assert newest(agreed).status == "agreed"
    assert "waits for you to agree" not in main_text(client.get("/today/"))


def test_link_staff_see_that_it_waits_and_do_not_agree_it(page, agreed, client, dana, sign_in):
    page.send()
    sign_in(client, dana)
    assert "Agree plan" not in main_text(client.get("/needs-doing/"))
    shown = main_text(client.get(agreed.get_absolute_url()))
    assert "With the clinician" in shown
    assert "Version 2 was sent by the school" in shown
    assert client.get(reverse("consultations:plan-agree", args=[agreed.reference])).status_code == 403


def test_a_change_without_a_reason_and_with_half_a_date_is_asked_again(page, agreed):
    key = key_of(agreed)
    wrong = {"why_changed": "", "review_on_month": "", f"who_{key}": "", f"from_on_{key}_day": "32"}
    said = problems(page.send(**wrong))
    assert said == [
        "Select who will do it",
        "Enter a real day it begins",
        "The review date must include a month",
        "Enter why you are changing this",
    ]
    assert not PlanVersion.objects.filter(number=2).exists()


def test_a_step_that_begins_after_the_review_is_refused_beside_the_review_date(page, agreed, today):
    key, late = key_of(agreed), today + timedelta(weeks=30)
    said = problems(page.send(**date_boxes(f"from_on_{key}", late)))
    assert said == [
        f"The review date must be after {late.day} {late:%B %Y}, when “Meet Robin at the side door” begins"
    ]


@pytest.mark.parametrize("who", ["9" * 30, "0", "\0", "<b>x</b>"])
def test_a_person_nobody_offered_is_asked_again(page, agreed, who):
    assert problems(page.send(**{f"who_{key_of(agreed)}": who})) == ["Select who will do it"]


def test_nobody_of_another_school_does_a_step(page, agreed, somebody_elsewhere):
    assert problems(page.send(**{f"who_{key_of(agreed)}": str(somebody_elsewhere.pk)})) == [
        "Select who will do it"
    ]


def test_two_reviews_and_changes_at_once_keep_what_was_typed(page, agreed, make_review):
    make_review(agreed, note="From Sam")
    shown = page.send(why_changed="Half term again")
    assert "This changed while you were writing" in main_text(shown)
    assert "Sam Whitlock saved a review on" in main_text(shown)
    assert as_sent(shown)["why_changed"] == ["Half term again"]
    page.page = shown
    assert page.send(**{"why_changed": "Half term again", "keep-review_on": "typed"}).status_code == 302


def test_of_two_changes_at_once_the_one_sent_first_stands_beside_the_other(
    page, agreed, mel, school_change, dana, today
):
    sent = school_change(agreed, by=dana, review_on=next_weekday(today + timedelta(weeks=9)))
    shown = page.send(**{f"who_{key_of(agreed)}": str(mel.pk), "why_changed": "Mel is there"})
    assert "This plan waits to be agreed." in problems(shown)[0]
    text = main_text(shown)
    assert "Version 2 was sent first" in text
    assert f"{dana} sent it on" in text
    who = agreed.versions.get(number=1).steps.get().who
    typed = longdate(next_weekday(today + timedelta(weeks=5)))
    assert side_by_side(shown) == {
        "Meet Robin at the side door: who will do it?": (str(who), str(mel)),
        "Review date": (longdate(sent.review_on), typed),
        "Why are you changing this?": (sent.why_changed, "Mel is there"),
    }
    assert as_sent(shown)["why_changed"] == ["Mel is there"]
    assert [version.number for version in agreed.versions.all()] == [1, 2]


def test_what_is_wrong_in_the_form_comes_before_what_was_sent_first(page, agreed, school_change, dana):
    school_change(agreed, by=dana)
    assert "was sent first" not in main_text(page.send(why_changed=""))


def test_the_clinician_s_next_version_begins_from_the_one_in_force_and_not_from_what_was_sent_back(
    agreed, changed, priya, sign_in, client, calendar
):
    answer(ask_for_change, changed, priya, change="No")
    url = reverse("consultations:plan-edit", args=[agreed.reference])
    found = as_sent(sign_in(client, priya).get(url))
    assert found["steps-0-how_often"] == ["every_day"]
