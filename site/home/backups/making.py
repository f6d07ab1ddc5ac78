"""Making a backup, and trying it: a backup that nobody has restored is a hope."""

import json
import os
from importlib.metadata import version
from pathlib import Path

from .contents import cases_of, counts_of, migrations_of
from .media import write_media
from .opening import CASES, DATABASE, MANIFEST, MEDIA, Counting, open_backup
from .parts import write_end, write_part
from .sealed import BadBackup, SealedWriter


def make_backup(path, *, place, media, key, at, verify=True, progress=lambda size: None):
    """Write a backup to `path` and try it. Returns its manifest.

    First it takes away what one that was killed has left behind. Under its own name it stands only when it is
    whole. Raises BadBackup; one that was tried and did not come
    back as it went in stands beside, called `….not-verified`.
    """
    place.require_tools()
    place.clear_away()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            manifest = write(Counting(file, progress), place, media, key, at)
            file.flush()
            os.fsync(file.fileno())
        if verify:
            try_out(part, path, place, key, progress)
        os.replace(part, path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def write(file, place, media, key, at):
    out = SealedWriter(file, key)
    with place.frozen() as frozen:
        manifest = {
            "fortnight": version("fortnight"),
            "made_at": at.isoformat(),
            "engine": place.engine,
            "migrations": migrations_of(frozen),
            "counts": counts_of(frozen),
        }
        write_part(out, MANIFEST, [json.dumps(manifest).encode()])
        write_part(out, CASES, cases_of(frozen))
        write_part(out, DATABASE, frozen.dump())
    hashes = write_media(out, Path(media))
    write_part(out, MEDIA, [json.dumps(hashes).encode()])
    write_end(out)
    out.close()
    return manifest


def try_out(part, path, place, key, progress):
    try:
        with open_backup(part, place=place, key=key, media=None, progress=progress):
            pass
    except BadBackup as problem:
        named = path.with_name(f"{path.name}.not-verified")
        os.replace(part, named)
        raise BadBackup(
            f"The backup does not come back as it went in, and is called {named}. {problem}"
        ) from None


def sync_folder(folder):
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
