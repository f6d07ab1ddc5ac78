"""A pattern and its visits change hands: together the parts are the whole, and nothing is made twice."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.fortnights import pattern_days
from schools.models import Visit, VisitPattern
from schools.services import (
    add_period,
    apply_pattern,
    call_off_visit,
    clashes_of,
    digest_of_plan,
    move_visit,
    plan_visits,
    split_pattern,
    take_over,
)
from schools.services.calendar import calendar_of, calendars_of
from tests.records import local

from .patterns import Kind, a_calendar, a_pattern, calendars, days, patterns, period

NOW = local(date(2026, 9, 1), 8)
LEAVES = date(2026, 10, 1)


@pytest.fixture
def term(service, admin_person):
    add_period(service, "half_term", date(2026, 10, 26), date(2026, 10, 30), by=admin_person)
    return add_period(service, "term", date(2026, 9, 3), date(2026, 12, 18), by=admin_person)


@pytest.fixture
def make_pattern(quillbrook, priya, term):
    """A saved pattern with its visits: Wednesdays 9:00 to 12:00 of the first weeks of autumn's fortnights."""

    def make(**fields):
        given = {"weekday": 2, "every_weeks": 2, "parity": "first", "starts": time(9), "minutes": 180}
        given |= {"from_on": date(2026, 9, 7), "until_on": date(2026, 12, 18)}
        pattern = VisitPattern(**given | {"partnership": quillbrook, "clinician": priya} | fields)
        apply_pattern(pattern, seen=digest_of_plan(plan_visits(pattern, now=NOW)), by=priya, at=NOW)
        return pattern

    return make


@pytest.fixture
def hand_on(quillbrook, priya, owen, ruth):
    """Hand the visits from the day on, and a pattern, to Owen, as far as he is free."""

    def act(pattern, on=LEAVES):
        mine = Visit.objects.filter(clinician=priya, finished_at=None, planned_start_at__date__gte=on)
        visits = list(mine.order_by("pk"))
        stay = {one.visit.pk for one in clashes_of(visits, {quillbrook.pk: owen}, now=NOW)}
        split = split_pattern(pattern, calendar_of(quillbrook), on=on)
        going = [one for one in visits if one.pk not in stay]
        take_over(going, [split], to=owen, by=ruth, reason="Left the service")
        return VisitPattern.objects.filter(clinician=owen).get()

    return act


def nothing_to_do(pattern):
    plan = plan_visits(VisitPattern.objects.get(pk=pattern.pk), now=NOW)
    return not plan.changes_something


def by_day():
    rows = Visit.objects.filter(outcome="").order_by("planned_start_at", "-clinician__first_name")
    return [(f"{one.planned_start_at:%-d %b}", one.clinician.first_name) for one in rows]


def parts(pattern, calendar, on):
    """The visits of both parts of a pattern that changes hands on a day."""
    split = split_pattern(pattern, calendar, on=on)
    ends = SimpleNamespace(**vars(pattern) | {"until_on": split.until_on})
    begins = SimpleNamespace(**vars(pattern) | {"from_on": split.from_on})
    before = pattern_days(ends, calendar) if split.until_on else []
    return before, pattern_days(begins, calendar) if split.from_on <= pattern.until_on else []


def test_a_visit_that_a_closed_day_moved_over_the_last_day_stays_one_visit():
    term, week = period(Kind.TERM, date(2025, 9, 2), 60), date(2025, 9, 15)
    later = a_calendar(term, period(Kind.CLOSED, week + timedelta(days=2), 1))
    earlier = a_calendar(term, period(Kind.CLOSED, week + timedelta(days=2), 3))
    for calendar, leaves, is_theirs in ((later, 3, False), (earlier, 2, True)):
        whole, on = pattern_days(a_pattern(), calendar), week + timedelta(days=leaves)
        before, after = parts(a_pattern(), calendar, on)
        assert before + after == whole
        assert (week in [one.due_on for one in before]) is is_theirs


@settings(max_examples=20, deadline=None)
@given(calendars(), patterns(), days)
def test_both_parts_together_have_the_visits_of_the_whole(calendar, pattern, day):
    whole = pattern_days(pattern, calendar)
    moved = [one.on for one in whole if one.is_moved][:2]
    for on in (day, *moved, *(one + timedelta(days=1) for one in moved)):
        if pattern.from_on <= on <= pattern.until_on:
            before, after = parts(pattern, calendar, on)
            assert before + after == whole
            assert [one for one in whole if one.on < on] == before


