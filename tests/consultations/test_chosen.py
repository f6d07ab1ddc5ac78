"""The rows of steps in a half-written plan, one strategy more or less."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from consultations.forms.chosen import FULL, chosen_in, with_strategy, without_strategy

CORNER = SimpleNamespace(pk=7, title="A quiet corner")
TYPED = {"concern": ["Cries"], "goals-0-what": ["Calm"]}


def rows(*rows, total=None):
    named = {f"steps-{n}-{name}": [value] for n, row in enumerate(rows) for name, value in row.items()}
    return TYPED | named | {"steps-TOTAL_FORMS": [str(total or len(rows))]}


OFFERED = {"strategy": "7", "title": "A quiet corner"}
OWN = {"what": "Meet Robin", "who": "3"}
EMPTY = {"what": "", "who": ""}


def test_a_strategy_that_is_offered_is_ticked_where_it_stands():
    assert with_strategy(rows(OFFERED, OWN), CORNER) == rows(OFFERED | {"chosen": "on"}, OWN)


def test_another_one_gets_a_row_before_the_empty_ones_and_nothing_typed_moves():
    added = OFFERED | {"chosen": "on"}
    assert with_strategy(rows(OWN, EMPTY, EMPTY), CORNER) == rows(OWN, added, EMPTY, EMPTY)


def test_added_twice_it_stands_there_once():
    once = with_strategy(rows(OWN), CORNER)
    assert with_strategy(once, CORNER) == once
    assert chosen_in(once) == [("7", "A quiet corner")]


def test_taken_out_it_keeps_what_was_typed_beside_it():
    ticked = rows(OFFERED | {"chosen": "on", "who": "3"}, OWN)
    assert without_strategy(ticked, 7) == rows(OFFERED | {"who": "3"}, OWN)
    assert chosen_in(without_strategy(ticked, 7)) == []


def test_a_step_whose_page_was_deleted_is_still_chosen():
    kept = {"strategy": "", "title": "A quiet corner", "chosen": "on"}
    assert chosen_in(rows(kept)) == [("", "A quiet corner")]


def test_in_a_full_plan_an_offer_nobody_ticked_makes_room():
    offers = [{"strategy": str(n), "title": "Other"} for n in (8, 9)]
    full = [OWN] * 18 + offers
    found = with_strategy(rows(*full), CORNER)
    assert found == rows(*[OWN] * 18, offers[0], OFFERED | {"chosen": "on"})


def test_a_plan_full_of_what_was_typed_takes_no_more():
    with pytest.raises(ValidationError, match="A plan holds up to 20 steps. Take one out of the plan first."):
        with_strategy(rows(*[OWN] * 20), CORNER)
    assert "up to 20" in FULL


@pytest.mark.parametrize("total", ["", "-1", "x", "9" * 30, "٣"])
def test_a_number_of_rows_that_is_none_breaks_nothing(total):
    forged = TYPED | {"steps-TOTAL_FORMS": [total], "steps-0-what": ["Meet Robin"], "steps-99-what": ["x"]}
    assert chosen_in(with_strategy(forged, CORNER)) == [("7", "A quiet corner")]


def test_a_step_of_the_version_before_is_added_anew_as_the_page_is_now():
    """Unticked, its row still holds which step it was, and that would bring back what the page was called."""
    renamed = SimpleNamespace(pk=7, title="A calm corner")
    before = rows(OFFERED | {"kept": "a1b2", "who": "3"}, OWN)
    anew = {"strategy": "7", "title": "A calm corner", "chosen": "on", "who": "3"}
    assert with_strategy(before, renamed) == rows(anew, OWN)


def test_a_step_that_is_ticked_stays_what_it_was():
    ticked = rows(OFFERED | {"kept": "a1b2", "chosen": "on"})
    assert with_strategy(ticked, SimpleNamespace(pk=7, title="A calm corner")) == ticked


def test_a_draft_that_does_not_say_the_titles_still_says_what_is_ticked():
    assert chosen_in(rows({"strategy": "7", "chosen": "on"}, {"chosen": "on"})) == [("7", "")]
