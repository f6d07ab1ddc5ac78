"""Agreements on screen: the lead writes and changes a draft."""

from decimal import Decimal
from uuid import uuid4

import pytest

from schools.models import Agreement
from tests.filling import OpenForm, banners, parsed, problems

ADD = "/agreements/add/"


@pytest.fixture
def form(client, sign_in, ruth, quillbrook, today):
    """The form for a new agreement as Ruth has it open, filled in."""
    page = sign_in(client, ruth).get(ADD)
    when = parsed(page).select("[name=when]")[1]["value"]
    answers = {"payer": str(quillbrook.pk), "when": when, "unit_price": "£1,250.50"}
    return OpenForm(client, ADD, **answers)


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
    (
        {"purchase_order_number": "Robin Underhay"},
        ["Purchase order number must be letters, digits, spaces and - / . # only"],
    ),
    ({"purchase_order_number": "x" * 100_000}, ["Purchase order number must be 30 characters or fewer"]),
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
