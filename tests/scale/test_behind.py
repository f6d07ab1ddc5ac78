"""Pages that may be seconds old are read from the replica; who reads them and what they may never is."""

import logging
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.access import PolicyMixin
from accounts.models import AuditEvent
from resources.models import Theme
from resources.views import Library, Strategy, Topic
from schools.services import add_period
from tests.accounts.our_pages import our_patterns
from web.behind import COOKIE, reading_behind

# What a real replica answers is asked of one in test_many_workers.py.
pytestmark = pytest.mark.one_database
LIBRARY = "/library/"
# Each was thought about: docs/adr/0046.
READ_BEHIND = {
    *("home:overview", "schools:coverage", "schools:coverage-csv"),
    *("schools:clinician-coverage", "schools:clinician-coverage-csv"),
}
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
NEVER = re.compile(r"accounts_(?!user$)|django_session|account_|mfa_|socialaccount_|usersessions_|auth_")


@pytest.fixture
def term(service, today, admin_person):
    days = today - timedelta(days=120), today - timedelta(days=30)
    return add_period(service, "term", *days, by=admin_person, name="The term")


def tables(queries):
    return {name for sql in queries for name in TABLE.findall(sql)}


def test_these_pages_alone_are_read_from_a_replica():
    views = {name: getattr(page, "view_class", None) for name, page in our_patterns()}
    found = {name for name, view in views.items() if view and getattr(view, "lag_tolerated", False)}
    assert found == READ_BEHIND
    assert {Library.lag_tolerated, Strategy.lag_tolerated, Topic.lag_tolerated} == {True}
    assert PolicyMixin.lag_tolerated is False


@pytest.mark.parametrize("who", ["kit", "ruth"])
def test_the_overview_is_counted_there_and_the_role_is_asked_here(
    client, sign_in, request, replica, asked, term, who
):
    sign_in(client, request.getfixturevalue(who))
    page, here, there = asked(lambda: client.get("/overview/"))
    assert page.status_code == 200
    assert "accounts_rolerow" in tables(here)
    assert "consultations_consultation" in tables(there)
    assert not {name for name in tables(there) if NEVER.match(name)}


@pytest.mark.parametrize("name", sorted(READ_BEHIND - {"home:overview"}))
def test_the_coverage_is_read_there_and_the_role_is_asked_here(
    client, sign_in, ruth, quillbrook, replica, asked, term, name
):
    sign_in(client, ruth)
    page, here, there = asked(lambda: client.get(reverse(name)))
    assert page.status_code == 200
    assert "accounts_rolerow" in tables(here)
    assert "schools_partnership" in tables(there)
    if name.endswith("csv"):
        assert AuditEvent.objects.filter(kind=AuditEvent.Kind.EXPORTED).count() == 1
        assert not any("accounts_auditevent" in sql for sql in there)


def test_the_library_is_searched_there(client, sign_in, sam, replica, asked, library):
    sign_in(client, sam)
    page, here, there = asked(lambda: client.get(LIBRARY, {"words": "worry"}))
    assert page.status_code == 200
    assert {"resources_strategypage", "resources_word"} <= tables(there)
    assert any("wagtailsearch_indexentry" in sql for sql in there)
    assert "accounts_rolerow" in tables(here)
    assert not {name for name in tables(there) if NEVER.match(name)}


def test_no_other_page_asks_it_anything(client, sign_in, sam, replica, asked, make_plan):
    sign_in(client, sam)
    plan = make_plan("agreed")
    for url in ("/needs-doing/", plan.get_absolute_url(), plan.case.get_absolute_url()):
        assert asked(lambda url=url: client.get(url))[2] == []


def test_who_has_just_sent_something_reads_it_where_it_was_written(
    client, sign_in, sam, replica, asked, library
):
    sign_in(client, sam)
    client.post(reverse("account_stay"))
    kept = client.cookies[COOKIE]
    assert (kept["max-age"], kept["httponly"]) == (12, True)
    assert asked(lambda: client.get(LIBRARY))[2] == []
    del client.cookies[COOKIE]
    assert asked(lambda: client.get(LIBRARY))[2] != []


def test_after_a_write_everything_is_read_where_it_was_written(replica, asked):
    def write_in_between():
        with reading_behind():
            first = Theme.objects.first()
            first.save()
            first.refresh_from_db()
            list(Theme.objects.all())
        return first

    theme, here, there = asked(write_in_between)
    assert theme._state.db == "default"
    assert len(there) == 1
    assert [sql.split()[0] for sql in here] == ["UPDATE", "SELECT", "SELECT"]


def test_what_was_read_there_is_asked_for_more_here(replica, asked):
    with reading_behind():
        theme = Theme.objects.first()
    assert theme._state.db == "replica"
    _, here, there = asked(lambda: (theme.refresh_from_db(), list(theme.strategies.all())))
    assert (len(here), there) == (2, [])


def test_without_it_the_page_comes_from_the_primary_and_the_log_says_it_once(
    client, sign_in, sam, away, library, caplog
):
    sign_in(client, sam)
    with caplog.at_level(logging.WARNING, logger="web.replica"):
        pages = [client.get(LIBRARY) for _ in range(3)]
    assert [page.status_code for page in pages] == [200] * 3
    assert [row.getMessage() for row in caplog.records if row.name == "web.replica"] == [
        "The replica is not read: it does not answer (OperationalError)."
    ]


def test_where_there_is_none_nothing_is_remembered(client, sign_in, sam):
    sign_in(client, sam)
    client.post(reverse("account_stay"))
    assert COOKIE not in client.cookies
