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
# The pages that have every term, those with the most of them in what heads a page first; only where those are
# few, the others. A common word costs one look in the first part, and three in the second, which counts how
# rare each is and is not run where the first part found enough.
EVERY_ONE_FIRST = """
WITH every_one AS (
    SELECT content_type_id, object_id, {how_many} AS how_many, ({score})::float AS score, id AS entry
    FROM {table}, (SELECT {asked}) AS asked WHERE content_type_id IN {kinds} AND {conditions}
    ORDER BY score DESC, entry LIMIT %s
),
enough AS (SELECT count(*) >= %s AS found FROM every_one WHERE content_type_id = {first})
SELECT * FROM every_one WHERE (SELECT found FROM enough)
UNION ALL
SELECT * FROM ({others}) AS others WHERE NOT (SELECT found FROM enough)
ORDER BY how_many DESC, score DESC, entry
"""


def every_one_first(others, terms, *, table, kinds, first):
    """(SQL, its parameters but for how many at most and how many are enough) around the SQL of `others`."""
    places = range(len(terms))
    sql = EVERY_ONE_FIRST.format(
        others=others,
        table=table,
        kinds=kinds,
        first=int(first),
        how_many=len(terms),
        asked=", ".join(
            f"(SELECT to_tsquery('english', %s)) AS stems{i}, (SELECT to_tsquery('simple', %s)) AS heads{i}"
            for i in places
        ),
        conditions=" AND ".join(f"(body @@ stems{i} OR autocomplete @@ heads{i})" for i in places),
        score=" + ".join(f"(title @@ stems{i})::int + (autocomplete @@ heads{i})::int" for i in places),
    )
    return sql, [words for term in terms for words in queries_of(term)]


def ask(number, term, table, kinds):
    """(SQL, its parameters). Words are letters and digits alone, so no sign of theirs is an operator."""
    return HITS.format(number=number, table=table, kinds=kinds), queries_of(term)


def queries_of(term):
    stems = any_of(term.phrases)
    heads = any_of([[begin(word) for word in phrase] for phrase in term.phrases])
    return [stems, heads]


def begin(word):
    beginning = beginning_of(word)
    return f"{beginning}:*" if beginning else word


def any_of(phrases):
    return " | ".join(f"({' <-> '.join(phrase)})" for phrase in phrases)
