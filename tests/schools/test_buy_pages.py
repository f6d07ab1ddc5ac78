"""H2: buying in four pages, and asking the head."""

import re
from decimal import Decimal
from html import unescape

import pytest

from accounts.services import save_tracked
from schools.models import Order, Package
from tests.cost import AT_MOST, cost

START = "/time/buy/"


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]


def words(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


def choose(client, quantity=6, when="any", po="PO-77"):
    """To the last page, as the browser goes; None leaves a page as it was offered."""
    page = client.post(START, {"quantity": quantity})
    page = client.post(page.url, {"when": when})
    page = client.post(page.url, {"po": po})
    return page.url


def confirm(client, url, **more):
    page = client.get(url)
    sent = {name: hidden(page, name) for name in ("form_key", "seen_price")}
    return client.post(url, sent | more), sent


def test_four_pages_lead_to_an_order_and_its_number(client, sign_in, hana, bought, calendar, priya):
    sign_in(client, hana)
    url = choose(client)
    check = words(client.get(url))
    for said in ("6 half days", "£1,500.00", "Any time until", "PO-77", "You are an approver"):
        assert said in check
    answer, _ = confirm(client, url)
    assert answer.url == "/orders/1/sent/"
    assert "Order number 1, 6 half days" in words(client.get(answer.url))
    order = Order.objects.get()
    found = (order.state, order.price, order.purchase_order_number, order.wanted_from_on)
    assert found == ("requested", Decimal("1500.00"), "PO-77", None)


def test_confirming_twice_makes_one_order(client, sign_in, hana, bought):
    url = choose(sign_in(client, hana))
    answer, sent = confirm(client, url)
    assert client.post(url, sent).url == answer.url
    assert Order.objects.count() == 1


def test_a_price_that_changed_meanwhile_is_shown_and_confirmed_afresh(
    client, sign_in, hana, bought, admin_person
):
    url = choose(sign_in(client, hana))
    seen = client.get(url)
    bought.unit_price = Decimal("260.00")
    save_tracked(bought, by=admin_person, reason="New price")
    sent = {name: hidden(seen, name) for name in ("form_key", "seen_price")}
    again = client.post(url, sent)
    assert "It was £1,500.00 and is now £1,560.00." in words(again)
    assert not Order.objects.exists()
    client.post(url, {name: hidden(again, name) for name in ("form_key", "seen_price")})
    assert Order.objects.get().price == Decimal("1560.00")


@pytest.mark.parametrize("price", ["", "NaN", "1e9", "-1500.00", "1500", "\0"])
def test_a_price_that_no_page_showed_orders_nothing(client, sign_in, hana, bought, price):
    url = choose(sign_in(client, hana))
    answer, _ = confirm(client, url, seen_price=price)
    assert "The price changed while you had the page open. It was not shown" in words(answer)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("0", "must be between 1 and 400"),
        ("-3", "must be between 1 and 400"),
        ("10000", "must be between 1 and 400"),
        ("9" * 30, "must be between 1 and 400"),
        ("1.5", "must be a whole number"),
        ("six", "must be a whole number"),
        ("", "Enter the number of half days"),
    ],
)
def test_another_amount_is_a_number_and_what_was_typed_stays(client, sign_in, hana, bought, other, said):
    page = sign_in(client, hana).post(START, {"quantity": "other", "other": other})
    assert page.status_code == 200
    assert said in words(page)
    assert f'value="{other}"' in page.text or not other


def test_another_amount_counts_only_under_its_own_choice(client, sign_in, hana, bought):
    page = sign_in(client, hana).post(START, {"quantity": "3", "other": "six"})
    assert "quantity=3" in page.url


@pytest.mark.parametrize("quantity", ["0", "401", "-1", "1.5", "x", "9" * 40, "\0", "٣"])
def test_an_address_without_a_quantity_begins_again(client, sign_in, hana, bought, quantity):
    answer = sign_in(client, hana).get("/time/buy/check/", {"quantity": quantity})
    assert answer.status_code == 302
    assert answer.url.startswith(START)


def test_packages_are_offered_in_place_of_the_usual_numbers(client, sign_in, bo, bought, admin_person):
    for units, price in ((5, "1200.00"), (10, "2300.00")):
        package = Package(agreement=bought, units=units, price=Decimal(price))
        save_tracked(package, by=admin_person, reason="Package")
    page = words(sign_in(client, bo).get(START))
    assert "5 half days, £1,200.00" in page
    assert "10 half days, £2,300.00" in page
    assert "3 half days" not in page


def test_the_rule_is_read_before_the_start(client, sign_in, bo, hana, bought):
    said = "Orders over £1,000.00 need an approver to approve them: Hana Sorensen."
    assert said in words(sign_in(client, bo).get(START))


def test_the_number_of_the_last_order_is_offered_again(client, sign_in, hana, bought):
    url = choose(sign_in(client, hana))
    confirm(client, url)
    page = client.get("/time/buy/order-number/?quantity=3")
    assert 'value="PO-77"' in page.text


def test_going_back_keeps_what_was_chosen(client, sign_in, hana, bought, calendar):
    url = choose(sign_in(client, hana), quantity=9, when="this-term")
    query = url.split("?")[1]
    assert re.search(r'value="9"[^>]*checked', client.get(f"{START}?{query}").text)
    assert re.search(r'value="this-term"[^>]*checked', client.get(f"/time/buy/when/?{query}").text)
    changed = client.post(f"{START}?{query}&change=1", {"quantity": "3"})
    assert changed.url.startswith("/time/buy/check/")
    assert "when=this-term" in changed.url
    confirm(client, changed.url)
    order = Order.objects.get()
    assert (order.quantity, order.wanted_until_on) == (3, bought.last_on)


def test_a_school_without_an_agreement_reads_why(client, sign_in, hana):
    assert "There is no agreement to order from." in words(sign_in(client, hana).get(START))
    assert client.post(START, {"quantity": "3"}).status_code == 200


def test_link_staff_ask_and_read_no_price(client, sign_in, sam, bought, calendar, priya):
    sign_in(client, sam)
    pages = [client.get(START)]
    url = client.post(START, {"quantity": 3}).url
    pages.append(client.get(url))
    url = client.post(url, {"when": "any"}).url
    pages.append(client.get(url))
    answer = client.post(url, {"form_key": hidden(pages[-1], "form_key")})
    pages += [client.get(answer.url), client.get("/orders/1/"), client.get("/orders/")]
    assert not any("£" in page.text for page in pages)
    assert Order.objects.get().state == "asked"


@pytest.mark.parametrize("page", ["", "when/", "order-number/", "check/"])
def test_a_page_of_the_journey_asks_few_questions(client, sign_in, hana, bought, calendar, priya, page):
    assert cost(sign_in(client, hana), f"{START}{page}?quantity=6") <= AT_MOST


def test_the_free_times_are_said_in_the_unit_of_the_agreement(
    client, sign_in, hana, make_agreement, calendar, priya
):
    make_agreement(unit="day", unit_minutes=390)
    page = words(sign_in(client, hana).get("/time/buy/when/?quantity=2"))
    assert "The earliest free days" in page
    assert page.count("9am to 3:30pm, Priya Nair") == 3
