"""Times on the wall: on a usual day, and on the two nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from web.wall_clock import NoSuchTime, minutes_between, moment_on

pytestmark = pytest.mark.one_database
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def utc(day, *at):
    return datetime.combine(day, time(*at), UTC)


@pytest.mark.parametrize(
    ("day", "at", "hour"),
    [(date(2026, 1, 14), 9, 9), (date(2026, 7, 14), 9, 8), (SPRING, 0, 0), (SPRING, 2, 1), (AUTUMN, 2, 2)],
)
def test_a_time_on_the_wall_is_one_moment_in_winter_and_in_summer(day, at, hour):
    assert moment_on(day, time(at)) == utc(day, hour)


@pytest.mark.parametrize("at", [time(1), time(1, 30), time(1, 59)])
def test_no_clock_shows_the_hour_that_is_left_out_in_spring(at):
    with pytest.raises(NoSuchTime):
        moment_on(SPRING, at)


def test_of_two_the_first_is_meant_and_the_second_after_it():
    half_past = moment_on(AUTUMN, time(1, 30))
    assert half_past == utc(AUTUMN, 0, 30)
    assert moment_on(AUTUMN, time(1, 15), after=half_past) == utc(AUTUMN, 1, 15)
    assert moment_on(AUTUMN, time(1, 45), after=half_past) == utc(AUTUMN, 0, 45)
    # What lies before it either way is not made later.
    assert moment_on(AUTUMN, time(0, 15), after=half_past) == half_past - timedelta(minutes=75)


@pytest.mark.parametrize(("day", "minutes"), [(SPRING, 60), (AUTUMN, 180)])
def test_minutes_that_pass_are_counted_and_not_those_on_the_wall(day, minutes):
    start, end = (timezone.make_aware(datetime.combine(day, at)) for at in (time(0, 30), time(2, 30)))
    assert minutes_between(start, end) == minutes
