"""How a name is found among 100,000 cases: DATABASE_URL=postgres://… python -m tests.bench.case_search

Not a test: the figures depend on the machine. A beginning that few names have is
looked up in the indexes case_…_begins; one that many have is met with soon among the newest.
"""

from statistics import median
from time import perf_counter

from .papers import Typed, set_up

CASES, TIMES = 100_000, 20
SEARCHES = ["Zoë", "obrien", "Zoe Quimby", "Name77", "C-2222-222", "A"]
FILL = """
INSERT INTO consultations_case (version, reference, lane, subject, first_name, last_name, group_name,
    year_group, opened_on, stage, partnership_id)
SELECT 1, 'C-' || lpad(n::text, 6, '0'), 'named', 'child',
    CASE WHEN n %% 5000 = 0 THEN 'Zoë' ELSE 'Name' || n END,
    CASE WHEN n %% 7000 = 0 THEN 'O''Brien' ELSE 'Family' || (n %% 9973) END,
    '', n %% 12, current_date, 'in_school', %s
FROM generate_series(1, %s) AS n
"""


def fill():
    from django.db import connection

    from tests.canary.people import at_school, clinician, open_places
    from tests.places import new_person

    by, places = open_places(Typed())
    priya = clinician(new_person("Priya", "Nair"), places["here"], by=by)
    sam = at_school("Sam", "link_staff", places["here"], "SENCO", by)
    with connection.cursor() as cursor:
        cursor.execute(FILL, [places["here"].pk, CASES])
        cursor.execute("ANALYZE")
    return priya, sam


def look(person, typed):
    from consultations.models import Case
    from consultations.querysets.case import ways_to_be_called
    from tests.cast import role_of

    return Case.objects.visible_to(role_of(person)).called(ways_to_be_called(typed)).for_list()[:26]


def main():
    from django.db import connection
    from django.test.utils import teardown_databases

    databases = set_up()
    try:
        if connection.vendor != "postgresql":
            raise SystemExit("Indexes over the beginnings of names are PostgreSQL's.")
        for person in fill():
            for typed in SEARCHES:
                rows, plan, spent = look(person, typed), look(person, typed).explain(), []
                for _ in range(TIMES):
                    begun = perf_counter()
                    list(rows.all())
                    spent.append((perf_counter() - begun) * 1000)
                how = "by the indexes" if "_begins" in plan else "the newest first, until there are enough"
                print(f"{person.first_name}, {typed!r}: {median(spent):.1f} ms, {len(rows)} rows, {how}")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
