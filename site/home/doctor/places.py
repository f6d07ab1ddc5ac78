"""Folders: is there room, and are the static files there."""

from pathlib import Path
from shutil import disk_usage

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection

from web.words import counted

from .findings import fine, must_mend, warn

GIB = 1024**3
COLLECT = "Run manage.py collectstatic --noinput, then restart the server."


def disks_have_room(about, asked):
    wrong = False
    for name, path in places().items():
        usage = disk_usage(nearest(path))
        share = 100 * usage.free // usage.total
        said = f"{usage.free / GIB:.1f} GiB free ({share}%) where {name} lies, {path}."
        mend = "Make room, or thin the backups: manage.py backup --keep."
        if usage.free < GIB or share < 3:
            yield must_mend(about, said, mend)
        elif share < 10:
            yield warn(about, said, mend)
        else:
            continue
        wrong = True
    if not wrong:
        yield fine(about, "there is room.")


def places():
    """What lies on disks of this machine: {what: where}. PostgreSQL's own may be elsewhere."""
    found = {"the library's files": settings.MEDIA_ROOT, "the last backup": settings.BACKUP_DIR}
    if connection.vendor == "sqlite":
        found["the database"] = Path(connection.settings_dict["NAME"]).parent
    return found


def nearest(path):
    """The folder itself, or the one above it that is there already."""
    path = Path(path).absolute()
    while not path.exists():
        path = path.parent
    return path


def static_files_are_there(about, asked):
    if not hasattr(staticfiles_storage, "hashed_files"):
        yield fine(about, "served as they lie in the source.")
        return
    there = staticfiles_storage.hashed_files
    wanted = [path for finder in get_finders() for path, _ in finder.list([])]
    missing = [path for path in wanted if path.replace("\\", "/") not in there]
    if missing:
        yield must_mend(about, f"{counted(len(missing), 'file')} not collected.", COLLECT)
    else:
        yield fine(about, f"{len(there)} collected.")
