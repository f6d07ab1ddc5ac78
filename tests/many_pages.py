"""Thousands of strategies in a moment: rows copied past every service, with no history and no revision."""

from itertools import cycle, islice
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.sql import InsertQuery
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from resources.models import LibraryPage, StrategyPage

AT_ONCE = 40  # SQLite takes only so many values in one question
FIRST_STEP = 1000  # past the children that are there
COLUMNS = ", ".join(
    f'"{field.column}"' for field in IndexEntry._meta.concrete_fields if field.name not in ("id", "object_id")
)
COPY_ENTRY = f"""
INSERT INTO {IndexEntry._meta.db_table} (object_id, {COLUMNS})
SELECT %s, {COLUMNS} FROM {IndexEntry._meta.db_table} WHERE content_type_id = %s AND object_id = %s
"""


def copy_strategies(until):
    """Until the library has so many: each published one in turn, in the index of words as well."""
    pages = list(StrategyPage.objects.live().order_by("pk"))
    there, front = StrategyPage.objects.count(), LibraryPage.objects.get()
    sources = list(islice(cycle(pages), until - there))
    rows = Page.objects.bulk_create(
        [new_row(front, source, number) for number, source in enumerate(sources, start=there)]
    )
    pairs = list(zip(sources, rows, strict=True))
    for start in range(0, len(pairs), AT_ONCE):
        insert([as_strategy(source, row) for source, row in pairs[start : start + AT_ONCE]])
    copy_themes(pairs)
    with connection.cursor() as cursor:
        keys = [(str(row.pk), source.content_type_id, str(source.pk)) for source, row in pairs]
        cursor.executemany(COPY_ENTRY, keys)


def new_row(front, source, number):
    title, slug = f"{source.title} {number:05}", f"{source.slug}-{number:05}"
    return Page(
        **{"title": title, "draft_title": title, "slug": slug, "url_path": f"{front.url_path}{slug}/"},
        **{
            "path": Page._get_path(front.path, front.depth + 1, FIRST_STEP + number),
            "depth": front.depth + 1,
        },
        **{"live": True, "content_type_id": source.content_type_id, "locale_id": source.locale_id},
        translation_key=uuid4(),
    )


def as_strategy(source, row):
    own = {
        field.attname: getattr(source, field.attname) for field in StrategyPage._meta.local_concrete_fields
    }
    return StrategyPage(**own | {"page_ptr_id": row.pk})


def insert(strategies):
    """The rows of this table alone: Django has no bulk_create for a model with a parent."""
    query = InsertQuery(StrategyPage)
    query.insert_values(StrategyPage._meta.local_concrete_fields, strategies)
    query.get_compiler(DEFAULT_DB_ALIAS).execute_sql()


def copy_themes(pairs):
    through, themes = StrategyPage.themes.through, {}
    for page, theme in through.objects.values_list("strategypage", "theme"):
        themes.setdefault(page, []).append(theme)
    through.objects.bulk_create(
        through(strategypage_id=row.pk, theme_id=theme)
        for source, row in pairs
        for theme in themes.get(source.pk, ())
    )
