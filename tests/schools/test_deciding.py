"""What is read before time is ordered, approved, accepted or cancelled: what it does, and the rules."""

from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Order
from schools.sentences import price_sentences, time_sentences
from schools.services import agree_order, cancel_order, offer_less, order_time
from tests.cast import role_of
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed

START, CHECK = "/time/buy/", "/time/buy/check/?quantity=6"
NOTICE = (
    "If the school cancels a visit with less than 7 days’ notice, all of its planned time counts as used."
)
INVOICE = "The whole order is invoiced when it is agreed."
AFTER = (
    "The service agrees, offers less or declines. You can cancel the order until the service agrees. After "
    "that only the service can cancel what is not used or booked: ask it."
)


@pytest.fixture
def order(bought, bo):
    def make(quantity=4, by=bo):
        role, at = role_of(by), timezone.now()
        price = None if role.kind == "link_staff" else bought.unit_price * quantity
        return order_time(bought, quantity=quantity, seen_price=price, by=by, role=role, at=at)

    return make


def rules_of(page, selector):
    return [item.get_text(strip=True) for item in parsed(page).select(f"{selector} li")]


def visible(page):
    """What stands in a page before anything of it is opened."""
    tree = parsed(page)
    for closed in tree.select("main details"):
        closed.decompose()
    return " ".join(tree.select_one("main").get_text(" ").split())


@pytest.mark.parametrize("url", [START, CHECK])
def test_all_rules_of_the_agreement_are_on_the_first_page_and_on_the_last(client, sign_in, hana, bought, url):
    page = sign_in(client, hana).get(url)
    assert rules_of(page, "details") == time_sentences(bought) + price_sentences(bought)


@pytest.mark.parametrize("url", [START, CHECK])
def test_link_staff_read_the_rules_of_time_alone(client, sign_in, sam, bought, url):
    page = sign_in(client, sam).get(url)
    assert rules_of(page, "details") == time_sentences(bought)
    assert "£" not in page.text


def test_the_last_page_says_in_the_open_what_costs_and_when_time_is_lost(client, sign_in, hana, sam, bought):
    (expiry,) = [words for words in time_sentences(bought) if "expires after" in words]
    for person, invoice in ((hana, True), (sam, False)):
        said = visible(sign_in(client, person).get(CHECK))
        assert (NOTICE in said, expiry in said, INVOICE in said) == (True, True, invoice)


def test_the_last_page_says_the_school_the_time_in_hours_and_what_happens_next(client, sign_in, hana, bought):
    said = main_text(sign_in(client, hana).get(CHECK))
    assert "School Quillbrook Primary School" in said
    assert "How much 6 half days (18 hours) Change" in said
    assert f"What happens next {AFTER}" in said


def test_what_approving_does_stands_above_the_button(client, sign_in, bo, hana, bought, order):
    order(6)
    days = "from the agreement of"
    said = visible(sign_in(client, hana).get("/orders/1/"))
    bought_for = "Approving orders 6 half days (18 hours) for £1,500.00 for Quillbrook Primary School"
    assert f"{bought_for}, {days}" in said
    assert said.index(NOTICE) < said.index(bought_for) < said.index(AFTER)
    assert "Approving orders" not in main_text(sign_in(client, bo).get("/orders/1/"))


def test_who_makes_an_order_of_what_was_asked_reads_whether_somebody_approves_it(
    client, sign_in, sam, bo, hana, order
):
    order(6, by=sam)
    waits = "It waits for an approver: Hana Sorensen."
    assert waits in main_text(sign_in(client, bo).get("/orders/1/"))
    mine = "You are an approver, so nobody else has to approve it."
    assert mine in main_text(sign_in(client, hana).get("/orders/1/"))


def test_what_was_asked_is_not_ordered_at_a_price_that_no_page_showed(client, sign_in, sam, bo, order):
    order(2, by=sam)
    response = sign_in(client, bo).post("/orders/1/approve/", {"po": "PO-1"})
    assert banners(client.get(response.url)) == ["The price was not shown. Look at it, then approve again."]
    assert Order.objects.get().state == "asked"


def test_what_accepting_an_offer_does_stands_above_the_button(client, sign_in, bo, ruth, order):
    offer_less(order(4), quantity=2, by=ruth, at=timezone.now())
    said = visible(sign_in(client, bo).get("/orders/1/"))
    assert (
        "Accepting buys 2 half days (6 hours) for £500.00 for Quillbrook Primary School, in place of 4 half "
        "days (12 hours) for £1,000.00. The time can be booked at once. After that only the service can "
        "cancel what is not used or booked: ask it."
    ) in said
    assert NOTICE in said


def test_an_offer_over_the_limit_is_accepted_by_an_approver_alone(
    client, sign_in, bo, hana, ruth, bought, order
):
    offer = offer_less(order(4), quantity=3, by=ruth, at=timezone.now())
    offer.offered_price = Decimal("1000.01")
    save_tracked(offer, by=ruth, reason="A dearer package")
    page = sign_in(client, bo).get("/orders/1/")
    assert "This offer is over £1,000.00. An approver has to accept it: Hana Sorensen." in main_text(page)
    assert "/accept/" not in page.text
    assert "/accept/" in sign_in(client, hana).get("/orders/1/").text


def test_cancelling_asks_first(client, sign_in, bo, sam, order):
    order(4)
    order(2, by=sam)
    page = sign_in(client, bo).get("/orders/1/cancel/")
    assert "How much 4 half days (12 hours) Price £1,000.00" in main_text(page)
    assert Order.objects.get(number=1).state == "requested"
    client.post("/orders/1/cancel/")
    assert Order.objects.get(number=1).state == "cancelled"
    page = sign_in(client, sam).get("/orders/2/cancel/")
    assert "How much 2 half days (6 hours)" in main_text(page)
    assert "£" not in page.text


def test_what_is_agreed_cannot_be_cancelled_and_has_no_button(client, sign_in, bo, ruth, order):
    agree_order(order(4), by=ruth, at=timezone.now())
    page = sign_in(client, bo).get("/orders/1/cancel/")
    said = "This order is agreed. Now only the service can cancel what is not used or booked: ask it."
    assert said in main_text(page)
    assert not parsed(page).select("main form")


def test_what_is_closed_cannot_be_cancelled_by_anybody(client, sign_in, bo, order):
    cancel_order(order(4), by=bo, at=timezone.now())
    said = main_text(sign_in(client, bo).get("/orders/1/cancel/"))
    assert "This order cannot be cancelled any more. It is: Cancelled." in said


def test_the_page_of_an_order_and_the_one_that_cancels_it_say_how_much_alike(client, sign_in, bo, order):
    order(4)
    sign_in(client, bo)
    for url in ("/orders/1/", "/orders/1/cancel/"):
        assert "How much 4 half days (12 hours) Price £1,000.00" in main_text(client.get(url))


def test_a_page_that_decides_asks_few_questions(client, sign_in, sam, bo, ruth, order):
    order(6, by=sam)
    offer_less(order(4), quantity=2, by=ruth, at=timezone.now())
    sign_in(client, bo)
    for url in ("/orders/1/", "/orders/2/", "/orders/1/cancel/"):
        assert cost(client, url) <= AT_MOST
