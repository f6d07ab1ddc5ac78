"""An agreement that has ended is brought to nothing by two people, and never above it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.models import Adjustment, Agreement, TimeEntry
from schools.reconciling import differences
from schools.services import (
    ask_adjustment,
    decide_adjustment,
    end_agreement,
    give_out_statement,
    next_statement_from,
    settle_pots,
)
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, banners, problems

A_DAY = timedelta(days=1)


@pytest.fixture
def adjust(quillbrook, ruth, hana):
    """Asked for by Ruth, agreed to by Hana."""

    def make(pot, minutes, at=None):
        said = {"partnership": quillbrook, "minutes": minutes, "reason": "put_right"}
        asked = ask_adjustment(pot, by=ruth, at=at or timezone.now(), **said)
        return decide_adjustment(asked, agree=True, by=hana, at=at or timezone.now())

    return make


@pytest.fixture
def ended(make_agreement, adjust, ruth):
    """Ended 90 minutes below nothing; its rules allow that."""
    pot = make_agreement(may_overdraw=True)
    adjust(pot, -90)
    return end_agreement(pot, by=ruth, at=timezone.now())


def left(pot):
    return pot.entries.balance(), Agreement.objects.get(pk=pot.pk).state


def test_it_is_brought_to_nothing_and_stays_ended(ended, adjust, today):
    adjust(ended, 90)
    assert left(ended) == (0, "ended")
    assert settle_pots(on=today, at=timezone.now()) == {}
    assert list(differences()) == []


def test_part_of_it_can_be_given_and_nothing_more_taken(ended, adjust):
    adjust(ended, 60)
    with pytest.raises(ValidationError, match="nothing is left in it. No time can be taken from it."):
        adjust(ended, -1)
    assert left(ended) == (-30, "ended")
    adjust(ended, 30)
    with pytest.raises(ValidationError, match="nothing is left in it. No time can be taken from it."):
        adjust(ended, -1)


def test_what_was_given_back_to_it_can_be_taken_and_no_more(ended, adjust, order_some):
    order_some(ended, 150)
    with pytest.raises(
        ValidationError, match="At most 1 hour can be taken away, which brings it to nothing."
    ):
        adjust(ended, -61)
    adjust(ended, -60)
    assert left(ended) == (0, "ended")


def test_what_was_asked_for_before_the_end_is_not_taken_after_it(make_agreement, quillbrook, ruth, hana):
    pot = make_agreement(may_overdraw=True)
    said = {"partnership": quillbrook, "minutes": -60, "reason": "put_right", "at": timezone.now()}
    asked = ask_adjustment(pot, by=ruth, **said)
    end_agreement(pot, by=ruth, at=timezone.now())
    with pytest.raises(ValidationError, match="nothing is left in it"):
        decide_adjustment(asked, agree=True, by=hana, at=timezone.now())
    assert left(pot) == (0, "ended")


def test_no_more_is_asked_for_than_brings_it_to_nothing(ended, adjust):
    words = "The agreement has ended. At most 1 hour 30 minutes can be added, which brings it to nothing."
    with pytest.raises(ValidationError, match=words):
        adjust(ended, 91)
    assert Adjustment.objects.filter(minutes=91).count() == 0


def test_what_was_asked_for_twice_is_agreed_to_once(ended, adjust, quillbrook, ruth, hana):
    said = {"partnership": quillbrook, "minutes": 90, "reason": "put_right", "at": timezone.now()}
    one, two = (ask_adjustment(ended, by=ruth, **said) for _ in range(2))
    decide_adjustment(one, agree=True, by=hana, at=timezone.now())
    with pytest.raises(ValidationError, match="No time can be added to it."):
        decide_adjustment(two, agree=True, by=hana, at=timezone.now())
    assert left(ended) == (0, "ended")
    assert decide_adjustment(two, agree=False, by=hana, at=timezone.now()).entry is None


def test_what_was_asked_for_before_the_end_is_not_added_after_it(bought, quillbrook, ruth, hana):
    said = {"partnership": quillbrook, "minutes": 60, "reason": "goodwill", "at": timezone.now()}
    asked = ask_adjustment(bought, by=ruth, **said)
    end_agreement(bought, by=ruth, at=timezone.now())
    with pytest.raises(ValidationError, match="no more was used than it had"):
        decide_adjustment(asked, agree=True, by=hana, at=timezone.now())
    assert left(bought) == (0, "ended")


def test_nothing_is_taken_where_the_rules_allow_nothing_below_nothing(bought, adjust, ruth):
    end_agreement(bought, by=ruth, at=timezone.now())
    with pytest.raises(ValidationError, match="nothing is left in it"):
        adjust(bought, -30)


def test_a_draft_is_still_refused(make_agreement, adjust):
    pot = make_agreement()
    pot.state = "draft"
    Agreement._base_manager.filter(pk=pot.pk).update(state="draft")
    with pytest.raises(ValidationError, match="signed, active or ended"):
        adjust(pot, 30)


def test_the_line_stands_in_one_more_statement_that_joins_the_last(ended, adjust, ruth, today):
    """The last statement covers the last day already; the line of a later day comes in the next one."""
    last = ended.last_on
    at = timezone.now() + (last - today + 3 * A_DAY)
    first = next_statement_from(ended)
    one = give_out_statement(ended, first_on=first, last_on=last, by=ruth, at=at)
    adjust(ended, 90, at=at)
    line = TimeEntry.objects.get(kind="adjust", minutes=90)
    assert line.posted_on == timezone.localdate(at)
    later = at + A_DAY
    assert list(Agreement.objects.waiting_for_statements(timezone.localdate(later))) == [ended]
    two = give_out_statement(ended, first_on=last + A_DAY, last_on=line.posted_on, by=ruth, at=later)
    assert (one.closing_minutes, two.opening_minutes, two.closing_minutes) == (-90, -90, 0)
    assert two.figures[1] == [line.posted_on.isoformat(), "Adjusted: A mistake put right", 90, 0]
    assert list(Agreement.objects.waiting_for_statements(timezone.localdate(later + A_DAY))) == []


def test_the_lead_asks_on_the_page_and_reads_what_is_too_much(client, sign_in, ruth, ended):
    page = sign_in(client, ruth).get(ended.get_absolute_url())
    assert f"{ended.get_absolute_url()}adjust/" in page.text
    form = OpenForm(client, f"{ended.get_absolute_url()}adjust/")
    assert (
        "This agreement has ended: no more can be added or taken away than brings it to nothing."
        in form.page.text
    )
    said = {"way": "add", "reason": "put_right"}
    assert problems(form.send(minutes="91", **said)) == [
        "The agreement has ended. At most 1 hour 30 minutes can be added, which brings it to nothing."
    ]
    response = form.send(minutes="90", **said)
    assert banners(client.get(response.url)) == ["Asked for. It changes nothing until somebody else agrees."]


def test_the_page_of_an_ended_agreement_costs_no_more(client, sign_in, ruth, ended):
    assert cost(sign_in(client, ruth), ended.get_absolute_url()) <= AT_MOST
