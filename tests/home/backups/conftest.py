import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils import timezone

from home.backups import make_backup
from home.backups.sqlite import SqlitePlace

ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
# They are no tests of the other database that could not run.
collect_ignore = ["test_under_a_server.py"] if ON_POSTGRES else ["test_postgres.py"]
KEY = "Zm9ydG5pZ2h0LWJhY2t1cC10ZXN0LW5vdC1zZWNyZXQ="
# The tables that a backup looks into, and no more: these tests are about files, not about records.
TABLES = """
CREATE TABLE accounts_user (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE consultations_case (id INTEGER PRIMARY KEY, reference TEXT, first_name TEXT);
CREATE TABLE consultations_casechain (case_id INTEGER PRIMARY KEY, length INTEGER, mac TEXT);
CREATE TABLE consultations_caselink (case_id INTEGER, number INTEGER, "table" TEXT, record_pk INTEGER,
    history_id INTEGER, key_id TEXT, mac TEXT);
INSERT INTO accounts_user VALUES (1, 'priya@example.org');
INSERT INTO consultations_case VALUES (1, 'C-7F3K-9MW', 'Zebedee'), (2, 'C-7F3K-9MX', 'Ottoline');
INSERT INTO consultations_casechain VALUES (1, 2, 'ab'), (2, 1, 'cd');
INSERT INTO consultations_caselink VALUES (1, 1, 'consultations.Case', 1, 1, 'k', 'aa');
INSERT INTO consultations_caselink VALUES (1, 2, 'consultations.Plan', 1, 2, 'k', 'ab');
INSERT INTO consultations_caselink VALUES (2, 1, 'consultations.Case', 2, 3, 'k', 'cd');
"""


def run_in(path, script):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def rows_of(path, question="SELECT first_name FROM consultations_case ORDER BY id"):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(question)]


@pytest.fixture
def small(tmp_path):
    """A database of two cases with one picture and one document, and one backup of it."""
    database, media = tmp_path / "small.sqlite3", tmp_path / "media"
    run_in(database, TABLES)
    (media / "documents").mkdir(parents=True)
    (media / "a picture.png").write_bytes(b"\x89PNG" * 100_000)
    (media / "documents/plan.pdf").write_bytes(b"")
    file, place = tmp_path / "backups/one.backup", SqlitePlace(database)
    make_backup(file, place=place, media=media, key=KEY, at=timezone.now())
    return SimpleNamespace(database=database, media=media, file=file, place=place, folder=tmp_path)
