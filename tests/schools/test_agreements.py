"""The life of an agreement, and each thing that is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import StaleVersion
from schools.models import Agreement, year_from, year_holding
from schools.services import (
    activate_agreement,
    change_agreement,
    draft_agreement,
    end_agreement,
    record_core_offer,
    send_agreement,
    sign_agreement,
    take_back_agreement,
)
from schools.services.ledger import post
from tests.accounts.test_at_once import at_once
from tests.places import new_partnership
from web.words import longdate

YEAR = {"first_on": date(2026, 9, 1), "last_on": date(2027, 8, 31)}
ON_PAPER = {"signed_by_name": "Hana Sorensen", "signed_by_job": "Headteacher"}


@pytest.fixture
def draft(quillbrook, ruth):
    return drafted(quillbrook, by=ruth)


def drafted(payer, *others, by, packages=(), **fields):
    fields = YEAR | {"unit_price": Decimal("250.00")} | fields
    return draft_agreement(payer, schools=[payer, *others], fields=fields, by=by, packages=packages)


def send(agreement, by):
    return send_agreement(agreement, by=by, at=timezone.now())


def sign(agreement, by, **said):
    said = {"signed_on": timezone.localdate()} | ON_PAPER | said
    return sign_agreement(agreement, by=by, at=timezone.now(), **said)


def refused(sentence):
    return pytest.raises(ValidationError, match=sentence)


def history(agreement):
    rows = agreement.history.order_by("history_id")
    return [(row.state, row.history_change_reason, str(row.history_user)) for row in rows]


@pytest.mark.parametrize(
    ("kind", "day", "first_on", "last_on"),
    [
        ("academic", date(2026, 8, 31), date(2025, 9, 1), date(2026, 8, 31)),
        ("academic", date(2026, 9, 1), date(2026, 9, 1), date(2027, 8, 31)),
        ("financial", date(2027, 3, 31), date(2026, 4, 1), date(2027, 3, 31)),
        ("financial", date(2027, 4, 1), date(2027, 4, 1), date(2028, 3, 31)),
    ],
)
def test_the_years(kind, day, first_on, last_on):
    assert year_holding(kind, day) == (first_on, last_on)
    assert year_from(kind, first_on.year) == (first_on, last_on)


def test_the_whole_life_is_kept_with_who_and_why(make_agreement, quillbrook, ruth, hana, today):
    days = {"first_on": today, "last_on": today + timedelta(days=300)}
    agreement = sign(send(drafted(quillbrook, by=ruth, **days), ruth), hana)
    activate_agreement(agreement, by=ruth, on=today)
    end_agreement(agreement, by=ruth, at=timezone.now())

    assert history(agreement) == [
        ("draft", "Agreement drafted", "Ruth Calloway"),
        ("sent", "Sent to the school", "Ruth Calloway"),
        ("signed", "Signed", "Hana Sorensen"),
        ("active", "In force", "Ruth Calloway"),
        ("ended", "Ended", "Ruth Calloway"),
    ]


def test_a_draft_is_changed_with_its_schools_and_packages(draft, another_school, ruth):
    changed = change_agreement(
        draft,
        schools=[another_school],
        fields={"unit_price": Decimal("240.50"), "notice_days": 5},
        packages=[(5, Decimal("1200"), None), (10, Decimal("2300"), None)],
        by=ruth,
        opened_version=1,
    )
    assert (changed.unit_price, changed.notice_days, changed.version) == (Decimal("240.50"), 5, 2)
    assert set(changed.schools.all()) == {draft.payer, another_school}

    fields = {"by": ruth, "fields": {}, "opened_version": 2}
    change_agreement(draft, schools=[], packages=[(5, Decimal("1100"), None)], **fields)
    assert [*draft.schools.all()] == [draft.payer]
    assert [(row.units, row.price) for row in draft.packages.all()] == [(5, Decimal("1100.00"))]


@pytest.mark.parametrize(
    ("packages", "sentence"),
    [
        ([(5, Decimal(1), None), (5, Decimal(2), None)], "Two packages have the same number of units."),
        ([(5, Decimal(1), Decimal(1))], "Enter the last day of the early price"),
    ],
)
def test_packages_that_do_not_fit_are_refused(quillbrook, ruth, packages, sentence):
    with refused(sentence):
        drafted(quillbrook, by=ruth, packages=packages)
    assert not Agreement.objects.exists()


def test_only_a_draft_is_changed(draft, ruth):
    sent = send(draft, ruth)
    with refused("Only a draft can be changed. Take the agreement back to draft first."):
        change_agreement(sent, schools=[], fields={}, by=ruth, opened_version=sent.version)


def test_a_stale_change_is_refused(draft, ruth):
    with pytest.raises(StaleVersion):
        change_agreement(draft, schools=[], fields={}, by=ruth, opened_version=0)


def test_what_was_sent_is_taken_back_until_it_is_signed(draft, ruth, hana):
    back = take_back_agreement(send(draft, ruth), by=ruth)
    assert (back.state, back.sent_at) == ("draft", None)
    signed = sign(send(back, ruth), hana)
    with refused("Only an agreement that waits to be signed can be taken back."):
        take_back_agreement(signed, by=ruth)


def test_it_is_sent_once_and_signed_once(draft, ruth, hana):
    sent = send(draft, ruth)
    with refused("This agreement was sent already."):
        send(sent, ruth)
    signed = sign(sent, hana)
    with refused("This agreement is signed already."):
        sign(signed, hana)


def test_what_the_school_read_is_what_it_signs(draft, ruth, hana):
    read = send(draft, ruth)
    send(take_back_agreement(read, by=ruth), ruth)
    with pytest.raises(StaleVersion):
        sign(read, hana, opened_version=read.version)


@pytest.mark.parametrize("missing", [{"signed_by_name": " "}, {"signed_on": None}])
def test_signing_says_who_and_when(draft, ruth, missing):
    with refused("Enter who signed the agreement, and when."):
        sign(draft, ruth, **missing)


def test_it_is_not_signed_tomorrow(draft, ruth, today):
    with refused("The day it was signed must not be after today"):
        sign(draft, ruth, signed_on=today + timedelta(days=1))


def test_an_agreement_that_overlaps_is_refused_with_both_dates(draft, quillbrook, another_school, ruth):
    sign(draft, ruth)
    days = {"first_on": date(2027, 8, 31), "last_on": date(2028, 3, 31)}
    shared = drafted(another_school, quillbrook, by=ruth, **days)
    for act in (send, sign):
        with refused(
            "Quillbrook Primary School has bought time from 1 September 2026 to 31 August 2027 already."
        ):
            act(shared, ruth)


def test_one_that_begins_the_day_after_is_signed(draft, quillbrook, ruth):
    sign(draft, ruth)
    following = drafted(quillbrook, by=ruth, first_on=date(2027, 9, 1), last_on=date(2028, 8, 31))
    assert sign(following, ruth).state == "signed"


def test_the_core_offer_stands_beside_what_is_bought(draft, quillbrook, ruth):
    sign(draft, ruth)
    assert record_core_offer(quillbrook, granted_minutes=60, by=ruth, at=timezone.now(), **YEAR).pk


def test_a_school_of_another_service_is_refused(quillbrook, other_service_school, ruth):
    with refused("Schools of another service cannot be in this agreement."):
        drafted(quillbrook, other_service_school, by=ruth)
    assert not Agreement.objects.exists()


def test_it_is_in_force_from_its_first_day(draft, ruth):
    with refused("An agreement is in force when it is signed and its first day has come."):
        activate_agreement(draft, by=ruth, on=date(2026, 10, 1))
    signed = sign(draft, ruth)
    with refused("An agreement is in force when it is signed and its first day has come."):
        activate_agreement(signed, by=ruth, on=date(2026, 8, 31))
    assert activate_agreement(signed, by=ruth, on=date(2026, 9, 1)).state == "active"


def test_ending_names_the_visits_that_are_booked(core, make_visit, ruth, today):
    make_visit(days=3)
    make_visit(days=5)
    days = [longdate(today + timedelta(days=number)) for number in (3, 5)]
    with refused(f"2 visits from this agreement are still booked: {days[0]} and {days[1]}. Finish, move"):
        end_agreement(core, by=ruth, at=timezone.now())


def test_ending_takes_nothing_from_a_school(core, ruth):
    with refused("The school still has 19 half days. The agreement ends by itself after"):
        end_agreement(core, by=ruth, at=timezone.now())


def test_what_is_not_signed_is_not_ended(draft, ruth):
    with refused("Only an agreement that is signed or active can be ended."):
        end_agreement(draft, by=ruth, at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_of_two_that_overlap_and_are_signed_at_once_one_is_refused(
    quillbrook, another_school, ruth, admin_person
):
    third = new_partnership(quillbrook.service, 990003, "Saltmarsh Primary School", by=admin_person)
    one = drafted(quillbrook, another_school, by=ruth)
    two = drafted(third, another_school, by=ruth)
    assert at_once(lambda: sign(one, ruth), lambda: sign(two, ruth)) == [
        "Tansy Hill Primary School has bought time from 1 September 2026 to 31 August 2027 already.",
        "done",
    ]


def test_a_pot_that_is_overdrawn_may_end(make_agreement, quillbrook, ruth):
    pot = make_agreement(may_overdraw=True)
    post(pot, "expire", -30, partnership=quillbrook, by=ruth, at=timezone.now())
    assert end_agreement(pot, by=ruth, at=timezone.now()).state == "ended"
