"""Each of the main lists looks its rows up by the index it has, and walks through no big table.

What the database says it would do is read, on PostgreSQL with whole tables as its last choice: how long it
takes with many rows is for the benchmark.
"""

import re
from copy import copy
from datetime import timedelta

import pytest
from django.db import connection, models

from consultations.models import Case, Consent, SafeguardingMatter
from consultations.querysets.case import ways_to_be_called
from consultations.timeline import found_beyond
from consultations.views.case_search import cases_of_page
from consultations.views.cases import reviews_of_case, talks_of_case
from consultations.views.plans import plans_of_page
from home.reading.today import matters_to_tell
from schools.models import TimeEntry, Visit
from tests.cast import role_of
from web.prepared import Name

SCHOOLS, OF_EACH = 20, 40
# The tables that are filled here.
BIG = {
    *("consultations_case", "consultations_historicalcase", "consultations_consent", "consultations_plan"),
    *("consultations_consultation", "consultations_planversion", "consultations_goal"),
    *("consultations_share", "consultations_safeguardingmatter", "schools_visit", "schools_timeentry"),
}
# An index over a part of a table.
OF_FEW_ROWS = {"matter_to_tell"}
NEWEST_TALKS = (Name("held_at"), Name("lt"), None, (Name("-held_at"), Name("-pk")))


def main_lists(role, today, many):
    """{name: (rows, table, columns that its index is asked for)}; the name of an index where that has few
    rows itself."""
    case, school = many["case"], many["school"]
    return {
        "plans, far back": (
            plans_of_page.build(role, None, None, False, *older(many["plans"])),
            *("consultations_plan", {"partnership_id"}),
        ),
        "overdue plans": (
            plans_of_page.build(role, None, Name("overdue"), False, *older(many["plans"])),
            *("consultations_plan", {"partnership_id", "review_on"}),
        ),
        "cases by name": (
            cases_of_page.build(role, (ways_to_be_called("Robin"), *[None] * 3), *older(many["cases"])),
            *("consultations_case", {"partnership_id", "first_name"}),
        ),
        "a case over time": (
            found_beyond.build(case, role, today, *[None] * 4, False),
            *("consultations_consultation", {"case_id"}),
        ),
        "consultations of a case": (
            talks_of_case.build(role, case, *NEWEST_TALKS),
            *("consultations_consultation", {"case_id"}),
        ),
        "reviews of a case": (reviews_of_case.build(role, case), "consultations_plan", {"case_id"}),
        "history of a record": (Case.history.filter(id=case), "consultations_historicalcase", {"id"}),
        "visits of a school": (
            Visit.objects.visible_to(role).filter(partnership=school).for_list()[:26],
            *("schools_visit", {"partnership_id"}),
        ),
        "time of a school": (
            TimeEntry.objects.visible_to(role).filter(partnership=school).order_by("-pk")[:26],
            *("schools_timeentry", {"partnership_id"}),
        ),
        "consents that run out": (
            Consent.objects.visible_to(role).run_out_by(today, today),
            *("consultations_consent", {"until"}),
        ),
        "matters to tell": (
            matters_to_tell.build(role),
            *("consultations_safeguardingmatter", {"matter_to_tell"}),
        ),
    }


def older(pk):
    return None, Name("lt"), (None, pk), (Name("-pk"),)


# Given the function when it is asked, and not knowing how many rows there are of what.
ON_SQLITE = {
    "cases by name": {"partnership_id"},
    "consents that run out": {"case_id"},
    "matters to tell": {"consultation_id"},
}


