"""Agreements on screen: the lead writes and sends, the school reads and signs."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import Agreement, year_holding
from schools.services import ask_adjustment, draft_agreement, record_core_offer, send_agreement
from tests.cast import Kind, school_staff
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, banners, main_text, parsed, problems
from tests.places import new_person

LIST, ADD = "/agreements/", "/agreements/add/"


@pytest.fixture
def draft(quillbrook, another_school, ruth, today):
    """Quillbrook pays, and Tansy Hill shares."""
    first_on, last_on = year_holding("academic", today)
    fields = {"first_on": first_on, "last_on": last_on} | {
        "unit_price": Decimal("251.50"),
        "purchase_order_number": "PO-77",
    }
    return draft_agreement(quillbrook, schools=[another_school], fields=fields, by=ruth)


@pytest.fixture
def sent(draft, ruth):
    return send_agreement(draft, by=ruth, at=timezone.now())


@pytest.fixture
def form(client, sign_in, ruth, quillbrook, today):
    """The form for a new agreement as Ruth has it open, filled in."""
    page = sign_in(client, ruth).get(ADD)
    when = parsed(page).select("[name=when]")[1]["value"]
    answers = {"payer": str(quillbrook.pk), "when": when, "unit_price": "£1,250.50"}
    return OpenForm(client, ADD, **answers)


def press(client, agreement, button, **sent):
    response = client.post(f"{agreement.get_absolute_url()}{button}/", sent)
    assert response.status_code == 302
    return banners(client.get(response.url))


def test_a_draft_is_saved_for_the_whole_year(form, client, quillbrook):
    response = form.send()
    agreement = Agreement.objects.get()
    assert response.url == agreement.get_absolute_url()
    assert banners(client.get(response.url)) == ["Saved as a draft. The school cannot see it yet."]
    assert (agreement.state, agreement.unit_price, agreement.payer) == (
        *("draft", Decimal("1250.50")),
        quillbrook,
    )
    first, last = agreement.first_on, agreement.last_on
    assert (first.month, first.day, last.month, last.day) == (9, 1, 8, 31)


def test_a_financial_year_is_from_april_to_march(form):
    year = [box["value"] for box in parsed(form.page).select("[name=when]")][4]
    form.send(when=year)
    agreement = Agreement.objects.get()
    assert (agreement.year, agreement.first_on.month, agreement.last_on.month) == ("financial", 4, 3)


def test_every_answer_of_the_form_is_kept(form, another_school, client):
    form.send(
        schools=[str(another_school.pk)],
        counts=["counts_travel"],
        rounding="nearest",
        rounding_minutes="5",
        draws_past_planned="on",
        may_overdraw="on",
        notice="school_days",
        notice_days="3",
        late_charge_percent="50",
        no_link_person="given_back",
        school_closed="used",
        carry_over="up_to",
        carry_over_minutes="90",
        package_1_units="5",
        package_1_price="1200",
        schedule="termly",
        approval_limit="500",
        unit="day",
        unit_minutes="390",
    )
    agreement = Agreement.objects.get()
    assert {*agreement.schools.all()} == {agreement.payer, another_school}
    assert [(row.units, row.price) for row in agreement.packages.all()] == [(5, Decimal(1200))]
    names = ["counts_travel", "counts_liaison", "rounding", "rounding_minutes", "draws_past_planned"]
    names += ["may_overdraw", "notice", "notice_days", "late_charge_percent", "no_link_person"]
    names += ["school_closed", "carry_over", "carry_over_minutes", "schedule", "approval_limit", "unit"]
    assert [getattr(agreement, name) for name in names] == [
        *(True, False, "nearest", 5, True, True, "school_days", 3, 50, "given_back"),
        *("used", "up_to", 90, "termly", Decimal(500), "day"),
    ]


def test_save_pressed_twice_makes_one(form):
    key = str(uuid4())
    assert form.send(form_key=key).url == form.send(form_key=key).url
    assert Agreement.objects.count() == 1


BAD = [
    ({"unit_price": ""}, ["Enter the price of a unit"]),
    ({"unit_price": "-1"}, ["The price of a unit must be between 0 and 99999.99"]),
    ({"unit_price": "1.555"}, ["Enter an amount in pounds and pence, like 250 or 250.50"]),
    ({"unit_price": "NaN"}, ["Enter an amount in pounds and pence, like 250 or 250.50"]),
    ({"unit_price": "1e400"}, ["The price of a unit must be between 0 and 99999.99"]),
    ({"unit_price": "9" * 500}, ["The price of a unit must be between 0 and 99999.99"]),
    ({"unit_minutes": "0"}, ["The minutes of a unit must be between 15 and 600"]),
    ({"unit_minutes": "1.5"}, ["The minutes of a unit must be a whole number"]),
    ({"notice_days": "9" * 30}, ["The days of notice must be between 0 and 60"]),
    ({"payer": "999999"}, ["Select the school that pays"]),
    ({"payer": "9" * 30}, ["Select the school that pays"]),
    ({"payer": "<b>\0"}, ["Select the school that pays"]),
    ({"when": "academic-1"}, ["Select which year it is for"]),
    ({"carry_over": "up_to"}, ["Enter the minutes carried over at most"]),
    ({"early_price": "10"}, ["Enter the last day of the early price"]),
    ({"package_1_units": "5"}, ["Enter the price of package 1"]),
    ({"package_2_price": "5"}, ["Enter how many units package 2 has"]),
    (
        {"package_1_units": "5", "package_1_price": "1", "package_2_units": "5", "package_2_price": "1"},
        ["There is a package of 5 already"],
    ),
    (
        {"first_on_day": "1", "first_on_month": "1", "first_on_year": "1999"},
        ["The first day must be in the year you chose"],
    ),
    ({"purchase_order_number": "x" * 100_000}, ["Purchase order number must be 40 characters or fewer"]),
]


@pytest.mark.parametrize(("answers", "messages"), BAD)
def test_bad_input_is_refused_in_the_words_of_the_label(form, answers, messages):
    page = form.send(**answers)
    assert page.status_code == 200
    said = problems(page)
    assert [said[n].startswith(message) for n, message in enumerate(messages)] == [True], said
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("name", ["payer", "schools"])
def test_a_school_of_another_service_cannot_be_chosen(form, other_service_school, name):
    assert len(problems(form.send(**{name: str(other_service_school.pk)}))) == 1
    assert not Agreement.objects.exists()


def test_a_limit_that_is_not_chosen_is_ignored(form):
    form.send(carry_over="none", carry_over_minutes="-5")
    assert Agreement.objects.get().carry_over_minutes == 0


def test_a_draft_is_changed_and_a_stale_page_is_not_saved(client, sign_in, ruth, draft):
    sign_in(client, ruth)
    one, two = (OpenForm(client, f"{draft.get_absolute_url()}change/") for _ in range(2))
    one.send(unit_price="260")
    page = two.send(unit_price="270")
    assert problems(page) == [
        "This changed while you had the page open. Look at it as it is now, then save again."
    ]
    assert Agreement.objects.get().unit_price == Decimal(260)


def test_a_sent_agreement_is_not_changed(client, sign_in, ruth, sent):
    form = OpenForm(sign_in(client, ruth), f"{sent.get_absolute_url()}change/")
    assert problems(form.send(unit_price="1")) == [
        "Only a draft can be changed. Take the agreement back to draft first."
    ]
    assert Agreement.objects.get().unit_price == Decimal("251.50")


def test_it_is_sent_and_taken_back(client, sign_in, ruth, draft):
    sign_in(client, ruth)
    assert press(client, draft, "send", opened_version="1") == [
        "Sent. A budget holder of Quillbrook Primary School can sign it now."
    ]
    assert press(client, draft, "take-back") == [
        "Taken back. It is a draft again, and the school cannot see it."
    ]
    assert press(client, draft, "send", opened_version="1") == [
        "This changed while you had the page open. Look at it as it is now."
    ]


@pytest.mark.parametrize(
    ("who", "code", "reads_prices"),
    [("ruth", 200, True), ("hana", 200, True), ("bo", 200, True), ("sam", 200, False)]
    + [("priya", 200, False), ("owen", 200, False), ("noor", 404, False), ("kit", 404, False)],
)
def test_who_reads_it_and_who_its_prices(request, client, sign_in, sent, who, code, reads_prices):
    page = sign_in(client, request.getfixturevalue(who)).get(sent.get_absolute_url())
    assert page.status_code == code
    if code == 200:
        assert "A half day is 3 hours." in main_text(page)
    assert ("£251.50" in page.text, "PO-77" in page.text) == (reads_prices, reads_prices)


def test_a_school_sees_no_draft(client, sign_in, hana, draft):
    sign_in(client, hana)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert draft.reference not in main_text(client.get(LIST))


def test_a_budget_holder_signs_what_they_read(client, sign_in, hana, sent, today):
    form = OpenForm(sign_in(client, hana), f"{sent.get_absolute_url()}sign/")
    assert "£251.50" in main_text(form.page)
    assert problems(form.send()) == ["Tick that you sign for the school"]
    response = form.send(for_the_school="on")
    assert banners(client.get(response.url)) == ["Signed."]
    signed = Agreement.objects.get()
    assert (signed.state, signed.signed_by, signed.signed_on) == ("signed", hana, today)
    assert (signed.signed_by_name, signed.signed_by_job) == ("Hana Sorensen", "Headteacher")


def test_what_was_changed_meanwhile_is_not_signed(client, sign_in, hana, ruth, sent):
    form = OpenForm(sign_in(client, hana), f"{sent.get_absolute_url()}sign/")
    press(sign_in(client, ruth), sent, "take-back")
    press(client, sent, "send", opened_version="3")
    sign_in(client, hana)
    assert "This changed while you had the page open" in problems(form.send(for_the_school="on"))[0]
    assert Agreement.objects.get().state == "sent"


def test_the_lead_records_what_was_signed_on_paper(client, sign_in, ruth, sent, today):
    form = OpenForm(sign_in(client, ruth), f"{sent.get_absolute_url()}sign/")
    assert problems(form.send()) == ["Enter who signed", "Enter their job"]
    tomorrow = today + timedelta(days=1)
    late = {"signed_on_day": tomorrow.day, "signed_on_month": tomorrow.month, "signed_on_year": tomorrow.year}
    said = {"signed_by_name": "Hana Sorensen", "signed_by_job": "Head"}
    assert problems(form.send(**said, **late)) == ["The day it was signed must not be after today"]
    form.send(**said)
    assert (Agreement.objects.get().signed_by, Agreement.objects.get().signed_on) == (ruth, today)


def test_a_school_that_only_shares_signs_nothing(client, sign_in, sent, another_school, admin_person):
    head = new_person("Ira", "Vance")
    school_staff(head, Kind.BUDGET_HOLDER, another_school, "Headteacher", by=admin_person)
    sign_in(client, head)
    assert "£251.50" not in client.get(sent.get_absolute_url()).text
    assert client.get(f"{sent.get_absolute_url()}sign/").status_code == 403


def test_ending_is_refused_while_visits_are_booked(client, sign_in, ruth, core, make_visit):
    make_visit(days=3)
    sign_in(client, ruth)
    assert client.get(f"{core.get_absolute_url()}end/").status_code == 200
    (said,) = press(client, core, "end")
    assert said.startswith("1 visit from this agreement is still booked: ")
    assert Agreement.objects.get().state == "active"


def test_the_numbers_of_a_pot_are_said_in_its_own_unit(client, sign_in, sam, core, make_visit):
    make_visit(days=3)
    text = main_text(sign_in(client, sam).get(core.get_absolute_url()))
    assert "Given 19 half days Used 0 minutes Booked 1 half day Free to book 18 half days" in text


@pytest.mark.parametrize("who", ["ruth", "hana", "sam", "priya"])
def test_the_list_costs_the_same_for_one_and_for_three(
    request, client, sign_in, quillbrook, another_school, ruth, today, who
):
    def add(number):
        first_on = today + timedelta(days=number * 20)
        days = {"first_on": first_on, "last_on": first_on + timedelta(days=9)}
        record_core_offer(quillbrook, granted_minutes=60, by=ruth, at=timezone.now(), **days)

    sign_in(client, request.getfixturevalue(who))
    add(0)
    first = cost(client, LIST)
    add(1)
    add(2)
    assert cost(client, LIST) == first
    assert first <= AT_MOST
    assert len(parsed(client.get(LIST)).select("tbody tr")) == 3


def test_the_list_can_show_one_kind(client, sign_in, ruth, core, sent):
    sign_in(client, ruth)
    rows = {kind: len(parsed(client.get(f"{LIST}?kind={kind}")).select("tbody tr")) for kind in ("core", "x")}
    assert rows == {"core": 1, "x": 2}


@pytest.mark.parametrize("query", ["?before=%00", "?after=99999999999999999999", "?kind=%00"])
def test_a_bad_address_of_the_list_is_the_list(client, sign_in, ruth, sent, query):
    assert client.get(LIST).status_code == 302
    assert sent.reference in main_text(sign_in(client, ruth).get(f"{LIST}{query}"))


def test_a_page_of_one_agreement_costs_the_same_for_three_schools_and_adjustments(
    client, sign_in, ruth, core, sent, quillbrook
):
    sign_in(client, ruth)

    def ask():
        asked = {"partnership": quillbrook, "minutes": 5, "reason": "goodwill"}
        ask_adjustment(core, **asked, by=ruth, at=timezone.now())

    ask()
    first = cost(client, core.get_absolute_url())
    ask()
    ask()
    assert cost(client, core.get_absolute_url()) == first
    assert first <= AT_MOST
    assert cost(client, sent.get_absolute_url()) <= AT_MOST
    assert cost(client, reverse("schools:agreement-sign", args=[sent.reference])) <= AT_MOST
