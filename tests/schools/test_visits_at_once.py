"""Many people at one pot, and two at one visit, in the same moment: never more than there is, never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import StaleVersion
from schools.models import CalendarPeriod, Reason, TimeEntry, Visit
from schools.querysets import Numbers
from schools.reconciling import differences
from schools.services import (
    add_period,
    book_visit,
    call_off_visit,
    close_visit,
    cover_visit,
    move_visit,
    start_visit,
    waive_charge,
)
from schools.services.ledger import post
from schools.services.owed import owed_to
from tests.cast import clinician, role_of
from tests.places import new_person
from tests.records import local, minutes

pytestmark = pytest.mark.django_db(transaction=True)
Kind = TimeEntry.Kind
A_DAY = timedelta(days=1)


def at_once(acts):
    """(how many were done, what the others were told). Whatever is no refusal fails the test."""
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait()
            act()
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        except StaleVersion:
            return "stale"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        told = list(pool.map(run, acts))
    return told.count(None), {words for words in told if words}


def numbered(pot):
    """The lines are counted from 1 without gaps, and no state of the pot was ever below nothing."""
    lines = list(pot.entries.order_by("number").values_list("number", "minutes"))
    assert [number for number, _ in lines] == list(range(1, len(lines) + 1))
    assert all(sum(m for _, m in lines[: n + 1]) >= 0 for n in range(len(lines)))


def booking(partnership, clinician, day, **more):
    hours = {"planned_start_at": local(day, 9), "planned_end_at": local(day, 10)}
    return lambda: book_visit(partnership, clinician, by=clinician, at=timezone.now(), **hours, **more)


@pytest.fixture
def pot(bought, quillbrook, priya):
    """Bought time with 5 hours in it."""
    post(bought, Kind.GRANT, 300, partnership=quillbrook, by=priya, at=timezone.now())
    return bought


def test_fifty_at_once_never_book_more_than_the_last_hours(pot, quillbrook, priya, today):
    booked, told = at_once([booking(quillbrook, priya, today, pot=pot)] * 50)

    assert (booked, told) == (5, {"Only 0 minutes can be booked: this needs 60 minutes."})
    assert pot.entries.numbers() == Numbers(had=300, booked=300)
    assert Visit.objects.count() == Visit.history.count() == 5
    numbered(pot)


def test_fifty_at_once_of_two_schools_never_book_more_than_the_last_hour(
    make_agreement, quillbrook, another_school, priya, owen, today
):
    shared = make_agreement(schools=[another_school])
    post(shared, Kind.GRANT, 60, partnership=quillbrook, by=priya, at=timezone.now())
    ours, theirs = (
        booking(quillbrook, priya, today, pot=shared),
        booking(another_school, owen, today, pot=shared),
    )
    booked, _ = at_once([ours, theirs] * 25)
    assert (booked, shared.entries.balance()) == (1, 0)
    numbered(shared)


def off(visit, by, outcome="school_cancelled"):
    said = {"outcome": outcome, "at": visit.planned_start_at, "opened_version": visit.version}
    return lambda: call_off_visit(visit, by=by, **said)


def finish(visit, worked=90):
    now = timezone.now()
    times = {"at": now, "ended_at": now, "opened_version": visit.version}
    return lambda: close_visit(visit, by=visit.clinician, minutes=minutes(worked), **times)


def move(visit, days):
    start, end = visit.planned_start_at + days * A_DAY, visit.planned_end_at + days * A_DAY
    times = {"planned_start_at": start, "planned_end_at": end, "opened_version": visit.version}
    return lambda: move_visit(visit, by=visit.clinician, at=timezone.now(), **times)


def test_two_who_cancel_the_same_visit_charge_it_once(pot, make_visit, priya, ruth):
    visit = make_visit(pot=pot, days=2)
    done, told = at_once([off(visit, priya), off(visit, ruth)] * 5)

    assert (done, told) == (1, {"This visit was cancelled or moved."})
    assert pot.entries.numbers() == Numbers(had=300, used=180)
    numbered(pot)


@pytest.mark.parametrize("turn", range(3))
def test_finishing_and_cancelling_at_once_is_one_of_them(pot, make_visit, ruth, turn):
    visit = make_visit(pot=pot, started=True)
    done, told = at_once([finish(visit), off(visit, ruth)] * 4)

    outcome = Visit.objects.get().outcome
    used = {"done": 90, "school_cancelled": 180}[outcome]
    said = {"done": "This visit is finished.", "school_cancelled": "This visit was cancelled or moved."}
    assert (done, told) == (1, {said[outcome]})
    assert pot.entries.numbers() == Numbers(had=300, used=used)
    numbered(pot)


def test_moving_at_once_makes_one_new_visit(pot, make_visit):
    visit = make_visit(pot=pot, days=2)
    done, told = at_once([move(visit, days) for days in range(1, 9)])

    assert (done, told) == (1, {"This visit was cancelled or moved."})
    assert Visit.objects.count() == 2
    assert pot.entries.numbers() == Numbers(had=300, booked=180)
    numbered(pot)


def test_a_charge_waived_at_once_is_waived_once(pot, make_visit, ruth):
    visit = make_visit(pot=pot, days=2)
    off(visit, ruth)()
    charge = pot.entries.get(kind=Kind.LATE_CANCEL_CHARGE)
    waive = {"reason": Reason.GOODWILL, "by": ruth, "at": timezone.now()}
    done, told = at_once([lambda: waive_charge(charge, **waive)] * 10)

    assert (done, told) == (1, {"This charge is waived already."})
    assert pot.entries.numbers() == Numbers(had=300)
    numbered(pot)


def test_an_extra_visit_is_booked_once_for_the_same_time(core, quillbrook, priya, make_visit, today):
    off(make_visit(days=2), priya, "clinician_cancelled")()
    extra = booking(quillbrook, priya, today + 3 * A_DAY, clears_owed=True)
    # An hour each: three of them clear the half day that is owed.
    done, told = at_once([extra] * 12)
    assert (done, told) == (3, {"No time is owed to this school that no visit is booked for."})
    numbered(core)


@pytest.fixture
def two_years(make_core, today):
    """The core offers of this year and of the next, which begins in three days."""
    half = 180 * A_DAY
    return [
        make_core(600, first_on=today - half, last_on=today + 2 * A_DAY),
        make_core(600, first_on=today + 3 * A_DAY, last_on=today + half),
    ]


def test_extra_visits_of_two_years_are_booked_once_for_the_same_time(
    two_years, quillbrook, priya, make_visit, today
):
    off(make_visit(days=2), priya, "clinician_cancelled")()
    extra = [booking(quillbrook, priya, today + days * A_DAY, clears_owed=True) for days in (1, 4)]
    done, told = at_once(extra * 6)
    assert (done, told) == (3, {"No time is owed to this school that no visit is booked for."})
    for pot in two_years:
        numbered(pot)


@pytest.mark.parametrize("turn", range(3))
def test_extra_visits_of_two_years_never_clear_the_same_time(
    two_years, quillbrook, priya, make_visit, today, turn
):
    """An hour in the one year and three in the other, where three are owed."""
    off(make_visit(days=2), priya, "clinician_cancelled")()
    booking(quillbrook, priya, today, clears_owed=True)()
    make_visit(days=4, clears_owed=True)
    extra = [
        start_visit(visit, by=priya, at=timezone.now()) for visit in Visit.objects.filter(clears_owed=True)
    ]
    assert {visit.pot for visit in extra} == set(two_years)
    assert at_once([finish(visit, worked=180) for visit in extra]) == (2, set())
    assert owed_to(quillbrook) == 0
    assert [str(difference) for difference in differences()] == []


def test_a_visit_passed_on_by_two_at_once_has_one_of_the_colleagues(make_visit, quillbrook, priya, ruth):
    visit = make_visit(days=2)
    others = [clinician(new_person(name, "Varley"), quillbrook, by=ruth) for name in ("Mo", "Gil")]

    def cover(by, to):
        said = {"reason": "illness", "at": timezone.now(), "opened_version": visit.version}
        return lambda: cover_visit(role_of(by), visit, to=to, **said)

    done, told = at_once([cover(by, to) for by, to in zip([priya, ruth] * 2, others * 2, strict=True)])
    assert (done, told) == (1, {"stale"})
    assert Visit.history.count() == 2


def test_of_terms_that_overlap_one_is_written(service, priya, ruth, today):
    terms = [(today + A_DAY * number, today + A_DAY * (number + 20)) for number in range(4)]
    done, told = at_once(
        [
            lambda by=by, days=days: add_period(service, "term", *days, by=by)
            for by in (priya, ruth)
            for days in terms
        ]
    )
    assert (done, CalendarPeriod.objects.count()) == (1, 1)
    assert len(told) in (1, 2)
