"""Nothing that somebody wrote is in the log: each text is one word, and all that is logged is read."""

import io
import json
import logging
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from consultations import tasks
from consultations.services import keep_draft
from tests.markers import references, write_markers
from tests.places import PASSWORD
from web.json_log import JsonLine

TYPED = "zqtyped"
ADDRESS = "zqaddress@school.example"
OUR_OWN = {"headers": {"Origin": "http://testserver"}}


@pytest.fixture
def words(make_consultation, make_plan, make_review, priya, sam, quillbrook):
    """All that no line may say: each text of each record, names, addresses, references, what is typed."""
    talk = make_consultation(clinical_note="x", tried=[("x", "helped")], next_step="start_plan")
    make_review(make_plan("agreed", consultation=talk), note="x")
    draft = {"kind": "consultation", "partnership": quillbrook, "path": "/", "page": uuid4()}
    keep_draft(uuid4(), {"concern": ["x"]}, by=priya, at=timezone.now(), **draft)
    written = [word for found in write_markers().values() for word in found]
    people = [text for person in (priya, sam) for text in (person.email, person.last_name, str(person))]
    return [*written, *references(), *people, TYPED, ADDRESS, PASSWORD, "Quillbrook"]


@pytest.fixture
def logged():
    """All that anybody logs, at every level but SQL, as production would print it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLine())
    loggers = [logging.getLogger(name) for name in (None, "django", "django.request", "allauth", "wagtail")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    yield out
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def walk(client, plan, talk):
    """Pages, forms with errors, what is looked for, and what is not there."""
    for url in (plan, talk, reverse("home:today"), reverse("consultations:plan-list")):
        assert client.get(url, {"next": TYPED}).status_code == 200
    found = client.get(reverse("consultations:case-search"), {"q": TYPED})
    assert found.status_code == 200
    assert client.post(f"{plan}review/", {"note": TYPED, "next": TYPED}, **OUR_OWN).status_code == 200
    assert client.get(f"/invitation/{TYPED}/").status_code in (302, 404)
    assert client.get(f"/{TYPED}/{ADDRESS}/").status_code == 404
    assert client.get("/cases/C-7F3K-9MW/", headers={"X-Request-ID": TYPED}).status_code == 404
    assert client.get("/today/", headers={"Host": f"{TYPED}.example"}).status_code == 400
    wrong = {"login": ADDRESS, "password": TYPED}
    assert Client().post(reverse("account_login"), wrong, **OUR_OWN).status_code == 200
    csrf = Client(enforce_csrf_checks=True).post(reverse("account_login"), wrong)
    assert csrf.status_code == 403


def break_with(error):
    def broken(*args, **kwargs):
        raise error()

    return broken


def a_row_twice():
    """The database's own words about a row it refuses; PostgreSQL's quote the row."""
    try:
        with transaction.atomic():
            for _ in range(2):
                User(email=ADDRESS, first_name=TYPED, last_name=TYPED).save()
    except IntegrityError as refusal:
        return refusal
    raise AssertionError


@pytest.mark.django_db
def test_no_word_of_a_record_and_none_that_was_typed_is_logged(
    words, logged, sign_in, priya, monkeypatch, work, capfd
):
    from consultations.models import Consultation, Plan

    client = sign_in(Client(raise_request_exception=False), priya)
    plan, talk = (model.objects.first().get_absolute_url() for model in (Plan, Consultation))
    walk(client, plan, talk)

    errors = [lambda: ValueError(f"{TYPED} {ADDRESS}"), a_row_twice, lambda: KeyError(TYPED)]
    for error in errors:
        with monkeypatch.context() as patch:
            patch.setattr("home.views.Today.get", break_with(error))
            assert client.get("/today/", {"q": TYPED}).status_code == 500

    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(tasks, "send_due_digests", break_with(errors[0]))
    tasks.send_digests.enqueue()
    work()
    assert DBTaskResult.objects.get(status="FAILED").task_path == "consultations.tasks.send_digests"

    said = logged.getvalue()
    lines = [json.loads(line) for line in said.splitlines()]
    assert {"ValueError", "IntegrityError", "KeyError"} <= kinds(lines)
    assert {"home:today", "consultations:plan", "consultations:case-search"} <= pages(lines)
    assert [line["status"] for line in lines if line.get("status")].count(500) == 3
    assert {line["user"] for line in lines if line.get("user")} == {priya.pk}
    assert {line["role"] for line in lines if line.get("role")} == {"clinician"}
    printed = capfd.readouterr()
    everything = said + printed.out + printed.err
    assert [word for word in words if word in everything] == []


def kinds(lines):
    return {error["type"].split(".")[-1] for line in lines for error in line.get("errors", [])}


def pages(lines):
    return {line.get("page") for line in lines}
