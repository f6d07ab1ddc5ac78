"""Putting a backup in the place of what is there: whole, or not at all."""

from shutil import rmtree

from django.db.migrations.loader import MigrationLoader

from .contents import is_empty
from .media import folder_beside, put_in_place
from .opening import open_backup
from .sealed import BadBackup

OURS = ["accounts", "consultations", "home", "resources", "schools"]


def restore(path, *, place, media, key, stamp, replace="", progress=lambda size: None):
    """The database and the files of the library become those of the backup.

    Returns (manifest, what the database before is called, where the files before are), the last two "" when
    there was nothing. Over a database in which somebody works only with its name in `replace`. Raises
    BadBackup, and then nothing was changed.
    """
    place.require_tools()
    empty = refuse_over(place, replace)
    new_media = folder_beside(media, "restored", stamp)
    new_media.mkdir(parents=True)
    try:
        how = {"place": place, "key": key, "media": new_media, "progress": progress, "fits": refuse_newer}
        with open_backup(path, **how) as (manifest, new):
            kept = place.take_over(new, stamp, keep=not empty)
        return manifest, kept, put_in_place(new_media, media, stamp)
    finally:
        rmtree(new_media, ignore_errors=True)


def refuse_over(place, replace):
    """Whether it is empty. Raises BadBackup when it is not, and its name was not typed."""
    with place.opened() as now:
        empty = is_empty(now)
    if not empty and replace != place.name:
        raise BadBackup(
            f"Somebody works in the database {place.name} already. To put the backup in its place, "
            f"type its name as well: --replace {place.name}"
        )
    return empty


def refuse_newer(manifest):
    """A backup that a newer version made has tables this one does not know."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= set(map(tuple, migration.replaces))
    made = {(app, name) for app in OURS for name in manifest["migrations"].get(app, [])}
    if made - known:
        raise BadBackup(
            f"This backup was made by Fortnight {manifest['fortnight']}, which is newer than the one here or "
            "another. Install that version first."
        )
