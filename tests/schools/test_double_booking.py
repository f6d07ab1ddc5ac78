"""A clinician is at one school at a time: booking and moving by hand are refused with the clash shown."""

from datetime import timedelta

import pytest

from accounts.models import RoleRow
from schools.models import Visit
from schools.services import call_off_visit
from tests.cast import clinician, give_role
from tests.filling import OpenForm, parsed, problems
from tests.places import new_person

URL = "/schools/990001/visits/book/"


@pytest.fixture
def elsewhere(make_visit, another_school, priya, admin_person):
    """Priya is at Tansy Hill tomorrow, 9 to 12."""
    give_role(priya, RoleRow.Kind.LINK_CLINICIAN, another_school, by=admin_person)
    return make_visit(partnership=another_school, days=1)


def answers(today, days=1, starts="11:00", ends="13:00"):
    day = today + timedelta(days=days)
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year, "starts": starts, "ends": ends}


def refused(today, school="Tansy Hill Primary School"):
    day = today + timedelta(days=1)
    return [f"Priya Nair is at {school} on {day:%-d %B %Y}, 9am to midday. Choose another time"]


def test_a_visit_that_meets_another_is_refused_beside_the_start(client, sign_in, priya, elsewhere, today):
    page = OpenForm(sign_in(client, priya), URL).send(**answers(today))
    assert problems(page) == refused(today)
    assert parsed(page).select_one(".nhsuk-error-message")["id"].startswith("id_starts")
    assert Visit.objects.count() == 1


def test_one_visit_may_begin_when_another_ends(client, sign_in, priya, elsewhere, today):
    form = OpenForm(sign_in(client, priya), URL)
    assert form.send(**answers(today, starts="12:00")).status_code == 302


def test_a_visit_that_was_called_off_is_in_nobodys_way(client, sign_in, priya, elsewhere, today):
    said = {"by": priya, "at": elsewhere.planned_start_at, "opened_version": 1}
    call_off_visit(elsewhere, outcome="clinician_cancelled", **said)
    form = OpenForm(sign_in(client, priya), URL)
    assert form.send(**answers(today)).status_code == 302


def test_the_school_is_named_only_to_who_may_see_its_visits(
    client, sign_in, priya, elsewhere, quillbrook, admin_person, today
):
    mo = clinician(new_person("Mo", "Varley"), quillbrook, by=admin_person)
    page = OpenForm(sign_in(client, mo), URL).send(clinician=str(priya.pk), **answers(today))
    assert problems(page) == ["Priya Nair has another visit at that time. Choose another time"]


def test_a_visit_is_not_moved_into_another(client, sign_in, priya, elsewhere, make_visit, today):
    visit = make_visit(days=2)
    form = OpenForm(sign_in(client, priya), f"{visit.get_absolute_url()}move/")
    assert problems(form.send(**answers(today))) == refused(today)
    assert form.send(**answers(today, days=2)).status_code == 302
