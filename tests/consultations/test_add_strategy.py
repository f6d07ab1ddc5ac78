"""From a page of the library into a plan, and from a plan into the library."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleRow
from consultations import policies
from consultations.models import Draft
from consultations.services import keep_draft, open_case
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed
from tests.records import no_names_child

BRAVE = "small-brave-steps"


@pytest.fixture
def strategy(library):
    return library[BRAVE]


@pytest.fixture
def begun(quillbrook, priya, today, calendar):
    """Twelve plans of one case begun, a minute apart, with the keys 0 to 11."""
    case = open_case(quillbrook, no_names_child(), by=priya, on=today)
    path, start = f"/cases/{case.reference}/plan/", timezone.now() - timedelta(hours=1)
    place = {"kind": "plan", "partnership": quillbrook, "case": case, "page": UUID(int=99)}
    for number in range(12):
        at = start + timedelta(minutes=number)
        keep_draft(UUID(int=number), {}, by=priya, path=path, at=at, **place)


def which(strategy):
    return reverse("consultations:add-strategy", args=[strategy.pk])


def buttons(page):
    """(where it is sent, what it says) of every button that adds the strategy."""
    forms = [form for form in parsed(page).main.select("form") if form.select_one("[name=add]")]
    return [(form["action"], " ".join(form.button.get_text().split())) for form in forms]


def links(page, words):
    return [link["href"] for link in parsed(page).main.select("a") if words in link.get_text()]


@pytest.mark.parametrize("kind", RoleRow.Kind)
def test_the_library_offers_it_to_every_role_that_writes_plans_and_to_no_other(kind):
    """The library may not ask the policies of plans, so its template names the roles again."""
    role = SimpleNamespace(kind=kind)
    asked = {"request": SimpleNamespace(role=role, GET={}), "page": SimpleNamespace(pk=1)}
    html = render_to_string("resources/add_to_plan.html", asked)
    assert ("Add to a plan" in html) == policies.can_write_plan(role, None)
    assert ("ask your clinician" in html) == (kind == RoleRow.Kind.LINK_STAFF)


def test_a_clinician_is_asked_which_plan(client, sign_in, priya, make_plan, strategy):
    plan = make_plan("agreed")
    page = sign_in(client, priya).get(strategy.url)
    assert links(page, "Add to a plan") == [which(strategy)]
    page = client.get(which(strategy))
    url = reverse("consultations:plan-strategies", args=[plan.reference])
    assert buttons(page) == [(url, f"Add to this plan {plan.reference}")]
    there = client.post(url, {"add": strategy.pk})
    assert banners(client.get(there.url)) == ["“Small brave steps” was added."]
    assert Draft.objects.get().case == plan.case


def test_one_that_waits_is_named_and_cannot_be_chosen(client, sign_in, priya, make_plan, strategy):
    plan = make_plan("sent")
    page = sign_in(client, priya).get(which(strategy))
    assert buttons(page) == []
    assert plan.reference in main_text(page)
    assert "This plan waits to be agreed. It can be changed after that." in main_text(page)


def test_a_plan_that_was_begun_can_be_chosen_and_one_that_ended_cannot(
    planning, make_plan, make_review, strategy
):
    make_review(make_plan("agreed"), overall="finished")
    planning.send(later="1")
    page = planning.client.get(which(strategy))
    draft = Draft.objects.get()
    [(url, words)] = buttons(page)
    assert url == reverse("consultations:draft-strategies", args=[draft.key])
    assert words.startswith("Add to this plan for Robin, Year 4, begun ")
    assert "No plan is in use at your schools." in main_text(page)


def test_of_those_begun_the_newest_come_first_and_ten_of_them(client, sign_in, priya, begun, strategy):
    page = sign_in(client, priya).get(which(strategy))
    keys = [UUID(url.split("/")[3]).int for url, _ in buttons(page)]
    assert keys == list(range(11, 1, -1))


def test_from_the_plan_it_is_one_button(client, sign_in, priya, make_plan, strategy):
    plan = make_plan("agreed")
    url = reverse("consultations:plan-strategies", args=[plan.reference])
    page = sign_in(client, priya).get(url)
    address = next(link["href"] for link in parsed(page).select("h3 a") if BRAVE in link["href"])
    assert address == f"{strategy.url}?plan={plan.reference}"
    assert buttons(client.get(address)) == [(url, "Add to the plan")]
    draft = client.post(url, {"add": strategy.pk}).url
    address = next(link["href"] for link in parsed(client.get(draft)).select("h3 a") if BRAVE in link["href"])
    assert address == f"{strategy.url}?draft={Draft.objects.get().key}"
    assert buttons(client.get(address)) == [(draft, "Add to the plan")]


@pytest.mark.parametrize(
    "asked", ["plan=", "plan=a/b", "draft=nobody", "draft=", "plan=%00", "plan=%F0%9F%99%82"]
)
def test_an_address_that_leads_nowhere_breaks_nothing(client, sign_in, priya, strategy, asked):
    page = sign_in(client, priya).get(f"{strategy.url}?{asked}")
    assert page.status_code == 200
    assert len(buttons(page)) + len(links(page, "Add to a plan")) == 1


@pytest.mark.parametrize("who", ["ruth", "hana", "femi", "tess", "kit", "edie", "ada"])
def test_who_writes_no_plan_is_not_asked(request, client, sign_in, strategy, who):
    page = sign_in(client, request.getfixturevalue(who)).get(strategy.url)
    assert (page.status_code, buttons(page), links(page, "Add to")) == (200, [], [])
    assert client.get(which(strategy)).status_code == 403


def test_link_staff_are_told_who_can(client, sign_in, sam, strategy):
    page = sign_in(client, sam).get(strategy.url)
    assert "To have this in a plan, ask your clinician. They can add it." in main_text(page)
    assert client.get(which(strategy)).status_code == 403


@pytest.mark.parametrize("becomes", ["unpublish", "delete"])
def test_a_page_that_is_gone_is_not_found(client, sign_in, priya, strategy, becomes):
    url = which(strategy)
    getattr(strategy, becomes)()
    assert sign_in(client, priya).get(url).status_code == 404


def test_it_is_only_read(client, sign_in, priya, strategy):
    assert sign_in(client, priya).post(which(strategy)).status_code == 405


def test_it_costs_the_same_for_one_plan_and_for_three(client, sign_in, priya, make_plan, strategy):
    sign_in(client, priya)
    make_plan("agreed")
    client.get(which(strategy))
    one = cost(client, which(strategy))
    make_plan("sent")
    make_plan("agreed")
    assert cost(client, which(strategy)) == one
    assert one <= AT_MOST


def test_the_school_finds_strategies_like_those_in_its_plan(client, sign_in, sam, in_a_plan, strategy):
    page = sign_in(client, sam).get(in_a_plan(strategy).get_absolute_url())
    [address] = links(page, "Find strategies like these in the library")
    theme = strategy.themes.order_by("position").first().slug
    assert address == f"/library/?theme={theme}&key_stage=KS2"
    assert "Small brave steps" in client.get(address).text


def test_no_concern_of_the_case_is_told_to_the_school_by_the_way(client, sign_in, sam, make_plan, library):
    page = sign_in(client, sam).get(make_plan("agreed").get_absolute_url())
    assert links(page, "Find strategies like these in the library") == ["/library/?key_stage=KS2"]


@pytest.mark.parametrize("becomes", ["unpublish", "delete"])
def test_a_page_that_is_gone_narrows_nothing(client, sign_in, sam, in_a_plan, strategy, becomes):
    plan = in_a_plan(strategy)
    getattr(strategy, becomes)()
    page = sign_in(client, sam).get(plan.get_absolute_url())
    assert links(page, "Find strategies like these") == ["/library/?key_stage=KS2"]


def test_a_case_without_an_age_leads_to_the_whole_library(
    client, sign_in, sam, make_plan, make_consultation, library
):
    talk = make_consultation(about=no_names_child(year_group=None))
    page = sign_in(client, sam).get(make_plan("agreed", consultation=talk).get_absolute_url())
    assert links(page, "Find strategies like these") == ["/library/"]


@pytest.mark.parametrize(("status", "chooses"), [("draft", True), ("sent", False), ("agreed", True)])
def test_a_clinician_chooses_while_the_plan_can_be_changed(
    client, sign_in, priya, make_plan, library, status, chooses
):
    plan = make_plan(status)
    page = sign_in(client, priya).get(plan.get_absolute_url())
    url = reverse("consultations:plan-strategies", args=[plan.reference])
    assert links(page, "Find more strategies for this plan") == ([url] if chooses else [])
    assert bool(links(page, "Find strategies like these")) != chooses


def test_the_page_that_checks_a_plan_leads_there_too(client, sign_in, priya, make_plan):
    plan = make_plan("draft")
    page = sign_in(client, priya).get(reverse("consultations:plan-check", args=[plan.reference]))
    url = reverse("consultations:plan-strategies", args=[plan.reference])
    assert links(page, "find more strategies") == [url]
