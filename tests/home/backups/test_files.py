"""The file of a backup: nobody reads it without its key, and damaged it gives out nothing."""

import re

import pytest
from django.utils import timezone

from home.backups import BadBackup, make_backup, restore
from home.backups.kept import thin
from home.backups.media import files_under, inside
from home.backups.opening import open_backup
from home.backups.sealed import CHUNK, SealedReader, SealedWriter
from home.backups.sqlite import SqlitePlace

from .conftest import KEY, rows_of, run_in
from .killing import kill_at, moments_of

# SQLite and files alone.
pytestmark = pytest.mark.one_database
OTHER = "Zm9ydG5pZ2h0LW90aGVyLWtleS10ZXN0LW5vdC1zZWM="


def put_back(small, *, key=KEY, replace=""):
    place, media = SqlitePlace(small.folder / "new/new.sqlite3"), small.folder / "new/media"
    outcome = restore(small.file, place=place, media=media, key=key, stamp="now", replace=replace)
    return place.path, media, outcome


def test_it_comes_back_with_every_file_and_nothing_else_is_left(small):
    database, media, (manifest, kept, files) = put_back(small)
    assert rows_of(database) == ["Zebedee", "Ottoline"]
    assert (media / "a picture.png").read_bytes() == b"\x89PNG" * 100_000
    assert (media / "documents/plan.pdf").read_bytes() == b""
    assert manifest["counts"]["consultations_caselink"] == 3
    assert (kept, files) == ("", "")
    assert sorted(path.name for path in database.parent.iterdir()) == ["media", "new.sqlite3"]
    assert sorted(path.name for path in small.folder.iterdir()) == [
        "backups",
        "media",
        "new",
        "small.sqlite3",
    ]


def test_no_word_of_it_stands_in_the_file_and_only_its_owner_may_read_it(small):
    held = small.file.read_bytes()
    assert [
        word for word in (b"Zebedee", b"priya", b"sqlite", b"C-7F3K", b"\x89PNG" * 3) if word in held
    ] == []
    assert small.file.stat().st_mode & 0o777 == 0o600


MANY = """
PRAGMA journal_mode=WAL;
WITH RECURSIVE numbers(n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM numbers WHERE n < 4000)
INSERT INTO consultations_case SELECT n, 'C-' || n, 'Zebedee' || hex(randomblob(200)) FROM numbers;
"""


def test_one_that_is_killed_leaves_no_word_of_it_behind(small):
    run_in(small.database, MANY)
    moments = moments_of(small.place, small.folder)
    # While it is dumped, and while it is tried.
    for share in (0.3, 0.8):
        kill_at(round(moments * share), small.place, small.folder)
        held = {path.name for path in small.folder.rglob("*") if path.is_file() and holds(path, b"Zebedee")}
        assert held <= {small.database.name, f"{small.database.name}-wal"}
    assert list(small.folder.glob(".small*")) == []


def holds(path, word):
    return word in path.read_bytes()


def damaged(file, how):
    held = file.read_bytes()
    match how:
        case "cut":
            file.write_bytes(held[:-1])
        case "cut between chunks":
            file.write_bytes(held[: 19 + 8 + 16])
        case "changed":
            at = len(held) // 2
            file.write_bytes(held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :])
        case "longer":
            file.write_bytes(held + b"\0")
        case "another file":
            file.write_bytes(b"A letter to a friend")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("cut", "cut off"),
        ("cut between chunks", "cut off"),
        ("changed", "damaged or changed"),
        ("longer", "damaged or changed"),
        ("another file", "no backup of Fortnight"),
    ],
)
def test_a_damaged_file_says_so_and_nothing_is_restored(small, how, said):
    damaged(small.file, how)
    with pytest.raises(BadBackup, match=said):
        put_back(small)
    assert not [path for path in (small.folder / "new").rglob("*")]


def test_another_key_says_so(small):
    with pytest.raises(BadBackup, match="made with another key"):
        put_back(small, key=OTHER)


def test_over_a_database_in_use_only_with_its_name_and_what_was_there_is_kept(small):
    database, media, _ = put_back(small)
    run_in(database, "UPDATE consultations_case SET first_name = 'Later'")
    for name in ("", "another.sqlite3"):
        with pytest.raises(BadBackup, match="--replace new.sqlite3"):
            put_back(small, replace=name)
    assert rows_of(database) == ["Later", "Later"]
    _, _, (_, kept, files) = put_back(small, replace="new.sqlite3")
    assert rows_of(database) == ["Zebedee", "Ottoline"]
    assert rows_of(kept) == ["Later", "Later"]
    assert (files / "a picture.png").exists()


