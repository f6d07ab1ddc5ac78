"""What the e-mails about visits, time and orders say, word by word, and whose lists they are."""

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
import vobject
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.mail import message_of
from accounts.models import Delivery
from accounts.services import queue_email
from schools.models import Agreement, Order, Visit
from tests.cast import role_of

Kind = Delivery.Kind
LINK = "\n\nhttp://127.0.0.1:8000/account/login/\n"
FIVE_HALF_DAYS = {"pot": "bought", "left_minutes": 945, "unit": "half_day", "unit_minutes": 180}


def at(day, hour, minute=0):
    return timezone.make_aware(datetime(2026, 10, day, hour, minute))


@pytest.fixture
def said(sam, service, quillbrook):
    """(subject, body without the link) of an e-mail to Sam."""

    def say(kind, **values):
        place = {"service": service, "school": quillbrook.school, "role": role_of(sam), "about": "x"}
        message = message_of(queue_email(kind, at=at(1, 9), person=sam, **place, **values))
        assert message.body.endswith(LINK)
        return message.subject, message.body.removesuffix(LINK)

    return say


def test_a_visit_that_was_moved(said):
    values = {"happened_at": at(5, 9), "moved_to_at": at(7, 13, 30), "change": "moved"}
    assert said(Kind.VISIT_CHANGED, **values) == (
        "Your visit has changed",
        "The visit to Quillbrook Primary School on 5 October 2026 at 9am is now on 7 October 2026 at 1:30pm. "
        "Reason: The visit was moved.\n\nSign in to see your visits:",
    )


def test_a_visit_that_was_passed_on(said, priya):
    assert said(Kind.VISIT_COVERED, happened_at=at(5, 9), staff=priya) == (
        "The visit on 5 October 2026 has another clinician",
        "The visit to Quillbrook Primary School on 5 October 2026 at 9am is now with Priya Nair."
        "\n\nSign in to see your visits:",
    )


def test_a_moved_visit_comes_with_a_file_for_the_calendar(sam, service, quillbrook):
    place = {"service": service, "school": quillbrook.school, "role": role_of(sam), "about": "x"}
    values = {"happened_at": at(5, 9), "moved_to_at": at(7, 13, 30), "moved_until_at": at(7, 16)}
    values |= {"calendar_uid": uuid4(), "calendar_sequence": 7, "change": "moved"}
    message = message_of(queue_email(Kind.VISIT_CHANGED, at=at(1, 9), person=sam, **place, **values))
    [(name, content, kind)] = message.attachments
    [entry] = vobject.readOne(content).contents["vevent"]
    assert (name, kind) == ("visit.ics", "text/calendar")
    assert (entry.uid.value, entry.sequence.value) == (str(values["calendar_uid"]), "7")
    assert (entry.dtstart.value, entry.dtend.value) == (at(7, 13, 30), at(7, 16))
    assert entry.summary.value == "Visit: Quillbrook Primary School"
    names = {"uid", "sequence", "dtstamp", "dtstart", "dtend", "summary", "status", "url"}
    assert entry.contents.keys() == names


def test_a_visit_that_was_cancelled(said):
    values = {"happened_at": at(5, 9), "change": "clinician_cancelled"}
    assert said(Kind.VISIT_CHANGED, **values)[1] == (
        "The visit to Quillbrook Primary School on 5 October 2026 at 9am is cancelled. "
        "Reason: The clinician cancelled.\n\nSign in to see your visits:"
    )


def test_a_visit_that_used_time(said):
    assert said(Kind.TIME_USED, happened_at=at(5, 9), minutes=195, **FIVE_HALF_DAYS) == (
        "Visit on 5 October 2026: time used",
        "3 hours 15 minutes of clinician time was used at Quillbrook Primary School. You have 5 half days "
        "and 45 minutes of your bought time left. Sign in for the details:",
    )


def test_a_visit_that_used_the_last_of_it(said):
    nothing = FIVE_HALF_DAYS | {"left_minutes": 0, "pot": "core"}
    body = said(Kind.TIME_USED, happened_at=at(5, 9), minutes=180, **nothing)[1]
    assert "Nothing is left of your core offer." in body


