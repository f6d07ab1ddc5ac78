"""Statements: the days of an agreement one after the other, and what they say."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.services import save_tracked
from home.demo.dated import as_of
from schools.models import Statement, TimeEntry
from schools.services import correct_visit, give_out_statement, next_statement_from, record_core_offer
from schools.services.ledger import Kind, post
from tests.records import minutes
from tests.time_and_money import CORE_MINUTES

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def give_out(ruth, today):
    """The next statement of an agreement, until `days` from today; given out on the day after it."""

    def run(agreement, days=-1, first_on=None):
        last_on = today + timedelta(days=days)
        at = timezone.now() + timedelta(days=max(days + 1, 0))
        first_on = first_on or next_statement_from(agreement)
        return give_out_statement(agreement, first_on=first_on, last_on=last_on, by=ruth, at=at)

    return run


def moved(statement):
    return [row[1:] for row in statement.figures]


def visits_table_of(statement):
    [table] = [block for block in statement.blocks if block.get("caption") == "Visits, in minutes"]
    return table


def visits_in(statement):
    return visits_table_of(statement)["rows"]


def test_the_first_begins_with_the_agreement_and_the_next_follows(core, give_out, today):
    first = give_out(core, 0)
    assert (first.number, first.first_on, first.last_on) == (1, core.first_on, today)
    assert (first.opening_minutes, first.closing_minutes) == (0, CORE_MINUTES)
    second = give_out(core, 30)
    assert (second.number, second.first_on) == (2, today + A_DAY)
    assert second.opening_minutes == second.closing_minutes == CORE_MINUTES


def test_it_begins_earlier_when_time_was_given_before_the_first_day(quillbrook, ruth, give_out, today):
    year = {"first_on": today + timedelta(days=20), "last_on": today + timedelta(days=380)}
    coming = record_core_offer(quillbrook, granted_minutes=180, by=ruth, at=timezone.now(), **year)
    assert give_out(coming, 0).first_on == today


def test_what_is_not_over_does_not_follow_or_ends_before_it_begins_is_refused(core, give_out, ruth, today):
    days = {"first_on": core.first_on, "last_on": today}
    with pytest.raises(ValidationError, match="A statement is of days that are over."):
        give_out_statement(core, **days, by=ruth, at=timezone.now())
    with pytest.raises(ValidationError, match=f"The next statement of {core} begins on"):
        give_out(core, first_on=core.first_on + A_DAY)
    with pytest.raises(ValidationError, match="The last day must be"):
        give_out(core, -181)
    assert not Statement.objects.exists()


def test_each_line_that_moves_what_is_left_stands_in_it_with_what_is_left(
    core, make_visit, closed_visit, give_out, today
):
    closed_visit(make_visit(started=True), with_staff=100, writing_up=20)
    make_visit(days=10)
    statement = give_out(core, 0)
    assert moved(statement) == [
        ["Brought forward", None, 0],
        ["Time given", 3420, 3420],
        [f"Used, visit of {today.day} {today:%B}", -120, 3300],
        ["Carried forward", None, 3300],
    ]
    said = str(statement.blocks)
    assert "Quillbrook Primary School has 18 half days and 1 hour left of 19 half days given." in said
    assert "['Booked', '1 half day']" in said
    assert "['Free to book', '17 half days and 1 hour']" in said


def test_a_visit_stands_in_it_with_its_minutes_and_how_it_went(core, make_visit, closed_visit, give_out):
    visit = make_visit(started=True)
    charged = make_visit(days=3)
    closed_visit(visit, with_staff=100, writing_up=20, travel=40)
    where = {"partnership": core.payer, "by": visit.clinician, "at": timezone.now()}
    charge = post(core, Kind.LATE_CANCEL_CHARGE, -180, visit=charged, **where)
    charged.outcome, charged.finished_at = "school_cancelled", timezone.now()
    save_tracked(charged, by=visit.clinician, reason="Called off")
    post(core, Kind.RELEASE, 180, visit=charged, corrects=charge, reason="illness", **where)
    statement = give_out(core, 0)
    table = visits_table_of(statement)
    assert table["heads"] == [
        *("Date", "Clinician", "Start and end", "With staff", "Writing up", "Total", "Note"),
    ]
    assert [row[3:] for row in table["rows"]] == [
        ["100", "20", "120", ""],
        ["0", "0", "0", "Cancelled by the school less than 7 days before. Charge taken back: Illness"],
    ]
    assert [row[1] for row in statement.figures][-2].endswith(": Illness")


def test_a_visit_put_right_later_stands_in_it_as_it_was(core, make_visit, closed_visit, give_out, priya):
    visit = closed_visit(make_visit(started=True), with_staff=100, writing_up=20)
    later = {"by": priya, "at": timezone.now() + A_DAY, "opened_version": visit.version}
    more = {"minutes": minutes(120, writing_up=20, liaison=10), "reason": "left_out"}
    as_of(later["at"], correct_visit, visit, **more, **later)
    assert [row[3:] for row in visits_in(give_out(core, 0))] == [["100", "20", "120", ""]]
    assert [row[3:] for row in visits_in(give_out(core, 1))] == [
        ["", "", "", "30", "Corrected: Time was left out"],
    ]


def test_a_visit_put_right_in_its_period_stands_in_it_as_it_is(
    core, make_visit, closed_visit, give_out, priya
):
    visit = closed_visit(make_visit(started=True), with_staff=100)
    now = {"by": priya, "at": timezone.now(), "opened_version": visit.version}
    correct_visit(visit, minutes=minutes(120), reason="left_out", **now)
    assert [row[3:] for row in visits_in(give_out(core, 0))] == [
        ["120", "120", "Corrected: Time was left out"],
    ]


def test_what_is_posted_after_it_stands_in_the_next(core, give_out, today, ruth):
    give_out(core, 5)
    later = post(core, Kind.EXPIRE, -60, partnership=core.payer, by=ruth, at=timezone.now())
    assert later.posted_on == today + timedelta(days=6)
    assert moved(give_out(core, 6)) == [
        ["Brought forward", None, 3420], ["Expired", -60, 3360], ["Carried forward", None, 3360],
    ]  # fmt: skip


def test_in_a_cluster_the_payer_sees_minutes_of_the_other_schools_alone(
    make_agreement, make_order, another_school, owen, make_visit, closed_visit, give_out, today
):
    pool = make_agreement(schools=[another_school])
    make_order(pool, quantity=6)
    closed_visit(make_visit(pot=pool, started=True), with_staff=60)
    for _ in range(2):
        theirs = make_visit(another_school, owen, pot=pool, started=True)
        closed_visit(theirs, with_staff=90)
    statement = give_out(pool, 0)
    assert moved(statement) == [
        ["Brought forward", None, 0],
        ["Order 1", 1080, 1080],
        [f"Used, visit of {today.day} {today:%B}", -60, 1020],
        ["Used by Tansy Hill Primary School", -180, 840],
        ["Carried forward", None, 840],
    ]
    said = str(statement.blocks)
    assert "Owen" not in said
    assert "['Tansy Hill Primary School', '3 hours']" in said
    assert "['Quillbrook Primary School', '1 hour']" in said


MOVES = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["grant", "adjust", "deliver", "expire", "carry_in"]))
    .flatmap(lambda row: st.tuples(st.just(row[0]), st.just(row[1]), st.integers(1, 400)))
    , max_size=12,
)  # fmt: skip


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(MOVES, st.lists(st.integers(0, 45), min_size=1, max_size=5, unique=True))
def test_statements_join_and_end_with_what_the_ledger_has(
    quillbrook, visit, ruth, priya, give_out, moves, ends
):
    with transaction.atomic():
        now = timezone.now()
        year = {"first_on": timezone.localdate() - A_DAY, "last_on": timezone.localdate() + 400 * A_DAY}
        pot = record_core_offer(quillbrook, granted_minutes=600, by=ruth, at=now, **year)
        for days, kind, number in sorted(moves):
            signed = -number if kind in ("deliver", "expire") else number
            by_two = {"approver": priya, "reason": "goodwill"} if kind == "adjust" else {}
            of = {"visit": visit} if kind == "deliver" else {}
            at = now + timedelta(days=days)
            post(pot, Kind(kind), signed, partnership=quillbrook, by=ruth, at=at, **by_two, **of)
        found = [give_out(pot, end) for end in sorted(ends)]
        require_joined(pot, found)
        transaction.set_rollback(True)


def require_joined(pot, statements):
    left, begins = 0, min(pot.first_on, timezone.localdate())
    for statement in statements:
        assert (statement.first_on, statement.opening_minutes) == (begins, left)
        until = TimeEntry.objects.filter(agreement=pot, posted_on__lte=statement.last_on).numbers()
        assert statement.closing_minutes == until.left == statement.figures[-1][-1]
        assert left + sum(row[2] or 0 for row in statement.figures) == statement.closing_minutes
        left, begins = statement.closing_minutes, statement.last_on + A_DAY
