"""Time added or taken away by two people."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.models import Adjustment
from schools.services import ask_adjustment, decide_adjustment


@pytest.fixture
def asked(core, quillbrook, ruth):
    def ask(minutes=90, **fields):
        fields = {"partnership": quillbrook, "reason": "goodwill"} | fields
        return ask_adjustment(core, minutes=minutes, by=ruth, at=timezone.now(), **fields)

    return ask


def decide(adjustment, by, agree=True):
    return decide_adjustment(adjustment, agree=agree, by=by, at=timezone.now())


def test_asked_for_it_changes_nothing(asked, core):
    asked()
    assert core.entries.balance() == 3420


def test_agreed_it_is_a_line_with_both_names(asked, core, ruth, hana):
    line = decide(asked(), hana).entry
    assert (line.kind, line.minutes, line.by, line.approver, line.reason) == (
        *("adjust", 90),
        *(ruth, hana, "goodwill"),
    )
    assert core.entries.balance() == 3510


def test_declined_it_stays_without_a_line(asked, core, hana):
    declined = decide(asked(), hana, agree=False)
    assert (declined.entry, declined.decided_by, core.entries.balance()) == (None, hana, 3420)


@pytest.mark.parametrize("agree", [True, False])
def test_who_asked_decides_nothing(asked, core, ruth, agree):
    with pytest.raises(ValidationError, match="Somebody else has to agree to it."):
        decide(asked(), ruth, agree)
    assert core.entries.balance() == 3420


def test_it_is_decided_once(asked, core, hana):
    adjustment = asked()
    decide(adjustment, hana)
    with pytest.raises(ValidationError, match="This adjustment was decided already."):
        decide(adjustment, hana)
    assert core.entries.balance() == 3510


def test_no_more_is_taken_than_is_free(asked, core, hana):
    with pytest.raises(ValidationError, match="Only 19 half days can be booked: this needs 3421 minutes."):
        decide(asked(-3421), hana)
    assert not Adjustment.objects.get().decided_at
    assert decide(asked(-3420), hana).entry.minutes == -3420


def test_a_school_that_is_not_in_it_is_refused(asked, another_school):
    with pytest.raises(ValidationError, match="This school is not in that agreement."):
        asked(partnership=another_school)


def test_nothing_by_nothing_is_refused(asked):
    with pytest.raises(ValidationError):
        asked(0)
