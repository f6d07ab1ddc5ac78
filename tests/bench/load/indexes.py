"""PostgreSQL's indexes and keys of the tables that are filled: taken away before, made again after.

In between the tables are new in their transaction, so with `wal_level=minimal` nothing of them is logged.
"""

from dataclasses import dataclass

from .tables import models

KEYS = """
SELECT c.conrelid::regclass::text, c.conname, c.contype, pg_get_constraintdef(c.oid)
FROM pg_constraint c WHERE c.contype IN ('p', 'u', 'f')
AND (c.conrelid::regclass::text = ANY(%(tables)s) OR c.confrelid::regclass::text = ANY(%(tables)s))
ORDER BY c.contype
"""
INDEXES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i WHERE i.indrelid::regclass::text = ANY(%(tables)s)
AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
"""


@dataclass
class Taken:
    """What was taken away. `of_table` makes one table's own again, `between` what joins two."""

    of_table: dict
    between: list


def take_away(cursor):
    tables = {"tables": [model._meta.db_table for model in models()]}
    cursor.execute(KEYS, tables)
    keys = cursor.fetchall()
    cursor.execute(INDEXES, tables)
    taken = Taken({}, [])
    for table, name, definition in cursor.fetchall():
        cursor.execute(f"DROP INDEX {name}")
        taken.of_table.setdefault(table, []).append(definition)
    for table, name, kind, definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        again = f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
        if kind == "f":
            # In force for every write from now on. That the rows which are there keep it a test of a small
            # load shows, and asking again costs as much as loading them.
            taken.between.append(f"{again} NOT VALID")
        else:
            taken.of_table.setdefault(table, []).insert(0, again)
    return taken
