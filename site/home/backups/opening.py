"""Reading a backup into a new database beside the one in use, and comparing it with what its list says."""

import json
from contextlib import contextmanager
from itertools import islice, zip_longest
from pathlib import Path
from tempfile import TemporaryFile

from .contents import cases_of, counts_of, differences
from .media import FOLDER, unpack_file
from .parts import read_parts
from .sealed import CHANGED, BadBackup, SealedReader

# In this order; the files of the library stand before the list of their hashes.
MANIFEST, CASES, DATABASE, MEDIA = "manifest.json", "cases", "database", "media.json"
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@contextmanager
def open_backup(path, *, place, key, media, progress=lambda size: None, fits=lambda manifest: None):
    """Gives (manifest, the new database); the files of the library are below `media`, or nowhere with None.

    When it gives anything, the whole file was read and what came back is what went in. Otherwise it raises
    BadBackup. The new database is gone afterwards, unless it took over. `fits` may refuse the manifest.
    """
    with Path(path).open("rb") as file, TemporaryFile() as cases:
        parts = read_parts(SealedReader(Counting(file, progress), key))
        manifest = json.loads(b"".join(next_part(parts, MANIFEST)))
        require_engine(manifest, place)
        fits(manifest)
        cases.writelines(next_part(parts, CASES))
        with place.unpacked(next_part(parts, DATABASE)) as new:
            require_same_files(*unpack_media(parts, media))
            require_same_rows(manifest, new)
            cases.seek(0)
            require_same_cases(cases, new)
            yield manifest, new


def read_manifest(path, key):
    """What a backup says of itself, without reading further."""
    with Path(path).open("rb") as file:
        return json.loads(b"".join(next_part(read_parts(SealedReader(file, key)), MANIFEST)))


def next_part(parts, name):
    found, blocks = next(parts, ("", ()))
    if found != name:
        raise BadBackup(CHANGED)
    return blocks


def require_engine(manifest, place):
    if manifest["engine"] != place.engine:
        raise BadBackup(
            f"This is a backup of {ENGINES[manifest['engine']]} and the database here is "
            f"{ENGINES[place.engine]}. Set DATABASE_URL to one of the same kind."
        )


def unpack_media(parts, root):
    """(hashes that the list has, hashes of what was read)."""
    found, expected = {}, None
    for name, blocks in parts:
        if name.startswith(FOLDER):
            path = name.removeprefix(FOLDER)
            found[path] = unpack_file(blocks, root, path)
        elif name == MEDIA:
            expected = json.loads(b"".join(blocks))
    return expected, found


def require_same_files(expected, found):
    if expected != found:
        raise BadBackup("The files of the library are not those that were backed up.")


def require_same_rows(manifest, new):
    wrong = list(islice(differences(manifest["counts"], counts_of(new)), 5))
    if wrong:
        raise BadBackup(" ".join(wrong))


def require_same_cases(expected, new):
    for was, now in zip_longest(expected, cases_of(new)):
        if was != now:
            reference = (was or now).split()[0].decode()
            raise BadBackup(f"Case {reference} is not as it was backed up.")


class Counting:
    """A file that says how much went through it."""

    def __init__(self, file, progress):
        self.file, self.progress = file, progress

    def write(self, data):
        self.progress(len(data))
        return self.file.write(data)

    def read(self, size):
        data = self.file.read(size)
        self.progress(len(data))
        return data
