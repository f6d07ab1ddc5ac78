"""What a page shows depends on the role in use, never on the union of a person's roles."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import RoleRow
from accounts.services import end_role
from tests.cast import give_role
from tests.filling import main_text, parsed, problems

Kind = RoleRow.Kind
CHOOSE = "/role/"


@pytest.fixture
def both(sam, quillbrook, admin_person):
    """Sam, who is link staff and budget holder of Quillbrook."""
    return give_role(sam, Kind.BUDGET_HOLDER, quillbrook, by=admin_person)


def test_the_only_role_is_in_use_without_choosing(client, sign_in, sam):
    response = sign_in(client, sam).get("/")
    assert (response.status_code, response.url) == (302, "/needs-doing/")


def test_somebody_with_two_roles_chooses_first(client, sign_in, both):
    response = sign_in(client, both).get("/plans/")
    assert (response.status_code, response.url) == (302, CHOOSE)
    page = client.get(CHOOSE)
    assert [label.get_text(strip=True) for label in parsed(page).select("main label")] == [
        "Link staff, Quillbrook Primary School",
        "Budget holder, Quillbrook Primary School",
    ]


def test_the_choice_stays_for_the_session_and_can_be_changed(client, sign_in, both, role_of):
    sign_in(client, both)
    assert client.post(CHOOSE, {"role": role_of(both, Kind.LINK_STAFF).pk}).url == "/"
    assert client.get("/plans/").status_code == 200
    client.post(CHOOSE, {"role": role_of(both, Kind.BUDGET_HOLDER).pk})
    assert client.get("/plans/").status_code == 403


def test_a_budget_holder_sees_no_plan_though_the_same_person_does_as_link_staff(
    client, sign_in, both, make_plan
):
    plan = make_plan("sent")
    seen = {
        kind: sign_in(client, both, kind).get(plan.get_absolute_url()).status_code
        for kind in (Kind.LINK_STAFF, Kind.BUDGET_HOLDER)
    }
    assert seen == {Kind.LINK_STAFF: 200, Kind.BUDGET_HOLDER: 404}


def test_nothing_chosen_asks_again(client, sign_in, both):
    assert problems(sign_in(client, both).post(CHOOSE)) == ["Select the role you are working in"]


@pytest.mark.parametrize("typed", ["0", "9" * 400, "link_staff", "-1", "\0"])
def test_what_is_no_role_of_ones_own_is_not_accepted(client, sign_in, both, typed):
    page = sign_in(client, both).post(CHOOSE, {"role": typed})
    assert (page.status_code, problems(page)) == (200, ["Select the role you are working in"])


def test_somebody_elses_role_cannot_be_taken(client, sign_in, both, priya, role_of):
    page = sign_in(client, both).post(CHOOSE, {"role": role_of(priya).pk})
    assert problems(page) == ["Select the role you are working in"]
    session = client.session
    session["role"] = role_of(priya).pk
    session.save()
    assert client.get("/today/").url == CHOOSE


def test_from_the_end_day_on_the_person_sees_nothing(
    client, sign_in, sam, role_of, admin_person, make_plan, today
):
    plan = make_plan("sent")
    sign_in(client, sam, Kind.LINK_STAFF)
    assert client.get(plan.get_absolute_url()).status_code == 200
    end_role(role_of(sam), end_on=today, by=admin_person, reason="Left")
    assert client.get(plan.get_absolute_url()).url == CHOOSE
    assert "You have no role yet" in main_text(client.get(CHOOSE))


def test_the_last_day_before_the_end_still_counts(client, sign_in, sam, role_of, admin_person, today):
    end_role(role_of(sam), end_on=today + timedelta(days=1), by=admin_person, reason="Leaves")
    assert sign_in(client, sam).get("/plans/").status_code == 200


def test_a_link_that_ended_hides_the_school_from_its_clinician_the_same_day(
    client, sign_in, priya, quillbrook, admin_person, make_plan, today
):
    plan = make_plan("sent", agreed_by=priya)
    assert sign_in(client, priya).get(plan.get_absolute_url()).status_code == 200
    link = quillbrook.roles.get(kind=Kind.LINK_CLINICIAN)
    end_role(link, end_on=today, by=admin_person, reason="Handed over")
    assert client.get(plan.get_absolute_url()).status_code == 404
    assert client.get(reverse("consultations:school", args=[990001])).status_code == 404


def test_an_account_that_was_closed_is_signed_out(client, sign_in, sam):
    sign_in(client, sam)
    sam.is_active = False
    sam.save()
    assert client.get("/plans/").url == "/account/login/?next=/plans/"
