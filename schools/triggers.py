"""The database itself refuses to change or delete a line of the ledger, whoever asks.

The migration sets the triggers up. Only what empties a whole database for a test may lift them meanwhile.
"""

from contextlib import contextmanager

TABLE = "schools_timeentry"
REFUSAL = "The ledger is written once: a correction is a new line."
SET = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$ "
        "LANGUAGE plpgsql",
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    ],
}
LIFT = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}"],
}


def set_triggers(connection):
    run(connection, SET)


def lift_triggers(connection):
    run(connection, LIFT)


@contextmanager
def lifted(connection):
    """For emptying a test's database on SQLite, where that is deleting every row."""
    lift_triggers(connection)
    try:
        yield
    finally:
        set_triggers(connection)


def run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
