"""One term in the index of PostgreSQL: English stems everywhere, beginnings in what heads a page."""

from .terms import beginning_of

HITS = """
SELECT {number}, id, 1 + 2 * (title @@ stems)::int + 2 * (autocomplete @@ heads)::int, 1
FROM {table}, to_tsquery('english', %s) AS stems, to_tsquery('simple', %s) AS heads
WHERE content_type_id IN {kinds} AND (body @@ stems OR autocomplete @@ heads)
"""


def ask(number, term, table, kinds):
    """(SQL, its parameters). Words are letters and digits alone, so no sign of theirs is an operator."""
    stems = any_of(term.phrases)
    heads = any_of([[begin(word) for word in phrase] for phrase in term.phrases])
    return HITS.format(number=number, table=table, kinds=kinds), [stems, heads]


def begin(word):
    beginning = beginning_of(word)
    return f"{beginning}:*" if beginning else word


def any_of(phrases):
    return " | ".join(f"({' <-> '.join(phrase)})" for phrase in phrases)
