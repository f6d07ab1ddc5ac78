"""Fills a library: python -m tests.bench.library PAGES, in the database of DATABASE_URL."""

import sys

import django


def main():
    django.setup()
    from django.db import connection

    from tests.many_pages import copy_strategies

    copy_strategies(int(sys.argv[1]))
    with connection.cursor() as cursor:
        # See library_search: rows that were just written lie beside the index of words until then.
        cursor.execute({"postgresql": "VACUUM ANALYZE", "sqlite": "ANALYZE"}[connection.vendor])


if __name__ == "__main__":
    main()
