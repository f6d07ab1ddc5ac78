"""Brings the database of DATABASE_URL forward and says what became of it, as one line of JSON.

Run by `manage.py shell`, in a process of its own, since a test's process has a test's keys and database.
"""

import json
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

FIRST = "(SELECT min(history_id) FROM consultations_historicalconsultation)"
FORGERY = f"UPDATE consultations_historicalconsultation SET minutes = minutes + 1 WHERE history_id = {FIRST}"
FORGED = f"""
SELECT consultations_case.reference FROM consultations_case JOIN consultations_historicalconsultation history
ON history.case_id = consultations_case.id WHERE history_id = {FIRST}
"""


def forward():
    before = {"rows": count_rows(), "chains": read_chains()}
    call_command("migrate", interactive=False, verbosity=0)
    after = {"rows": count_rows(), "chains": read_chains()}
    said = {
        "before": before,
        "after": after,
        "history": answer("verify_history"),
        "ledger": answer("reconcile"),
        "ready": Client().get("/ready/").json(),
        "page": open_a_case(),
        "changed": ask("UPDATE schools_timeentry SET minutes = minutes + 1"),
        "deleted": ask("DELETE FROM schools_timeentry"),
        "forged": ask(FORGERY),
        "history_then": answer("verify_history", case=select(FORGED)[0][0]),
    }
    print(json.dumps(said))


def select(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def count_rows():
    quote = connection.ops.quote_name
    tables = sorted(connection.introspection.table_names())
    return {table: select(f"SELECT count(*) FROM {quote(table)}")[0][0] for table in tables}


def read_chains():
    """The end of each case's chain, which hangs on every row of its history."""
    return dict(select("SELECT case_id, mac FROM consultations_casechain"))


def answer(command, **options):
    """The last line a command says, or what it ends with."""
    out = StringIO()
    try:
        call_command(command, stdout=out, verbosity=0, **options)
    except CommandError as error:
        return str(error)
    return out.getvalue().splitlines()[-1]


def ask(statement):
    """What the database answers, of statements that nobody should give it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return str(error)
    return "done"


def open_a_case():
    from accounts.models import RoleRow, User
    from consultations.models import Case

    priya = User.objects.get(email="priya@demo.example")
    place = RoleRow.objects.filter(person=priya, kind=RoleRow.Kind.LINK_CLINICIAN).first().partnership
    case = Case.objects.filter(partnership=place).order_by("pk").first()
    client = Client(SERVER_NAME="localhost")
    client.force_login(priya)
    page = client.get(case.get_absolute_url())
    return [page.status_code, case.reference in page.text]
