"""What a database holds, in numbers that can be compared: rows of every table, and a hash for each case.

The hash of a case is over all links of its chain (docs/adr/0020). A link signs the whole row of history it is
about, so the hash stands for every version of every record of the case.
"""

from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from consultations.models import Case, CaseChain, CaseLink

COLUMNS = ["number", "table", "record_pk", "history_id", "key_id", "mac"]


def counts_of(place):
    """{table: how many rows} of every table there is."""
    counts = {}
    for (table,) in place.ask(place.TABLES):
        ((counts[table],),) = place.ask(f'SELECT count(*) FROM "{table}"')
    return counts


def migrations_of(place):
    """{app: names of its migrations that were run}."""
    if "django_migrations" not in [table for (table,) in place.ask(place.TABLES)]:
        return {}
    found = {}
    for app, name in place.ask("SELECT app, name FROM django_migrations ORDER BY app, name"):
        found.setdefault(app, []).append(name)
    return found


def cases_of(place):
    """A line for each case, "C-7F3K-9MW 41 5f0c…": its reference, the length of its chain, its hash.

    Read in the order of an index and never held together, so memory is that of one case.
    """
    for (_, reference, length, mac), links in groupby(place.stream(question()), key=itemgetter(slice(4))):
        digest = sha256(f"{reference} {length} {mac}\n".encode())
        for row in links:
            digest.update(" ".join(map(str, row[4:])).encode() + b"\n")
        yield f"{reference} {length or 0} {digest.hexdigest()}\n".encode()


def question():
    tables = [model._meta.db_table for model in (Case, CaseChain, CaseLink)]
    columns = ", ".join(f'link."{name}"' for name in COLUMNS)
    return (
        f'SELECT item.id, item.reference, chain.length, chain.mac, {columns} FROM "{tables[0]}" item '
        f'LEFT JOIN "{tables[1]}" chain ON chain.case_id = item.id '
        f'LEFT JOIN "{tables[2]}" link ON link.case_id = item.id ORDER BY item.id, link.number'
    )


def is_empty(place):
    """Whether nobody works here: no tables, or no person. Every record names the person who wrote it."""
    tables = [table for (table,) in place.ask(place.TABLES)]
    return "accounts_user" not in tables or not list(place.ask("SELECT 1 FROM accounts_user LIMIT 1"))


def differences(expected, found):
    """Sentences about two outcomes of `counts_of`."""
    for table in sorted(expected.keys() | found.keys()):
        was, now = expected.get(table), found.get(table)
        if was != now:
            yield f"{table}: {was if was is not None else 'no'} rows were backed up, {now or 0} came back."