def test_time_that_gets_low(said):
    assert said(Kind.TIME_LOW, until_on=date(2027, 1, 12), **FIVE_HALF_DAYS) == (
        "You have 5 half days and 45 minutes of bought time left",
        "5 half days and 45 minutes is left of the bought time of Quillbrook Primary School. At this rate it "
        "will last until about 12 January 2027. Sign in for the details:",
    )


@pytest.mark.parametrize("left", [0, -15])
def test_time_that_is_used_up(said, left):
    assert said(Kind.TIME_LOW, **FIVE_HALF_DAYS | {"left_minutes": left}) == (
        "Your bought time is used up",
        "The bought time of Quillbrook Primary School is used up. Sign in for the details:",
    )


def test_an_order(said):
    order = {"number": 41, "count": 6, "unit": "half_day", "amount": Decimal("1500.00")}
    assert said(Kind.ORDER, order_state="agreed", **order) == (
        "Order 41: agreed",
        "6 half days for Quillbrook Primary School, £1,500.00: agreed. Sign in to see the order:",
    )


def test_an_order_without_its_price(said):
    order = {"number": 41, "count": 6, "unit": "half_day", "order_state": "agreed"}
    body = said(Kind.ORDER, **order)[1]
    assert body == "6 half days for Quillbrook Primary School: agreed. Sign in to see the order:"


def test_an_order_that_was_declined_says_why(said):
    order = {"number": 41, "count": 1, "unit": "session", "amount": Decimal("250")}
    assert said(Kind.ORDER, order_state="declined", declined_because="no_capacity", **order)[1] == (
        "1 session for Quillbrook Primary School, £250.00: declined. Reason: No clinician has the time. "
        "Sign in to see the order:"
    )


@pytest.mark.parametrize(("amount", "cost"), [(Decimal("500"), ", £500.00"), (None, "")])
def test_an_order_that_was_cancelled_in_part_says_what_was_ordered(said, amount, cost):
    order = {"number": 5, "count": 2, "unit": "half_day", "amount": amount, "order_state": "in_part"}
    assert said(Kind.ORDER, **order) == (
        "Order 5: cancelled in part",
        f"Order 5 (2 half days for Quillbrook Primary School{cost} when ordered) was cancelled in part. "
        "Sign in to see what is kept:",
    )


def test_an_agreement_to_sign(said):
    assert said(Kind.AGREEMENT) == (
        "An agreement is ready for you to sign",
        "There is an agreement about clinician time for you to read and sign for Quillbrook Primary School. "
        "Sign in to see it:",
    )


def test_an_adjustment_to_agree_to(said):
    assert said(Kind.ADJUSTMENT) == (
        "A change of clinician time waits for you",
        "Somebody asked to change the clinician time of Quillbrook Primary School. Nothing changes until a "
        "second person agrees. Sign in to agree or decline:",
    )


@pytest.mark.parametrize("kind", [Kind.AGREEMENT, Kind.ADJUSTMENT])
@pytest.mark.parametrize("more", [{"amount": Decimal(250)}, {"minutes": 5}, {"number": 1}])
def test_they_say_no_price_and_no_number(said, kind, more):
    with pytest.raises(ValidationError):
        said(kind, **more)


def test_its_lists_are_those_of_time(said):
    def words(name):
        return set(Delivery._meta.get_field(name).choices)

    told = set(Visit.Outcome) - {Visit.Outcome.DONE, Visit.Outcome.PATTERN_CHANGED}
    assert {value for value, _ in words("change")} == told
    assert words("unit") == set(Agreement.Unit.choices)
    assert {value for value, _ in words("pot")} == set(Agreement.Kind)
    assert words("declined_because") == set(Order.Declined.choices)
    assert {value for value, _ in words("order_state")} - {"in_part"} < set(Order.State)


@pytest.mark.parametrize("name", ["change", "pot", "unit", "order_state", "declined_because"])
def test_a_word_of_ones_own_is_refused(said, name):
    values = {"happened_at": at(5, 9), "change": "moved"} | {name: "Robin"}
    with pytest.raises(ValidationError):
        said(Kind.VISIT_CHANGED, **values)


def test_a_new_clinician(said, ruth):
    values = {"staff": ruth, "due_on": date(2027, 1, 4)}
    assert said(Kind.CLINICIAN_NEW, **values) == (
        "You have a new clinician",
        "From 4 January 2027, Ruth Calloway is the clinician of Quillbrook Primary School. "
        "Visits stay at their times.\n\nSign in to see your visits:",
    )
