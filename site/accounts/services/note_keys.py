"""Writing every encrypted text again under the first of the keys."""

from django.apps import apps
from django.db import connection, transaction

from accounts.models import EncryptedText, cipher

BATCH = 500


def encrypted_columns():
    """(model, field) of every encrypted column, those of history included."""
    return [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedText)
    ]


def rotate_column(model, field, *, count):
    """Write one column again under the first key; `count(n)` is told of rows as they are done.

    What stands in it stays as it is, to the letter, so history is not touched and no version goes up. A text
    that somebody saves meanwhile is left alone: it was written under the first key already. Raises
    InvalidToken, with the rows before it done, when none of the keys opens a row.
    """
    quote = connection.ops.quote_name
    table, column, key = quote(model._meta.db_table), quote(field.column), quote(model._meta.pk.column)
    some = f"WHERE {key} > %s AND {column} <> '' ORDER BY {key} LIMIT {BATCH}"
    read = f"SELECT {key}, {column} FROM {table} {some}"
    write = f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"
    last = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(read, [last])
            rows = cursor.fetchall()
            cursor.executemany(write, [(again(token), pk, token) for pk, token in rows])
        if not rows:
            return
        last = rows[-1][0]
        count(len(rows))


def again(token):
    return cipher().rotate(token.encode()).decode()
