from django.conf import settings
from django.db import connection

from .postgres import PostgresPlace
from .sqlite import SqlitePlace


def place_in_use():
    """The database that is backed up and restored: of BACKUP_DATABASE_URL where that is set, else the one
    that everything uses. Neither a pooler nor a replica will do."""
    found = settings.BACKUP_DATABASE or connection.settings_dict
    if found["ENGINE"].endswith("sqlite3"):
        return SqlitePlace(found["NAME"])
    return PostgresPlace(found)
