"""L9: which e-mail went to whom, for those who keep users."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Delivery
from accounts.services import claim_delivery, queue_email, record_sent
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed

EMAILS = "/audit/e-mails/"
Kind = Delivery.Kind


def rows(page):
    """The cells of each row, without the headings of narrow screens."""
    found = parsed(page).select("main tbody tr")
    for heading in (heading for row in found for heading in row.select("[aria-hidden=true]")):
        heading.extract()
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in found]


def write(person, at=None):
    at = at or timezone.now()
    return queue_email(Kind.NEW_DEVICE, at=at, person=person, happened_at=at)


@pytest.mark.parametrize("who", ["ada", "ruth"])
def test_a_row_says_what_to_whom_and_how_it_went(request, client, sign_in, sam, noor, who):
    now = timezone.now()
    sent, _ = write(sam, now - timedelta(hours=1)), write(noor)
    record_sent(claim_delivery(sent.pk, at=now), at=now)
    write(sam, now)
    page = sign_in(client, request.getfixturevalue(who)).get(EMAILS)
    to = "sam@cast.example"
    assert [row[1:5] for row in rows(page)] == [
        ["New sign-in", to, "Waiting", "0"],
        ["New sign-in", to, "Sent", "1"],
    ]
    assert [row[5] == "–" for row in rows(page)] == [True, False]
    assert "noor" not in page.text


def test_the_audit_leads_there_and_an_empty_log_says_so(client, sign_in, ruth):
    links = parsed(sign_in(client, ruth).get("/audit/")).select("main a")
    assert EMAILS in [link["href"] for link in links]
    assert main_text(client.get(EMAILS)).endswith("No e-mail yet.")


def test_a_link_with_a_token_is_on_no_page(client, sign_in, ruth, sam):
    queue_email(Kind.PASSWORD_RESET, at=timezone.now(), person=sam, link="https://x.example/token-7Q")
    page = sign_in(client, ruth).get(EMAILS)
    assert rows(page)[0][1] == "Password reset"
    assert "token-7Q" not in page.text


def test_twenty_five_on_a_page(client, sign_in, ruth, sam):
    now = timezone.now()
    for minutes in range(26):
        write(sam, now - timedelta(minutes=minutes))
    page = sign_in(client, ruth).get(EMAILS)
    assert len(rows(page)) == 25
    older = client.get(EMAILS + parsed(page).select_one("a[rel=next]")["href"])
    assert len(rows(older)) == 1


@pytest.mark.parametrize("edge", ["0", "-1", "x_1", "9" * 40, "\0"])
def test_an_edge_that_is_none_shows_a_page(client, sign_in, ruth, edge):
    assert sign_in(client, ruth).get(EMAILS, {"before": edge}).status_code == 200


def test_the_page_costs_the_same_for_one_and_for_three(client, sign_in, ruth, sam, dana):
    sign_in(client, ruth)
    write(sam)
    first = cost(client, EMAILS)
    write(dana)
    write(sam)
    assert cost(client, EMAILS) == first
    assert first <= AT_MOST
