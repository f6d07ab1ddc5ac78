"""Cancelling an agreed order on screen: the lead asks, somebody else agrees where adjustments wait."""

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import Adjustment, Invoice, Order
from schools.services import ask_cancellation, issue_due_invoices, left_to_cancel
from tests.cast import Kind, give_role
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, banners, main_text, parsed, problems
from tests.places import new_person
from web.words import longdate

ASK = "/orders/1/ask-to-cancel/"


@pytest.fixture
def order(bought, make_order):
    return make_order(bought, quantity=6)


@pytest.fixture
def form(client, sign_in, ruth, order):
    return OpenForm(sign_in(client, ruth), ASK)


@pytest.fixture
def asked(form):
    form.send(reason="not_needed")
    return Adjustment.objects.get()


@pytest.fixture
def vera(service, admin_person):
    return give_role(new_person("Vera", "Elsewhere"), Kind.SERVICE_LEAD, service, by=admin_person)


def press(client, adjustment, button="agree"):
    return banners(client.post(f"/adjustments/{adjustment.pk}/{button}/", follow=True))


def test_the_lead_reads_what_will_be_and_asks(client, form, order, bought):
    text = main_text(form.page)
    assert "Quillbrook Primary School ordered 6 half days. 6 half days of it can be cancelled" in text
    assert "£1,500.00 is not invoiced any more." in text
    assert "Nothing changes until another lead, or an approver of the school that pays, agrees." in text
    page = client.get(form.send(reason="not_needed").url)
    assert banners(page) == ["Asked for. The order stays as it is until somebody else agrees."]
    waits = (
        f"Ruth Calloway asked on {longdate(timezone.localdate())} to cancel 6 half days of this order: "
        "The school does not need it any more. Another lead, or an approver of the school that pays, "
        "has to agree. £1,500.00 is not invoiced any more."
    )
    assert waits in main_text(page)
    assert ASK not in page.text
    assert (Order.objects.get().state, bought.entries.balance()) == ("agreed", 1080)


@pytest.mark.parametrize("who", ["vera", "hana"])
def test_somebody_else_agrees_on_the_page_of_the_agreement(request, client, sign_in, asked, bought, who):
    sign_in(client, request.getfixturevalue(who))
    waits = main_text(client.get(bought.get_absolute_url()))
    assert "Cancel 6 half days of order 1: Quillbrook Primary School." in waits
    assert press(client, asked) == ["Agreed. Cancelled of order 1: 6 half days."]
    text = main_text(client.get("/orders/1/"))
    assert "6 half days. The school does not need it any more. Asked for by Ruth Calloway, agreed by" in text
    assert Order.objects.get().state == "cancelled"


def test_declined_the_order_stays_and_can_be_cancelled_later(client, sign_in, asked, hana, ruth):
    assert press(sign_in(client, hana), asked, "decline") == ["Declined. Nothing has changed."]
    assert Order.objects.get().state == "agreed"
    assert ASK in sign_in(client, ruth).get("/orders/1/").text


def test_what_was_billed_is_said_to_be_credited_and_then_is(
    client, sign_in, order, service, today, ruth, hana, make_visit, bought
):
    make_visit(days=7, pot=bought)
    issue_due_invoices(service, on=today, by=ruth, at=timezone.now())
    form = OpenForm(sign_in(client, ruth), ASK)
    said = (
        "Invoice 1 is to be credited: a credit note takes the whole of it back when somebody agrees. "
        "What is kept costs £250.00, and is due again."
    )
    assert said in main_text(form.page)
    assert "What is kept: 1 half day." in main_text(form.page)
    form.send(reason="put_right")
    sign_in(client, hana)
    assert said in main_text(client.get("/orders/1/"))
    press(client, Adjustment.objects.get())
    assert Invoice.objects.get(kind="credit_note").credits.number == 1
    assert "Kept 1 half day, £250.00" in main_text(client.get("/orders/1/"))


@pytest.mark.parametrize(
    ("who", "kept"),
    [("hana", "1 half day, £250.00"), ("ruth", "1 half day, £250.00"), ("sam", "1 half day")],
)
def test_an_order_cancelled_in_part_says_what_is_kept(
    request, client, sign_in, order, asked, hana, sam, make_visit, bought, who, kept
):
    """Ruth asked before the visit was booked: she asks anew for the rest."""
    order.asked_by, order.asked_at = sam, order.agreed_at
    save_tracked(order, by=sam, reason="Asked for by link staff")
    press(sign_in(client, hana), asked, "decline")
    make_visit(days=7, pot=bought)
    OpenForm(sign_in(client, request.getfixturevalue("ruth")), ASK).send(reason="not_needed")
    press(sign_in(client, hana), Adjustment.objects.latest("pk"))
    sign_in(client, request.getfixturevalue(who))
    page, every = client.get("/orders/1/"), client.get("/orders/")
    said = dict(
        (row.dt.get_text(" ", strip=True), row.dd.get_text(" ", strip=True))
        for row in parsed(page).select(".nhsuk-summary-list__row")
    )
    assert (said["How much"], said["Kept"]) == ("6 half days (18 hours)", kept)
    assert f"How much 6 half days. Kept: {kept}" in " ".join(main_text(every).split())
    assert ("£" in page.text + every.text) == (who != "sam")


