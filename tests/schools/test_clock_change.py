"""A clock change in the middle of a visit: its minutes are those that pass, in the ledger as well."""

from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.forms import FinishVisitForm
from schools.forms import VisitTimesForm
from schools.models import Visit
from schools.services import book_visit, close_visit, move_visit, start_visit
from tests.records import local, minutes
from web.wall_clock import minutes_between

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.fixture
def pot(make_core):
    return make_core(3420, first_on=date(2025, 12, 1), last_on=date(2026, 11, 30))


@pytest.fixture
def book(pot, quillbrook, priya):
    """Half past midnight to half past two, by the clock on the wall."""

    def on(day):
        hours = {"planned_start_at": local(day, 0, 30), "planned_end_at": local(day, 2, 30)}
        return book_visit(quillbrook, priya, by=priya, at=timezone.now(), **hours)

    return on


@pytest.mark.parametrize(("day", "passed"), [(SPRING, 60), (AUTUMN, 180)])
def test_what_is_booked_moved_and_used_is_what_passes(book, pot, priya, day, passed):
    visit = book(day)
    assert pot.entries.numbers().booked == passed
    later = {"planned_start_at": local(day, 0, 30), "planned_end_at": local(day, 3, 30)}
    new = move_visit(visit, by=priya, at=timezone.now(), opened_version=1, **later)
    assert pot.entries.numbers().booked == Visit.objects.get(pk=new.pk).planned_minutes == passed + 60
    begun = start_visit(new, by=priya, at=new.planned_start_at)
    ended = {"at": new.planned_end_at, "ended_at": new.planned_end_at}
    close_visit(begun, by=priya, minutes=minutes(30), opened_version=begun.version, **ended)
    assert (pot.entries.numbers().booked, pot.entries.numbers().used) == (0, 30)
    call_command("reconcile", verbosity=0)


def typed(quillbrook, day, starts, ends):
    boxes = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    return VisitTimesForm(boxes | {"starts": starts, "ends": ends}, partnership=quillbrook, today=day)


def test_times_are_typed_as_the_wall_shows_them(quillbrook):
    form = typed(quillbrook, AUTUMN, "0:30", "2:30")
    assert form.is_valid()
    assert form.times() == {"planned_start_at": local(AUTUMN, 0, 30), "planned_end_at": local(AUTUMN, 2, 30)}


@pytest.mark.parametrize(("starts", "ends", "called"), [("1:30", "3:00", "starts"), ("0:30", "1:30", "ends")])
def test_a_time_that_no_clock_shows_is_refused_beside_it(quillbrook, starts, ends, called):
    form = typed(quillbrook, SPRING, starts, ends)
    name = {"starts": "The start", "ends": "The end"}[called]
    words = f"{name} must not be in the hour that the clocks leave out on 29 March 2026"
    assert form.errors == {called: [words]}


def finished(started_at, ended_time):
    typed = {"ended_time": ended_time} | {name: str(number) for name, number in minutes(30).items()}
    return FinishVisitForm(typed, started_at=started_at)


def test_a_visit_that_ends_in_the_hour_that_comes_twice_ends_after_its_start(quillbrook):
    start = local(AUTUMN, 1, 30)
    form = finished(start, "1:15")
    assert form.is_valid()
    assert minutes_between(start, form.cleaned_data["ended_at"]) == 45


def test_a_visit_does_not_end_in_the_hour_that_is_left_out(quillbrook):
    form = finished(local(SPRING, 0, 30), "1:30")
    words = "The time you finished must not be in the hour that the clocks leave out on 29 March 2026"
    assert form.errors == {"ended_time": [words]}
