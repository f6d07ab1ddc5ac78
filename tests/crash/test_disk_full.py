"""The disk of the database is full: a page that says so, nothing half written, and all goes on with more room."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from consultations.models import Draft

from .disk import SmallDisk, may_mount
from .person import OpenForm, Person, signed_in
from .saving import everything_is_whole, looking_into
from .served import Served

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not may_mount(), reason="only root can make a small disk"),
]
FULL = "<h1>There is no room to save anything just now</h1>"
LONG = "Cries at the gate. " * 200
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
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as own:
            with closing(sqlite3.connect(path)) as copied:
                own.backup(copied)
        return f"sqlite:///{path}"

    def copy_server():
        cluster = request.getfixturevalue("cluster")
        (disk.folder / "tables").mkdir()
        shutil.chown(disk.folder / "tables", "postgres")
        cluster.ask(f"CREATE TABLESPACE small LOCATION '{disk.folder}/tables'")
        request.addfinalizer(lambda: cluster.ask("DROP DATABASE full_one WITH (FORCE)"))
        return cluster.copy(connection, "full_one", more="TABLESPACE small")

    return copy_file if connection.vendor == "sqlite" else copy_server


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


def save_until_it_is_full(form):
    """({what was typed: key and address} of what still fitted, the answer to the first that did not)."""
    saved = {}
    for number in range(MOST_THAT_STILL_FIT):
        form.new_keys()
        typed = form.data["concern"] = f"Talk {number}. {LONG}".strip()
        answer = form.send()
        if answer.status != 200:
            return saved, answer
        saved[typed] = (form.data["form_key"], json.loads(answer.content)["to"])
    raise AssertionError("the disk did not become full")


def test_nothing_is_half_saved_and_the_page_says_why(copy, disk, served_from, visit, priya, answers):
    session = signed_in(priya)
    database_url = copy()
    person = Person(served_from(database_url).port, session)
    form = OpenForm(person, f"{visit.get_absolute_url()}add/", **answers)
    kept = OpenForm(person, form.url, **answers, concern="Kept before the disk was full.")
    kept.keep_draft()
    disk.fill()
    saved, refused = save_until_it_is_full(form)
    print(f"{len(saved)} still fitted")
    assert (refused.status, FULL in refused.content.decode()) == (503, True)
    # It is not over by itself, and people can still read.
    assert form.send().status == 503
    assert person.get("/today/").status == 200
    with looking_into(database_url):
        everything_is_whole(saved)
        assert Draft.objects.get().payload["concern"] == ["Kept before the disk was full."]
    disk.make_room()
    answer = form.send()
    assert answer.status == 200
    saved[form.data["concern"]] = (form.data["form_key"], json.loads(answer.content)["to"])
    with looking_into(database_url):
        everything_is_whole(saved)