def test_an_order_that_nobody_cancelled_has_nothing_that_is_kept(client, sign_in, hana, order):
    sign_in(client, hana)
    assert "Kept" not in main_text(client.get("/orders/1/")) + main_text(client.get("/orders/"))


def test_what_the_lead_asks_for_has_its_own_words(client, sign_in, ruth, form):
    assert parsed(form.page).h1.get_text(strip=True) == "Ask to cancel what is left of order 1"
    link = parsed(client.get("/orders/1/")).find("a", href=ASK)
    assert link.get_text(strip=True) == "Ask to cancel what is left"


def test_pressed_twice_it_is_asked_for_once(client, form):
    assert form.send(reason="agreed").url == form.send(reason="agreed").url == "/orders/1/"
    assert Adjustment.objects.count() == 1


def test_two_leads_at_once_ask_once(client, sign_in, form, vera):
    other = OpenForm(sign_in(client, vera), ASK)
    other.send(reason="agreed")
    page = form.send(reason="agreed")
    assert problems(page) == ["This order waits to be cancelled already."]
    assert Adjustment.objects.count() == 1


def test_what_was_booked_meanwhile_is_shown_anew(form, make_visit, bought):
    make_visit(days=7, pot=bought)
    page = form.send(reason="agreed")
    assert problems(page) == [
        "What is left of this order changed while you had the page open. It is now 5 half days. Look at it, "
        "then ask again if you still want it."
    ]
    assert 'name="seen_minutes" value="900"' in page.text
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("seen", ["", "x", "\0", "-1080", "9" * 40, "1e3", "٣"])
def test_a_forged_number_is_refused_in_words(form, seen):
    assert "What is left of this order changed" in problems(form.send(reason="agreed", seen_minutes=seen))[0]
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("version", ["", "0", "x\0", "9" * 40])
def test_a_stale_page_is_refused_in_words(form, version):
    page = form.send(reason="agreed", opened_version=version)
    assert "This changed while you had the page open." in problems(page)[0]
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("reason", ["", "x\0", "illness", "<b>", "x" * 100_000])
def test_a_reason_is_one_of_the_list(form, reason):
    assert problems(form.send(reason=reason)) == ["Select why it is cancelled"]
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(
    ("who", "code"),
    [
        *[("hana", 403), ("bo", 403), ("sam", 404), ("priya", 404), ("noor", 404)],
        *[("kit", 404), ("ada", 404), ("edie", 404), ("femi", 404), ("tess", 404)],
    ],
)
def test_nobody_but_the_lead_asks(request, client, sign_in, order, who, code):
    sign_in(client, request.getfixturevalue(who))
    assert client.get(ASK).status_code == code
    said = {"reason": "agreed", "seen_minutes": "1080", "opened_version": str(order.version)}
    assert client.post(ASK, said).status_code == code
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("who", ["hana", "bo"])
def test_the_school_has_no_button_for_it(request, client, sign_in, order, who):
    assert ASK not in sign_in(client, request.getfixturevalue(who)).get("/orders/1/").text


@pytest.mark.parametrize(("who", "code"), [("ruth", 403), ("bo", 403), ("sam", 404), ("noor", 404)])
def test_nobody_else_agrees(request, client, sign_in, asked, who, code):
    sign_in(client, request.getfixturevalue(who))
    assert client.post(f"/adjustments/{asked.pk}/agree/").status_code == code
    assert Order.objects.get().state == "agreed"


def test_an_order_that_is_not_there_is_not_found(client, sign_in, ruth, order):
    sign_in(client, ruth)
    for number in (2, 2**63 - 1, 10**30):
        assert client.get(f"/orders/{number}/ask-to-cancel/").status_code == 404


def test_with_nothing_left_there_is_nothing_to_press(client, sign_in, ruth, order, make_visit, bought):
    for day in range(6):
        make_visit(days=7 + day, pot=bought)
    page = sign_in(client, ruth).get(ASK)
    assert "Nothing of this order can be cancelled." in main_text(page)
    assert not parsed(page).select("main button")


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_any_number(
    client, sign_in, ruth, hana, bought, make_order, today, count
):
    for _ in range(count):
        made = make_order(bought, quantity=2)
    issue_due_invoices(bought.service, on=today, by=hana, at=timezone.now())
    for made in Order.objects.select_related("agreement"):
        said = {"seen_minutes": left_to_cancel(made), "reason": "agreed", "opened_version": made.version}
        ask_cancellation(made, by=hana, at=timezone.now(), **said)
    sign_in(client, ruth)
    agreement = cost(client, bought.get_absolute_url())
    assert max(agreement, cost(client, "/orders/1/"), cost(client, ASK)) <= AT_MOST
