"""W2: one strategy."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import Page

from accounts.models import RoleRow, User
from accounts.services import end_role

NOT_REVIEWED = "Not yet reviewed by a clinician of this service."
KINDS = [kind for kind in RoleRow.Kind if kind != RoleRow.Kind.LINK_CLINICIAN]


@pytest.mark.parametrize("kind", KINDS)
def test_every_role_reads_a_strategy(client, make_reader, make_strategy, kind):
    page = make_strategy()
    client.force_login(make_reader(kind))
    assert client.get(page.url).status_code == 200


def test_it_says_what_it_is_whom_it_helps_and_what_to_do(client, tess, make_strategy):
    page = make_strategy(
        "A quiet corner",
        themes=["worry", "sleep"],
        key_stages=["EYFS", "KS2"],
        steps=[("step", "Choose a place."), ("step", "Show it <b>first</b>.")],
    )
    client.force_login(tess)
    html = client.get(page.url).text

    for text in ["A calm place helps.", "Worry or anxiety", "Sleep", "Key stage 2 (Years 3 to 6)"]:
        assert text in html
    assert html.index("Choose a place.") < html.index("Show it &lt;b&gt;first&lt;/b&gt;.")
    assert '<ol class="nhsuk-list nhsuk-list--number">' in html


def test_until_a_clinician_has_reviewed_it_it_says_so(client, tess, make_strategy):
    page = make_strategy()
    client.force_login(tess)
    assert NOT_REVIEWED in client.get(page.url).text

    page.reviewed_by, page.reviewed_on = "Priya, psychologist", datetime.date(2026, 10, 5)
    page.save()
    html = client.get(page.url).text
    assert NOT_REVIEWED not in html
    assert "Reviewed by Priya, psychologist on 5 October 2026." in html


def test_without_a_role_in_use_you_are_sent_to_choose_one(client, make_strategy):
    page = make_strategy()
    client.force_login(User.objects.create_user("new@example.com"))
    assert client.get(page.url).headers["Location"] == reverse("accounts:choose-role")


def test_a_role_that_has_ended_opens_nothing(client, tess, role_of, ada, today, make_strategy):
    page = make_strategy()
    end_role(role_of(tess), end_on=today, by=ada, reason="Left the school")
    client.force_login(tess)
    assert client.get(page.url).headers["Location"] == reverse("accounts:choose-role")


def test_without_signing_in_you_are_sent_to_sign_in(client, make_strategy):
    page = make_strategy()
    assert client.get(page.url).headers["Location"] == f"{reverse('account_login')}?next={page.url}"


def test_nothing_can_be_sent_to_it(client, tess, make_strategy):
    page = make_strategy()
    client.force_login(tess)
    assert client.post(page.url).status_code == 405


def test_a_draft_is_not_found(client, tess, make_strategy):
    page = make_strategy(live=False)
    client.force_login(tess)
    assert client.get(page.url).status_code == 404


def test_a_kind_of_page_we_have_no_view_for_is_not_served(client, tess, empty_library):
    empty_library.add_child(instance=Page(title="Plain", slug="plain"))
    client.force_login(tess)
    assert client.get("/library/plain/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_strategy_costs_the_same_with_any_number_of_others_and_of_themes(
    client, tess, make_strategy, django_assert_num_queries, count
):
    themes = ["worry", "sleep", "anger"][:count]
    pages = [make_strategy(f"Strategy {number}", themes=themes) for number in range(count)]
    client.force_login(tess)
    client.get(pages[0].url)
    with django_assert_num_queries(10):
        assert client.get(pages[0].url).status_code == 200
