"""Fills a library: python -m tests.bench.library PAGES, in the database of DATABASE_URL."""

import sys

import django


def main():
    django.setup()
    from django.db import connection

    from tests.many_pages import copy_strategies

    from .library_search import tidy

    copy_strategies(int(sys.argv[1]))
    tidy(connection)


if __name__ == "__main__":
    main()
