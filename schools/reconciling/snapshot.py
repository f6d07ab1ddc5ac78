from contextlib import contextmanager

from django.db import connection, transaction


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
