"""When a clinician is free, and what clinicians can still give."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from schools.free_slots import earliest_slots, room_until, times_of
from schools.models import Agreement, Capacity
from schools.services import book_visit, set_capacity


@pytest.fixture
def monday(today):
    """A Monday at least a week ahead, whose week is of the term."""
    return today + timedelta(days=14 - today.weekday())


@pytest.fixture
def give(service, priya, ruth):
    def set_it(minutes, from_on, clinician=priya):
        return set_capacity(service, clinician, minutes_a_week=minutes, from_on=from_on, by=ruth)

    return set_it


@pytest.fixture
def book_at(quillbrook, priya):
    def book(day, hour, hours=2):
        start = timezone.make_aware(datetime.combine(day, time(hour)))
        times = {"planned_start_at": start, "planned_end_at": start + timedelta(hours=hours)}
        return book_visit(quillbrook, priya, by=priya, at=timezone.now(), **times)

    return book


def found(partnership, monday, count=3, **of):
    days = {"after": monday - timedelta(days=1), "until": monday + timedelta(days=60)}
    slots = earliest_slots(partnership, of=Agreement(**of), **days, count=count)
    return [(timezone.localdate(slot.starts_at), timezone.localtime(slot.starts_at).hour) for slot in slots]


def test_the_earliest_three_half_days(quillbrook, priya, calendar, monday):
    tuesday = monday + timedelta(days=1)
    assert found(quillbrook, monday) == [(monday, 9), (monday, 13), (tuesday, 9)]


@pytest.mark.parametrize(
    ("unit", "minutes", "times"),
    [
        ("half_day", 180, ["09:00-12:00", "13:00-16:00"]),
        ("half_day", 150, ["09:00-11:30", "13:00-15:30"]),
        ("half_day", 181, ["09:00-12:01", "13:00-16:00"]),
        ("half_day", 240, ["09:00-13:00", "13:00-16:00"]),
        ("half_day", 300, ["09:00-14:00"]),
        ("session", 60, [f"{hour:02}:00-{hour + 1}:00" for hour in (9, 10, 11, 13, 14, 15)]),
        ("session", 90, ["09:00-10:30", "10:30-12:00", "13:00-14:30", "14:30-16:00"]),
        ("session", 120, ["09:00-11:00", "13:00-15:00"]),
        ("session", 180, ["09:00-12:00", "13:00-16:00"]),
        ("session", 240, ["09:00-13:00"]),
        ("day", 360, ["09:00-15:00"]),
        ("day", 390, ["09:00-15:30"]),
        ("day", 600, ["09:00-16:00"]),
    ],
)
def test_the_times_of_a_school_day_are_those_of_the_unit(unit, minutes, times):
    assert [f"{start:%H:%M}-{end:%H:%M}" for start, end in times_of(unit, minutes)] == times


def test_a_whole_day_is_free_where_neither_half_is_taken(quillbrook, priya, calendar, monday, book_at):
    book_at(monday, 14)
    tuesday, wednesday = (monday + timedelta(days=number) for number in (1, 2))
    a_day = {"unit": "day", "unit_minutes": 390}
    assert found(quillbrook, monday, 2, **a_day) == [(tuesday, 9), (wednesday, 9)]


def test_a_week_has_to_hold_the_whole_unit(quillbrook, calendar, monday, give):
    give(389, monday)
    assert found(quillbrook, monday, 1, unit="day", unit_minutes=390) == []
    assert found(quillbrook, monday, 1, unit="session", unit_minutes=90) == [(monday, 9)]


def test_a_half_day_with_a_visit_is_not_free(quillbrook, priya, calendar, monday, book_at):
    book_at(monday, 10)
    assert found(quillbrook, monday, 2) == [(monday, 13), (monday + timedelta(days=1), 9)]


def test_no_more_in_a_week_than_the_clinician_can_give(quillbrook, calendar, monday, give, book_at):
    give(180 + 119, monday)
    book_at(monday, 13)
    next_week = monday + timedelta(days=7)
    assert found(quillbrook, monday, 1) == [(next_week, 9)]
    give(180 + 120, monday)
    assert found(quillbrook, monday, 1) == [(monday, 9)]


def test_a_closed_week_has_no_free_half_day(quillbrook, priya, calendar, half_term, monday):
    assert half_term[0] not in [day for day, _ in found(quillbrook, monday, 100)]


def test_a_school_without_a_clinician_or_a_calendar_has_none(quillbrook, another_school, priya, monday):
    assert found(another_school, monday) == []
    assert found(quillbrook, monday) == []


def test_four_questions_whatever_the_number_of_days(
    quillbrook, priya, calendar, monday, give, django_assert_max_num_queries
):
    give(180, monday)
    with django_assert_max_num_queries(4):
        found(quillbrook, monday)


def test_what_can_still_be_given_is_counted_by_school_week(quillbrook, calendar, monday, give, book_at):
    give(300, monday)
    book_at(monday, 9)
    sunday = monday - timedelta(days=1)
    room = room_until(quillbrook, after=sunday, until=monday + timedelta(days=13))
    assert room.minutes == 300 + 300 - 120


def test_without_a_number_nobody_knows(quillbrook, priya, calendar, monday):
    assert room_until(quillbrook, after=monday, until=monday + timedelta(days=7)).minutes is None


def test_a_number_holds_until_the_next_one(priya, give, monday):
    later, earlier = monday + timedelta(days=14), monday - timedelta(days=14)
    for minutes, day in ((100, earlier), (300, later), (200, monday), (210, monday)):
        give(minutes, day)
    rows = Capacity.objects.order_by("from_on").values_list("minutes_a_week", "from_on", "until_on")
    a_day = timedelta(days=1)
    assert list(rows) == [
        (100, earlier, monday - a_day), (210, monday, later - a_day), (300, later, None),
    ]  # fmt: skip
