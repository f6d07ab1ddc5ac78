"""Statements as a page, a PDF and a CSV, and giving them out."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEvent
from schools.models import Statement
from schools.services import give_out_statement, next_statement_from
from tests.cost import AT_MOST, cost
from tests.filling import parsed
from web.words import longdate, minutes_in_words

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def give_out(agreement, by, until):
    """As if it was given out on the day after its last."""
    at, first_on = timezone.now() + 400 * A_DAY, next_statement_from(agreement)
    return give_out_statement(agreement, first_on=first_on, last_on=until, by=by, at=at)


@pytest.fixture
def statement(core, make_visit, closed_visit, ruth, today):
    closed_visit(make_visit(started=True), with_staff=100, writing_up=20)
    return give_out(core, ruth, today)


def pdf_of(client, paper):
    response = client.get(f"{paper.get_absolute_url()}paper.pdf")
    assert response["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


def csv_of(client, paper):
    response = client.get(f"{paper.get_absolute_url()}figures.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))


def called(page):
    """The h1 and the title of a page."""
    read = parsed(page)
    return read.h1.get_text(" ", strip=True), read.title.get_text(strip=True)


def squeezed(text):
    return " ".join(text.split())


def test_page_pdf_and_csv_have_the_same_figures(client, sign_in, bo, statement):
    page = sign_in(client, bo).get(statement.get_absolute_url())
    name = "Statement 1 of clinician time"
    assert called(page) == (name, f"{name} – Quillbrook Primary School – Fortnight")
    page = page.text
    printed = squeezed(pdf_of(client, statement))
    heads, *rows = csv_of(client, statement)
    assert heads == ["Date", "What", "Minutes", "Minutes left after it"]
    assert [[day, words, *numbers] for day, words, *numbers in rows] == [
        [str("" if cell is None else cell) for cell in row] for row in statement.figures
    ]
    for day, words, minutes, left in statement.figures:
        shown = [longdate(timezone.datetime.fromisoformat(day)), words, minutes_in_words(left)]
        shown += [] if minutes is None else [minutes_in_words(minutes)]
        for text in shown:
            assert text in page
            assert text in printed


def test_the_first_pdf_of_each_side_is_the_original_and_each_later_one_says_copy(
    client, sign_in, bo, hana, ruth, core, today
):
    at, yesterday = timezone.now(), today - A_DAY
    statement = give_out_statement(core, first_on=core.first_on, last_on=yesterday, by=ruth, at=at)
    copies = [". Copy" in pdf_of(sign_in(client, who), statement) for who in (ruth, ruth, bo, hana, ruth)]
    assert copies == [False, True, False, True, True]
    events = AuditEvent.objects.filter(kind="exported")
    assert list(events.values_list("detail", flat=True)) == ["Statement 1 as PDF"] * 5
    first = Statement.objects.get()
    assert (first.version, first.kept_at < first.taken_at) == (3, True)


def test_whether_a_pdf_is_a_copy_is_asked_without_the_log(client, sign_in, bo, ruth, core, today):
    statement = give_out(core, ruth, today - A_DAY)
    sign_in(client, bo)
    with CaptureQueriesContext(connection) as captured:
        pdf_of(client, statement)
    log = AuditEvent._meta.db_table
    assert [query["sql"].split()[0] for query in captured if log in query["sql"]] == ["INSERT"]


def test_asking_for_the_head_of_a_pdf_alone_takes_nothing(client, sign_in, bo, statement):
    url = f"{statement.get_absolute_url()}paper.pdf"
    assert sign_in(client, bo).head(url).status_code == 405
    assert (Statement.objects.get().taken_at, AuditEvent.objects.filter(kind="exported").count()) == (None, 0)
    assert "Copy" not in pdf_of(client, statement)


def test_a_csv_is_no_original(client, sign_in, bo, statement):
    sign_in(client, bo)
    csv_of(client, statement)
    assert "Copy" not in pdf_of(client, statement)


def test_the_lead_gives_out_statements_of_many_agreements_at_once(client, sign_in, ruth, core, bought, today):
    url = reverse("schools:statements-give-out")
    page = sign_in(client, ruth).get(url)
    assert page.context["form"].initial["agreements"] == [bought.reference, core.reference]
    day = today - 2 * A_DAY
    typed = {"last_on_day": day.day, "last_on_month": day.month, "last_on_year": day.year}
    typed["agreements"] = [core.reference, bought.reference]
    for said in ("2 statements given out.", "No statement was given out"):
        assert said in client.post(url, typed, follow=True).text
    assert set(Statement.objects.values_list("agreement", "last_on")) == {(core.pk, day), (bought.pk, day)}


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_last_day_that_is_not_over_is_refused(client, sign_in, ruth, core, today, days):
    day = today + days * A_DAY
    typed = {"last_on_day": day.day, "last_on_month": day.month, "last_on_year": day.year}
    page = sign_in(client, ruth).post(
        reverse("schools:statements-give-out"), typed | {"agreements": [core.reference]}
    )
    assert "The last day must be before today" in page.text
    assert not Statement.objects.exists()


def test_a_forged_agreement_is_refused(client, sign_in, ruth, core, make_agreement, other_service_school):
    theirs = make_agreement(payer=other_service_school)
    typed = {"last_on_day": 1, "last_on_month": 1, "last_on_year": 2026, "agreements": [theirs.reference]}
    page = sign_in(client, ruth).post(reverse("schools:statements-give-out"), typed)
    assert "Select at least one agreement" in page.text


def test_whoever_does_not_pay_finds_none(client, sign_in, statement, noor, sam, priya, kit):
    for person, code in ((noor, 404), (sam, 404), (priya, 404), (kit, 404)):
        sign_in(client, person)
        assert client.get(statement.get_absolute_url()).status_code == code
        assert client.get(reverse("schools:statements")).status_code == 403


def test_a_school_of_a_cluster_that_does_not_pay_reads_no_statement_of_it(
    client, sign_in, make_agreement, another_school, bo, ruth, today
):
    pool = make_agreement(payer=another_school, schools=[])
    statement = give_out(pool, ruth, today)
    assert sign_in(client, bo).get(statement.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [2, 2**31, 2**63, 10**40])
def test_a_number_that_no_statement_has_is_not_found(client, sign_in, bo, statement, number):
    assert sign_in(client, bo).get(f"/statements/{number}/").status_code == 404


@pytest.mark.parametrize("who", ["bo", "ruth"])
def test_the_list_costs_the_same_for_any_number(request, client, sign_in, core, ruth, today, who):
    sign_in(client, request.getfixturevalue(who))
    found = []
    for days in (1, 2, 3):
        give_out(core, ruth, today + days * A_DAY)
        found.append(cost(client, reverse("schools:statements")))
    assert found[0] == found[2] <= AT_MOST


def test_giving_out_asks_the_same_for_any_number(client, sign_in, ruth, core, make_agreement, another_school):
    sign_in(client, ruth)
    one = cost(client, reverse("schools:statements-give-out"))
    make_agreement()
    make_agreement(payer=another_school)
    assert cost(client, reverse("schools:statements-give-out")) == one <= AT_MOST
