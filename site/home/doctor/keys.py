"""A key that no longer opens what it wrote is missed when a note is needed, unless somebody asks before."""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import connection

from accounts.models import cipher
from accounts.services.note_keys import encrypted_columns
from consultations.history_check import check_chain
from consultations.models import Case

from .findings import fine, must_mend, warn
from .set_up import real

PUT_BACK = "Nothing is lost: put the key they were written with back into {name}, behind the others."


def notes_open(about, asked):
    yield from not_the_demos(about, "NOTE_KEYS", settings.DEMO_NOTE_KEY, "rotate_note_keys")
    closed = [model._meta.label for model, field in encrypted_columns() if not opens(model, field)]
    if closed:
        said = f"they do not open texts of {', '.join(sorted(set(closed)))}."
        yield must_mend(about, said, PUT_BACK.format(name="NOTE_KEYS"))
    else:
        yield fine(about, "they open the oldest and the newest text of every table.")


def opens(model, field):
    """Whether the oldest and the newest text of a column open, if there are any."""
    quote = connection.ops.quote_name
    table, column, key = quote(model._meta.db_table), quote(field.column), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        for order in ("ASC", "DESC"):
            cursor.execute(
                f"SELECT {column} FROM {table} WHERE {column} <> '' ORDER BY {key} {order} LIMIT 1"
            )
            for (token,) in cursor.fetchall():
                try:
                    cipher().decrypt(token.encode())
                except InvalidToken:
                    return False
    return True


def history_verifies(about, asked):
    yield from not_the_demos(about, "HISTORY_KEYS", settings.DEMO_HISTORY_KEY, "")
    cases = Case.objects.order_by("pk")
    ends = {case.pk: case for case in (cases.first(), cases.last()) if case}
    wrong = [finding for case in ends.values() for finding in check_chain(case, count=lambda n: None)]
    if wrong:
        said = "the history of the oldest or the newest case is not as it was signed."
        mend = "Run manage.py verify_history. If it finds every case, a key is missing in HISTORY_KEYS."
        yield must_mend(about, said, mend)
    else:
        yield fine(about, "the oldest and the newest case are as they were signed.")


def not_the_demos(about, name, key, command):
    if key not in getattr(settings, name):
        return
    tell = must_mend if real() else warn
    mend = f"Put a new one first in {name} (see README)" + (
        f", then run manage.py {command}." if command else "."
    )
    yield tell(about, f"{name} holds the demo's key, which everybody can read.", mend)
