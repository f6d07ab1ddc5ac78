"""R1 and R2: a plan reader's plans, and of each what adults will do and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Reading, RoleRow
from accounts.services import end_role
from consultations.models import Consent, Share
from consultations.services import (
    GoalContent,
    StepContent,
    agree_plan,
    change_plan,
    give_plan_to_reader,
    recall_share,
    send_plan,
    share_plan_again,
    take_plan_from_reader,
    withdraw_consent,
)
from tests.filling import main_text, parsed
from tests.plans import as_it_is_now
from tests.records import no_names_child, somebody_at, whole_class

URL = "/carrying-out/"
VIEWS = ("childs_view", "parents_view", "parents_why")
HIDDEN = {name: f"canary-{name}-7Q" for name in ("concern", "strengths", "tried", *VIEWS, "if_not_reached")}


def address(plan):
    return reverse("consultations:carrying-out", args=[plan.reference])


def listed(page):
    return [link.get_text(strip=True) for link in parsed(page).select("main td a")]


@pytest.fixture
def give(sam, tess):
    def to_tess(plan):
        give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
        return plan

    return to_tess


@pytest.fixture
def new_version(plan_content, priya, sam):
    """The next version of a plan, agreed unless told otherwise."""

    def make(plan, agree=True, **content):
        now, plan = timezone.now(), as_it_is_now(plan)
        words = plan_content(plan.partnership, priya, why_changed="More", **content)
        version = change_plan(plan, words, by=priya, at=now, opened_version=plan.version)
        version = send_plan(version, by=priya, at=now, opened_version=version.version)
        if agree:
            agree_plan(version, by=sam, at=now, opened_version=version.version)

    return make


@pytest.fixture
def step(quillbrook, sam):
    def make(what, **more):
        who = somebody_at(quillbrook, sam)
        return StepContent(what, who=who, how_often="most_days", **more)

    return make


def test_nothing_given_says_how_plans_come(client, sign_in, tess, make_plan):
    make_plan("agreed")
    page = sign_in(client, tess).get(URL)
    assert "You have no plans to carry out." in main_text(page)
    assert listed(page) == []


def test_only_the_plans_that_were_given_are_there(client, sign_in, tess, make_plan, give, quillbrook):
    first, _, waiting = give(make_plan("agreed")), make_plan("agreed"), give(make_plan("sent"))
    second = give(make_plan("agreed"))
    page = sign_in(client, tess).get(URL)
    assert listed(page) == [second.reference, first.reference]
    assert "Robin, Year 4" in main_text(page)
    assert "Underhay" not in page.text
    assert client.get(address(waiting)).status_code == 404


def test_a_plan_given_before_it_is_agreed_opens_then(client, sign_in, tess, sam, make_plan, give):
    plan = give(make_plan("sent"))
    version = plan.versions.get()
    agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)
    assert sign_in(client, tess).get(address(plan)).status_code == 200


def test_the_page_holds_what_adults_will_do(client, sign_in, tess, make_plan, give, step, library):
    strategy = next(iter(library.values()))
    own = step("Sit beside the window", note="Left of the door")
    plan = give(make_plan("agreed", steps=[own, step("Follow the page", strategy=strategy)]))
    page = sign_in(client, tess).get(address(plan))
    today = timezone.localdate()
    every = f"Tess Abernathy, Class teacher makes sure: most days, from {today.day} {today:%B %Y}"
    text = main_text(page)
    assert "What adults will do for Robin, Year 4" in text
    assert f"Sit beside the window {every} Left of the door" in text
    assert f"Follow the page {every} From the library: {strategy.title}" in text
    assert f"Next review: {plan.review_on.day} {plan.review_on:%B %Y}" in text
    assert plan.partnership.service.if_things_get_worse in text
    assert f"Sam Whitlock gave you this plan on {today.day} {today:%B %Y}." in text
    assert parsed(page).select_one(f'main a[href="{strategy.url}"]').get_text() == strategy.title


@pytest.mark.parametrize("gone", ["deleted", "unpublished"])
def test_a_step_whose_library_page_is_gone_keeps_its_title(
    client, sign_in, tess, make_plan, give, step, library, gone
):
    strategy = next(iter(library.values()))
    plan = give(make_plan("agreed", steps=[step("Follow the page", strategy=strategy)]))
    strategy.delete() if gone == "deleted" else strategy.unpublish()
    page = sign_in(client, tess).get(address(plan))
    assert f"From the library: {strategy.title}" in main_text(page)
    assert parsed(page).select("main li a") == []


def test_it_holds_nothing_else_of_the_plan(client, sign_in, tess, priya, make_plan, make_review, give):
    goal = GoalContent("canary-goal-7Q", rating=3, expected=8, rated_by="staff", at_zero="canary-zero-7Q")
    plan = give(make_plan("agreed", goals=[goal], parents_know="no", **HIDDEN))
    make_review(plan, note="canary-note-7Q")
    sign_in(client, tess)
    assert "canary" not in client.get(address(plan)).text + client.get(URL).text
    text = sign_in(client, priya).get(plan.get_absolute_url()).text
    words = [*HIDDEN.values(), "canary-goal-7Q", "canary-zero-7Q", "canary-note-7Q"]
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("about", "words"), [(no_names_child, "a child, Year 4"), (whole_class, "Year 3 Otters")]
)
def test_without_a_name_it_says_the_year_or_the_group(
    client, sign_in, tess, make_plan, make_consultation, give, about, words
):
    plan = give(make_plan("agreed", consultation=make_consultation(about=about())))
    assert f"What adults will do for {words}" in main_text(sign_in(client, tess).get(address(plan)))


def test_a_new_version_shows_once_it_is_agreed_and_not_before(
    client, sign_in, tess, make_plan, give, new_version, step
):
    plan = give(make_plan("agreed", steps=[step("The old step")]))
    sign_in(client, tess)
    new_version(plan, agree=False, steps=[step("The new step")])
    text = client.get(address(plan)).text
    assert ("The old step" in text, "The new step" in text) == (True, False)


def test_the_replaced_version_is_gone_at_once(client, sign_in, tess, make_plan, give, new_version, step):
    plan = give(make_plan("agreed", steps=[step("The old step")]))
    new_version(plan, steps=[step("The new step")])
    text = sign_in(client, tess).get(address(plan)).text
    assert ("The old step" in text, "The new step" in text) == (False, True)


def test_a_recalled_plan_is_closed_and_opens_again_when_it_is_shared_again(
    client, sign_in, tess, priya, make_plan, give
):
    plan = give(make_plan("agreed"))
    recall_share(plan.shares.first(), by=priya, at=timezone.now())
    sign_in(client, tess)
    assert (client.get(address(plan)).status_code, listed(client.get(URL))) == (404, [])
    share_plan_again(plan, by=priya, at=timezone.now())
    assert (client.get(address(plan)).status_code, listed(client.get(URL))) == (200, [plan.reference])


def test_a_plan_whose_consent_was_withdrawn_is_closed(client, sign_in, tess, priya, today, make_plan, give):
    plan = give(make_plan("agreed"))
    consent = Share.objects.filter(plan=plan).first().consent
    withdraw_consent(
        Consent.objects.get(pk=consent.pk),
        withdrawn_on=today,
        by=priya,
        at=timezone.now(),
        opened_version=consent.version,
    )
    sign_in(client, tess)
    assert (client.get(address(plan)).status_code, listed(client.get(URL))) == (404, [])


def test_a_plan_taken_back_is_closed(client, sign_in, tess, sam, make_plan, give):
    plan = give(make_plan("agreed"))
    take_plan_from_reader(plan, tess, by=sam, at=timezone.now())
    sign_in(client, tess)
    assert (client.get(address(plan)).status_code, listed(client.get(URL))) == (404, [])


@pytest.mark.parametrize("overall", ["finished", "stopped"])
def test_a_plan_that_has_ended_says_so_and_nothing_else(
    client, sign_in, tess, make_plan, make_review, give, overall
):
    plan = give(make_plan("agreed"))
    make_review(plan, overall=overall)
    page = sign_in(client, tess).get(address(plan))
    assert main_text(page) == (
        f"Plan {plan.reference} This plan has ended There is nothing more to carry out. "
        "Ask Sam Whitlock, who gave it to you, if you are not sure."
    )
    assert "Robin" not in page.text
    assert listed(client.get(URL)) == []


def test_on_the_day_their_role_ends_nothing_opens(
    client, sign_in, tess, make_plan, give, today, admin_person
):
    plan = give(make_plan("agreed"))
    sign_in(client, tess)
    end_role(RoleRow.objects.get(person=tess), end_on=today, by=admin_person, reason="Left")
    assert [client.get(url).status_code for url in (URL, address(plan))] == [302, 302]


def test_each_opening_is_one_reading(client, sign_in, tess, role_of, make_plan, give):
    plan = give(make_plan("agreed"))
    sign_in(client, tess)
    client.get(address(plan))
    client.get(address(plan))
    rows = Reading.objects.values_list("door", "record", "case", "role")
    row = ("consultations:carrying-out", plan.reference, plan.case_id, role_of(tess).pk)
    assert list(rows) == [row, row]


def test_a_closed_plan_is_no_reading(client, sign_in, tess, make_plan):
    assert sign_in(client, tess).get(address(make_plan("agreed"))).status_code == 404
    assert not Reading.objects.exists()


def test_more_than_a_page_of_plans_is_paged(client, sign_in, tess, make_plan, give, make_consultation):
    plans = [give(make_plan("agreed")).reference for _ in range(26)][::-1]
    first = sign_in(client, tess).get(URL)
    assert listed(first) == plans[:25]
    older = parsed(first).select_one(".nhsuk-pagination a")["href"]
    assert listed(client.get(URL + older)) == plans[25:]


def test_her_header_leads_to_her_plans_and_the_library(client, sign_in, tess):
    page = sign_in(client, tess).get(URL)
    links = [link["href"] for link in parsed(page).select(".nhsuk-header__navigation-link[href]")]
    assert links == [URL, "/library/"]


@pytest.mark.parametrize("reference", ["P-2222-222", "x" * 500, "%00", "'", "<b>"])
def test_a_reference_that_is_none_is_not_found(client, sign_in, tess, reference):
    assert sign_in(client, tess).get(f"{URL}{reference}/").status_code == 404


def test_a_plan_of_a_year_ago_still_opens(client, sign_in, tess, make_plan, give, today):
    long_ago = today - timedelta(days=70)
    plan = give(make_plan("agreed", on=long_ago, review_on=today - timedelta(days=today.weekday() + 3)))
    assert sign_in(client, tess).get(address(plan)).status_code == 200
