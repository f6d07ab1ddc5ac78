"""When which part of an order is billed, and for how much: arithmetic alone."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.billing import no_term_sentence, parts_by_day, parts_delivered, used_of_orders
from schools.models import Agreement
from schools.money import split, to_the_penny
from web.words import in_units, pounds

YEAR = {"first_on": date(2026, 9, 1), "last_on": date(2027, 8, 31)}
TERMS = [
    (date(2026, 4, 13), date(2026, 7, 21)),
    (date(2026, 9, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 7, 21)),
]
PRICES = st.decimals(0, 99999, places=2)


def order_of(schedule, price="100.00", quantity=6, number=1, cancelled=0, **agreement):
    of = SimpleNamespace(schedule=schedule, **(YEAR | agreement))
    order = SimpleNamespace(
        **{"pk": number, "number": number, "agreement": of, "quantity": quantity, "price": Decimal(price)},
        **{"unit_price": Decimal("250.00"), "minutes": quantity * 180, "how_much": f"{quantity} half days"},
        **{"cancelled_minutes": cancelled, "kept_minutes": quantity * 180 - cancelled},
    )
    order.in_words = lambda minutes: in_units(minutes, "half day", 180)
    return order


def days_and_amounts(order, agreed_on=date(2026, 9, 1), terms=TERMS, **billed):
    billed = {name: Decimal(amount) for name, amount in billed.items()}
    return [(part.due_on, str(part.amount)) for part in parts_by_day(order, agreed_on, terms, billed)]


@pytest.mark.parametrize(("amount", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68")])
def test_half_a_penny_goes_up(amount, rounded):
    assert str(to_the_penny(Decimal(amount))) == rounded


def test_an_amount_in_words_of_money():
    assert [pounds(Decimal(n)) for n in ("1250", "0", "-9.5")] == ["£1,250.00", "£0.00", "minus £9.50"]


@given(PRICES, st.lists(st.integers(1, 12), min_size=1, max_size=12))
def test_parts_make_up_the_price(price, shares):
    parts = split(price, shares)
    assert sum(parts) == price
    assert all(part == to_the_penny(part) for part in parts)


def test_all_of_it_is_billed_when_the_order_is_agreed():
    assert days_and_amounts(order_of("at_once")) == [(date(2026, 9, 1), "100.00")]


def test_a_third_is_billed_on_the_first_day_of_each_term_and_the_last_takes_the_penny():
    assert days_and_amounts(order_of("termly")) == [
        (date(2026, 9, 2), "33.33"),
        (date(2027, 1, 4), "33.33"),
        (date(2027, 4, 12), "33.34"),
    ]


def test_an_order_agreed_late_is_billed_at_once_for_the_terms_that_have_begun():
    found = days_and_amounts(order_of("termly"), agreed_on=date(2027, 2, 1))
    assert [day for day, _ in found] == [date(2027, 2, 1), date(2027, 2, 1), date(2027, 4, 12)]


def test_a_year_from_april_to_march_has_its_own_three_terms():
    terms = [*TERMS, (date(2027, 9, 1), date(2027, 12, 17)), (date(2028, 1, 4), date(2028, 3, 30))]
    order = order_of("termly", first_on=date(2027, 4, 1), last_on=date(2028, 3, 31))
    days = [day for day, _ in days_and_amounts(order, date(2027, 4, 1), terms)]
    assert days == [date(2027, 4, 12), date(2027, 9, 1), date(2028, 1, 4)]


def test_a_year_that_begins_in_a_term_bills_that_term_on_its_first_day():
    order = order_of("termly", first_on=date(2026, 10, 1))
    assert [day for day, _ in days_and_amounts(order)] == [
        date(2026, 10, 1), date(2027, 1, 4), date(2027, 4, 12),
    ]  # fmt: skip


def test_what_there_is_no_term_for_is_billed_on_the_last_day():
    assert [day for day, _ in days_and_amounts(order_of("termly"), terms=[])] == [date(2027, 8, 31)] * 3


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ([], "No terms in the calendar for this year: each order is billed on its last day, 31 August 2027."),
        (
            TERMS[1:2],
            "Only 1 term in the calendar for this year: two thirds of each order is billed on its last day, "
            "31 August 2027.",
        ),
        (
            TERMS[:3],
            "Only 2 terms in the calendar for this year: a third of each order is billed on its last day, "
            "31 August 2027.",
        ),
        (TERMS, ""),
    ],
)
def test_what_there_is_no_term_for_is_said_beforehand(terms, says):
    assert no_term_sentence(Agreement(schedule="termly", **YEAR), terms) == says
    assert no_term_sentence(Agreement(schedule="at_once", **YEAR), terms) == ""


def test_seven_twelfths_are_billed_in_september_and_five_in_april():
    assert days_and_amounts(order_of("two_years")) == [
        (date(2026, 9, 1), "58.33"), (date(2027, 4, 1), "41.67"),
    ]  # fmt: skip


def test_in_a_year_from_april_the_five_twelfths_come_first():
    order = order_of("two_years", first_on=date(2027, 4, 1), last_on=date(2028, 3, 31))
    assert days_and_amounts(order) == [(date(2027, 4, 1), "41.67"), (date(2027, 9, 1), "58.33")]


def month(number):
    return date(2026 + (number + 7) // 12, (number + 7) % 12 + 1, 1)


def billed_by(order, used, on, billed=None):
    return {part.name: str(part.amount) for part in parts_delivered(order, used, billed or {}, on)}


def test_each_month_what_was_used_is_billed_and_the_last_takes_the_rest():
    order = order_of("on_delivery", price="1000.00")
    used = {month(1): 180, month(2): 180, month(3): 500}
    assert billed_by(order, used, date(2026, 10, 31)) == {"2026-09": "166.67"}
    assert billed_by(order, used, date(2026, 12, 1)) == {"2026-09": "166.67", "2026-11": "296.29"}
    assert billed_by(order, used, date(2027, 9, 1)) == {
        "2026-09": "166.67", "2026-11": "296.29", "rest": "537.04",
    }  # fmt: skip


def test_a_month_is_billed_when_it_is_over_and_the_rest_when_the_year_is():
    order = order_of("on_delivery", price="1000.00")
    used = {month(1): 180, month(2): 360}
    assert [billed_by(order, used, day) for day in (date(2026, 9, 30), date(2026, 10, 31))] == [
        {}, {"2026-09": "166.67"},
    ]  # fmt: skip
    assert "rest" not in billed_by(order, used, date(2027, 8, 31))
    assert "rest" in billed_by(order, used, date(2027, 9, 1))


def test_nothing_is_billed_past_the_price_when_time_is_used_after_the_rest_was_billed():
    order = order_of("on_delivery", price="1000.00")
    used = {month(1): 180, date(2027, 9, 1): 540}
    billed = {"2026-09": Decimal("166.67"), "rest": Decimal("833.33")}
    assert billed_by(order, used, date(2027, 10, 1), billed) == {}


def test_a_correction_downwards_bills_nothing_until_more_was_used():
    order = order_of("on_delivery", price="1080.00")
    used = {month(1): 180, month(2): 120, month(3): 240}
    assert billed_by(order, used, date(2027, 1, 1)) == {"2026-09": "180.00", "2026-11": "60.00"}


def test_the_first_order_is_used_first_after_what_was_brought_over():
    first, second = order_of("on_delivery", number=1), order_of("on_delivery", number=2)
    first.agreed_at, second.agreed_at = month(1), month(2)
    used = {month(1): 1000, month(2): 500}
    found = used_of_orders([second, first], used, {month(1): 180})
    assert found == {1: {month(1): 820, month(2): 1080}, 2: {month(1): 0, month(2): 240}}


def test_an_order_agreed_later_takes_no_month_from_one_before_it_whatever_their_numbers():
    late, early = order_of("on_delivery", number=1), order_of("on_delivery", number=2)
    late.agreed_at, early.agreed_at = month(3), month(1)
    found = used_of_orders([late, early], {month(1): 500, month(2): 400}, {})
    assert found == {2: {month(1): 500, month(2): 900}, 1: {month(1): 0, month(2): 0}}


def test_what_is_brought_over_later_changes_no_month_before_it():
    order = order_of("on_delivery", number=1)
    order.agreed_at = month(1)
    found = used_of_orders([order], {month(1): 300, month(2): 300}, {month(2): 100})
    assert found == {1: {month(1): 300, month(2): 500}}


@given(PRICES, st.integers(1, 40), st.lists(st.integers(-300, 600), max_size=12), st.data())
def test_month_by_month_it_comes_to_the_price_however_often_it_is_taken_back(price, quantity, moves, data):
    order, billed, used, total = order_of("on_delivery", str(price), quantity), {}, {}, 0
    for number, minutes in enumerate(moves, start=1):
        total = max(0, total + minutes)
        used[month(number)] = min(total, order.minutes)
        billed |= {p.name: p.amount for p in parts_delivered(order, used, billed, month(number + 1))}
        assert sum(billed.values()) <= price
        for name in data.draw(
            st.lists(st.sampled_from(sorted(billed)), unique=True) if billed else st.just([])
        ):
            del billed[name]
    end = YEAR["last_on"] + timedelta(days=31)
    billed |= {part.name: part.amount for part in parts_delivered(order, used, billed, end)}
    assert sum(billed.values()) == price
    assert all(amount >= 0 for amount in billed.values())
