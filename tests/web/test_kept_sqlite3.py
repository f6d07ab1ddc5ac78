"""A connection to SQLite is kept while its file is in its place, and never writes into one that is gone."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import environ
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from config.settings.databases import database
from web import failures

# For its connections alone: the database of the tests is not asked.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def make(path, word):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(f"CREATE TABLE said (word TEXT); INSERT INTO said VALUES ('{word}')")
    return path


def words_in(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT word FROM said ORDER BY rowid")]


class Served:
    """A thread of a server with a connection of its own."""

    def __init__(self, path):
        env = environ.Env()
        settings = database(env, env.db_url_config(f"sqlite:///{path}"))
        self.connection = ConnectionHandler({"default": settings})["default"]

    def request(self, *sql):
        """What this request asks; the rows of the last."""
        self.connection.close_if_unusable_or_obsolete()
        with self.connection.cursor() as cursor:
            for one in sql or ["SELECT word FROM said ORDER BY rowid"]:
                cursor.execute(one)
            found = [row[0] for row in cursor.fetchall()]
        self.connection.close_if_unusable_or_obsolete()
        return found

    def says(self, word):
        self.request(f"INSERT INTO said VALUES ('{word}')")


@pytest.fixture
def path(tmp_path):
    return make(tmp_path / "ours.sqlite3", "old")


@pytest.fixture
def serve(path):
    served = []

    def serve_it():
        served.append(Served(path))
        assert served[-1].request() == ["old"]
        return served[-1]

    yield serve_it
    for one in served:
        one.connection.close()


def beside(path, *endings):
    return [path.with_name(path.name + ending) for ending in endings]


def opened(path):
    """The files of this process with that name, gone ones among them."""
    links = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if os.path.lexists(link)]
    return [link for link in links if link.startswith(str(path))]


def test_one_connection_answers_request_after_request(serve):
    served = serve()
    first = served.connection.connection
    served.says("new")
    assert served.request() == ["old", "new"]
    assert served.connection.connection is first


def test_a_file_that_was_exchanged_is_read_and_written(serve, path, tmp_path):
    several = [serve(), serve()]
    several[0].says("more")
    for old in beside(path, "", "-wal", "-shm"):
        old.unlink()
    make(tmp_path / "another.sqlite3", "another").rename(path)
    assert [served.request() for served in several] == [["another"]] * 2
    several[1].says("after")
    assert words_in(path) == several[0].request() == ["another", "after"]
    assert [name for name in opened(path) if name.endswith("(deleted)")] == []


def test_a_file_put_in_its_place_beside_the_old_wal_is_not_opened(serve, path, tmp_path):
    """SQLite would read the pages of the one as pages of the other."""
    served = serve()
    served.says("in the wal")
    make(tmp_path / "another.sqlite3", "another").rename(path)
    for _ in range(2):
        with pytest.raises(OperationalError, match="take -wal and -shm away") as refused:
            served.request()
        assert failures.kind_of(refused.value) == failures.AWAY
    for old in beside(path, "-wal", "-shm"):
        old.unlink()
    assert words_in(path) == ["another"]


def test_nor_by_a_thread_that_opens_for_the_first_time_or_after_an_hour(serve, path, tmp_path):
    kept, over = serve(), serve()
    kept.says("in the wal")
    make(tmp_path / "another.sqlite3", "another").rename(path)
    over.connection.close_at = 0
    for served in (Served(path), over, kept):
        with pytest.raises(OperationalError, match="take -wal and -shm away"):
            served.request()


def test_a_file_that_is_gone_is_not_written_any_more(serve, path):
    served = serve()
    for old in beside(path, "", "-wal", "-shm"):
        old.unlink()
    with pytest.raises(OperationalError, match="no such table"):
        served.says("lost")


def test_what_was_written_over_it_in_place_is_read(serve, path, tmp_path):
    """As a restore does it."""
    served = serve()
    first = served.connection.connection
    served.says("more")
    with (
        closing(sqlite3.connect(make(tmp_path / "another.sqlite3", "another"))) as another,
        closing(sqlite3.connect(path)) as target,
    ):
        another.execute("ALTER TABLE said ADD COLUMN loud INTEGER DEFAULT 1")
        another.backup(target)
    assert served.request("SELECT word FROM said WHERE loud = 1") == ["another"]
    served.request("INSERT INTO said VALUES ('after', 1)")
    assert words_in(path) == ["another", "after"]
    assert served.connection.connection is first


def test_after_an_error_the_file_is_opened_anew(serve):
    served = serve()
    first = served.connection.connection
    with pytest.raises(OperationalError):
        served.request("SELECT nothing FROM nowhere")
    assert served.request() == ["old"]
    assert served.connection.connection is not first


def test_what_is_kept_open_does_not_hold_up_the_writing_into_the_file(serve, path):
    reading, writing = serve(), serve()
    for number in range(3):
        writing.says(f"new {number}")
        reading.request()
    assert writing.request("PRAGMA wal_checkpoint(TRUNCATE)") == [0]
    assert beside(path, "-wal")[0].stat().st_size == 0


def test_files_are_opened_once_for_each_thread(serve, path):
    several = [serve() for _ in range(4)]
    before = sorted(opened(path))
    for number in range(20):
        for served in several:
            served.says(f"{number}")
            served.request()
    assert sorted(opened(path)) == before
