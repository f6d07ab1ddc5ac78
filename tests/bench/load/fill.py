"""One call that fills a database: read the demo, make a service of it, copy it."""

from .blocks import Blocks
from .copies import Copies, Shape
from .tables import columns, is_standing, models
from .unit import as_it_ended
from .vendors import VENDORS


def prepare(unit, blocks):
    """{variant: the rows that are copied}"""
    ended = Blocks(as_it_ended(unit), blocks)
    now = Blocks(unit, blocks)
    return {"standing": now, "now": now, "ended": ended}


def stage(cursor, vendor, variants):
    """The rows into tables of their own. Returns how many of each."""
    counts = {}
    for variant, rows in variants.items():
        counts[variant] = {}
        for model in models():
            if (variant == "standing") != is_standing(model):
                continue
            names = [f'"{name}"' for name in columns(model)]
            values = (tuple(row[name] for name in columns(model)) for row in rows.rows(model))
            table = f"bench_{variant}_{model._meta.db_table}"
            counts[variant][model] = vendor.stage(
                cursor, table, model._meta.db_table, ", ".join(names), values
            )
    return counts


def unstage(cursor, counts):
    for variant, models_of_it in counts.items():
        for model in models_of_it:
            cursor.execute(f"DROP TABLE bench_{variant}_{model._meta.db_table}")


def highest_keys(cursor):
    found = {}
    for model in models():
        cursor.execute(f'SELECT max("{model._meta.pk.column}") FROM "{model._meta.db_table}"')
        found[model] = cursor.fetchone()[0] or 0
    return found


def plan(cursor, vendor_name, unit, *, services, blocks, half_years):
    """Everything is staged; what is returned says which statements are to come."""
    vendor = VENDORS[vendor_name]
    vendor.prepare(cursor)
    counts = stage(cursor, vendor, prepare(unit, blocks))
    return Copies(vendor, Shape(services, half_years), counts, highest_keys(cursor))


def fill(cursor, vendor_name, unit, **shape):
    """All of it in the caller's transaction, with every index and rule in force."""
    copies = plan(cursor, vendor_name, unit, **shape)
    for model in models():
        for turn in copies.turns(model):
            if statement := copies.statement(model, turn):
                cursor.execute(statement)
        count_on(cursor, copies.vendor, model)
    unstage(cursor, copies.counts)
    return copies


def count_on(cursor, vendor, model):
    """The next key that the database gives is a new one."""
    key = model._meta.pk
    if not key.is_relation:
        vendor.go_on_counting(cursor, model._meta.db_table, key.column)