@pytest.fixture
def many(make_plan, bought, make_order, quillbrook):
    """A plan of Quillbrook with all that came before it, and as much at many other schools."""
    plan, entry = make_plan("agreed"), make_order(bought) and TimeEntry.objects.latest("pk")
    schools = more(quillbrook.school, SCHOOLS, urn=lambda n: 980000 + n)
    places = [quillbrook, *more(quillbrook, SCHOOLS, school_id=lambda n: schools[n].pk)]
    rows = {
        "partnership_id": lambda n: places[n % len(places)].pk,
        "reference": lambda n: f"X-{n:08}",
    }
    number = SCHOOLS * OF_EACH
    cases = more(plan.case, number, **rows)
    of_case = {"case_id": lambda n: cases[n].pk}
    more(Case.history.filter(id=plan.case_id).latest("history_id"), number, id=lambda n: cases[n].pk)
    until = {"until": lambda n: plan.review_on + timedelta(days=n)}
    more(plan.case.consents.first(), number, **of_case, **until)
    visits = more(plan.consultation.visit, number, **rows)
    talks = more(plan.consultation, number, **rows, **of_case, visit_id=lambda n: visits[n].pk)
    plans = more(plan, number, **rows, **of_case, consultation_id=lambda n: talks[n].pk)
    of_plan = {"plan_id": lambda n: plans[n].pk}
    versions = more(plan.versions.get(), number, **of_plan)
    of_version = {"plan_version_id": lambda n: versions[n].pk}
    more(plan.versions.get().goals.get(), number, **of_version)
    more(plan.shares.first(), number, **rows, **of_case, **of_plan, **of_version)
    more(entry, number, partnership_id=rows["partnership_id"], number=lambda n: entry.number + 1 + n)
    told = {"told_at": plan.first_sent_at, "told_name": "Femi", "how": "phone"}
    matter = SafeguardingMatter(consultation=talks[0], opened_at=plan.first_sent_at, **told)
    more(matter, number, consultation_id=lambda n: talks[n].pk)
    return {"case": plan.case_id, "school": quillbrook.pk, "cases": half(cases), "plans": half(plans)}


def half(rows):
    """The key that half of them are older than."""
    return rows[len(rows) // 2].pk


def more(record, times, **columns):
    """Copies of a record, as rows without a history."""
    rows = []
    for n in range(times):
        row = copy(record)
        row._state, row.pk = models.base.ModelState(), None
        for name, value in columns.items():
            setattr(row, name, value(n))
        rows.append(row)
    rows = models.QuerySet(type(record)).bulk_create(rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {record._meta.db_table}")
    return rows


def test_each_list_looks_its_rows_up_and_walks_through_no_big_table(many, priya, today):
    found, wanted = {}, {}
    for name, (rows, table, columns) in main_lists(role_of(priya), today, many).items():
        columns = ON_SQLITE.get(name, columns) if connection.vendor == "sqlite" else columns
        looked_up, walked = read_by(rows)
        asked = looked_up.get(table, [])
        found[name] = columns if any(columns <= of for of in asked) else asked, walked
        wanted[name] = columns, set()
    assert found == wanted


def read_by(rows):
    """({table: [columns that one of its indexes is asked for]}, big tables that are walked through)."""
    sql, values = rows.query.sql_with_params()
    reads = of_postgresql(sql, values) if connection.vendor == "postgresql" else of_sqlite(sql, values)
    looked_up, walked = {}, set()
    for table, columns in reads:
        if columns:
            looked_up.setdefault(table, []).append(columns)
        elif table in BIG:
            walked.add(table)
    return looked_up, walked


def of_postgresql(sql, values):
    with connection.cursor() as cursor:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        [[plan]] = cursor.fetchone()
        cursor.execute("SELECT indexname, tablename FROM pg_indexes")
        tables = dict(cursor.fetchall())
    for node in nodes_of(plan["Plan"]):
        index, asked = node.get("Index Name"), node.get("Index Cond", "")
        if index:
            columns = set(re.findall(r"\((?:name_folded\(\()?(\w+)\)?(?:::text\))? [<>=~I]", asked))
            yield tables[index], columns or {index} & OF_FEW_ROWS
        elif node["Node Type"] == "Seq Scan":
            yield node["Relation Name"], set()


def nodes_of(node):
    yield node
    for below in node.get("Plans", []):
        yield from nodes_of(below)


def of_sqlite(sql, values):
    # An alias may stand for one table here and for another one there.
    tables = {}
    for table, alias in re.findall(r'"(\w+)" (\w+)', sql):
        tables.setdefault(alias, set()).add(table)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        said = [row[3] for row in cursor.fetchall()]
    for line in said:
        way, name, using = [*line.split(" ", 2), "", ""][:3]
        asked = re.findall(r"(\w+)[<>=]", using)
        columns = {"id" if column == "rowid" else column for column in asked}
        columns = columns or set(using.split()) & OF_FEW_ROWS
        for table in tables.get(name, {name}) if way in ("SCAN", "SEARCH") else ():
            yield table, columns
