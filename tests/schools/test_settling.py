"""Nights: agreements begin, and what is left of those that are over is carried over or expires."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from schools.models import Agreement
from schools.services import (
    close_visit,
    draft_agreement,
    record_core_offer,
    settle_pots,
    sign_agreement,
)
from schools.services.ledger import post
from schools.services.settling import written_after_the_end
from tests.records import minutes

A_DAY = timedelta(days=1)


@pytest.fixture
def make_pot(quillbrook, admin_person, today):
    """Bought time whose last day was yesterday and of which so much is left."""

    def make(left=600, first=-100, last=-1, **rules):
        days = {"first_on": today + first * A_DAY, "last_on": today + last * A_DAY}
        fields = {"unit_price": Decimal(250)} | days | rules
        pot = draft_agreement(quillbrook, schools=[quillbrook], fields=fields, by=admin_person)
        signed = {"signed_on": today, "signed_by_name": "Hana Sorensen", "signed_by_job": "Head"}
        pot = sign_agreement(pot, by=admin_person, at=timezone.now(), **signed)
        if left:
            post(pot, "grant", left, partnership=quillbrook, by=admin_person, at=timezone.now())
        return pot

    return make


@pytest.fixture
def settle(db, today):
    def run(days=0):
        return dict(settle_pots(on=today + days * A_DAY, at=timezone.now()))

    return run


def lines(pot):
    rows = pot.entries.in_order().exclude(kind="grant").select_related("by")
    return [(row.kind, row.minutes, str(row.by)) for row in rows]


def state(pot):
    return Agreement.objects.get(pk=pot.pk).state


def test_a_signed_agreement_is_active_from_its_first_day(make_pot, settle):
    pot = make_pot(first=1, last=200)
    assert (settle(), state(pot)) == ({}, "signed")
    assert (settle(1), state(pot)) == ({"activated": 1}, "active")
    last = pot.history.order_by("-history_id").first()
    assert (str(last.history_user), last.history_change_reason) == ("Fortnight", "In force")


def test_on_its_last_day_nothing_is_gone(make_pot, settle):
    pot = make_pot(last=0)
    settle()
    assert (state(pot), pot.entries.balance()) == ("active", 600)


def test_the_day_after_the_rest_expires_and_it_ends(make_pot, settle):
    pot = make_pot()
    assert settle() == {"activated": 1, "expired": 1, "ended": 1}
    assert (lines(pot), state(pot)) == ([("expire", -600, "Fortnight")], "ended")


def test_a_second_run_does_nothing(make_pot, settle):
    pot = make_pot()
    settle()
    assert settle() == {}
    assert len(lines(pot)) == 1


def test_what_is_carried_refers_to_its_other_side(make_pot, settle):
    pot = make_pot(carry_over="up_to", carry_over_minutes=180)
    following = make_pot(left=0, first=0, last=300)
    assert settle() == {"activated": 2, "carried": 1, "expired": 1, "ended": 1}
    assert lines(pot) == [("carry_out", -180, "Fortnight"), ("expire", -420, "Fortnight")]
    assert lines(following) == [("carry_in", 180, "Fortnight")]
    came_in = following.entries.get(kind="carry_in")
    assert came_in.corrects == pot.entries.get(kind="carry_out")
    assert [*came_in.corrects.corrections.all()] == [came_in]


def test_all_of_it_is_carried_where_the_rule_says_so(make_pot, settle):
    pot, following = make_pot(carry_over="all"), make_pot(left=0, first=0, last=300)
    settle()
    assert (pot.entries.balance(), following.entries.balance()) == (0, 600)


def test_what_may_be_carried_waits_60_days_for_the_next(make_pot, settle):
    pot = make_pot(carry_over="up_to", carry_over_minutes=180)
    settle()
    assert (pot.entries.balance(), state(pot)) == (180, "active")
    assert settle(59) == {}
    following = make_pot(left=0, first=0, last=300)
    settle(59)
    assert (pot.entries.balance(), following.entries.balance(), state(pot)) == (0, 180, "ended")


def test_after_60_days_it_expires(make_pot, settle):
    pot = make_pot(carry_over="all")
    settle(59)
    assert (pot.entries.balance(), state(pot)) == (600, "active")
    settle(60)
    assert (lines(pot), state(pot)) == ([("expire", -600, "Fortnight")], "ended")


def test_what_a_visit_finished_later_gives_back_goes_the_next_night(make_pot, make_visit, settle):
    pot = make_pot(last=0)
    visit = make_visit(pot=pot, started=True)
    settle(1)
    assert (pot.entries.balance(), state(pot)) == (0, "active")
    finish(visit, 60)
    assert pot.entries.balance() == 120
    settle(2)
    assert (pot.entries.balance(), state(pot)) == (0, "ended")


def test_later_nights_carry_no_more_than_the_limit_in_all(make_pot, make_visit, settle):
    pot = make_pot(last=0, carry_over="up_to", carry_over_minutes=500)
    following = make_pot(left=0, first=1, last=300)
    visit = make_visit(pot=pot, started=True)
    settle(1)
    finish(visit, 60)
    settle(2)
    assert (following.entries.balance(), pot.entries.numbers().gone) == (500, 540)


def test_an_ended_pot_that_gets_time_back_is_settled_again(make_pot, settle, quillbrook, admin_person):
    pot = make_pot(left=0)
    settle()
    post(pot, "grant", 30, partnership=quillbrook, by=admin_person, at=timezone.now())
    assert settle() == {"expired": 1}
    assert (pot.entries.balance(), state(pot)) == (0, "ended")


def test_of_pots_that_ended_those_alone_are_added_up_that_got_a_line_since(
    make_pot, settle, quillbrook, admin_person
):
    make_pot(left=0, first=-100, last=-50)
    corrected = make_pot(left=0, first=-19)
    settle()
    assert not written_after_the_end(Agreement.objects.all())
    post(corrected, "grant", 30, partnership=quillbrook, by=admin_person, at=timezone.now())
    assert [*written_after_the_end(Agreement.objects.all())] == [corrected]
    assert settle() == {"expired": 1}


def test_a_core_offer_is_carried_to_a_core_offer_alone(quillbrook, admin_person, make_pot, settle, today):
    given = {"granted_minutes": 60, "by": admin_person, "at": timezone.now()}
    over = {"first_on": today - 9 * A_DAY, "last_on": today - A_DAY, "carry_over": "all"}
    core = record_core_offer(quillbrook, **given, **over)
    bought = make_pot(left=0, first=0, last=300)
    following = record_core_offer(quillbrook, **given, first_on=today, last_on=today + 9 * A_DAY)
    settle()
    numbers = [pot.entries.balance() for pot in (core, bought, following)]
    assert numbers == [0, 0, 120]


def test_what_is_overdrawn_ends_as_it_is(make_pot, settle, quillbrook, admin_person):
    pot = make_pot(left=0, may_overdraw=True, carry_over="all")
    post(pot, "expire", -30, partnership=quillbrook, by=admin_person, at=timezone.now())
    assert settle() == {"activated": 1, "ended": 1}
    assert pot.entries.balance() == -30


def test_a_draft_is_left_alone(quillbrook, admin_person, settle, today):
    days = {"first_on": today - 9 * A_DAY, "last_on": today - A_DAY}
    fields = {"unit_price": Decimal(250)} | days
    draft = draft_agreement(quillbrook, schools=[], fields=fields, by=admin_person)
    assert (settle(), state(draft)) == ({}, "draft")


def test_the_command_says_what_it_did(make_pot, capsys):
    make_pot()
    for said in (
        "1 activated, 0 carried, 1 expired, 1 ended.",
        "0 activated, 0 carried, 0 expired, 0 ended.",
    ):
        call_command("settle_time")
        assert capsys.readouterr().out.strip() == said


def finish(visit, used):
    now = timezone.now()
    times = {"at": now, "ended_at": now, "opened_version": visit.version}
    return close_visit(visit, by=visit.clinician, minutes=minutes(with_staff=used), **times)
