"""A draft of a plan that was never sent is given up by the clinicians, who began it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import Plan
from consultations.services import (
    StepContent,
    ask_for_change,
    change_plan,
    discard_version,
    rewrite_draft,
    send_plan,
)
from tests.filling import as_sent, banners, main_text, parsed
from tests.plans import as_it_is_now, newest


def opened(version, by):
    return {"by": by, "at": timezone.now(), "opened_version": version.version}


def discard(plan, by):
    return discard_version(newest(plan), **opened(newest(plan), by))


def states(plan):
    return [(version.number, version.status) for version in plan.versions.order_by("number")]


def button(plan):
    return reverse("consultations:plan-discard", args=[plan.reference])


@pytest.fixture
def draft(plan_content, priya):
    """Begin the next version of a plan."""

    def begin(plan, **overrides):
        plan = as_it_is_now(plan)
        content = plan_content(plan.partnership, priya, why_changed="More was needed", **overrides)
        return change_plan(plan, content, **opened(plan, priya))

    return begin


def test_the_button_asks_first_and_gives_the_next_version_up(
    client, sign_in, make_plan, draft, school_change, priya
):
    plan = make_plan("agreed")
    draft(plan)
    with pytest.raises(ValidationError, match="The clinician is writing a new version"):
        school_change(plan)
    sign_in(client, priya)
    box = next(
        box
        for box in parsed(client.get(plan.get_absolute_url())).select("main details")
        if "Discard version 2" in box.text
    )
    assert "Nothing else of the plan changes. What the draft says stays in the history" in box.text
    sent = {field["name"]: field["value"] for field in box.select("[name=opened_version]")}
    answered = client.post(button(plan), sent)
    assert banners(client.get(answered.url)) == [
        "Version 2 was discarded. It stays in the history of the plan."
    ]
    assert states(plan) == [(1, "agreed"), (2, "discarded")]
    version = newest(plan)
    assert (version.taken_back_by, version.sent_at) == (priya, None)
    assert version.history.latest("history_id").history_change_reason == "Draft discarded"
    assert "Discard version" not in client.get(plan.get_absolute_url()).text
    assert as_it_is_now(plan).ended_on is None
    assert school_change(plan).number == 3


def test_the_next_begins_from_what_was_said_before_the_draft(client, sign_in, make_plan, draft, priya):
    plan = make_plan("agreed", concern="As it was agreed")
    draft(plan, concern="Given up")
    discard(plan, priya)
    page = sign_in(client, priya).get(reverse("consultations:plan-edit", args=[plan.reference]))
    assert as_sent(page)["concern"] == ["As it was agreed"]
    draft(plan, concern="As it was agreed")
    history = main_text(client.get(reverse("consultations:plan-history", args=[plan.reference])))
    assert "Discarded" in history
    assert history.count("Given up") == 1
    old = main_text(client.get(f"{plan.get_absolute_url()}versions/2/"))
    assert "Given up" in old
    assert "Discarded" in old


def test_a_step_keeps_the_day_it_began_before_the_draft(make_plan, draft, priya, today):
    begun = today - timedelta(days=10)
    plan = make_plan("agreed", on=begun)
    who = newest(plan).steps.get().who
    draft(plan, steps=[StepContent("Something else", who=who, how_often="weekly")])
    discard(plan, priya)
    assert draft(plan).steps.get().from_on == begun


@pytest.mark.parametrize(
    ("answered", "label"), [(True, "Change asked for"), (False, "Stopped")], ids=["asked", "never sent"]
)
def test_before_anything_is_agreed(client, sign_in, make_plan, draft, priya, sam, today, answered, label):
    plan = make_plan("sent" if answered else "draft")
    if answered:
        ask_for_change(newest(plan), **opened(newest(plan), sam), change="Less")
        draft(plan)
    discard(plan, priya)
    assert as_it_is_now(plan).status_on(today).label == label
    page = main_text(sign_in(client, priya).get(plan.get_absolute_url()))
    assert ("Discarded by" in page) is not answered
    if answered:
        assert f"Plan {plan.reference}, version 1" in page


def test_a_next_cycle_stops_with_its_draft_and_another_begins_from_what_was_agreed(
    tab, make_plan, make_review, priya
):
    first = make_plan("agreed", concern="As it was agreed")
    make_review(first, overall="not_working")
    make_review(first, overall="stopped")
    second = make_plan(case=first.case, concern="Given up")
    discard(second, priya)
    second = as_it_is_now(second)
    assert (second.ending, second.ended_on) == ("stopped", timezone.localdate())
    page = tab(priya, reverse("consultations:case-plan", args=[first.case.reference])).page
    assert as_sent(page)["concern"] == ["As it was agreed"]
    third = make_plan(case=first.case)
    assert (third.cycle, third.without_headway) == (3, 1)


def test_the_first_plan_of_a_case_begins_again_from_what_was_logged(tab, make_plan, priya):
    plan = make_plan(concern="Given up")
    discard(plan, priya)
    page = tab(priya, reverse("consultations:case-plan", args=[plan.case.reference])).page
    assert as_sent(page)["concern"] == [plan.consultation.concern]


def test_only_clinicians_of_the_school_discard_and_only_what_was_not_sent(make_plan, priya, owen, sam):
    plan = make_plan()
    for stranger in (sam, owen):
        with pytest.raises(ValidationError, match="Only clinicians of the school"):
            discard(plan, stranger)
    send_plan(newest(plan), **opened(newest(plan), priya))
    with pytest.raises(ValidationError, match="no draft any more"):
        discard(plan, priya)
    assert states(plan) == [(1, "sent")]


def test_what_somebody_wrote_meanwhile_is_not_discarded(client, sign_in, make_plan, plan_content, priya):
    plan = make_plan()
    seen = newest(plan)
    rewrite_draft(seen, plan_content(plan.partnership, priya, concern="Newer"), **opened(seen, priya))
    with pytest.raises(StaleVersion):
        discard_version(seen, **opened(seen, priya))
    sign_in(client, priya).post(button(plan), {"opened_version": seen.version})
    assert states(plan) == [(1, "draft")]


def test_a_second_press_says_that_there_is_no_draft(client, sign_in, make_plan, draft, priya):
    plan = make_plan("agreed")
    draft(plan)
    discard(plan, priya)
    answered = sign_in(client, priya).post(button(plan), {"opened_version": 1})
    assert banners(client.get(answered.url)) == ["This plan has no draft to discard."]


def test_the_school_reads_nothing_of_it(client, sign_in, make_plan, draft, priya, sam):
    plan = make_plan("agreed")
    draft(plan, concern="Given up")
    discard(plan, priya)
    sign_in(client, sam)
    assert client.get(f"{plan.get_absolute_url()}versions/2/").status_code == 404
    for page in ("", "history/"):
        assert "Given up" not in client.get(plan.get_absolute_url() + page).text
    assert Plan.objects.visible_to(sam.roles.get()).count() == 1


def test_it_is_no_draft_on_the_list_of_plans(client, sign_in, make_plan, priya):
    plan = make_plan()
    discard(plan, priya)
    sign_in(client, priya)
    assert plan.reference not in main_text(client.get("/plans/", {"status": "draft"}))
    assert plan.reference in main_text(client.get("/plans/", {"status": "ended"}))
