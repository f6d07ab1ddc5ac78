"""The pages of buying, of orders and of questions about time, as axe sees them on a phone and a desk."""

from decimal import Decimal

import pytest
from django.utils import timezone

from schools.services import ask_about, order_time, set_capacity
from tests.cast import role_of

CHOSEN = "?quantity=6&when=any&po=PO-2041"
BUYING = [f"/time/buy/{page}{CHOSEN}" for page in ("", "when/", "order-number/", "check/")]
PAGES = {
    "hana": [*BUYING, "/orders/", "/orders/1/", "/orders/1/sent/", "/orders/1/decline/", "/orders/3/"],
    "ruth": [
        "/orders/",
        "/orders/2/",
        "/orders/2/agree/",
        "/orders/2/offer/",
        "/capacity/",
        "/time/queries/",
    ],
    "sam": ["/time/buy/", f"/time/buy/check/{CHOSEN}", "/orders/3/"],
}


@pytest.fixture
def line(bought, core, calendar, priya, hana, bo, sam, ruth, service, today):
    """A line that was asked about, orders in three states, and a clinician with little time."""
    at = timezone.now()
    for quantity, by in ((6, bo), (3, bo), (2, sam)):
        seen_price = bought.unit_price * Decimal(quantity) if by == bo else None
        order_time(bought, quantity=quantity, seen_price=seen_price, by=by, role=role_of(by), at=at)
    set_capacity(service, priya, minutes_a_week=10, from_on=today, by=ruth)
    line = core.entries.get()
    ask_about(line, words="Was this a half day?", by=sam, at=at)
    return line


@pytest.mark.parametrize("width", [320, 1280])
def test_each_page_is_sound(hand, request, line, width):
    about_the_line = f"/time/lines/{line.pk}/query/"
    for name, addresses in PAGES.items():
        person = hand(request.getfixturevalue(name))
        person.page.set_viewport_size({"width": width, "height": 800})
        for address in [*addresses, about_the_line]:
            person.page.goto(f"{person.origin}{address}")
            person.sees()
