"""Buying, approving, accepting and cancelling on a screen 320 px wide, with Tab, Enter and Space alone."""

from decimal import Decimal

import pytest
from django.utils import timezone

from schools.models import Order
from schools.services import offer_less, order_time
from tests.cast import role_of

from .keys import fill, go

NOTICE = (
    "If the school cancels a visit with less than 7 days’ notice, all of its planned time counts as used."
)
EXPIRES = "Time that is left expires after"


@pytest.fixture
def on_offer(bought, calendar, priya):
    """Time on offer, a calendar, and a clinician who could come."""
    return bought


def order(agreement, by, quantity):
    role, at = role_of(by), timezone.now()
    price = None if role.kind == "link_staff" else Decimal(250) * quantity
    return order_time(agreement, quantity=quantity, seen_price=price, by=by, role=role, at=at)


def fits(person):
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 320, person.page.url


def open_the_rules(person):
    """They are closed until somebody opens them, without leaving the page."""
    rule = person.page.get_by_text("The time of a visit is rounded up")
    assert not rule.is_visible()
    person.tab_to(person.page.locator("main summary"))
    person.key("Enter")
    assert rule.is_visible()
    fits(person)


def test_the_whole_purchase_without_a_mouse(keyboard, on_offer, hana):
    head = keyboard(hana)
    head.page.goto(f"{head.origin}/time/")
    go(head, "button", "Buy more time")
    open_the_rules(head)
    head.tab_to(head.page.get_by_role("radio", name="6 half days, £1,500.00", exact=True))
    head.key("Space")
    for heading in ("When do you want it?", "Purchase order number"):
        go(head, "button", "Continue")
        assert head.page.get_by_role("main").get_by_text(heading).first.is_visible()
        fits(head)
    fill(head, "Purchase order number (optional)", "Robin Underhay")
    go(head, "button", "Continue")
    assert head.says("Purchase order number must be letters, digits, spaces and - / . # only")
    fits(head)
    fill(head, "Purchase order number (optional)", "")
    head.key("Control+a")
    head.type("PO-2041")
    go(head, "button", "Continue")
    assert head.heading() == "Check your answers"
    assert (head.says(NOTICE), head.says(EXPIRES)) == (True, True)
    assert head.says("6 half days (18 hours)")
    open_the_rules(head)
    go(head, "button", "Confirm order")
    assert head.says("Order number 1, 6 half days")
    fits(head)
    assert head.clicks == 0
    bought = Order.objects.get()
    assert (bought.quantity, bought.purchase_order_number, bought.state) == (6, "PO-2041", "requested")


def test_what_was_asked_is_approved_without_a_mouse(keyboard, on_offer, sam, hana):
    order(on_offer, sam, 6)
    head = keyboard(hana)
    head.page.goto(f"{head.origin}/orders/")
    go(head, "link", "Order 1")
    assert head.says("Approving orders 6 half days (18 hours) for £1,500.00 for Quillbrook Primary School")
    assert head.says(NOTICE)
    open_the_rules(head)
    fill(head, "Purchase order number (optional)", "PO-7")
    go(head, "button", "Approve and order")
    assert head.says("Order 1 is requested now.")
    fits(head)
    assert (head.clicks, Order.objects.get().purchase_order_number) == (0, "PO-7")


def test_less_is_accepted_and_an_order_is_cancelled_without_a_mouse(keyboard, on_offer, bo, ruth):
    offer_less(order(on_offer, bo, 4), quantity=2, by=ruth, at=timezone.now())
    order(on_offer, bo, 3)
    buyer = keyboard(bo)
    buyer.page.goto(f"{buyer.origin}/orders/1/")
    assert buyer.says("Accepting buys 2 half days (6 hours) for £500.00")
    fits(buyer)
    go(buyer, "button", "Accept the offer")
    assert buyer.says("Order 1 is agreed: 2 half days.")
    buyer.page.goto(f"{buyer.origin}/orders/2/")
    go(buyer, "button", "Cancel the order")
    assert buyer.heading() == "Cancel order 2?"
    fits(buyer)
    assert Order.objects.get(number=2).state == "requested"
    go(buyer, "button", "Cancel the order")
    assert buyer.says("Order 2 is cancelled.")
    assert buyer.clicks == 0
