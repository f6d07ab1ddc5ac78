"""Filling PostgreSQL with two connections at a time: a table each, without its indexes, which come after."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
from tqdm import tqdm

from .fill import count_on, plan, unstage
from .indexes import take_away
from .tables import models

CONNECTIONS = 3
SESSION = (
    "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'; "
    "SET max_parallel_maintenance_workers = 0"
)


def fill_at_once(dsn, unit, **shape):
    """Into an empty database of the newest schema, whose owner may take its indexes away."""
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        copies = plan(cursor, "postgresql", unit, **shape)
        taken = take_away(cursor)
    tables = sorted(models(), key=copies.rows, reverse=True)
    with tqdm(total=sum(map(copies.rows, tables)), unit=" rows", unit_scale=True, desc="Rows") as bar:
        every(tables, lambda model: fill_table(dsn, copies, model, bar))
    with tqdm(total=sum(map(len, taken.of_table.values())), desc="Indexes") as bar:
        every(tables, lambda model: index_table(dsn, taken.of_table.get(model._meta.db_table, []), bar))
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        for statement in taken.between:
            cursor.execute(statement)
        unstage(cursor, copies.counts)
    with tqdm(total=len(tables), desc="Statistics") as bar:
        every(tables, lambda model: tidy_table(dsn, model, bar))
    return copies


def every(things, do):
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for _ in pool.map(do, things):
            pass


def fill_table(dsn, copies, model, bar):
    """In one transaction in which the table is new."""
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute(SESSION)
        if not copies.begin[model]:
            cursor.execute(f"TRUNCATE {model._meta.db_table}")
        for turn in copies.turns(model):
            if statement := copies.statement(model, turn):
                cursor.execute(statement)
                bar.update(cursor.rowcount)
        count_on(cursor, copies.vendor, model)


def index_table(dsn, statements, bar):
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute(SESSION)
        for statement in statements:
            cursor.execute(statement)
            bar.update()


def tidy_table(dsn, model, bar):
    """As a database that was in use for ten years would be: the rows are marked as seen by everybody."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(f"VACUUM ANALYZE {model._meta.db_table}")
    bar.update()
