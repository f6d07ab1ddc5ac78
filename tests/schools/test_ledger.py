"""The ledger of a pot: lines that are written once, and whose sum is what is free to book."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from schools.models import TimeEntry
from schools.querysets import Numbers
from schools.services import close_visit
from tests.records import minutes

Kind = TimeEntry.Kind


@pytest.fixture
def closed():
    """Finish a visit that began. What is given is of its minutes: with_staff, travel and so on."""

    def close(visit, **worked):
        now = timezone.now()
        times = {"at": now, "ended_at": now, "opened_version": visit.version}
        return close_visit(visit, by=visit.clinician, minutes=minutes(**worked), **times)

    return close


def lines(pot):
    return list(pot.entries.in_order().values_list("number", "kind", "minutes"))


def test_a_visit_holds_its_planned_time_and_gives_back_what_it_did_not_use(core, make_visit, closed):
    visit = make_visit(started=True)
    closed(visit, with_staff=90, writing_up=20, travel=40)

    assert lines(core) == [
        (1, "grant", 3420), (2, "reserve", -180), (3, "release", 180), (4, "deliver", -120),
    ]  # fmt: skip
    assert core.entries.numbers() == Numbers(had=3420, used=120)
    assert core.entries.balance() == 3300


def test_no_more_is_booked_than_there_is(bought, make_visit, today):
    with pytest.raises(ValidationError, match="Only 0 minutes can be booked: this needs 180 minutes."):
        make_visit(pot=bought)
    assert lines(bought) == []


def test_time_past_what_was_planned_is_recorded_and_not_drawn(core, make_visit, closed):
    done = closed(make_visit(started=True), with_staff=200, writing_up=30)
    assert (done.minutes_with_staff, done.minutes_other) == (200, 30)
    assert core.entries.numbers() == Numbers(had=3420, used=180)


@pytest.mark.parametrize("statement", ["UPDATE {} SET minutes = 1", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_a_line(core, statement):
    table = TimeEntry._meta.db_table
    refused = pytest.raises(DatabaseError, match="written once")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert core.entries.balance() == 3420


def test_a_visit_outside_the_year_draws_on_no_core_offer(core, make_visit):
    beyond = (core.last_on - timezone.localdate()).days + 1
    assert make_visit(days=beyond).pot is None


def test_a_pot_of_another_school_is_refused(core, another_school, owen, make_visit):
    with pytest.raises(ValidationError, match="This school is not in that agreement."):
        make_visit(partnership=another_school, clinician=owen, pot=core)


def test_the_days_of_a_ledger_never_run_backwards(core, make_visit):
    make_visit()
    late = TimeEntry.objects.order_by("-number").first()
    assert late.posted_on >= timezone.localdate() - timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_an_empty_ledger(core):
    assert lines(core) == [(1, "grant", 3420)]


@pytest.mark.django_db(transaction=True)
def test_the_triggers_are_set_again_behind_it(core):
    assert lines(core) == [(1, "grant", 3420)]
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        TimeEntry.objects.filter(pk=core.entries.get().pk)._raw_delete("default")
