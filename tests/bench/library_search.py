"""How long the library's front page takes: python -m tests.bench.library_search, with DATABASE_URL or without

Not a test: the figures depend on the machine. The library is filled with copies of the strategies it brings,
so that a common word stands in most of them. The aim is a result in less than 50 ms, over 1,000 pages on
both databases and over 10,000 on PostgreSQL. `result` is the search, its counts and the 25 strategies of the
first page; `page` is all of the answer, its drawing included. In brackets is the processor's time, which a
busy machine does not lengthen; on PostgreSQL the database's own is not in it.
"""

from statistics import quantiles
from time import perf_counter, process_time

from .papers import set_up

SIZES, TIMES = (300, 1_000, 10_000), 20
SEARCHES = [
    {},
    {"theme": "worry", "key_stage": "KS2"},
    {"words": "worry"},
    {"words": "time"},
    {"words": "calm adult day"},
    {"words": "angry class", "who": "teacher"},
    {"words": "won't come to school"},
    {"words": "breathing excercises for class"},
    {"words": "zebra"},
]


def fill():
    from django.contrib.auth import get_user_model

    from resources.services import load_library
    from tests.canary.people import open_places
    from tests.cast import clinician
    from tests.places import new_person

    from .papers import Typed

    load_library(None)
    by, places = open_places(Typed())
    person = clinician(new_person("Priya", "Nair"), places["here"], by=by)
    return get_user_model().objects.get(pk=person.pk)


def tidy(connection):
    """PostgreSQL writes new rows beside an index of words, and every search reads all of them until a VACUUM,
    which it does by itself after many. Editors add a few at a time; these are 10,000 of a moment ago."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def result(search, role):
    from resources.forms import SearchForm
    from resources.models import TopicPage

    form = SearchForm(search, role=role)
    form.show_counts()
    form.topics(TopicPage.objects.visible_to(role))
    return form.cards(list(form.keys()[:26])[:25])


def spent(do, *args):
    times, begun_work = [], process_time()
    for _ in range(TIMES):
        begun = perf_counter()
        do(*args)
        times.append((perf_counter() - begun) * 1000)
    work = (process_time() - begun_work) * 1000 / TIMES
    twentieths = quantiles(times, n=20)
    return f"{twentieths[9]:.0f} / {twentieths[18]:.0f} ({work:.0f})"


def main():
    from django.db import connection
    from django.test import Client
    from django.test.utils import teardown_databases

    databases = set_up()
    try:
        from tests.many_pages import copy_strategies

        client = Client()
        person = fill()
        client.force_login(person)
        role = person.roles.get()
        print(f"{connection.vendor}: median / 95th percentile (processor) in ms")
        for size in SIZES:
            copy_strategies(size)
            tidy(connection)
            for search in SEARCHES:
                of_result, of_page = spent(result, search, role), spent(client.get, "/library/", search)
                print(f"{size:>6}, {search or 'no search'}: result {of_result}, page {of_page}", flush=True)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
