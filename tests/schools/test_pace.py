"""How fast a pot is used against the school days gone, and when it runs out. No database."""

from datetime import date, timedelta

import pytest

from schools.services.pace import Pace

FIRST = date(2026, 9, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(200)]


def pace(gone=100, whole=3600, used=0, booked=0, days=DAYS, has_calendar=True):
    return Pace(days, gone, has_calendar, whole, used, booked, unit="half day", unit_minutes=180)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"used": 1800}, "on pace"),
        ({"used": 1979}, "on pace"),
        ({"used": 1621}, "on pace"),
        ({"used": 1620}, "behind: 1 half day fewer used than expected by now, counted in school days"),
        ({"used": 1260}, "behind: 3 half days fewer used than expected by now, counted in school days"),
        (
            {"used": 900, "booked": 180},
            "behind: 4 half days fewer used or booked than expected by now, counted in school days",
        ),
        ({"used": 900, "booked": 2700}, "on pace"),
        ({"used": 1980}, "ahead: 1 half day more used than expected by now, counted in school days"),
        ({"used": 3960}, "ahead: 12 half days more used than expected by now, counted in school days"),
        (
            {"used": 1260, "has_calendar": False},
            "behind: 3 half days fewer used than expected by now, counted in weekdays",
        ),
        ({"gone": 0}, "nothing to compare yet"),
        ({"whole": 0}, "nothing to compare yet"),
        ({"gone": 0, "days": []}, "nothing to compare yet"),
        ({"gone": 200, "used": 3600}, "on pace"),
    ],
)
def test_used_and_booked_are_compared_with_the_days_that_are_gone(numbers, words):
    assert pace(**numbers).in_words == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"used": 0}, "not used yet"),
        ({"used": 1800}, "at this rate it will last until about 19 March 2027"),
        ({"used": 2700}, "at this rate it will last until about 12 January 2027"),
        ({"used": 3599}, "at this rate it will last until about 10 December 2026"),
        ({"used": 1799}, "at this rate it will not be used up before it expires"),
        ({"used": 3600}, "all of it is used"),
        ({"used": 4000}, "all of it is used"),
        ({"whole": 0}, ""),
        ({"gone": 0, "used": 180}, "at this rate it will not be used up before it expires"),
    ],
)
def test_it_lasts_as_long_as_the_rate_so_far_says(numbers, words):
    assert pace(**numbers).lasts_in_words == words


def test_the_day_it_runs_out_is_a_school_day():
    every_other = DAYS[::2]
    found = pace(days=every_other, gone=50, used=1802).runs_out_on
    assert found in every_other
    assert pace(days=every_other, gone=50, used=1802).runs_out_on == every_other[99]


def test_without_a_calendar_it_says_what_was_counted():
    assert pace(has_calendar=False).note == "There is no school calendar for all of it: weekdays are counted."
    assert pace().note == ""
