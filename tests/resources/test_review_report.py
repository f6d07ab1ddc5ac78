"""Reviews of the library: what a clinician has to read next."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import sign_in

ADDRESS = "library_reviews"
COST = 13


@pytest.fixture
def make_reviewed(make_strategy, today):
    def make(title, due_in, **fields):
        reviewed = {"reviewed_by": "Priya Nair, clinician", "reviewed_on": today - timedelta(days=300)}
        due = today + timedelta(days=due_in)
        return make_strategy(title, slug=title.lower(), review_due_on=due, **reviewed | fields)

    return make


def test_the_list_has_what_is_due_soonest_first_then_what_nobody_has_reviewed(
    client, edie, make_strategy, make_reviewed
):
    make_strategy("Never", slug="never")
    make_strategy("Draft", slug="draft", live=False)
    for title, days in (("Soon", 60), ("Later", 61), ("Overdue", -1), ("Today", 0), ("Long", -400)):
        make_reviewed(title, days)
    page = sign_in(client, edie).get(reverse(ADDRESS))
    assert [row.title for row in page.context["object_list"]] == ["Long", "Overdue", "Today", "Soon", "Never"]
    assert [
        page.text.count(f"<td>{state}</td>") for state in ("Overdue", "Due soon", "Not yet reviewed")
    ] == [
        2,
        2,
        1,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client, edie, make_reviewed, django_assert_num_queries, count
):
    for number in range(count):
        make_reviewed(f"Page{number}", number)
    sign_in(client, edie).get(reverse(ADDRESS))
    with django_assert_num_queries(COST):
        client.get(reverse(ADDRESS))


def test_the_list_can_be_taken_away_as_a_sheet(client, priya, make_reviewed):
    make_reviewed("Soon", 3)
    response = sign_in(client, priya).get(reverse(ADDRESS), {"export": "csv"})
    rows = b"".join(response).decode().splitlines()
    assert rows[0] == "Title,Reviewed by,Reviewed on,Review due on"
    assert rows[1].startswith('Soon,"Priya Nair, clinician",')


def test_a_page_says_when_it_is_due_and_when_that_is_past(client, sam, priya, make_reviewed):
    sign_in(client, sam)
    soon, past = make_reviewed("Soon", 3), make_reviewed("Past", -3)
    assert "Due for review on" in client.get(soon.url).text
    assert "It was due for review again on" in client.get(past.url).text
    assert reverse(ADDRESS) not in client.get(soon.url).text
    assert reverse(ADDRESS) in sign_in(client, priya).get(soon.url).text


def test_who_waits_for_a_clinician_stands_on_the_first_page(client, edie, priya, make_strategy):
    page = make_strategy()
    sign_in(client, edie).post(reverse("library_start_review", args=[page.pk]))
    assert "Waits for a review" in client.get(reverse(ADDRESS)).text
    assert "Awaiting your review" in sign_in(client, priya).get("/cms/").text