@settings(max_examples=20, deadline=None)
@given(calendars(), patterns(), st.integers(1, 40))
def test_a_pattern_that_has_not_begun_changes_hands_whole(calendar, pattern, earlier):
    split = split_pattern(pattern, calendar, on=pattern.from_on - timedelta(days=earlier))
    assert (split.until_on, split.from_on) == (None, pattern.from_on)


def test_visits_stay_the_ones_that_people_know_and_change_their_clinician(make_pattern, hand_on, ruth):
    old = make_pattern()
    before = list(Visit.objects.order_by("pk").values_list("pk", "reference", "planned_start_at", "due_on"))
    new = hand_on(old)
    assert before == list(
        Visit.objects.order_by("pk").values_list("pk", "reference", "planned_start_at", "due_on")
    )
    assert by_day()[:4] == [
        ("16 Sep", "Priya"),
        ("30 Sep", "Priya"),
        ("14 Oct", "Owen"),
        ("4 Nov", "Owen"),
    ]
    old.refresh_from_db()
    assert (old.until_on, new.from_on, new.until_on) == (
        date(2026, 9, 30),
        date(2026, 10, 12),
        date(2026, 12, 18),
    )
    newest = Visit.objects.filter(clinician__first_name="Owen").first().history.first()
    assert (newest.history_user, newest.history_change_reason) == (ruth, "Left the service")


def test_saving_either_pattern_again_makes_nothing_and_takes_nothing_out(make_pattern, hand_on):
    old = make_pattern()
    new = hand_on(old)
    assert nothing_to_do(old)
    assert nothing_to_do(new)


def test_what_somebody_moved_or_called_off_is_not_made_again(make_pattern, hand_on, priya, owen):
    old = make_pattern()
    moved, off = Visit.objects.filter(planned_start_at__date__gte=LEAVES).order_by("planned_start_at")[:2]
    times = {"planned_start_at": moved.planned_start_at + timedelta(days=1)}
    times["planned_end_at"] = moved.planned_end_at + timedelta(days=1)
    move_visit(moved, **times, by=priya, at=NOW, opened_version=moved.version)
    call_off_visit(off, outcome="clinician_cancelled", by=priya, at=NOW, opened_version=off.version)
    new = hand_on(old)
    assert by_day()[2:4] == [("15 Oct", "Owen"), ("18 Nov", "Owen")]
    assert nothing_to_do(new)
    off.refresh_from_db()
    assert (off.pattern, off.clinician) == (new, priya)


def test_a_visit_that_would_be_the_second_of_a_half_day_stays(
    make_pattern, make_visit, hand_on, another_school, owen
):
    old = make_pattern()
    make_visit(another_school, owen, days=(date(2026, 10, 14) - timezone.localdate()).days)
    new = hand_on(old)
    assert by_day()[2:5] == [("14 Oct", "Priya"), ("14 Oct", "Owen"), ("4 Nov", "Owen")]
    assert nothing_to_do(new)


def test_a_visit_that_has_begun_or_is_past_meets_nothing(make_visit, quillbrook, another_school, owen):
    begun = make_visit(started=True)
    make_visit(another_school, owen)
    after = begun.planned_end_at + timedelta(hours=1)
    to = {quillbrook.pk: owen}
    assert clashes_of([begun], to, now=begun.planned_start_at) == []
    begun.started_at = None
    assert len(clashes_of([begun], to, now=begun.planned_start_at)) == 1
    assert clashes_of([begun], to, now=after) == []


def test_calendars_of_many_are_those_of_each(term, service, quillbrook, another_school, admin_person):
    add_period(
        service,
        "closed",
        date(2026, 10, 5),
        date(2026, 10, 5),
        by=admin_person,
        school=another_school.school,
    )
    found = calendars_of([quillbrook, another_school])
    assert [found[one.pk] for one in (quillbrook, another_school)] == [
        calendar_of(quillbrook),
        calendar_of(another_school),
    ]
    assert found[quillbrook.pk] != found[another_school.pk]
