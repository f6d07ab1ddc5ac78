import datetime

import pytest
from django.template import Context, Template

from web.words import age_in_words, clock, in_units, listed, longdate, minutes_in_words, moment, shortdate

DAY = datetime.date(2026, 10, 5)
SUMMER_MORNING = datetime.datetime(2026, 10, 5, 8, 30, tzinfo=datetime.UTC)


def test_dates_and_times_are_said_the_nhs_way_in_our_own_time_zone():
    assert longdate(DAY) == "5 October 2026"
    assert shortdate(DAY) == "5 October"
    assert moment(SUMMER_MORNING) == "5 October 2026, 9:30am"
    assert longdate(datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)) == "1 July 2026"
    assert [longdate(None), shortdate(None), moment(None), clock(None)] == [""] * 4


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (9, 30, "9:30am"),
        (9, 0, "9am"),
        (0, 0, "midnight"),
        (12, 0, "midday"),
        (12, 5, "12:05pm"),
        (0, 5, "12:05am"),
    ],
)
def test_a_clock_time_has_no_leading_nought_and_no_empty_minutes(hour, minute, words):
    assert clock(datetime.time(hour, minute)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (90, "1 hour 30 minutes"),
        (60, "1 hour"),
        (1, "1 minute"),
        (0, "0 minutes"),
        (-150, "minus 2 hours 30 minutes"),
        (60000, "1,000 hours"),
        (None, ""),
    ],
)
def test_minutes_are_said_in_hours(minutes, words):
    assert minutes_in_words(minutes) == words


def test_the_filters_are_there_for_templates():
    source = "{{ d|longdate }}|{{ d|shortdate }}|{{ t|clock }}|{{ t|moment }}|{{ 90|minutes_in_words }}"
    shown = Template("{% load nhs %}" + source).render(Context({"d": DAY, "t": SUMMER_MORNING}))
    assert shown == "5 October 2026|5 October|9:30am|5 October 2026, 9:30am|1 hour 30 minutes"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (179, "2 hours"),
        (24 * 60, "1 day"),
        (51 * 60, "2 days, 3 hours"),
        (400 * 24 * 60, "400 days"),
        (-5, "0 minutes"),
    ],
)
def test_an_age_is_said_in_days_and_hours(minutes, words):
    assert age_in_words(SUMMER_MORNING, SUMMER_MORNING + datetime.timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Ann"], "Ann"),
        (["Ann", "Ben"], "Ann and Ben"),
        (["Ann", "Ben", "Cas"], "Ann, Ben and Cas"),
    ],
)
def test_names_are_listed_as_one_says_them(names, said):
    assert listed(names) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (45, "45 minutes"),
        (180, "1 half day"),
        (405, "2 half days and 45 minutes"),
        (-270, "minus 1 half day and 1 hour 30 minutes"),
    ],
)
def test_time_is_said_in_the_unit_of_its_agreement(minutes, said):
    assert in_units(minutes, "half day", 180) == said
