"""A purchase order number is printed on papers about money: a name alone, or a formula, does not fit."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.models import Order
from schools.order_numbers import require_order_number
from schools.services import draft_agreement, order_time
from tests.cast import role_of
from tests.filling import as_sent, parsed, problems

WORDS = (
    "Purchase order number must be letters, digits, spaces and - / . # only, with a digit in it, like PO-2041"
)
LONG = "Purchase order number must be 30 characters or fewer"
BAD = [
    *(("Robin Underhay", WORDS), ("for Robin, year 4", WORDS), ("=1+2", WORDS), ("@1", WORDS), ("-1", WORDS)),
    *(("<b>1</b>", WORDS), ("PO 1\n2", WORDS), ("PO ٣", WORDS), ("№ 7", WORDS), ("é7", WORDS)),
    *(("1" * 31, LONG), ("x" * 100_000, LONG)),
]
PAGE = "/time/buy/order-number/?quantity=6"


@pytest.mark.parametrize("number", ["", "7", "PO-2041", "TH 117/B", "45000.12 #3", "1" * 30])
def test_what_a_number_looks_like(number):
    require_order_number(number)


@pytest.mark.parametrize(("typed", "message"), BAD)
def test_what_is_none_is_refused(typed, message):
    with pytest.raises(ValidationError) as refusal:
        require_order_number(typed)
    assert refusal.value.messages == [message]


@pytest.mark.parametrize(("typed", "message"), BAD)
def test_it_is_refused_beside_the_box_and_stays_there(client, sign_in, hana, bought, typed, message):
    page = sign_in(client, hana).post(PAGE, {"po": typed})
    assert problems(page) == [message]
    assert as_sent(page)["po"] == [typed]


def test_a_number_forged_into_the_address_is_not_ordered_with(client, sign_in, hana, bought):
    url = "/time/buy/check/?quantity=2&po=Robin"
    page = sign_in(client, hana).get(url)
    page = client.post(url, {name: values[0] for name, values in as_sent(page).items()})
    assert WORDS in parsed(page).main.get_text()
    assert not Order.objects.exists()


def test_approving_refuses_it_beside_the_box_and_orders_nothing(client, sign_in, sam, bo, bought):
    order_time(bought, quantity=2, seen_price=None, by=sam, role=role_of(sam), at=timezone.now())
    sign_in(client, bo)
    page = client.post("/orders/1/approve/", {"po": "Robin", "seen_price": "500.00"})
    assert problems(page) == [WORDS]
    assert as_sent(page)["po"] == ["Robin"]
    assert parsed(page).title.get_text().startswith("Error: Order 1 ")
    assert Order.objects.get().state == "asked"
    client.post("/orders/1/approve/", {"po": "PO-7", "seen_price": "500.00"})
    assert (Order.objects.get().state, Order.objects.get().purchase_order_number) == ("requested", "PO-7")


def stored(order, number):
    """As it was written before numbers had a rule."""
    Order._base_manager.filter(pk=order.pk).update(purchase_order_number=number)


@pytest.mark.parametrize(("number", "offered"), [("Robin", "PO-9"), ("7" * 40, "PO-9"), ("7" * 30, "7" * 30)])
def test_a_number_that_would_be_refused_is_not_offered(
    client, sign_in, hana, make_agreement, make_order, number, offered
):
    pot = make_agreement(purchase_order_number="PO-9")
    stored(make_order(pot), number)
    sign_in(client, hana)
    assert as_sent(client.get(PAGE))["po"] == [offered]
    check = parsed(client.get(PAGE.replace("order-number", "check")))
    assert offered in [cell.get_text(strip=True) for cell in check.select("dd")]


def test_nor_is_that_of_the_agreement(client, sign_in, hana, bought):
    type(bought)._base_manager.filter(pk=bought.pk).update(purchase_order_number="for Robin")
    assert as_sent(sign_in(client, hana).get(PAGE))["po"] == [""]


def test_what_stands_in_the_address_is_cut_at_the_longest_number(client, sign_in, hana, bought):
    page = sign_in(client, hana).get(f"{PAGE}&po={'7' * 40}")
    assert as_sent(page)["po"] == ["7" * 30]


def test_no_service_takes_it(bought, bo, quillbrook, today):
    year = {"first_on": today, "last_on": today, "unit_price": 250, "purchase_order_number": "Robin"}
    with pytest.raises(ValidationError, match="must be letters"):
        draft_agreement(quillbrook, schools=[], fields=year, by=bo)
    said = {"quantity": 1, "seen_price": bought.unit_price, "by": bo, "role": role_of(bo)}
    with pytest.raises(ValidationError, match="must be letters"):
        order_time(bought, **said, at=timezone.now(), purchase_order_number="Robin")
