"""The visits of a pattern are booked together: the same rows as booked one by one, and the same refusals."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import RoleRow
from accounts.services import save_tracked
from schools.calendar_entries import feed_of
from schools.models import TimeEntry, Visit, VisitPattern
from schools.services import add_period, apply_pattern, digest_of_plan, plan_visits, record_core_offer
from schools.services.ledger import post, reserve, reserve_all
from schools.services.pattern_writing import visit_of
from tests.cast import role_of
from tests.records import local

NOW = local(date(2026, 9, 1), 8)
YEAR = {"first_on": date(2026, 9, 1), "last_on": date(2026, 11, 30)}
NEXT = {"first_on": date(2026, 12, 1), "last_on": date(2027, 8, 31)}
# Keys and what is drawn at random, and the moment at which a row of history was written.
AT_MOST = 25
OF_ITS_OWN = {"id", "reference", "history_id", "history_date", "visit"}


class Undone(Exception):
    pass


@pytest.fixture
def offers(quillbrook, service, admin_person):
    """Two core offers that meet in the term; the second may be overdrawn."""
    add_period(service, "term", date(2026, 9, 3), date(2027, 3, 26), by=admin_person)
    said = {"by": admin_person, "at": NOW}
    first = record_core_offer(quillbrook, granted_minutes=3000, **YEAR, **said)
    return first, record_core_offer(quillbrook, granted_minutes=180, may_overdraw=True, **NEXT, **said)


@pytest.fixture
def pattern(quillbrook, priya):
    of = {"partnership": quillbrook, "clinician": priya, "weekday": 2, "starts": time(9), "minutes": 180}
    days = {"from_on": date(2026, 9, 7), "until_on": date(2027, 3, 1)}
    return VisitPattern(every_weeks=2, parity="first", **of, **days)


def values(rows):
    names = [f.attname for f in rows.model._meta.concrete_fields if f.name not in OF_ITS_OWN | {"pattern"}]
    return list(rows.values(*names))


def written():
    """All that stands in the tables of visits, their history and their time."""
    entries = TimeEntry.objects.order_by("agreement", "number")
    due = list(entries.values_list("visit__due_on", flat=True))
    history = Visit.history.order_by("planned_start_at", "history_id")
    return values(Visit.objects.order_by("planned_start_at")), values(history), values(entries), due


def what_it_leaves(book, priya):
    """Rows and calendar feed after booking, which is then undone."""
    found = None
    try:
        with transaction.atomic():
            book()
            feed = feed_of(role_of(priya, RoleRow.Kind.CLINICIAN), at=NOW, url="https://example.org/")
            found = written(), feed.count(b"BEGIN:VEVENT"), feed.count(b"DTSTART")
            raise Undone
    except Undone:
        return found


@pytest.mark.usefixtures("everything_reconciles")
def test_the_rows_are_those_of_visits_booked_one_by_one(offers, pattern, priya):
    plan = plan_visits(pattern, now=NOW)

    def one_by_one():
        save_tracked(pattern, by=priya, reason="Pattern made")
        for planned in plan.made:
            visit = visit_of(pattern, planned)
            save_tracked(visit, by=priya, reason="Booked by a pattern")
            reserve(visit.pot, visit, by=priya, at=NOW)

    def together():
        apply_pattern(pattern, seen=digest_of_plan(plan), by=priya, at=NOW)

    expected = what_it_leaves(one_by_one, priya)
    pattern.pk = None
    assert len(expected[0][0]) == 12
    assert {pot.pk: pot.entries.count() for pot in offers} == dict.fromkeys([pot.pk for pot in offers], 1)
    assert what_it_leaves(together, priya) == expected


@pytest.fixture
def visits(quillbrook, priya, offers):
    """Three half days in the year of the first offer, which they have not drawn on yet."""
    days = [date(2026, 9, 16), date(2026, 9, 30), date(2026, 10, 14)]
    of = {"partnership": quillbrook, "clinician": priya, "pot": offers[0]}
    made = [Visit(planned_start_at=local(day, 9), planned_end_at=local(day, 12), **of) for day in days]
    return [save_tracked(visit, by=priya, reason="Booked") for visit in made]


def test_where_the_pot_has_not_enough_for_the_last_none_is_booked(visits, offers, quillbrook, priya):
    pot, of = offers[0], {"by": priya, "at": NOW}
    post(pot, TimeEntry.Kind.EXPIRE, -2600, partnership=quillbrook, **of)
    with pytest.raises(ValidationError, match="Only 40 minutes can be booked: this needs 180 minutes"):
        reserve_all(pot, visits, **of)
    assert pot.entries.numbers().booked == 0


def test_a_day_outside_the_pot_is_refused_as_before(visits, offers, priya):
    with pytest.raises(ValidationError, match="The day must be within the year of the agreement"):
        reserve_all(offers[1], visits, by=priya, at=NOW)
    assert offers[1].entries.count() == 1


def test_a_year_of_visits_is_booked_in_as_many_questions_as_three(offers, pattern, priya, admin_person):
    def asked(until_on):
        pattern.pk, pattern.until_on = None, until_on
        plan = plan_visits(pattern, now=NOW)
        with transaction.atomic(), CaptureQueriesContext(connection) as found:
            apply_pattern(pattern, seen=digest_of_plan(plan), by=priya, at=NOW)
            transaction.set_rollback(True)
        return len(plan.made), len(found)

    (few, of_few), (many, of_many) = asked(date(2026, 10, 20)), asked(date(2026, 11, 28))
    assert (few, many) == (3, 6)
    assert of_few == of_many <= AT_MOST
