"""The head buys in five clicks; the SENCO asks, the head orders, the service agrees."""

import pytest

from schools.models import Order

NO_SCRIPT = {"java_script_enabled": False}
START = "/time/buy/"


@pytest.fixture
def on_offer(bought, calendar, priya):
    """Time on offer, a calendar, and a clinician who could come."""
    return bought


def begin(person):
    person.page.goto(f"{person.origin}{START}")


@pytest.mark.parametrize("options", [{}, NO_SCRIPT], ids=["script", "no script"])
def test_the_head_buys_six_half_days(hand, on_offer, hana, options):
    head = hand(hana, **options)
    head.page.goto(f"{head.origin}/time/")
    with head.counting() as cost:
        head.press("Buy more time")
        assert head.says("Orders over £1,000.00 need an approver to approve them. You are one.")
        head.press("Continue")
        assert head.heading() == "When do you want it?"
        assert head.says("The earliest free half days")
        head.press("Continue")
        head.page.get_by_label("Purchase order number (optional)").press_sequentially("PO-2041")
        head.press("Continue")
        assert head.says("PO-2041")
        head.press("Confirm order")
    assert cost.clicks == 5
    assert head.says("Order number 1, 6 half days")
    order = Order.objects.get()
    assert (order.quantity, order.purchase_order_number, order.state) == (6, "PO-2041", "requested")


def test_the_senco_asks_and_the_head_orders(hand, on_offer, sam, hana):
    senco = hand(sam)
    begin(senco)
    with senco.counting() as cost:
        senco.choose("3 half days")
        senco.press("Continue")
        senco.press("Continue")
        senco.press("Ask the head")
    assert cost.clicks == 4
    assert senco.says("The head is asked")

    head = hand(hana)
    head.page.goto(f"{head.origin}/orders/")
    with head.counting() as cost:
        head.follow("Order 1")
        head.press("Approve and order")
    assert cost.clicks == 2
    assert head.says("Order 1 is requested now.")
    senco.page.goto(f"{senco.origin}/orders/1/")
    assert senco.says("Requested")


def test_back_keeps_what_was_chosen(hand, on_offer, hana):
    head = hand(hana)
    begin(head)
    head.choose("9 half days, £2,250.00")
    head.press("Continue")
    head.follow("Back")
    assert head.page.get_by_role("radio", name="9 half days, £2,250.00", exact=True).is_checked()
