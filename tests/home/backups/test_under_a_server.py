"""SQLite's file is exchanged while the product serves: what is asked next is of the file that is there."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from home.backups import make_backup
from home.backups.sqlite import SqlitePlace
from tests.machines.person import OpenForm, Person, signed_in
from tests.machines.product import environment
from tests.machines.programs import ROOT
from tests.machines.web import Web

from .conftest import KEY, rows_of

pytestmark = pytest.mark.django_db(transaction=True)
# As docs/operations/gunicorn.conf.py has it. Each has the file and its -wal open, and all of them one -shm.
THREADS = 4
MOST_OPEN = 2 * THREADS + 1
CONCERNS = "SELECT concern FROM consultations_consultation ORDER BY id"
DONE = "Everything is as it was written."


def copied(path, to):
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new)
    return to


class Here:
    """Priya at a visit, and the product over a copy of the test's database."""

    def __init__(self, folder, visit, talk):
        self.folder, self.url, self.talk = folder, visit.get_absolute_url(), talk
        session = signed_in(visit.clinician)
        self.path = copied(connection.settings_dict["NAME"], folder / "served.sqlite3")
        self.env = environment(f"sqlite:///{self.path}", folder, BACKUP_KEY=KEY)
        self.web = Web(self.env, folder / "web.log", workers=1)
        self.web.start()
        self.web.wait_until_it_answers()
        self.person = Person(self.web.port, session)
        self.form = OpenForm(self.person, f"{self.url}add/", **talk)

    def log(self, concern):
        self.form.new_keys()
        self.form.data["concern"] = concern
        assert self.form.press().status == 302

    def counted(self):
        """How many talks the page of the visit has, asked of several threads at once."""
        with ThreadPoolExecutor(THREADS) as pool:
            pages = list(pool.map(self.person.get, [self.url] * 4 * THREADS))
        (words,) = {page.text.split(" consultation")[0].split(">")[-1] for page in pages}
        return int(words)

    def opened(self):
        """How often the worker has the files of the database open."""
        (worker,) = self.web.children()
        names = []
        for link in Path(f"/proc/{worker}/fd").iterdir():
            # One of them may have been closed meanwhile.
            with suppress(FileNotFoundError):
                names.append(os.readlink(link))
        return sum(name.startswith(str(self.path)) for name in names)

    def manage(self, *command):
        run = [sys.executable, "manage.py", *command]
        how = {"cwd": ROOT, "env": self.env, "capture_output": True, "text": True, "check": False}
        return subprocess.run(run, **how, timeout=120)


@pytest.fixture
def here(tmp_path, sam, visit, themes):
    talk = {
        **{"subject": "child", "child": "no_name", "no_name_year": "4", "minutes": "15"},
        "staff": [str(visit.partnership.people.get(account=sam).pk)],
        **{"themes": [str(themes["worry"].pk)], "tried_nothing": "on", "agreed": "A calm start."},
        **{"risk": "no", "next_step": "nothing_more"},
    }
    here = Here(tmp_path, visit, talk)
    yield here
    here.web.kill()


def test_a_restore_is_read_at_once_and_written_into(here):
    here.log("Before")
    file, media = here.folder / "one.backup", here.folder / "media"
    media.mkdir()
    make_backup(file, place=SqlitePlace(here.path), media=media, key=KEY, at=timezone.now())
    here.log("Too late")
    assert here.counted() == 2

    said = here.manage("restore", str(file), "--replace", here.path.name, "-v0")
    assert (said.returncode, said.stderr) == (0, "")
    assert DONE in said.stdout
    assert here.counted() == 1
    here.log("After")
    assert here.counted() == 2
    assert rows_of(here.path, CONCERNS) == ["Before", "After"]
    assert here.opened() <= MOST_OPEN
    assert DONE in here.manage("verify_history").stdout
    assert here.person.failures == []


def test_a_file_put_in_its_place_is_read_at_once_and_written_into(here):
    here.log("Before")
    another = copied(here.path, here.folder / "another.sqlite3")
    here.log("Too late")
    assert here.counted() == 2

    for ending in ("", "-wal", "-shm"):
        here.path.with_name(here.path.name + ending).unlink()
    another.rename(here.path)
    assert here.counted() == 1
    here.log("After")
    assert here.counted() == 2
    assert rows_of(here.path, CONCERNS) == ["Before", "After"]
    assert here.opened() <= MOST_OPEN
    assert here.person.failures == []


def test_a_server_that_was_stopped_leaves_one_file(here):
    here.log("Before")
    assert here.counted() == 1
    assert here.path.with_name(f"{here.path.name}-wal").exists()
    here.web.stop()
    assert [path.name for path in here.folder.glob("served.*")] == ["served.sqlite3"]
    assert rows_of(here.path, CONCERNS) == ["Before"]