def test_a_chunk_has_its_place(tmp_path):
    with (tmp_path / "file").open("wb") as file:
        writer = SealedWriter(file, KEY)
        writer.write(b"a" * CHUNK + b"b" * CHUNK + b"c")
        writer.close()
    with (tmp_path / "file").open("rb") as file:
        reader = SealedReader(file, KEY)
        assert reader.read(2 * CHUNK + 1) == b"a" * CHUNK + b"b" * CHUNK + b"c"
        reader.require_end()
    held = (tmp_path / "file").read_bytes()
    head, size = held[:43], 4 + CHUNK + 16
    first, second, last = held[43 : 43 + size], held[43 + size : 43 + 2 * size], held[43 + 2 * size :]
    for wrong in ([second, first, last], [first, first, last], [first, last], [first, second]):
        (tmp_path / "wrong").write_bytes(b"".join([head, *wrong]))
        with (tmp_path / "wrong").open("rb") as file, pytest.raises(BadBackup, match="cut off|damaged"):
            SealedReader(file, KEY).read(2 * CHUNK + 1)


class Forgetful(SqlitePlace):
    """Loses something on the way."""

    lost = ""

    def dump(self):
        run_in(self.path, self.lost)
        with SqlitePlace(self.path).frozen() as later:
            yield from SqlitePlace.dump(later)

    def frozen(self):
        return Frozen(self)


class Frozen:
    def __init__(self, place):
        self.place = place

    def __enter__(self):
        self.opened = SqlitePlace.frozen(self.place)
        place = self.opened.__enter__()
        forgetful = Forgetful(place.path, place.connection)
        forgetful.lost = self.place.lost
        return forgetful

    def __exit__(self, *problem):
        return self.opened.__exit__(*problem)


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ("DELETE FROM accounts_user", "accounts_user: 1 rows were backed up, 0 came back"),
        ("DROP TABLE accounts_user", "accounts_user: 1 rows were backed up, 0 came back"),
        (
            "UPDATE consultations_caselink SET mac = 'zz' WHERE case_id = 2",
            "Case C-7F3K-9MX is not as it was",
        ),
        (
            "UPDATE consultations_casechain SET length = 5 WHERE case_id = 1",
            "Case C-7F3K-9MW is not as it was",
        ),
    ],
)
def test_a_backup_that_does_not_come_back_as_it_went_in_is_called_so(small, lost, said):
    run_in(small.database, "PRAGMA journal_mode=WAL")
    place, file = Forgetful(small.database), small.file.with_name("two.backup")
    place.lost = lost
    with pytest.raises(BadBackup, match=re.escape(said)):
        make_backup(file, place=place, media=small.media, key=KEY, at=timezone.now())
    assert {path.name for path in file.parent.iterdir()} == {"one.backup", "two.backup.not-verified"}


def test_one_backup_a_day_is_kept_and_what_is_no_backup_of_ours_stays(tmp_path):
    days = ["2026-11-24T020000Z", "2026-11-25T020000Z", "2026-11-25T140000Z", "2026-11-27T020000Z"]
    names = [f"fortnight-{day}.backup" for day in days]
    for name in [*names, "by-hand.backup", f"{names[0]}.not-verified"]:
        (tmp_path / name).touch()
    assert thin(tmp_path, 2) == names[:2]
    assert {path.name for path in tmp_path.iterdir()} == {
        *names[2:],
        "by-hand.backup",
        f"{names[0]}.not-verified",
    }


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "a/../../b", ""])
def test_no_file_of_a_backup_lands_outside_its_folder(tmp_path, path):
    with pytest.raises(BadBackup, match="outside its folder"):
        inside(tmp_path, path)


def test_a_file_that_is_not_in_the_list_of_hashes_is_found(small, monkeypatch):
    monkeypatch.setattr("home.backups.opening.unpack_file", lambda blocks, root, path: "another hash")
    opening = open_backup(small.file, place=small.place, key=KEY, media=None)
    with pytest.raises(BadBackup, match="files of the library are not those"), opening:
        pass


def test_where_the_library_is_a_disk_of_its_own_its_files_change_inside(small, monkeypatch):
    monkeypatch.setattr("os.path.ismount", lambda path: path.name == "media")
    put_back(small)
    database, media, (_, _, kept) = put_back(small, replace="new.sqlite3")
    assert kept == media / ".media.before-now"
    assert (kept / "documents/plan.pdf").exists()
    assert sorted(files_under(media)) == ["a picture.png", "documents/plan.pdf"]
    assert {path.name for path in media.iterdir()} == {"a picture.png", "documents", ".media.before-now"}
    assert {path.name for path in database.parent.iterdir()} == {
        "media",
        "new.sqlite3",
        "new.sqlite3.before-now",
    }
