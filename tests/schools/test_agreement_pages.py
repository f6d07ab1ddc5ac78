"""Agreements on screen: sent, read, signed and ended."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import Agreement
from schools.services import ask_adjustment, record_core_offer
from tests.cast import Kind, school_staff
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, banners, main_text, parsed, problems
from tests.places import new_person

LIST = "/agreements/"


def press(client, agreement, button, **sent):
    response = client.post(f"{agreement.get_absolute_url()}{button}/", sent)
    assert response.status_code == 302
    return banners(client.get(response.url))


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
