"""A version that waits is taken back by the side that sent it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaleVersion
from consultations.models import Plan, PlanVersion, Share
from consultations.services import agree_plan, change_plan, send_plan, share_plan_again, take_back_plan
from tests.filling import OpenForm, banners, main_text
from tests.plans import as_it_is_now, newest


def act(verb, version, by, **more):
    return verb(version, by=by, at=timezone.now(), opened_version=version.version, **more)


@pytest.fixture
def change(plan_content, priya):
    """Send the next version of a plan."""

    def make(plan):
        plan = as_it_is_now(plan)
        content = plan_content(plan.partnership, priya, why_changed="More was needed")
        common = {"by": priya, "at": timezone.now()}
        version = change_plan(plan, content, opened_version=plan.version, **common)
        return send_plan(version, opened_version=version.version, **common)

    return make


def states(plan):
    return [(version.number, version.status) for version in plan.versions.order_by("number")]


def test_a_clinician_takes_back_what_was_never_agreed_and_the_school_cannot_read_it(
    make_plan, priya, sam, role_of, client, sign_in
):
    plan = make_plan("sent")
    version = act(take_back_plan, newest(plan), priya)
    assert (version.status, version.taken_back_by) == ("taken_back", priya)
    assert not Plan.objects.visible_to(role_of(sam)).exists()
    assert not PlanVersion.objects.visible_to(role_of(sam)).exists()
    page = sign_in(client, sam).get(plan.get_absolute_url())
    assert page.status_code == 410
    assert version.concern not in page.text
    assert as_it_is_now(plan).status_on(timezone.localdate()).label == "Taken back"


def test_its_share_is_closed_as_recalled_and_no_other(make_plan, change, priya):
    plan = make_plan("agreed")
    version = act(take_back_plan, change(plan), priya)
    closed = Share.objects.filter(closed_at__isnull=False)
    assert [(share.plan_version, share.audience, share.closing) for share in closed] == [
        (version, "link_staff", "recalled")
    ]


def test_the_agreed_version_stays_in_force_and_shared(make_plan, change, priya, sam, client, sign_in):
    plan = make_plan("agreed")
    act(take_back_plan, change(plan), priya)
    assert states(plan) == [(1, "agreed"), (2, "taken_back")]
    page = main_text(sign_in(client, sam).get(plan.get_absolute_url()))
    assert "Version 2" not in page
    assert "Agreed by Sam Whitlock" in page
    history = reverse("consultations:plan-history", args=[plan.reference])
    assert "More was needed" not in main_text(client.get(history))


def test_the_next_version_begins_from_it(make_plan, change, priya):
    plan = make_plan("sent")
    act(take_back_plan, newest(plan), priya)
    change(plan)
    assert states(plan) == [(1, "taken_back"), (2, "sent")]


def test_link_staff_take_back_their_own_change_and_can_still_read_it(make_plan, school_change, sam, role_of):
    plan = make_plan("agreed")
    version = act(take_back_plan, school_change(plan), sam)
    assert states(plan) == [(1, "agreed"), (2, "taken_back")]
    assert version in PlanVersion.objects.visible_to(role_of(sam))


@pytest.mark.parametrize("who", ["sam", "owen", "ruth", "hana"])
def test_nobody_else_takes_back_what_a_clinician_sent(request, make_plan, who):
    version = newest(make_plan("sent"))
    with pytest.raises(ValidationError, match="Only the side that sent this version"):
        act(take_back_plan, version, request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["priya", "owen", "hana"])
def test_nobody_else_takes_back_what_the_school_sent(request, make_plan, school_change, who):
    version = school_change(make_plan("agreed"))
    with pytest.raises(ValidationError, match="Only the side that sent this version"):
        act(take_back_plan, version, request.getfixturevalue(who))


@pytest.mark.parametrize("status", ["draft", "agreed"])
def test_only_what_waits_is_taken_back(make_plan, priya, status):
    with pytest.raises(ValidationError, match="This plan is not waiting to be agreed"):
        act(take_back_plan, newest(make_plan(status)), priya)


def test_what_was_taken_back_is_not_agreed(make_plan, priya, sam):
    plan = make_plan("sent")
    read = newest(plan)
    act(take_back_plan, newest(plan), priya)
    with pytest.raises(StaleVersion):
        act(agree_plan, read, sam)
    with pytest.raises(ValidationError, match="not waiting to be agreed"):
        act(agree_plan, newest(plan), sam)


def test_what_was_taken_back_is_not_opened_again_by_sharing(make_plan, priya):
    plan = make_plan("sent")
    act(take_back_plan, newest(plan), priya)
    with pytest.raises(ValidationError, match="Send it first"):
        share_plan_again(plan, by=priya, at=timezone.now())


def test_from_the_page_it_is_taken_back_once(make_plan, priya, sign_in, client):
    plan = make_plan("sent")
    sign_in(client, priya)
    assert "Take version 1 back" in main_text(client.get(plan.get_absolute_url()))
    url = reverse("consultations:plan-take-back-sent", args=[plan.reference])
    data = {"opened_version": newest(plan).version}
    said = [banners(client.get(client.post(url, data).url)) for _ in range(2)]
    assert said == [
        ["Version 1 was taken back. Nobody can agree it any more."],
        ["This plan is not waiting to be agreed."],
    ]
    page = main_text(client.get(plan.get_absolute_url()))
    assert "Priya Nair took this version back on" in page
    assert "Share it again" not in page
    assert "Change this plan" in page


def test_an_answer_typed_while_it_was_taken_back_is_not_lost(make_plan, priya, sam, sign_in, client):
    plan = make_plan("sent")
    url = reverse("consultations:plan-agree", args=[plan.reference])
    tab = OpenForm(sign_in(client, sam), url)
    act(take_back_plan, newest(plan), priya)
    page = tab.send(answer="change", change="Not before break")
    assert page.status_code == 410
    assert "Not before break" in main_text(page)


@pytest.mark.parametrize(("who", "code"), [("sam", 403), ("owen", 404), ("noor", 404), ("hana", 404)])
def test_who_did_not_send_it_has_no_such_button(request, make_plan, sign_in, client, who, code):
    plan = make_plan("sent")
    url = reverse("consultations:plan-take-back-sent", args=[plan.reference])
    data = {"opened_version": newest(plan).version}
    assert sign_in(client, request.getfixturevalue(who)).post(url, data).status_code == code
    assert newest(plan).status == "sent"
