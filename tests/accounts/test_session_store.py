"""A session that could not be saved: deleted meanwhile, or the database's own trouble."""

import sqlite3

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, connection, transaction

from accounts.session_store import SessionStore


@pytest.fixture
def session(db):
    session = SessionStore()
    session.create()
    session["said"] = "Consultation saved."
    return session


def no_room(execute, sql, params, many, context):
    if sql.startswith("UPDATE"):
        cause = sqlite3.OperationalError()
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("database or disk is full") from cause
    return execute(sql, params, many, context)


def test_the_database_s_trouble_is_no_fault_of_who_sent_something(session):
    with connection.execute_wrapper(no_room), pytest.raises(OperationalError, match="disk is full"):
        session.save()


def test_a_session_that_somebody_ended_is_not_brought_back(session):
    SessionStore().delete(session.session_key)
    with pytest.raises(UpdateError):
        session.save()


def test_a_page_of_which_the_session_cannot_be_saved_says_that_it_is_not_now(client, sign_in, priya):
    sign_in(client, priya).get("/today/")
    session = client.session
    session["active"] = (session["active"][0], session["active"][1] - 60)
    session.save()
    client.raise_request_exception = False
    with connection.execute_wrapper(no_room):
        assert client.get("/today/").status_code == 503


def asked_without_waiting(session):
    asked = []
    with connection.execute_wrapper(lambda execute, *call: asked.append(call[0]) or execute(*call)):
        session.save()
    return [sql for sql in asked if "synchronous_commit" in sql]


@pytest.mark.django_db(transaction=True)
def test_what_is_noted_in_a_session_does_not_wait_for_the_disk():
    session = SessionStore()
    session.create()
    session["said"] = "Consultation saved."
    said_so = ["SET LOCAL synchronous_commit TO off"] if connection.vendor == "postgresql" else []
    assert asked_without_waiting(session) == said_so
    assert SessionStore(session.session_key)["said"] == "Consultation saved."


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_of_records_a_session_waits_as_they_do():
    session = SessionStore()
    session.create()
    with transaction.atomic():
        assert asked_without_waiting(session) == []
