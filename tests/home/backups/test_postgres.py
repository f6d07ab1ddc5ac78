"""What only PostgreSQL can get wrong: its tools, its databases, and who is still connected."""

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from psycopg import sql

from home.backups import BadBackup, make_backup, restore
from home.backups import postgres as tools
from home.backups.postgres import PostgresPlace
from tests.machines.programs import until

from .conftest import KEY, TABLES
from .killing import kill_at, moments_of

WEAK = "fortnight_test_without_rights"
NAMES = "SELECT first_name FROM consultations_case ORDER BY id"


def run(place, command, *names):
    """On the server, for commands that want no database of their own."""
    with place.connect("postgres", autocommit=True) as found:
        return found.execute(sql.SQL(command).format(*map(sql.Identifier, names)))


def databases(place):
    with place.connect("postgres") as found:
        like = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY 1"
        return [name for (name,) in found.execute(like, [f"{place.name}%"]).fetchall()]


@pytest.fixture
def place(django_db_setup):
    """A database of two cases, apart from that of the tests."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone")
    found = PostgresPlace(connection.settings_dict | {"NAME": f"{connection.settings_dict['NAME']}_keep"})
    run(found, "DROP DATABASE IF EXISTS {} WITH (FORCE)", found.name)
    run(found, "CREATE DATABASE {}", found.name)
    with found.connect() as filled:
        filled.execute(TABLES)
    yield found
    for name in databases(found):
        run(found, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def backup(place, tmp_path):
    file = tmp_path / "one.backup"
    make_backup(file, place=place, media=tmp_path / "media", key=KEY, at=timezone.now())
    return file


def names_in(place):
    with place.opened() as found:
        return [name for (name,) in found.ask(NAMES)]


def put_back(file, place, tmp_path, replace=""):
    return restore(
        file, place=place, media=tmp_path / "new", key=KEY, stamp="2030-01-01T0100Z", replace=replace
    )


def test_who_is_connected_is_sent_away_and_the_old_one_keeps_a_name(place, backup, tmp_path):
    with place.connect() as filled:
        filled.execute("UPDATE consultations_case SET first_name = 'Later'")
    with place.connect() as working:
        _, kept, _ = put_back(backup, place, tmp_path, replace=place.name)
        with pytest.raises(psycopg.OperationalError):
            working.execute("SELECT 1")
    assert names_in(place) == ["Zebedee", "Ottoline"]
    assert names_in(PostgresPlace(place.settings, kept)) == ["Later", "Later"]
    assert databases(place) == [place.name, kept]


@pytest.mark.parametrize("where", [0.4, 0.999])
def test_a_damaged_file_changes_nothing_and_leaves_no_database_behind(place, backup, tmp_path, where):
    held = bytearray(backup.read_bytes())
    held[int(len(held) * where)] ^= 1
    backup.write_bytes(held)
    with pytest.raises(BadBackup, match="damaged or changed"):
        put_back(backup, place, tmp_path, replace=place.name)
    assert names_in(place) == ["Zebedee", "Ottoline"]
    assert databases(place) == [place.name]


def test_a_dump_that_the_tool_refuses_says_its_first_error_and_quotes_no_row(place):
    with pytest.raises(BadBackup) as refusal, place.unpacked([b"no dump at all, and zq-secret"]):
        pass
    assert str(refusal.value).startswith("pg_restore: error:")
    assert "zq-secret" not in str(refusal.value)
    said = 'pg_restore: error: COPY failed for table "x"\nDETAIL: Key (email)=(zq-secret) exists.\n'
    assert tools.first_error(said) == 'pg_restore: error: COPY failed for table "x"'
    assert databases(place) == [place.name]


def test_what_a_killed_one_left_behind_is_taken_away_by_the_next_and_what_is_at_work_is_not(place, tmp_path):
    (tmp_path / "media").mkdir()
    moments = moments_of(place, tmp_path)
    assert place.left_behind() == []
    kill_at(moments, place, tmp_path)
    (left,) = set(databases(place)) - {place.name}
    # pg_restore and the server need a moment to see that it is gone.
    assert until(lambda: place.left_behind() == [left])
    with place.frozen() as dumped, place.unpacked(dumped.dump()) as new:
        assert place.left_behind() == [left]
        assert place.clear_away() == [left]
        assert databases(place) == [place.name, new.name]
    kill_at(moments, place, tmp_path)
    assert until(place.left_behind)
    moments_of(place, tmp_path)
    assert databases(place) == [place.name]


def test_tools_older_than_the_server_are_refused(place, monkeypatch):
    monkeypatch.setattr(tools, "version_of", lambda path: 9)
    with pytest.raises(BadBackup, match=r"pg_dump here is older .* Install postgresql-client-\d\d"):
        place.require_tools()


def test_a_user_that_may_not_make_databases_is_told_how(place):
    run(place, "DROP ROLE IF EXISTS {}", WEAK)
    run(place, "CREATE ROLE {} LOGIN", WEAK)
    try:
        weak = PostgresPlace(place.settings | {"USER": WEAK})
        with pytest.raises(BadBackup, match=f"ALTER ROLE {WEAK} CREATEDB;"), weak.unpacked([]):
            pass
    finally:
        run(place, "DROP ROLE {}", WEAK)
