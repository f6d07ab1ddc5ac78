"""What is said of a pot, and how many questions it takes for any number of schools."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from schools.models import TimeEntry
from schools.querysets import Numbers
from schools.reading import (
    left_in_words,
    pots_of,
    pots_of_many,
    time_by_school,
)
from schools.services import add_period, draft_agreement, record_core_offer
from schools.services.ledger import post
from schools.services.school_days import SchoolDays, school_days_of, weekdays_between
from tests.places import new_partnership
from web.words import longdate

Kind = TimeEntry.Kind


@pytest.fixture
def buy(admin_person):
    """Give a bought pot some minutes, as an order does when it is agreed."""

    def give(pot, minutes):
        return post(pot, Kind.GRANT, minutes, partnership=pot.payer, by=admin_person, at=timezone.now())

    return give


@pytest.fixture
def use(make_visit, priya):
    """A visit that used so many minutes of a pot."""

    def take(pot, minutes, partnership, days=0):
        visit = make_visit(partnership=partnership, pot=pot, days=days)
        post(pot, Kind.RELEASE, 180, partnership=partnership, visit=visit, by=priya, at=timezone.now())
        details = {"partnership": partnership, "visit": visit, "by": priya, "at": timezone.now()}
        return post(pot, Kind.DELIVER, -minutes, **details)

    return take


def only(pots):
    (pot,) = pots
    return pot


def test_the_sentence_says_what_is_left_of_what_was_bought(bought, buy, use, quillbrook, today):
    buy(bought, 720)
    use(bought, 150, quillbrook), use(bought, 180, quillbrook), use(bought, 180, quillbrook)
    pot = only(pots_of(quillbrook, today))
    until = longdate(bought.last_on)
    assert pot.sentence == (
        "Quillbrook Primary School has 1 half day and 30 minutes left of 4 half days bought. "
        f"It expires after {until}."
    )
    assert pot.short == f"1 half day and 30 minutes of bought time left until {until}"
    assert left_in_words(bought, bought.entries.numbers()) == pot.short


def test_the_five_numbers_are_always_there_in_the_unit_of_the_agreement(
    make_agreement, buy, use, quillbrook, make_visit, today
):
    pot = make_agreement(unit="day", unit_minutes=390)
    buy(pot, 1950)
    use(pot, 60, quillbrook)
    make_visit(pot=pot, days=3)
    found = only(pots_of(quillbrook, today))
    assert found.five == [
        ("Bought", "5 days"),
        ("Used", "1 hour"),
        ("Booked", "3 hours"),
        ("Free to book", "4 days and 2 hours 30 minutes"),
        ("Expires after", longdate(pot.last_on)),
    ]
    assert [(name, words) for _, name, words in found.key] == [
        ("Used", "1 hour"),
        ("Booked", "3 hours"),
        ("Free to book", "4 days and 2 hours 30 minutes"),
    ]


def test_what_expired_is_a_number_of_its_own(bought, buy, quillbrook, today, admin_person):
    buy(bought, 720)
    post(bought, Kind.EXPIRE, -180, partnership=quillbrook, by=admin_person, at=timezone.now())
    pot = only(pots_of(quillbrook, today))
    assert pot.five[3] == ("Expired or carried over", "1 half day")
    assert "3 half days left of 3 half days bought" in pot.sentence


def test_core_is_given_and_bought_stands_before_it(core, bought, quillbrook, today):
    first, second = pots_of(quillbrook, today)
    until = longdate(core.last_on)
    assert (first.name, second.name) == ("Bought time", "Core offer")
    assert first.sentence == f"Quillbrook Primary School has no time bought yet for the time until {until}."
    assert second.sentence == (
        f"Quillbrook Primary School has 19 half days left of 19 half days given. It expires after {until}."
    )


def test_more_than_there_is_is_a_fourth_part_with_a_warning(
    make_agreement, buy, use, make_visit, quillbrook, today
):
    pot = make_agreement(may_overdraw=True)
    buy(pot, 360)
    use(pot, 270, quillbrook)
    make_visit(pot=pot)
    found = only(pots_of(quillbrook, today))
    assert found.parts == [("used", 270), ("booked", 90), ("free", 0), ("over", 90)]
    assert found.warning == "1 hour 30 minutes more is used or booked than was bought."
    use(pot, 180, quillbrook)
    found = only(pots_of(quillbrook, today))
    assert found.parts == [("used", 360), ("booked", 0), ("free", 0), ("over", 270)]
    assert found.sentence == (
        "Quillbrook Primary School has used 1 hour 30 minutes more than 2 half days bought, "
        f"until {longdate(pot.last_on)}."
    )


def test_a_pot_with_room_warns_of_nothing(core, quillbrook, today):
    assert only(pots_of(quillbrook, today)).warning is None


def test_what_the_service_owes_is_said_in_words(core, make_visit, quillbrook, priya, today):
    assert only(pots_of(quillbrook, today)).owed is None
    visit = make_visit()
    post(
        core, Kind.OWED, 0, owed_minutes=180, visit=visit, partnership=quillbrook, by=priya, at=timezone.now()
    )
    assert only(pots_of(quillbrook, today)).owed == "1 half day"


def test_drafts_and_pots_that_are_over_are_none(core, quillbrook, admin_person, today):
    fields = {"unit_price": Decimal("250.00"), "first_on": core.first_on, "last_on": core.last_on}
    draft_agreement(quillbrook, schools=[quillbrook], by=admin_person, fields=fields)
    assert [pot.agreement for pot in pots_of(quillbrook, core.last_on)] == [core]
    assert pots_of(quillbrook, core.last_on + timedelta(days=1)) == []


def test_how_it_goes_is_one_sentence(calendar, core, quillbrook, use, today):
    pot = only(pots_of(quillbrook, today))
    assert (
        pot.how_it_goes
        == "Behind: 9 half days fewer used than expected by now, counted in school days; not used yet."
    )
    assert pot.pace.note == ""
    coming = only(pots_of(quillbrook, core.first_on - timedelta(days=1)))
    assert coming.how_it_goes == f"It begins on {longdate(core.first_on)}."


def test_of_a_shared_pot_each_school_has_the_numbers_of_the_pool_and_the_payer_those_of_each(
    make_agreement, buy, use, quillbrook, another_school, today
):
    pool = make_agreement(schools=[another_school])
    buy(pool, 1800)
    use(pool, 180, quillbrook)
    use(pool, 120, another_school)
    found = pots_of_many([quillbrook, another_school], today)
    here, there = only(found[quillbrook.pk]), only(found[another_school.pk])
    assert here.numbers == there.numbers == Numbers(had=1800, used=300)
    assert (here.own.used, there.own.used) == (180, 120)
    assert here.sentence == (
        "The pool of Quillbrook Primary School and the schools with it has 8 half days and 1 hour left "
        f"of 10 half days bought. It expires after {longdate(pool.last_on)}."
    )
    assert time_by_school([there]) == []
    assert [
        [(str(school), used, booked) for school, used, booked in rows] for _, rows in time_by_school([here])
    ] == [
        [
            ("Quillbrook Primary School", "1 half day", "0 minutes"),
            ("Tansy Hill Primary School", "2 hours", "0 minutes"),
        ]
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_schools_takes_three_questions(
    service, admin_person, today, calendar, django_assert_num_queries, count
):
    schools = [new_partnership(service, 990100 + n, f"School {n}", by=admin_person) for n in range(count)]
    for school in schools:
        days = {"first_on": today - timedelta(days=90), "last_on": today + timedelta(days=90)}
        record_core_offer(school, granted_minutes=3420, by=admin_person, at=timezone.now(), **days)
    with django_assert_num_queries(3):
        found = pots_of_many(schools, today)
        sentences = [pot.sentence + pot.how_it_goes for pots in found.values() for pot in pots]
    assert len(sentences) == count


def test_holidays_and_closed_days_are_no_school_days(
    calendar, half_term, quillbrook, service, admin_person, today
):
    monday, friday = half_term
    days = school_days_of(quillbrook, monday - timedelta(days=7), friday + timedelta(days=7))
    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    assert days == weekdays_between(before, before + timedelta(days=4)) + weekdays_between(
        after, after + timedelta(days=4)
    )


def test_what_a_school_says_itself_goes_first(
    calendar, half_term, quillbrook, another_school, service, admin_person
):
    monday, friday = half_term
    add_period(service, "open", monday, monday, by=admin_person, school=quillbrook.school)
    add_period(
        service,
        "inset",
        monday + timedelta(days=7),
        monday + timedelta(days=7),
        by=admin_person,
        school=quillbrook.school,
    )
    span = (monday, monday + timedelta(days=7))
    found = SchoolDays.of_partnerships([quillbrook, another_school])
    assert found.of(quillbrook, *span) == [monday]
    assert found.of(another_school, *span) == [monday + timedelta(days=7)]


def test_a_calendar_that_ends_early_counts_for_nothing(service, quillbrook, admin_person):
    add_period(service, "term", date(2026, 9, 1), date(2026, 12, 18), by=admin_person)
    found = SchoolDays.of_partnerships([quillbrook])
    assert found.of(quillbrook, date(2026, 9, 1), date(2027, 8, 31)) is None
    assert len(found.of(quillbrook, date(2026, 9, 1), date(2027, 1, 31))) == 79
    assert school_days_of(quillbrook, date(2026, 9, 5), date(2026, 9, 7)) == [date(2026, 9, 7)]
