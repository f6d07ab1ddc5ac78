"""Wagtail's own index, asked directly: Wagtail keeps it, and only the question is ours.

Wagtail asks it through the table of pages and ranks the whole text of every page that has a word. Here
terms are met in the index alone, a rare one counts for more, and the closest alone are looked up.
"""

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router
from wagtail.search.models import IndexEntry

from . import postgresql, sqlite

MOST = 500
TABLE = IndexEntry._meta.db_table
ASK = {"postgresql": postgresql.ask, "sqlite": sqlite.ask}
# `once` is 1 in one of the rows that a page has for a term, else 0.
CLOSEST = """
WITH hits (term, entry, worth, once) AS ({hits}),
terms (term, rarity) AS (
    SELECT term, ln(1 + CAST(pages.how_many AS real) / sum(once))
    FROM hits, (SELECT count(*) AS how_many FROM {table} WHERE content_type_id IN {kinds}) AS pages
    GROUP BY term, pages.how_many
),
closest (entry, how_many, score) AS (
    SELECT entry, sum(once), sum(worth * rarity) FROM hits JOIN terms ON terms.term = hits.term
    GROUP BY entry ORDER BY 2 DESC, 3 DESC, 1 LIMIT %s
)
SELECT content_type_id, object_id, how_many, score, entry FROM closest JOIN {table} ON {table}.id = entry
ORDER BY how_many DESC, score DESC, entry
"""


class Hit(NamedTuple):
    model: type
    key: int
    how_many: int


def closest(terms, models, enough):
    """Hits in pages of these models, drafts too: those with the most terms first, then the closest. Where
    `enough` pages of the first model have every term, a database may leave out those that have not."""
    models_of = {kind.pk: model for model, kind in ContentType.objects.get_for_models(*models).items()}
    kinds = f"({', '.join(str(int(pk)) for pk in models_of)})"
    # A search may be asked of the replica, as the pages it finds are.
    connection = connections[router.db_for_read(IndexEntry)]
    parts = [ASK[connection.vendor](number, term, TABLE, kinds) for number, term in enumerate(terms)]
    sql = CLOSEST.format(hits=" UNION ALL ".join(sql for sql, _ in parts), table=TABLE, kinds=kinds)
    params = [*(param for _, params in parts for param in params), MOST]
    if connection.vendor == "postgresql":
        first = ContentType.objects.get_for_model(models[0]).pk
        sql, before = postgresql.every_one_first(sql, terms, table=TABLE, kinds=kinds, first=first)
        params = [*before, MOST, enough, *params]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Hit(models_of[kind], int(key), int(count)) for kind, key, count, *_ in cursor.fetchall()]
