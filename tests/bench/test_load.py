"""What the benchmark loads is work that the product's own pages open. How fast is not asked here."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from consultations.models import Case, Consultation, Plan
from schools.models import Partnership, Visit
from schools.services import close_visit
from tests.records import local, minutes, no_names_child

from .load.fill import fill
from .load.unit import of_one_service, read
from .people import World
from .profile import Direct
from .works import WORKS

SERVICES, BLOCKS, HALF_YEARS = 2, 6, 3


@pytest.fixture
def half_year(calendar, ruth, hana, sam, make_visit, make_consultation, make_plan, make_review, today):
    """A visit of last week that is over, with a plan that was agreed and reviewed; and one of today."""
    visit = make_visit(days=-7, started=True)
    on = today - timedelta(days=7)
    talk = make_consultation(visit=visit, about=no_names_child(), next_step="start_plan")
    make_review(make_plan("agreed", consultation=talk, on=on))
    visit.refresh_from_db()
    ended_at = local(on, 12)
    signed = {"by": visit.clinician, "at": timezone.now(), "opened_version": visit.version}
    close_visit(visit, minutes=minutes(90), ended_at=ended_at, **signed)
    make_plan("agreed", consultation=make_consultation(next_step="start_plan"))


@pytest.fixture
def loaded(half_year, service):
    """Two more services like it, each of six schools, three half years behind them."""
    cursor = connection.cursor()
    unit = of_one_service(read(cursor), service.name)
    shape = {"services": SERVICES, "blocks": BLOCKS, "half_years": HALF_YEARS}
    fill(cursor, connection.vendor, unit, **shape)
    return World()


def test_what_is_loaded_is_whole_with_its_history_and_old_work_is_over(loaded):
    schools = SERVICES * BLOCKS
    assert Partnership.objects.count() == 1 + schools
    # Of the newest half year both visits, of each before it the one that is over.
    each = 2 + schools * (2 + HALF_YEARS - 1)
    assert [model.objects.count() for model in (Visit, Consultation, Plan)] == [each] * 3
    closed = Case.objects.filter(stage="closed")
    assert closed.count() == schools * (HALF_YEARS - 1)
    assert not Plan.objects.filter(case__in=closed, ended_on=None).exists()
    connection.check_constraints()
    # A clinician has the schools of five blocks, and of all that was written there its history.
    talks = Consultation.objects.visible_to(loaded.clinician)
    assert talks.values("partnership").distinct().count() == 5
    assert talks.exclude(case__partnership=F("partnership")).count() == 0
    written = Consultation.history.filter(id__in=talks.values("pk"))
    assert {*written.values_list("id", "reference")} == {*talks.values_list("pk", "reference")}


def test_every_work_that_is_measured_is_answered(loaded):
    """But what stands on a paper: none was given out here."""
    answered = {}
    works = [work for work in WORKS if not work.where and work.name not in ("floor", "statement PDF")]
    for work in works:
        browser = Direct(getattr(loaded, work.role).person)
        path, fields = work.prepare(loaded, browser)()
        answer = browser.get(path) if fields is None else browser.post(path, fields)
        answered[work.name] = answer.status
    assert answered == {work.name: work.expects for work in works}
