"""H3 to H6: orders, one order and its buttons, capacity, and queries about a line."""

import re
from html import unescape

import pytest
from django.utils import timezone

from schools.models import Capacity, EntryQuery, Order
from schools.services import agree_order, ask_about, offer_less, order_time, set_capacity
from schools.services.ledger import post
from tests.cast import give_role, role_of
from tests.cost import AT_MOST, cost
from tests.places import new_person


def words(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


@pytest.fixture
def order(bought, bo):
    def make(quantity=3, by=bo):
        at, price = timezone.now(), bought.unit_price * quantity
        return order_time(bought, quantity=quantity, seen_price=price, by=by, role=role_of(by), at=at)

    return make


def state():
    return Order.objects.get().state


def press(client, button, **sent):
    return client.post(f"/orders/1/{button}/", sent, follow=True)


def test_bo_orders_over_the_limit_and_hana_approves(client, sign_in, order, bo, hana):
    order(6)
    page = sign_in(client, bo).get("/orders/1/")
    assert "Waits for an approver" in words(page)
    assert "/orders/1/approve/" not in page.text
    assert client.post("/orders/1/approve/").status_code == 403
    assert "/orders/1/approve/" in sign_in(client, hana).get("/orders/1/").text
    assert "Order 1 is requested now." in words(press(client, "approve"))
    assert "It is: Requested." in words(press(client, "approve"))


def test_the_lead_agrees_where_the_time_is_there(
    client, sign_in, order, ruth, calendar, priya, service, today
):
    order(4)
    set_capacity(service, priya, minutes_a_week=600, from_on=today, by=ruth)
    page = sign_in(client, ruth).get("/orders/1/agree/")
    assert "Priya Nair can still give" in words(page)
    assert "Agree although the time is short" not in page.text
    assert "is agreed" in words(press(client, "agree"))


def test_the_lead_ticks_where_the_time_is_short(
    client, sign_in, order, hana, ruth, calendar, priya, service, today
):
    order(6, by=hana)
    set_capacity(service, priya, minutes_a_week=20, from_on=today, by=ruth)
    page = sign_in(client, ruth).get("/orders/1/agree/")
    assert "6 half days would have to find a place" in words(page)
    assert "Priya Nair can still give" in words(page)
    assert "Tick that you agree although the time is short" in words(press(client, "agree"))
    assert state() == "requested"
    assert "Order 1 is agreed." in words(press(client, "agree", although="on"))
    assert state() == "agreed"
    press(client, "agree", although="on")
    assert Order.objects.get().entries.count() == 1


def test_without_a_weekly_time_the_lead_reads_that_nobody_knows(
    client, sign_in, order, ruth, priya, calendar
):
    order()
    page = words(sign_in(client, ruth).get("/orders/1/agree/"))
    assert "No weekly time is written down for the clinicians of this school (Priya Nair)" in page
    assert "is agreed" in words(press(client, "agree"))


def test_the_lead_offers_less_and_the_school_accepts(client, sign_in, order, ruth, bo):
    order(4)
    sign_in(client, ruth)
    assert "must be between 1 and 3" in words(press(client, "offer", quantity=4))
    assert "You offered 2 half days." in words(press(client, "offer", quantity=2))
    page = sign_in(client, bo).get("/orders/1/")
    assert "2 half days, £500.00" in words(page)
    assert "Order 1 is agreed: 2 half days." in words(press(client, "accept"))
    assert "It is: Agreed." not in words(press(client, "accept"))


def test_a_reason_is_chosen_from_the_list_of_the_own_side(client, sign_in, order, ruth, sam, bo, bought):
    order_time(bought, quantity=2, seen_price=None, by=sam, role=role_of(sam), at=timezone.now())
    page = sign_in(client, bo).get("/orders/1/decline/")
    assert "There is no money for it now" in page.text
    assert "No clinician has the time" not in page.text
    assert "Select why it is declined" in words(press(client, "decline", because="no_capacity"))
    press(client, "decline", because="no_money")
    assert state() == "declined"
    page = words(sign_in(client, sam).get("/orders/1/"))
    assert "Declined" in page
    assert "There is no money for it now" in page


def test_what_waits_in_the_school_is_not_declined_by_the_lead(client, sign_in, order, ruth):
    order(6)
    assert sign_in(client, ruth).post("/orders/1/decline/", {"because": "too_late"}).status_code == 403


def test_the_head_makes_an_order_of_what_the_senco_asked(client, sign_in, bought, sam, hana):
    order_time(bought, quantity=6, seen_price=None, by=sam, role=role_of(sam), at=timezone.now())
    page = sign_in(client, hana).get("/orders/1/")
    assert "£1,500.00" in words(page)
    assert "is now £1,500.00" in words(press(client, "approve", seen_price="1.00"))
    press(client, "approve", seen_price="1500.00")
    assert state() == "requested"
    assert "Requested" in words(sign_in(client, sam).get("/orders/1/"))


def test_a_school_cancels_before_it_is_agreed(client, sign_in, order, bo, ruth):
    made = order()
    agree_order(order(), by=ruth, at=timezone.now())
    sign_in(client, bo)
    assert "Order 1 is cancelled." in words(press(client, "cancel"))
    said = words(client.post("/orders/2/cancel/", follow=True))
    assert "This order is agreed. Now only the service can cancel what is not used or booked: ask it." in said
    assert made.number == 1


def test_the_lead_filters_by_state_and_strange_ones_show_all(client, sign_in, order, ruth):
    order(3)
    order(6)
    sign_in(client, ruth)
    assert "Order 2" not in words(client.get("/orders/?state=requested"))
    assert "Order 2" in words(client.get("/orders/?state=%00'"))


@pytest.mark.parametrize("number", [2, 10**6, 10**30])
def test_an_order_that_nobody_made_is_not_found(client, sign_in, order, bo, number):
    order()
    assert sign_in(client, bo).get(f"/orders/{number}/").status_code == 404


def test_an_order_of_another_service_is_not_found(client, sign_in, order, noor, other_service, admin_person):
    order()
    lead = give_role(new_person("Vera", "Elsewhere"), "service_lead", other_service, by=admin_person)
    assert sign_in(client, lead).get("/orders/1/").status_code == 404


@pytest.mark.parametrize(
    ("who", "url"),
    [("ruth", "/orders/"), ("bo", "/orders/"), ("ruth", "/time/queries/"), ("ruth", "/capacity/")]
    + [("ruth", "line"), ("bo", "line")],
)
def test_lists_cost_the_same_for_any_number(
    client, sign_in, order, ruth, bo, sam, priya, owen, service, today, core, url, who
):
    person = {"ruth": ruth, "bo": bo}[who]
    line = core.entries.get()
    at = f"/time/lines/{line.pk}/query/" if url == "line" else url

    def add(clinician, minutes):
        order()
        ask_about(line, words="Was this a half day?", by=sam, at=timezone.now())
        set_capacity(service, clinician, minutes_a_week=minutes, from_on=today, by=ruth)

    add(priya, 100)
    sign_in(client, person)
    one = cost(client, at)
    add(owen, 200)
    add(priya, 300)
    assert cost(client, at) == one
    assert one <= AT_MOST


def test_a_clinicians_week_is_written_down(client, sign_in, ruth, priya, noor, service, today):
    sign_in(client, ruth)
    day = {"from_on_day": today.day, "from_on_month": today.month, "from_on_year": today.year}
    sent = {"clinician": priya.pk, "minutes_a_week": 540, **day}
    page = client.post("/capacity/", sent, follow=True)
    assert "Priya Nair, 540 minutes a week" in words(page)
    for wrong in ({"clinician": noor.pk}, {"minutes_a_week": 3001}, {"minutes_a_week": "9" * 40}):
        assert client.post("/capacity/", sent | wrong).status_code == 200
    assert Capacity.objects.count() == 1


def test_a_question_about_a_line_is_answered_in_the_same_place(client, sign_in, core, sam, ruth):
    url = f"/time/lines/{core.entries.get().pk}/query/"
    page = sign_in(client, sam).get(url)
    assert "Do not write a child's name." in words(page)
    assert "Time given: 19 half days" in words(page)
    key = re.search(r'name="form_key" value="([^"]*)"', page.text)[1]
    for _ in range(2):
        client.post(url, {"words": "Was <b>this</b> ours?", "form_key": key})
    query = EntryQuery.objects.get()
    assert "Not answered yet." in words(client.get(url))
    sign_in(client, ruth)
    assert "Quillbrook Primary School, Time given: 19 half days" in words(client.get("/time/queries/"))
    client.post(f"/time/queries/{query.pk}/", {"answer": "Yes, it was."})
    assert "Every question is answered." in words(client.get("/time/queries/"))
    again = client.post(f"/time/queries/{query.pk}/", {"answer": "No."})
    assert "Somebody answered this before you." in words(again)
    page = sign_in(client, sam).get(url)
    assert "Yes, it was." in words(page)
    assert "&lt;b&gt;this&lt;/b&gt;" in page.text


@pytest.mark.parametrize("typed", ["", "   ", "x" * 501, "y" * 100_000])
def test_a_question_has_words_and_not_too_many(client, sign_in, core, sam, typed):
    url = f"/time/lines/{core.entries.get().pk}/query/"
    page = sign_in(client, sam).post(url, {"words": typed})
    assert page.status_code == 200
    said = "must be 500 characters or fewer" if typed.strip() else "Enter what looks wrong"
    assert said in words(page)
    assert not EntryQuery.objects.exists()


def test_the_lead_answers_and_asks_nothing(client, sign_in, core, ruth):
    url = f"/time/lines/{core.entries.get().pk}/query/"
    assert sign_in(client, ruth).post(url, {"words": "Is it?"}).status_code == 405


def test_a_line_of_another_school_is_not_found(client, sign_in, make_agreement, another_school, sam, ruth):
    theirs = make_agreement(payer=another_school)
    entry = post(theirs, "grant", 60, partnership=another_school, by=ruth, at=timezone.now())
    assert sign_in(client, sam).get(f"/time/lines/{entry.pk}/query/").status_code == 404


def test_the_offer_of_less_shows_the_lead_no_button_any_more(client, sign_in, order, ruth):
    offer_less(order(4), quantity=1, by=ruth, at=timezone.now())
    page = sign_in(client, ruth).get("/orders/1/")
    assert "/orders/1/agree/" not in page.text
    assert "The school accepts the offer" in words(page)
