"""What a lead sets about the plans of their service, and their list of plans past the rule."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import StaleVersion
from consultations.models import PlanRules, SchoolRules
from consultations.services import plan_rules_of, school_rules_of, set_plan_rules, set_school_rules
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, banners, main_text, parsed, problems, side_by_side

URL = "/checks/rules/"


@pytest.fixture
def form(tab, ruth, quillbrook):
    return tab(ruth, URL)


def test_without_a_row_the_defaults_count_and_nothing_is_saved_by_asking(service, quillbrook):
    rules = plan_rules_of(service)
    assert (rules.reviews_without_headway, rules.digest_at, rules.digest_weekday) == (2, time(7, 30), 0)
    assert not school_rules_of(quillbrook).uses_scale
    assert not PlanRules.objects.exists()
    assert not SchoolRules.objects.exists()


def test_what_is_set_is_kept_and_two_at_once_are_told(service, ruth):
    set_plan_rules(service, {"reviews_without_headway": 3}, by=ruth, opened_version=0)
    with pytest.raises(StaleVersion):
        set_plan_rules(service, {"reviews_without_headway": 4}, by=ruth, opened_version=0)
    set_plan_rules(service, {"reviews_without_headway": 4}, by=ruth, opened_version=1)
    kept = PlanRules.objects.get()
    assert (plan_rules_of(service), kept.reviews_without_headway, kept.version) == (kept, 4, 2)


@pytest.mark.parametrize("number", [0, 7, -1])
def test_a_number_out_of_range_is_refused(service, ruth, number):
    with pytest.raises(ValidationError):
        set_plan_rules(service, {"reviews_without_headway": number}, by=ruth, opened_version=0)


def test_the_page_opens_with_the_defaults_and_saves(form):
    shown = as_sent(form.page)
    assert (shown["reviews_without_headway"], shown["digest_at"]) == (["2"], ["07:30"])
    page = form.client.post(URL, form.whole(reviews_without_headway="3", digest_at="8:15"), follow=True)
    assert banners(page) == ["Rules saved."]
    rules = PlanRules.objects.get()
    assert (rules.reviews_without_headway, rules.digest_at, rules.scale_worse) == (3, time(8, 15), -2)


def test_a_stale_page_says_so_and_saves_the_second_time(form, service, ruth):
    set_plan_rules(service, {"digest_weekday": 4}, by=ruth, opened_version=0)
    page = form.send(reviews_without_headway="5")
    said = "Somebody changed these rules while you had the page open. Read both, then save again."
    assert problems(page) == [said]
    assert side_by_side(page) == {
        "After how many reviews in a row with no goal moved does a plan have to change?": ("2", "5"),
        "On which day?": ("Friday", "Monday"),
    }
    form.page = page
    assert form.send().status_code == 302
    assert PlanRules.objects.get().reviews_without_headway == 5


BAD = [
    ({"reviews_without_headway": "0"}, "How many reviews must be between 1 and 6"),
    ({"reviews_without_headway": "3.5"}, "How many reviews must be a whole number"),
    ({"reviews_without_headway": "9" * 30}, "How many reviews must be between 1 and 6"),
    ({"reviews_without_headway": "\0"}, "Enter how many reviews"),
    ({"digest_weekday": "6"}, "Select the day of the weekly e-mail"),
    ({"digest_at": "25:00"}, "The time of the weekly e-mail must be a real time, like 9:30"),
    ({"scale_worse": "3"}, "Select worse"),
    ({"scale_worse": "2"}, "A better result cannot have a lower number than a worse one."),
]


@pytest.mark.parametrize(("changes", "words"), BAD)
def test_bad_input_is_asked_again(form, changes, words):
    page = form.send(**changes)
    assert (page.status_code, problems(page)) == (200, [words])
    assert not PlanRules.objects.exists()


def test_the_scale_is_switched_for_one_school(client, sign_in, quillbrook, ruth):
    url = reverse("consultations:school-scale", args=[quillbrook.school.urn])
    client = sign_in(client, ruth)
    page = client.post(url, {"uses_scale": "on", "opened_version": "0"}, follow=True)
    assert banners(page) == [f"{quillbrook.school} uses the scale."]
    assert school_rules_of(quillbrook).uses_scale
    client.post(url, {"uses_scale": "off", "opened_version": "0"})
    assert school_rules_of(quillbrook).uses_scale
    client.post(url, {"uses_scale": "off", "opened_version": "1"})
    assert not school_rules_of(quillbrook).uses_scale


def test_another_service_keeps_its_own(client, sign_in, service, other_service_school, ruth):
    urn = other_service_school.school.urn
    url = reverse("consultations:school-scale", args=[urn])
    assert sign_in(client, ruth).post(url, {"uses_scale": "on"}).status_code == 404
    set_school_rules(other_service_school, uses_scale=True, by=ruth, opened_version=0)
    assert str(urn) not in client.get(URL).text


@pytest.fixture
def one_more(make_visit, make_consultation, make_plan, make_review, calendar):
    visit = make_visit(started=True)

    def add():
        plan = make_plan("agreed", consultation=make_consultation(visit=visit))
        for number in range(2):
            make_review(plan, overall="not_working", what_next="parents" if number else "")
        return plan

    return add


def test_the_lead_sees_which_plans_cannot_go_on(client, sign_in, one_more, make_plan, ruth, today):
    plan = one_more()
    make_plan("agreed")
    page = sign_in(client, ruth).get(reverse("consultations:past-the-rule"))
    cells = [cell.get_text(" ", strip=True) for cell in parsed(page).select("main tbody td")]
    assert cells == [
        "School Quillbrook Primary School",
        f"Plan {plan.reference}",
        "Reviews without headway 2",
        f"Since {today.day} {today:%B %Y}",
        f"What was chosen On {today.day} {today:%B %Y} Sam Whitlock chose: meet the parents or carers. "
        "It has not been done yet.",
    ]


def test_a_plan_that_ended_is_on_no_list(client, sign_in, one_more, make_review, ruth):
    make_review(one_more(), overall="stopped")
    page = sign_in(client, ruth).get(reverse("consultations:past-the-rule"))
    assert "No plan has gone on too long without headway." in main_text(page)


@pytest.mark.parametrize("name", ["past-the-rule", "plan-rules"])
def test_one_row_costs_what_three_do(client, sign_in, one_more, ruth, name):
    sign_in(client, ruth)
    one_more()
    first = cost(client, reverse(f"consultations:{name}"))
    one_more()
    one_more()
    assert cost(client, reverse(f"consultations:{name}")) == first <= AT_MOST
