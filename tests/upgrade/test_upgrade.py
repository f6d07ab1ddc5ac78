"""The demo's database of the last release (releases.py), brought forward by the migrations there are now."""

import json
import os
import subprocess
import sys
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from schools.triggers import REFUSAL

from .releases import put_postgresql, put_sqlite

FORWARD = "from tests.upgrade.forward import forward; forward()"
# Django's own lists of what there is.
GROWING = {"django_migrations", "django_content_type", "auth_permission"}
# Tables whose rows a migration of this release adds or takes away, and how many. None so far.
EXPECTED = {}


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The address of a database as the last release left it."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("upgrade") / "release.sqlite3"
        put_sqlite(path)
        yield f"sqlite:///{path}"
        return
    name = f"{connection.settings_dict['NAME']}_release_{os.getpid()}"
    server = {
        word: connection.settings_dict[key]
        for word, key in (("host", "HOST"), ("port", "PORT"), ("user", "USER"), ("password", "PASSWORD"))
        if connection.settings_dict[key]
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as maintenance:
        maintenance.execute(f'CREATE DATABASE "{name}"')
        try:
            put_postgresql(dbname=name, **server)
            yield address(name, **server)
        finally:
            maintenance.execute(f'DROP DATABASE "{name}"')


def address(name, *, host="", port="", user="", password=""):
    secret = f":{quote(password, safe='')}" if password else ""
    port = f":{port}" if port else ""
    return f"postgres://{quote(user, safe='')}{secret}@{quote(host, safe='')}{port}/{name}"


@pytest.fixture(scope="module")
def said(release):
    """What became of it, as forward.py says. The demo's keys are those of the settings for development."""
    ours = {"DATABASE_URL": release, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", FORWARD]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=os.environ | ours, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_table_has_the_rows_it_had(said):
    before, after = said["before"]["rows"], said["after"]["rows"]
    changed = {table: after[table] - rows for table, rows in before.items() if after.get(table) != rows}
    assert {table: by for table, by in changed.items() if table not in GROWING} == EXPECTED
    assert min(before[table] for table in ("schools_timeentry", "consultations_plan")) > 20


def test_the_history_of_each_case_ends_as_it_did_and_is_what_was_written(said):
    assert said["after"]["chains"] == said["before"]["chains"]
    assert len(said["after"]["chains"]) == said["after"]["rows"]["consultations_case"] > 20
    assert said["history"] == "Everything is as it was written."


def test_time_and_money_agree_to_the_minute_and_the_penny(said):
    assert said["ledger"] == "0 differences."


def test_it_says_that_it_is_ready(said):
    assert said["ready"]["migrations"] is True


def test_a_clinician_opens_a_case(said):
    assert said["page"] == [200, True]


def test_the_ledger_refuses_to_be_changed(said):
    for refused in (said["changed"], said["deleted"]):
        assert refused.startswith(REFUSAL)


def test_a_forged_history_is_found(said):
    assert said["forged"] == "done"
    # Its row against the link, and against the record.
    assert said["history_then"] == "2 found. What is stored is not what was written."
