from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from cryptography.fernet import InvalidToken
from django.db import connection, transaction
from django.utils import timezone

BATCH = 500
UNREADABLE = object()


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was written: of which case, in which table, of when, and what."""

    reference: str
    what: str
    table: str = ""
    at: object = None

    def __str__(self):
        when = f" of {timezone.localtime(self.at):%d %B %Y, %H:%M}" if self.at else ""
        where = f"{self.table}{when}: " if self.table else ""
        return f"Case {self.reference}: {where}{self.what}"


@contextmanager
def snapshot():
    """On PostgreSQL everything is read as it stood at one moment, while people go on working."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def in_batches(rows):
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def by_key(rows, name, keys):
    """The rows by a column; UNREADABLE where no key of NOTE_KEYS opens an encrypted text."""
    try:
        return {getattr(row, name): row for row in rows.filter(**{f"{name}__in": keys})}
    except InvalidToken:
        return {key: row for key in keys if (row := _one(rows.filter(**{name: key})))}


def _one(rows):
    try:
        return rows.first()
    except InvalidToken:
        return UNREADABLE
