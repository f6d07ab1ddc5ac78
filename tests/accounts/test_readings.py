"""Whoever opens a record of a case is written down, once for each opening; a closed door is not."""

import pytest
from django.urls import reverse

from accounts.models import Reading


@pytest.fixture
def doors(make_consultation, make_plan):
    """(door, address, the reference that is logged) of every page and paper that shows a case."""
    talk = make_consultation(next_step="start_plan")
    plan = make_plan("agreed", consultation=talk)
    pages = {
        "consultation": talk,
        "consultation-edit": talk,
        "case": talk.case,
        "plan": plan,
        "plan-edit": plan,
        "plan-history": plan,
        "plan-pdf": plan,
        "plan-readers": plan,
        "plan-review": plan,
    }
    names = [(f"consultations:{page}", record.reference) for page, record in pages.items()]
    return [(name, reverse(name, args=[reference]), reference) for name, reference in names]


def rows():
    log = Reading.objects.select_related("person", "case").order_by("pk")
    return [(row.person.first_name, row.door, row.record) for row in log]


def test_each_opening_is_one_row(client, sign_in, priya, doors):
    sign_in(client, priya)
    for _, url, _ in doors:
        assert client.get(url).status_code == 200
    assert rows() == [("Priya", door, reference) for door, _, reference in doors]
    assert len({row.case_id for row in Reading.objects.all()}) == 1


def test_the_role_and_the_time_are_written_down(client, sign_in, sam, role_of, make_plan):
    plan = make_plan("sent")
    sign_in(client, sam).get(plan.get_absolute_url())
    row = Reading.objects.get()
    assert (row.role, row.case) == (role_of(sam), plan.case)
    assert row.read_at >= plan.first_sent_at


@pytest.mark.parametrize("who", ["owen", "noor", "hana", "kit"])
def test_what_cannot_be_opened_is_no_reading(request, client, sign_in, doors, who):
    sign_in(client, request.getfixturevalue(who))
    assert {client.get(url).status_code for _, url, _ in doors} == {404}
    assert rows() == []


def test_what_is_forbidden_is_no_reading(client, sign_in, ruth, make_plan):
    plan = make_plan("sent")
    url = reverse("consultations:plan-edit", args=[plan.reference])
    assert sign_in(client, ruth).get(url).status_code == 403
    assert rows() == []


def test_agreeing_reads_the_plan(client, sign_in, sam, make_plan):
    url = reverse("consultations:plan-agree", args=[make_plan("sent").reference])
    sign_in(client, sam).get(url)
    assert [door for _, door, _ in rows()] == ["consultations:plan-agree"]


def test_a_page_of_a_case_is_kept_nowhere(client, sign_in, priya, doors):
    sign_in(client, priya)
    assert {client.get(url)["Cache-Control"] for _, url, _ in doors} == {"no-store"}
