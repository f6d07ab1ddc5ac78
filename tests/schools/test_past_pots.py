"""Agreements that are over: what waits to be carried into the next, and what ended below nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.reading import pots_of_service
from schools.models import Agreement
from schools.reading import past_pots
from schools.services import end_agreement, settle_pots
from schools.services.ledger import post
from tests.cost import AT_MOST, cost
from tests.filling import main_text
from tests.places import new_partnership
from web.words import longdate

from .visits import finish

A_DAY = timedelta(days=1)


@pytest.fixture
def over(make_agreement, admin_person, today):
    """Bought time whose last day was yesterday, in which so much is left."""

    def make(left=360, last=-1, **rules):
        days = {"first_on": today + (last - 90) * A_DAY, "last_on": today + last * A_DAY}
        pot = make_agreement(**days | {"carry_over": "all"} | rules)
        if left:
            kind = "grant" if left > 0 else "expire"
            post(pot, kind, left, partnership=pot.payer, by=admin_person, at=timezone.now())
        return pot

    return make


@pytest.fixture
def at_night(today):
    def settle(days=0):
        settle_pots(on=today + days * A_DAY, at=timezone.now() + days * A_DAY)

    return settle


def found(today, days=0):
    """(what waits, what is over) of every pot there is."""
    return [(pot.waits, pot.over) for pot in past_pots(Agreement.objects.all(), today + days * A_DAY)]


def test_what_waits_is_listed_until_it_is_carried_or_expires(over, at_night, today):
    pot = over()
    assert found(today, -1) == []
    assert found(today) == [(360, 0)]
    at_night()
    assert found(today) == found(today, 59) == [(360, 0)]
    assert found(today, 60) == []
    at_night(60)
    assert (pot.entries.balance(), found(today, 60)) == (0, [])


def test_it_waits_no_longer_when_the_next_agreement_took_it(over, at_night, make_agreement, today):
    over()
    at_night()
    make_agreement(first_on=today, last_on=today + 300 * A_DAY)
    at_night(1)
    assert found(today, 1) == []


@pytest.mark.parametrize(
    ("rules", "waits"),
    [
        ({"carry_over": "none"}, []),
        ({"carry_over": "up_to", "carry_over_minutes": 100}, [(100, 0)]),
        ({"carry_over": "up_to", "carry_over_minutes": 500}, [(360, 0)]),
    ],
)
def test_no_more_waits_than_the_rule_carries(over, at_night, today, rules, waits):
    over(**rules)
    assert found(today) == waits
    at_night()
    assert found(today) == waits


def test_what_was_carried_before_is_counted_into_the_limit(over, admin_person, today):
    pot = over(carry_over="up_to", carry_over_minutes=100)
    post(pot, "carry_out", -70, partnership=pot.payer, by=admin_person, at=timezone.now())
    assert found(today) == [(30, 0)]


def test_what_a_visit_still_holds_does_not_wait_and_is_not_over(over, make_visit, today):
    pot = over(left=0, last=0, may_overdraw=True)
    visit = make_visit(pot=pot, started=True)
    assert found(today, 1) == []
    finish(visit)
    assert found(today, 1) == [(0, 90)]


def test_more_used_than_there_was_is_listed_until_it_is_made_good(over, at_night, admin_person, ruth, today):
    pot = over(left=-90, may_overdraw=True)
    at_night()
    assert Agreement.objects.get().state == "ended"
    assert found(today) == found(today, 400) == [(0, 90)]
    two = {"by": admin_person, "approver": ruth, "reason": "goodwill", "at": timezone.now()}
    post(pot, "adjust", 90, partnership=pot.payer, **two)
    assert found(today) == []


def test_what_comes_back_to_one_that_was_ended_early_waits_for_nothing_yet(over, admin_person, today):
    pot = end_agreement(over(left=0, last=5), by=admin_person, at=timezone.now())
    post(pot, "grant", 60, partnership=pot.payer, by=admin_person, at=timezone.now())
    assert (found(today), found(today, 6)) == ([], [(60, 0)])


def test_one_below_nothing_is_not_over_before_its_last_day(over, today):
    over(left=-90, last=0, may_overdraw=True)
    assert found(today) == []
    assert found(today, 1) == [(0, 90)]


WAITS = "2 half days wait to be carried into the next agreement until"


@pytest.mark.parametrize(
    ("who", "url"), [("hana", "/time/"), ("sam", "/time/"), ("ruth", "/schools/990001/time/")]
)
def test_the_school_reads_what_waits(request, client, sign_in, over, at_night, who, url, today):
    over()
    at_night()
    until = longdate(today + 59 * A_DAY)
    text = main_text(sign_in(client, request.getfixturevalue(who)).get(url))
    assert f"Bought time: {WAITS} {until}." in text


def test_in_a_cluster_the_pool_waits(client, sign_in, owen, over, another_school, quillbrook):
    over(schools=[another_school])
    text = main_text(sign_in(client, owen).get("/schools/990002/time/"))
    assert f"Bought time of Quillbrook Primary School and the schools with it: {WAITS}" in text


def test_another_school_reads_nothing_of_it(client, sign_in, owen, over, another_school):
    over()
    assert "carried into" not in main_text(sign_in(client, owen).get("/schools/990002/time/"))


def test_the_agreement_says_it_and_how_it_ended(client, sign_in, hana, over):
    waits, below = over(), over(left=-90, may_overdraw=True, last=-200)
    sign_in(client, hana)
    assert WAITS in main_text(client.get(waits.get_absolute_url()))
    text = main_text(client.get(below.get_absolute_url()))
    assert "It ended with 1 hour 30 minutes more used than there was." in text
    assert WAITS not in text


def test_the_lead_reads_both_lists(client, sign_in, ruth, over, another_school):
    waits, below = over(), over(payer=another_school, left=-90, may_overdraw=True)
    text = main_text(sign_in(client, ruth).get("/money/"))
    assert f"Quillbrook Primary School, {waits.reference} : {WAITS}" in text
    rows = text.split("Ended with more used than there was")[-1]
    assert f"School Tansy Hill Primary School Agreement {below.reference} More used 1 hour 30 minutes" in rows


def test_nothing_of_another_service_is_in_them(role_of, ruth, noor, other_service_school, over, today):
    over(payer=other_service_school)
    assert pots_of_service(role_of(ruth), today).past == []


@pytest.mark.parametrize("url", ["/money/", "/schools/990001/time/"])
def test_one_costs_what_three_do(client, sign_in, ruth, service, admin_person, over, quillbrook, url):
    def more(number):
        school = new_partnership(service, 990400 + number, f"School {number}", by=admin_person)
        over(payer=school)
        over(payer=school, left=-90, may_overdraw=True, last=-200)

    sign_in(client, ruth)
    more(1)
    first = cost(client, url)
    more(2), more(3)
    assert cost(client, url) == first <= AT_MOST
