"""How long the lead's page of a year of visits takes: python -m tests.bench.coverage

Not a test: the figure depends on the machine; the first is that of the processor. The aim is a year of 55
schools and 12 clinicians shown in less than 300 ms: reading the rows, counting, and writing the page.
"""

from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time
from types import SimpleNamespace

from .patterns import main, patterns_of, timed, world_of

TIMES = 10
HOW_IT_WENT = ["done"] * 8 + ["school_cancelled", "no_link_person"]


def book(world, people):
    from schools.services import apply_pattern, digest_of_plan, plan_visits

    now = datetime(2026, 8, 25, 8, tzinfo=UTC)
    for pattern in patterns_of(world, people):
        apply_pattern(pattern, seen=digest_of_plan(plan_visits(pattern, now=now)), by=world.ada, at=now)


def go_until(day, by):
    """Whatever was planned before a day took place, or was called off."""
    from schools.models import Visit
    from schools.services import call_off_visit, close_visit, start_visit
    from tests.records import minutes

    for number, visit in enumerate(Visit.objects.filter(planned_start_at__date__lt=day).order_by("pk")):
        signed, outcome = {"by": by, "at": visit.planned_end_at}, HOW_IT_WENT[number % len(HOW_IT_WENT)]
        if outcome == "done":
            visit = start_visit(visit, by=by, at=visit.planned_start_at)
            signed |= {"minutes": minutes(120), "opened_version": visit.version}
            close_visit(visit, ended_at=visit.planned_end_at, **signed)
        else:
            call_off_visit(visit, outcome=outcome, opened_version=visit.version, **signed)


def page_of(view, role, day):
    """The whole year as the page shows it on a day: what a server does after it knows who asks."""
    from django.test import RequestFactory

    request = RequestFactory().get("/coverage/", {"span": "year-2026"})
    request.user, request.role, request.session = role.person, role, {}
    request.resolver_match = SimpleNamespace(view_name="")
    page = type("OnThatDay", (view,), {"today": day})()
    page.setup(request)
    page.role, page.record = role, None
    return page.get(request).render()


def measure(schools, clinicians):
    from accounts.models import RoleRow
    from schools.models import Visit
    from schools.views import ClinicianCoverage, SchoolCoverage
    from tests.cast import role_of

    from .world_of_a_year import LAST_ON

    world, people = world_of(schools, clinicians)
    book(world, people)
    day = LAST_ON - timedelta(days=120)
    go_until(day, world.ada)
    role = role_of(world.ruth, RoleRow.Kind.SERVICE_LEAD)
    print(f"{schools} schools, {clinicians} clinicians, {Visit.objects.count()} visits, {day}")
    for view in (SchoolCoverage, ClinicianCoverage):
        pages, worked, waited = [], [], []
        for _ in range(TIMES):
            begun = process_time()
            page, seconds = timed(lambda view=view: page_of(view, role, day))
            pages.append(page)
            worked.append((process_time() - begun) * 1000)
            waited.append(seconds * 1000)
        size = len(pages[0].content) // 1000
        print(f"{view.__name__}: {median(worked):.0f} ms, by the clock {median(waited):.0f} ms, {size} kB")


if __name__ == "__main__":
    main(measure)
