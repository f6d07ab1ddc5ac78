"""The two pages of whoever watches the server."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import Resolver404, resolve

from web import health


@pytest.fixture
def ask():
    # A probe asks by the address of the machine, without HTTPS and without a session.
    return lambda path, **how: Client().get(path, headers={"Host": "10.1.2.3:8000"}, **how)


def test_alive_asks_no_database_and_makes_no_session(ask, django_assert_num_queries, db, caplog, settings):
    settings.SECURE_SSL_REDIRECT = True
    caplog.set_level("INFO")
    with django_assert_num_queries(0):
        page = ask("/health/")
    assert (page.status_code, page.json()) == (200, {"alive": True})
    assert page.cookies == {}
    assert (page["Cache-Control"], page["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert caplog.records == []


def test_ready_when_everything_answers(ask, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    page = ask("/ready/")
    assert page.json() == {"database": True, "migrations": True, "cache": True}
    assert (page.status_code, page.cookies, page["Cache-Control"]) == (200, {}, "no-store")


def test_a_database_that_is_away_is_said_and_nothing_else(ask, db, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("could not connect to 10.0.0.7 as zq-secret")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        page = ask("/ready/")
        assert ask("/health/").status_code == 200
    assert (page.status_code, page.json()["database"]) == (503, False)
    assert "zq-secret" not in page.text


def test_all_migrations_of_this_code_are_looked_for():
    assert health.migrations_here() == MigrationLoader(None).disk_migrations.keys()


def test_a_migration_that_was_not_run_is_not_ready(ask, db):
    newest = max(name for app, name in health.migrations_here() if app == "consultations")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'consultations' AND name = %s", [newest])
    page = ask("/ready/")
    assert (page.status_code, page.json()) == (503, {"database": True, "migrations": False, "cache": True})


def test_a_cache_without_its_table_is_not_ready(ask, db, settings):
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "no_such_table"}}
    page = ask("/ready/")
    assert (page.status_code, page.json()["cache"]) == (503, False)


def test_they_are_only_looked_at_and_stand_before_every_other_page():
    assert Client().post("/health/").status_code == 405
    assert Client().head("/health/").status_code == 200
    for path in ("/health/", "/ready/"):
        with pytest.raises(Resolver404):
            resolve(path)
