"""One term in the index of SQLite (FTS5), which knows no stems: every word is looked for by its beginning."""

from .terms import beginning_of

# FTS5 says which column a word stands in only by being asked about each column.
WORTH = {"body": 1, "autocomplete": 2, "title": 2}
HITS = """
SELECT {number}, entries.id, {worth}, {once} FROM {table}_fts
JOIN {table} AS entries ON entries.id = {table}_fts.rowid
WHERE {table}_fts MATCH %s AND entries.content_type_id IN {kinds}
"""


def ask(number, term, table, kinds):
    """(SQL, its parameters). Everything typed stands in quotes, so no sign or word of it is an operator."""
    any_of_them = " OR ".join(map(phrase_of, term.phrases))
    parts = [
        HITS.format(number=number, table=table, kinds=kinds, worth=worth, once=int(column == "body"))
        for column, worth in WORTH.items()
    ]
    return " UNION ALL ".join(parts), [f"{{{column}}} : ({any_of_them})" for column in WORTH]


def phrase_of(words):
    *first, last = words
    beginning = beginning_of(last)
    ending = f'"{beginning}"*' if beginning else f'"{last}"'
    return " + ".join([*(f'"{word}"' for word in first), ending])
