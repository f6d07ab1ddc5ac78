"""Days written into a calendar, changed and taken out."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import StaleVersion
from schools.models import CalendarPeriod
from schools.services import add_period, calendar_of, change_period, remove_period

pytestmark = pytest.mark.django_db
AUTUMN = date(2026, 9, 3), date(2026, 12, 18)


@pytest.fixture
def autumn(service, admin_person):
    return add_period(service, "term", *AUTUMN, by=admin_person, name="Autumn term")


def refused(refusal):
    return refusal.value.message_dict


@pytest.mark.parametrize(
    ("first_on", "last_on", "beside"),
    [
        (date(2026, 12, 18), date(2027, 3, 25), "first_on"),
        (date(2026, 10, 1), date(2026, 10, 2), "first_on"),
        (date(2026, 8, 1), date(2026, 9, 3), "last_on"),
        (date(2026, 8, 1), date(2027, 3, 25), "last_on"),
    ],
)
def test_a_term_does_not_overlap_another_and_the_other_is_named(
    autumn, service, admin_person, first_on, last_on, beside
):
    with pytest.raises(ValidationError) as refusal:
        add_period(service, "term", first_on, last_on, by=admin_person)
    other = "Autumn term, 3 September 2026 to 18 December 2026"
    assert refused(refusal) == {beside: [f"The term overlaps with {other}"]}
    assert CalendarPeriod.objects.count() == 1


def test_the_next_term_may_begin_on_the_day_after(autumn, service, admin_person):
    add_period(service, "term", date(2026, 12, 19), date(2027, 3, 25), by=admin_person)
    assert CalendarPeriod.objects.count() == 2


def test_terms_of_another_service_and_of_one_school_are_other_calendars(
    autumn, service, other_service, quillbrook, another_school, admin_person
):
    add_period(other_service, "term", *AUTUMN, by=admin_person)
    for place in (quillbrook, another_school):
        add_period(service, "term", *AUTUMN, by=admin_person, school=place.school)
    with pytest.raises(ValidationError, match="The term overlaps with Term, 3 September 2026"):
        add_period(service, "term", *AUTUMN, by=admin_person, school=quillbrook.school)


def test_holidays_lie_in_a_term_and_on_each_other(autumn, service, admin_person):
    for kind in ("half_term", "closed", "inset", "bank_holiday"):
        add_period(service, kind, date(2026, 10, 26), date(2026, 10, 30), by=admin_person)
    assert CalendarPeriod.objects.count() == 5


def test_a_term_that_ends_before_it_starts_is_refused(service, admin_person):
    with pytest.raises(ValidationError, match="The last day must not be before the first day."):
        add_period(service, "term", AUTUMN[1], AUTUMN[0], by=admin_person)
    assert not CalendarPeriod.objects.exists()


def test_a_change_keeps_who_and_why(autumn, ruth, quillbrook):
    change_period(autumn, by=ruth, opened_version=1, last_on=date(2026, 12, 17), name="Autumn")
    assert not calendar_of(quillbrook).is_open(date(2026, 12, 18))
    newest = autumn.history.first()
    assert (newest.history_user, newest.history_change_reason) == (ruth, "Calendar changed")
    assert (newest.name, newest.version) == ("Autumn", 2)


def test_a_change_of_what_somebody_else_changed_is_refused(autumn, ruth):
    change_period(autumn, by=ruth, opened_version=1, name="Autumn")
    with pytest.raises(StaleVersion):
        change_period(autumn, by=ruth, opened_version=1, name="Michaelmas")
    with pytest.raises(StaleVersion):
        remove_period(autumn, by=ruth, opened_version=1)


def test_a_term_is_not_moved_onto_another_and_may_stay_on_itself(autumn, service, ruth, admin_person):
    spring = add_period(service, "term", date(2027, 1, 4), date(2027, 3, 25), by=admin_person)
    with pytest.raises(ValidationError) as refusal:
        change_period(spring, by=ruth, opened_version=1, first_on=AUTUMN[1])
    assert list(refused(refusal)) == ["first_on"]
    change_period(spring, by=ruth, opened_version=1, first_on=date(2027, 1, 5))
    spring.refresh_from_db()
    assert (spring.first_on, spring.version) == (date(2027, 1, 5), 2)


def test_an_inset_day_is_not_made_a_term_over_another(autumn, service, ruth, admin_person):
    inset = add_period(service, "inset", date(2026, 9, 4), date(2026, 9, 4), by=admin_person)
    with pytest.raises(ValidationError, match="overlaps"):
        change_period(inset, by=ruth, opened_version=1, kind="term")


def test_what_is_removed_stays_in_the_history_with_who_and_why(autumn, ruth, quillbrook):
    key = autumn.pk
    remove_period(autumn, by=ruth, opened_version=1)
    assert not calendar_of(quillbrook).is_open(date(2026, 9, 4))
    newest = CalendarPeriod.history.filter(id=key).first()
    assert (newest.history_type, newest.history_user) == ("-", ruth)
    assert (newest.history_change_reason, newest.name) == ("Taken out of the calendar", "Autumn term")


def test_what_somebody_removed_meanwhile_is_neither_changed_nor_removed(autumn, ruth):
    stale = CalendarPeriod.objects.get()
    remove_period(autumn, by=ruth, opened_version=1)
    for write in (change_period, remove_period):
        with pytest.raises(ValidationError, match="taken out of the calendar meanwhile"):
            write(stale, by=ruth, opened_version=1)
