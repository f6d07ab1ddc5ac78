"""The drill: everything is lost, and somebody on another machine has the file, the keys and the program."""

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from psycopg import sql

from consultations.services import share_consultation
from home.backups import last_good, place_in_use, postgres
from home.backups.contents import cases_of, counts_of
from home.backups.postgres import PostgresPlace
from home.backups.restoring import refuse_over
from home.backups.sealed import BadBackup
from home.backups.sqlite import SqlitePlace

from .conftest import KEY

ROOT = Path(__file__).resolve().parents[3]
NAME = "Zebedee-Quince"


@pytest.fixture
def elsewhere(tmp_path):
    """(address, place) of a new machine's empty database of the same kind."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", SqlitePlace(tmp_path / "elsewhere.sqlite3")
        return
    found = connection.settings_dict
    name = f"{found['NAME']}_elsewhere"
    place = PostgresPlace(found | {"NAME": name})
    with server(place) as run:
        run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        run("CREATE DATABASE {}", name)
    yield f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{name}", place
    with server(place) as run:
        run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@contextmanager
def server(place):
    with place.connect("postgres", autocommit=True) as found:
        yield lambda command, name: found.execute(sql.SQL(command).format(sql.Identifier(name)))


def contents(place):
    with place.frozen() as frozen:
        return counts_of(frozen), list(cases_of(frozen))


def on_the_new_machine(*command, **env):
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": path} | env
    run = [sys.executable, "manage.py", *command]
    return subprocess.run(run, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.django_db(transaction=True)
def test_what_was_lost_is_back_on_another_machine(
    make_consultation, make_plan, priya, settings, tmp_path, elsewhere
):
    address, place = elsewhere
    settings.BACKUP_KEY, settings.BACKUP_DIR = KEY, tmp_path / "backups"
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "images").mkdir(parents=True)
    (settings.MEDIA_ROOT / "images/otter.png").write_bytes(os.urandom(300_000))
    talk = make_consultation(concern=f"{NAME} cries at the gate.", clinical_note="For clinicians")
    make_plan("agreed", consultation=talk)
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)

    call_command("backup", "--keep", "1", verbosity=0)
    (file,) = settings.BACKUP_DIR.glob("*.backup")
    assert NAME.encode() not in file.read_bytes()
    assert timezone.now() - last_good() < timedelta(minutes=2)

    env = {"DATABASE_URL": address, "BACKUP_KEY": KEY, "MEDIA_ROOT": str(tmp_path / "new media")}
    answer = on_the_new_machine("restore", str(file), "-v0", **env)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Everything is as it was written." in answer.stdout

    assert contents(place) == contents(place_in_use())
    assert len(contents(place)[1]) == 1
    restored = (tmp_path / "new media/images/otter.png").read_bytes()
    assert restored == (settings.MEDIA_ROOT / "images/otter.png").read_bytes()
    with pytest.raises(BadBackup, match=f"--replace {place.name}"):
        refuse_over(place, "")
    if connection.vendor == "postgresql":
        assert left_behind(place) == []


def left_behind(place):
    with place.connect("postgres") as found:
        like = "SELECT datname FROM pg_database WHERE datname LIKE %s"
        names = found.execute(like, [f"{django_settings.DATABASES['default']['NAME'][:20]}%"]).fetchall()
    return [name for (name,) in names if "_restored_" in name or "_before_" in name]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "There is no key. Name its file with --key-file, or set BACKUP_KEY."),
        ("a password", "The key in BACKUP_KEY is not 32 bytes in base64."),
    ],
)
def test_without_a_key_nothing_is_written(settings, tmp_path, key, said):
    settings.BACKUP_KEY, settings.BACKUP_DIR = key, tmp_path
    with pytest.raises(CommandError) as refusal:
        call_command("backup", verbosity=0)
    assert said in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


def test_the_servers_password_is_in_no_list_of_processes():
    found = {
        "NAME": "fortnight",
        "USER": "fortnight",
        "PASSWORD": "s3cret",
        "HOST": "db.example",
        "PORT": 5432,
    }
    place = PostgresPlace(found | {"OPTIONS": {"sslmode": "require", "pool": True}})
    assert psycopg.conninfo.conninfo_to_dict(place.address()) == {
        "dbname": "fortnight",
        "user": "fortnight",
        "host": "db.example",
        "port": "5432",
        "sslmode": "require",
    }


def test_a_tool_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setattr(postgres, "which", lambda name: None)
    with pytest.raises(BadBackup, match="pg_dump is missing. Install the package postgresql-client-15."):
        postgres.tool("pg_dump", 15)
