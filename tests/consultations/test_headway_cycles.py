"""The headway rule from cycle to cycle: steps written anew as they were are no change of strategy."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.services import save_tracked
from consultations.models import ParentsMeeting, Plan, PlanStatus, Purpose
from consultations.services import (
    NO_MEETING,
    NOT_UNCHANGED,
    StepContent,
    agree_plan,
    make_referral,
    move_stage,
    send_plan,
)
from tests.consents import answer
from tests.filling import banners, main_text, parsed, problems
from tests.plans import as_it_is_now, newest

from .conftest import plan_answers


def url(page, plan):
    return reverse(f"consultations:{page}", args=[plan.reference])


def steps_of(plan, **changed):
    """Those in force, written anew."""
    step = newest(plan).steps.get()
    return [StepContent(**{"what": step.what, "who": step.who, "how_often": step.how_often} | changed)]


def send(plan, by):
    version = newest(plan)
    return send_plan(version, by=by, at=timezone.now(), opened_version=version.version)


def agree(version, by):
    return agree_plan(version, by=by, at=timezone.now(), opened_version=version.version)


@pytest.fixture
def ended(make_plan, make_review, calendar):
    """A cycle that ended after two reviews that found nothing moved."""
    plan = make_plan("agreed")
    for number in range(2):
        make_review(plan, overall="not_working", what_next="strategy" if number else "")
    make_review(plan, overall="stopped")
    return as_it_is_now(plan)


@pytest.fixture
def copied(ended, make_plan):
    """The next cycle in draft, with the same steps."""
    return make_plan(case=ended.case, steps=steps_of(ended))


def test_a_next_cycle_with_the_same_steps_is_not_sent(client, sign_in, priya, copied):
    sent = sign_in(client, priya).post(url("plan-send", copied), {"opened_version": newest(copied).version})
    assert banners(client.get(sent.url)) == [NOT_UNCHANGED]
    assert newest(copied).status == "draft"


def test_whoever_writes_it_is_told_before(tab, priya, ended, calendar, today):
    form = tab(
        priya,
        reverse("consultations:case-plan", args=[ended.case.reference]),
        **plan_answers(ended.partnership, today),
    )
    assert NOT_UNCHANGED in main_text(form.page)
    form.send()
    assert Plan.objects.get(cycle=2).without_headway == 2


def test_nobody_is_told_where_a_goal_moved(tab, priya, make_plan, make_review, calendar):
    plan = make_plan("agreed")
    make_review(plan, overall="finished")
    page = tab(priya, reverse("consultations:case-plan", args=[plan.case.reference])).page
    assert NOT_UNCHANGED not in main_text(page)


@pytest.mark.parametrize("step", [{"what": "Meet Robin in the hall"}, {"how_often": "weekly"}])
def test_one_with_other_steps_is_sent_and_starts_fresh(ended, make_plan, make_review, priya, sam, step):
    plan = make_plan(case=ended.case, steps=steps_of(ended, **step))
    agree(send(plan, priya), sam)
    assert as_it_is_now(plan).without_headway == 0
    make_review(plan, overall="not_working")
    assert as_it_is_now(plan).without_headway == 1


def test_a_run_below_the_rule_goes_on_into_the_same_steps(tab, sam, make_plan, make_review, calendar, today):
    first = make_plan("agreed")
    make_review(first, overall="not_working")
    make_review(first, overall="stopped")
    second = make_plan("agreed", case=first.case, steps=steps_of(first))
    assert as_it_is_now(second).without_headway == 1
    page = tab(sam, url("plan-review", second)).send(overall="not_working")
    assert problems(page) == ["Select what you will do now"]
    make_review(second, overall="not_working", what_next="strategy")
    assert as_it_is_now(second).status_on(today) == PlanStatus.CHANGE_NEEDED


def test_what_was_never_agreed_is_not_what_it_is_measured_against(ended, make_plan, make_review, priya):
    between = make_plan(case=ended.case, steps=steps_of(ended, what="Never agreed"))
    between.ending, between.ended_on = "stopped", timezone.localdate()
    save_tracked(between, by=priya, reason="The case was closed")
    plan = make_plan(case=ended.case, steps=steps_of(ended))
    with pytest.raises(ValidationError, match="cannot go on unchanged"):
        send(plan, priya)


def test_a_meeting_recorded_on_the_draft_lets_it_go_on(tab, priya, sam, copied):
    form = tab(priya, url("meeting-add", copied), who_came="A parent", agreed="We go on until June.")
    assert form.send().url == copied.get_absolute_url()
    assert ParentsMeeting.objects.get().plan == copied
    assert not ParentsMeeting.objects.visible_to(sam.roles.get()).exists()
    assert as_it_is_now(copied).without_headway == 0
    assert send(copied, priya).status == "sent"
    assert ParentsMeeting.objects.visible_to(sam.roles.get()).exists()


@pytest.mark.parametrize("begun", [False, True], ids=["between", "while the next is in draft"])
@pytest.mark.parametrize("who", ["priya", "sam"])
def test_a_meeting_between_two_cycles_is_recorded_from_the_case(
    request, tab, client, ended, make_plan, priya, who, begun
):
    plan = make_plan(case=ended.case, steps=steps_of(ended)) if begun else None
    person = request.getfixturevalue(who)
    form = tab(person, url("meeting-add", ended), who_came="A parent", agreed="We go on until June.")
    link = parsed(client.get(ended.case.get_absolute_url())).find("a", href=form.url)
    assert link.text == "Record a meeting with the parents or carers"
    assert form.send().url == ended.get_absolute_url()
    assert ParentsMeeting.objects.get().plan == ended
    plan = as_it_is_now(plan or make_plan(case=ended.case, steps=steps_of(ended)))
    assert plan.without_headway == 0
    assert send(plan, priya).status == "sent"


def test_once_the_next_was_sent_a_meeting_belongs_to_that(tab, client, ended, make_plan, sam, today):
    form = tab(sam, url("meeting-add", ended), who_came="A parent", agreed="We go on until June.")
    make_plan("sent", case=ended.case, steps=steps_of(ended, what="Something else"))
    assert problems(form.send()) == [NO_MEETING]
    answered = client.get(form.url)
    assert banners(client.get(answered.url)) == [NO_MEETING]
    assert not parsed(client.get(ended.case.get_absolute_url())).find("a", href=form.url)


def test_nobody_is_offered_a_meeting_on_a_closed_case(client, sign_in, ended, priya, sam, today):
    step = {"moved_on": today, "reason": "All is well", "decided_by": "Us"}
    case = ended.case
    move_stage(case, "closed", **step, by=priya, at=timezone.now(), opened_version=case.version)
    for person in (priya, sam):
        page = sign_in(client, person).get(case.get_absolute_url())
        assert not parsed(page).find("a", href=url("meeting-add", ended))
        answered = client.get(url("meeting-add", ended))
        assert "is closed. Open it again on its page first." in banners(client.get(answered.url))[0]


@pytest.mark.parametrize("between", [True, False])
def test_so_does_a_referral_also_between_two_cycles(ended, make_plan, priya, today, between):
    answer(ended.case, Purpose.REFER_ON, by=priya)
    plan = None if between else make_plan(case=ended.case, steps=steps_of(ended))
    make_referral(
        ended.case,
        to="The autism team",
        made_on=today,
        due_on=today + timedelta(days=30),
        feedback="Sent today.",
        longer_term=False,
        by=priya,
        at=timezone.now(),
    )
    plan = plan or make_plan(case=ended.case, steps=steps_of(ended))
    assert send(plan, priya).status == "sent"


def test_the_draft_says_so_and_the_lead_sees_since_when(client, sign_in, priya, ruth, copied, ended, today):
    page = sign_in(client, priya).get(copied.get_absolute_url())
    panel = parsed(page).select_one(".nhsuk-warning-callout").text
    since = f"a change is due since {today.day} {today:%B %Y}"
    assert since in panel
    assert "chose: change the strategy. It has not been done yet." in panel
    row = parsed(sign_in(client, ruth).get("/checks/headway/")).select_one("main tbody tr").text
    assert copied.reference in row
    assert "chose: change the strategy. It has not been done yet." in row
    assert f"{today.day} {today:%B %Y}" in row
