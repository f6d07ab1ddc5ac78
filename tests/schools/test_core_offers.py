"""The core offer of one school, and of every school that has none in one act."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Agreement
from schools.services import record_core_offer, record_core_offers, schools_without_offer

YEAR = {"first_on": date(2026, 9, 1), "last_on": date(2027, 8, 31)}


def test_an_offer_is_in_force_and_given_at_once(quillbrook, ruth):
    offer = record_core_offer(quillbrook, granted_minutes=3420, by=ruth, at=timezone.now(), **YEAR)
    assert (offer.state, offer.entries.balance(), [*offer.schools.all()]) == ("active", 3420, [quillbrook])


def test_a_second_offer_for_a_day_is_refused(quillbrook, ruth):
    given = {"granted_minutes": 60, "by": ruth, "at": timezone.now()}
    record_core_offer(quillbrook, **given, **YEAR)
    with pytest.raises(ValidationError, match="has core offer from 1 September 2026 to 31 August 2027"):
        record_core_offer(quillbrook, **given, **YEAR | {"first_on": date(2027, 8, 31)})


def test_every_school_without_one_gets_its_minutes(quillbrook, another_school, ruth):
    record_core_offer(quillbrook, granted_minutes=60, by=ruth, at=timezone.now(), **YEAR)
    minutes_of = {quillbrook: 3420, another_school: 6840}
    offers = record_core_offers(
        quillbrook.service, minutes_of=minutes_of, by=ruth, at=timezone.now(), **YEAR, counts_travel=True
    )
    given = [(offer.payer, offer.granted_minutes, offer.counts_travel) for offer in offers]
    assert given == [(another_school, 6840, True)]


def test_pressed_twice_it_gives_once(quillbrook, another_school, ruth):
    for number in (2, 0):
        offers = record_core_offers(
            quillbrook.service,
            minutes_of={quillbrook: 60, another_school: 60},
            by=ruth,
            at=timezone.now(),
            **YEAR,
        )
        assert len(offers) == number


def test_a_school_of_another_service_is_refused(quillbrook, other_service_school, ruth):
    minutes_of = {quillbrook: 60, other_service_school: 60}
    with pytest.raises(ValidationError, match="Schools of another service cannot be given time."):
        record_core_offers(quillbrook.service, minutes_of=minutes_of, by=ruth, at=timezone.now(), **YEAR)
    assert not Agreement.objects.exists()


def test_a_school_that_the_service_left_is_not_asked_about(quillbrook, another_school, ruth, today):
    another_school.ended_on = today
    save_tracked(another_school, by=ruth, reason="Ended")
    days = (today + timedelta(days=1), today + timedelta(days=200))
    assert [*schools_without_offer(quillbrook.service, *days)] == [quillbrook]
