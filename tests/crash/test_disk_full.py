"""The disk of the database is full: a page says so, nothing is half written, with more room all goes on."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from consultations.models import Draft
from tests.machines.person import OpenForm, Person, signed_in

from .disk import SmallDisk, may_mount
from .saving import everything_is_whole, looking_into
from .served import Served

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not may_mount(), reason="only root can make a small disk"),
]
FULL = "<h1>There is no room to save anything just now</h1>"
LONG = "Cries at the gate. " * 100
# What is free inside the files of the database is used first.
MOST_THAT_STILL_FIT = 150


@pytest.fixture
def disk():
    disk = SmallDisk()
    yield disk
    disk.end()


@pytest.fixture
def copy(request, disk):
    """Copies the test's database onto the disk, as it is then; returns its address."""

    def copy_file():
        path = disk.folder / "copy.sqlite3"
        own, copied = (sqlite3.connect(name) for name in (connection.settings_dict["NAME"], path))
        with closing(own), closing(copied):
            own.backup(copied)
        return f"sqlite:///{path}"

    def copy_server():
        cluster = request.getfixturevalue("cluster")
        tables = disk.folder / "tables"
        tables.mkdir()
        shutil.chown(tables, "postgres")
        cluster.ask(f"CREATE TABLESPACE small LOCATION '{tables}'", database="postgres")
        return cluster.copy(connection, "full_one", more="TABLESPACE small")

    return copy_file if connection.vendor == "sqlite" else copy_server


@pytest.fixture
def somebody_else(disk):
    """SQLite's way of sharing a file needs room, even to read, for the first who opens it. Here that is done:
    another worker has it open. On PostgreSQL nobody minds."""
    if connection.vendor != "sqlite":
        yield lambda: None
        return
    with closing(sqlite3.connect(disk.folder / "copy.sqlite3")) as other:

        def open_it():
            other.execute("PRAGMA journal_mode=WAL")
            other.execute("SELECT count(*) FROM django_migrations").fetchone()
            return other

        yield open_it


@pytest.fixture
def served_from(tmp_path):
    started = []

    def serve(database_url):
        started.append(Served(database_url, tmp_path))
        started[0].start_web()
        return started[0]

    yield serve
    for served in started:
        served.stop()


def says_it_is_full(answer):
    page = answer.content.decode()
    said = FULL in page and ("Nothing of what you sent was saved." in page or "nothing was changed" in page)
    return (answer.status, said) == (503, True)


def save(form, saved, answer=None):
    """What was typed, the key of its form and where the answer leads, into `saved`."""
    answer = answer or form.send()
    assert answer.status == 200
    saved[form.data["concern"]] = (form.data["form_key"], json.loads(answer.content)["to"])
    return saved[form.data["concern"]][1]


def save_until_it_is_full(form, saved):
    """The answer to the first talk that did not fit any more."""
    for number in range(MOST_THAT_STILL_FIT):
        form.new_keys()
        form.data["concern"] = f"Talk {number}. {LONG}".strip()
        answer = form.send()
        if answer.status != 200:
            return answer
        save(form, saved, answer)
    raise AssertionError("the disk did not become full")


def test_nothing_is_half_saved_and_the_page_says_why(
    copy, somebody_else, disk, served_from, visit, priya, answers
):
    session = signed_in(priya)
    database_url = copy()
    somebody_else()
    person = Person(served_from(database_url).port, session)
    form = OpenForm(person, f"{visit.get_absolute_url()}add/", **answers)
    kept = OpenForm(person, form.url, **answers, concern="Kept before the disk was full.")
    kept.keep_draft()
    form.new_keys()
    form.data["concern"], saved = "Saved before the disk was full.", {}
    consultation = save(form, saved).removesuffix("plan/")
    disk.fill()
    assert says_it_is_full(save_until_it_is_full(form, saved))
    # It is not over by itself, and a page whose reading cannot be written down is not shown.
    assert says_it_is_full(form.send())
    assert says_it_is_full(person.get(consultation))
    disk.make_room()
    with looking_into(database_url):
        everything_is_whole(saved)
        assert Draft.objects.get().payload["concern"] == ["Kept before the disk was full."]
    save(form, saved)
    assert person.get(consultation).status == 200
    with looking_into(database_url):
        everything_is_whole(saved)
