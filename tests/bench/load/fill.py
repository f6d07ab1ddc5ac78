"""One call that fills a database: read the demo, make a service of it, copy it."""

from .blocks import Blocks
from .copies import Copies, Shape, stage_of
from .tables import columns, is_standing, models
from .unit import as_it_ended
from .vendors import VENDORS


def prepare(unit, blocks):
    """{variant: the rows that are copied}"""
    ended = Blocks(as_it_ended(unit), blocks)
    now = Blocks(unit, blocks)
    return {"standing": now, "now": now, "ended": ended}


def stage(cursor, vendor, variants):
    """The rows into tables of their own, one for each that has any. Returns how many of each."""
    counts = {}
    for variant, rows in variants.items():
        counts[variant] = {}
        for model in models():
            if (variant == "standing") != is_standing(model):
                continue
            counts[variant][model] = rows.count(model)
            if rows.count(model):
                stage_table(cursor, vendor, stage_of(variant, model), model, rows.rows(model))
    return counts


def stage_table(cursor, vendor, stage, model, rows):
    names = columns(model)
    listed = ", ".join(f'"{name}"' for name in names)
    values = (tuple(row[name] for name in names) for row in rows)
    vendor.stage(cursor, stage, model._meta.db_table, listed, values)


def unstage(cursor, counts):
    for variant, counted in counts.items():
        for model in filter(counted.get, counted):
            cursor.execute(f"DROP TABLE {stage_of(variant, model)}")


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
