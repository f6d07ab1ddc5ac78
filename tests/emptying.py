"""Behind a test that commits every table is emptied. SQLite deletes the rows, which the ledger refuses."""

from django.db.backends.sqlite3.base import DatabaseOperations

from schools.triggers import TABLE, lifted

empty = DatabaseOperations.execute_sql_flush


def empty_with_the_ledger(operations, sql_list):
    if not any(f'"{TABLE}"' in statement for statement in sql_list):
        return empty(operations, sql_list)
    with lifted(operations.connection):
        return empty(operations, sql_list)


def pytest_configure(config):
    DatabaseOperations.execute_sql_flush = empty_with_the_ledger
