"""The days between two days, asked about all at once, are those that are open when asked one by one."""

from datetime import date, timedelta
from random import Random

import pytest

from schools.fortnights import monday_of
from schools.models import CalendarPeriod
from schools.services import SchoolCalendar, add_period, calendar_of
from schools.services.school_days import SchoolDays

FIRST_ON = date(2026, 9, 1)
DAYS = [FIRST_ON + timedelta(days=number) for number in range(120)]
KINDS = CalendarPeriod.Kind.values


def a_period(dice, **more):
    start = dice.choice(DAYS)
    last_on = start + timedelta(days=dice.choice([0, 0, 1, 4, 40]))
    return CalendarPeriod(kind=dice.choice(KINDS), first_on=start, last_on=last_on, **more)


@pytest.mark.parametrize("seed", range(25))
def test_the_open_days_of_a_time_are_those_that_are_open_one_by_one(seed):
    dice = Random(seed)
    periods = [CalendarPeriod(kind="term", first_on=DAYS[3], last_on=DAYS[90])]
    periods += [a_period(dice, school_id=dice.choice([None, None, 1])) for _ in range(8)]
    calendar, (first_on, last_on) = SchoolCalendar(tuple(periods)), sorted(dice.sample(DAYS, 2))
    wanted = [day for day in DAYS if first_on <= day <= last_on and calendar.is_open(day)]
    assert calendar.open_days(first_on, last_on) == wanted
    assert calendar.open_days(last_on, first_on - timedelta(days=1)) == []


@pytest.mark.django_db
def test_the_open_days_and_weeks_of_many_schools_are_those_of_each(
    service, quillbrook, another_school, admin_person
):
    def say(kind, first, last, place=None):
        school = place and place.school
        add_period(service, kind, DAYS[first], DAYS[last], by=admin_person, school=school)

    say("term", 0, 44)
    say("term", 62, 110)
    say("closed", 20, 27)
    # A week in which it opens alone, days on which it is closed alone, and a week of those.
    say("open", 50, 51, quillbrook)
    say("inset", 6, 6, quillbrook)
    say("closed", 70, 80, quillbrook)
    say("open", 22, 22, quillbrook)
    say("closed", 22, 22, quillbrook)
    days = SchoolDays.of_partnerships([quillbrook, another_school])
    for here in (quillbrook, another_school):
        calendar = calendar_of(here)
        for first, last in ((0, 119), (7, 75), (22, 22), (50, 50), (119, 0)):
            wanted = {day for day in DAYS[first : last + 1] if calendar.is_open(day)}
            assert days.open_days(here, DAYS[first], DAYS[last]) == wanted
            assert days.open_mondays(here, DAYS[first], DAYS[last]) == set(map(monday_of, wanted))
    assert days.open_mondays(quillbrook, *DAYS[50:52])
    assert not days.open_mondays(another_school, *DAYS[50:52])


@pytest.mark.django_db
def test_a_calendar_since_a_day_is_right_for_it_and_for_later_days(service, quillbrook, admin_person):
    add_period(service, "term", DAYS[0], DAYS[44], by=admin_person)
    add_period(service, "term", DAYS[62], DAYS[110], by=admin_person)
    add_period(service, "closed", DAYS[7], DAYS[9], by=admin_person)
    add_period(service, "closed", DAYS[70], DAYS[80], by=admin_person, school=quillbrook.school)
    calendar, since = calendar_of(quillbrook), calendar_of(quillbrook, since=DAYS[44])
    assert calendar.is_open(DAYS[44])
    assert [since.is_open(day) for day in DAYS[44:]] == [calendar.is_open(day) for day in DAYS[44:]]
    assert len(since.periods) == len(calendar.periods) - 1
