"""Whatever calendar and patterns a clinician has: rules that hold for all of their visits, once booked."""

from collections import Counter
from datetime import date, time

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.services import save_many_tracked
from schools.fortnights import monday_of, pattern_days
from schools.models import Visit, VisitPattern
from schools.reconciling import differences
from schools.services import apply_pattern, calendar_of, digest_of_plan, plan_visits, record_core_offer
from schools.services.patterns import halves, times_on
from tests.records import local

from .patterns import FIRST_ON, SCHOOL, calendars, patterns

# The rules are worked out in Python: what a database holds of them is tried in test_patterns.
pytestmark = pytest.mark.one_database
NOW = local(FIRST_ON, 6)
# Each plans and books some hundred visits: 8 take about 3 s.
SOME = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
COLUMNS = ("weekday", "every_weeks", "parity", "from_on", "until_on")


@st.composite
def changes(draw):
    """Which of the patterns is changed, and to what."""
    return draw(st.integers(0, 2)), draw(patterns())


@st.composite
def hours(draw):
    """In the morning, in the afternoon, or from one into the other."""
    return time(draw(st.integers(8, 14)), draw(st.sampled_from([0, 30]))), draw(st.sampled_from([60, 180]))


class Undone(Exception):
    pass


@pytest.fixture
def schools(quillbrook, another_school, priya, admin_person):
    """Two schools of Priya's, the second with so little time that it runs out."""
    years = {"first_on": date(2025, 9, 1), "last_on": date(2026, 8, 31)}
    for school, minutes in ((quillbrook, 20_000), (another_school, 1000)):
        record_core_offer(school, granted_minutes=minutes, by=admin_person, at=NOW, **years)
    return [quillbrook, another_school]


def write_calendar(calendar, schools, by):
    """Its own days are the second school's."""
    for period in calendar.periods:
        period.service = schools[0].service
        period.school_id = schools[1].school_id if period.school_id == SCHOOL else None
        period.pk, period._state.adding = None, True
    save_many_tracked(calendar.periods, by=by, reason="Added")


def save(pattern, terms, by):
    """Plan and book. Returns the plan, or None for a pattern that the model refuses."""
    before = VisitPattern.objects.filter(pk=pattern.pk).first()
    for name in COLUMNS:
        setattr(pattern, name, getattr(terms, name))
    plan = plan_visits(pattern, now=NOW, clinician_before=before and before.clinician)
    signed = {"by": by, "at": NOW, "opened_version": pattern.version}
    return apply_pattern(pattern, seen=digest_of_plan(plan), **signed)


def visits():
    return list(Visit.objects.filter(outcome="").select_related("partnership", "pattern"))


def check_days(schools):
    calendars_of = {school.pk: calendar_of(school) for school in schools}
    for visit in visits():
        assert calendars_of[visit.partnership_id].is_open(day_of(visit))


def check_none_is_doubled():
    due = Counter((visit.pattern_id, visit.due_on) for visit in visits())
    taken = Counter(half for visit in visits() for half in halves(visit))
    assert {*due.values(), *taken.values()} <= {1}


def check_weeks():
    """Of new patterns: what was refused when one changed stays where it was."""
    weeks = Counter((visit.pattern_id, monday_of(day_of(visit))) for visit in visits())
    assert set(weeks.values()) <= {1}
    assert all(visit.pattern.from_on <= day_of(visit) <= visit.pattern.until_on for visit in visits())


def day_of(visit):
    return timezone.localdate(visit.planned_start_at)


def check_none_is_lost(pattern, plan):
    """Each that is due is there, or was refused: to a visit that is there, or where the time ran out."""
    due = {one.due_on: one for one in pattern_days(pattern, calendar_of(pattern.partnership))}
    there = {visit.due_on: visit for visit in pattern.visits.filter(outcome="")}
    refused = {one.planned.due_on: one for one in plan.refused}
    assert there.keys() | refused.keys() == due.keys()
    for on, visit in there.items():
        if on not in refused:
            assert visit.planned_start_at == times_on(pattern, due[on].on)[0]
    for one in refused.values():
        if one.clash:
            assert set(halves(one.clash)) & set(halves(one.planned))
        else:
            assert one.planned.pot.entries.balance() < one.planned.minutes


@SOME
@given(calendars(), st.lists(st.tuples(patterns(), hours()), min_size=3, max_size=3), changes())
def test_no_visit_is_on_a_closed_day_none_lost_none_doubled_and_one_in_a_half_day(
    schools, priya, calendar, wanted, change
):
    try:
        with transaction.atomic():
            write_calendar(calendar, schools, priya)
            saved = []
            for number, (terms, (starts, minutes)) in enumerate(wanted):
                of = {"partnership": schools[number % 2], "clinician": priya}
                pattern = VisitPattern(starts=starts, minutes=minutes, **of)
                saved.append(pattern)
                check_none_is_lost(pattern, save(pattern, terms, priya))
            check_weeks()
            which, terms = change
            check_none_is_lost(saved[which], save(saved[which], terms, priya))
            check_days(schools)
            check_none_is_doubled()
            assert [str(one) for one in differences()] == []
            raise Undone
    except Undone:
        pass
