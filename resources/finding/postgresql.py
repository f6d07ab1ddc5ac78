"""One term in the index of PostgreSQL: English stems everywhere, beginnings in what heads a page."""

from .terms import beginning_of

# A query in brackets is one that the planner does not know. It then believes that few pages have the term and
# asks the index; else it reads the text of every page for a common one, which takes ten times as long.
HITS = """
SELECT {number}, id, 1 + 2 * (title @@ stems)::int + 2 * (autocomplete @@ heads)::int, 1
FROM {table}, (
    SELECT (SELECT to_tsquery('english', %s)) AS stems, (SELECT to_tsquery('simple', %s)) AS heads
) AS asked
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
