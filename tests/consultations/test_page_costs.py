"""Every list costs the same number of questions for one row and for three, and at most twelve."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleRow
from consultations.services import (
    StepContent,
    agree_plan,
    change_plan,
    check_in,
    finish_visit,
    give_plan_to_reader,
    keep_draft,
    promote_case,
    send_plan,
    share_consultation,
)
from tests.cast import school_staff
from tests.cost import AT_MOST, cost
from tests.places import new_person
from tests.plans import as_it_is_now
from tests.records import minutes, named_child, no_names_child, somebody_at

CLINICIANS = {
    "today": ("/today/", "priya"),
    "plan list": ("/plans/", "priya"),
    "plan list by review": ("/plans/?order=review", "priya"),
    "case search": ("/cases/?year=4", "priya"),
    "case search of a lead": ("/cases/", "ruth"),
    "school list": ("/schools/", "ruth"),
    "school": ("/schools/990001/", "priya"),
    "school plans": ("/schools/990001/plans/", "priya"),
    "school consultations": ("/schools/990001/consultations/", "priya"),
    "people": ("/schools/990001/people/", "priya"),
    "visits": ("/schools/990001/visits/", "priya"),
    "time": ("/schools/990001/time/", "priya"),
}
SCHOOL = {
    "needs doing": ("/needs-doing/", "sam"),
    "plan list of the school": ("/plans/", "sam"),
    "case search of the school": ("/cases/", "sam"),
    "people of the school": ("/schools/990001/people/", "sam"),
    "time of the school": ("/time/", "sam"),
    "time of the budget holder": ("/time/", "hana"),
    "visits of the budget holder": ("/schools/990001/visits/", "hana"),
    "plans to carry out": ("/carrying-out/", "tess"),
}


@pytest.fixture
def one_more(make_visit, make_consultation, make_plan, make_review, priya, quillbrook, sam, femi, tess):
    """One more of everything that a list can show at Quillbrook."""
    visit = make_visit(started=True)

    def add():
        number = quillbrook.visits.count()
        make_visit(days=number)
        talk = make_consultation(
            visit=visit, about=named_child(), clinical_note="Note", themes=["worry", "sleep"]
        )
        plan = make_plan("agreed", consultation=talk)
        make_review(plan)
        share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
        give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
        make_plan("sent", consultation=make_consultation(visit=visit))
        place = {"kind": "consultation", "partnership": quillbrook, "visit": visit}
        keep_draft(uuid4(), {}, by=priya, path="/", at=timezone.now(), page=uuid4(), **place)
        return plan

    return add


@pytest.fixture
def finished_visit(make_visit, priya):
    def add(days):
        visit = make_visit(days=days, started=True)
        times = {"at": timezone.now(), "ended_at": visit.planned_end_at}
        return finish_visit(visit, by=priya, opened_version=visit.version, minutes=minutes(30), **times)

    return add


@pytest.mark.parametrize("name", [*CLINICIANS, *SCHOOL])
def test_one_row_costs_what_three_do(request, client, sign_in, core, one_more, finished_visit, name):
    url, who = (CLINICIANS | SCHOOL)[name]
    sign_in(client, request.getfixturevalue(who))
    one_more()
    finished_visit(-1)
    first = cost(client, url)
    one_more()
    one_more()
    finished_visit(-2)
    finished_visit(-3)
    assert cost(client, url) == first
    assert first <= AT_MOST


@pytest.mark.parametrize(("which", "who"), [("case", "priya"), ("case", "sam"), ("visit", "priya")])
def test_a_page_about_one_record_costs_what_three_rows_on_it_cost(
    request, client, sign_in, make_consultation, make_plan, make_review, visit, which, who
):
    sign_in(client, request.getfixturevalue(who))
    talk = make_consultation(visit=visit, themes=["worry"])
    make_review(make_plan("agreed", consultation=talk), overall="finished")
    url = reverse(f"consultations:{which}", args=[(talk.case if which == "case" else visit).reference])
    first = cost(client, url)
    for _ in range(2):
        more = make_consultation(visit=visit, about=talk.case, themes=["worry", "sleep"])
        make_review(make_plan("agreed", consultation=more), overall="finished")
    assert cost(client, url) == first
    assert first <= AT_MOST


def test_what_a_case_seldom_has_is_asked_for_where_it_is(
    client, sign_in, priya, visit, make_consultation, today
):
    """What waits to be told of it, and the case it goes on as by name."""
    said = ("no", "to_tell", "no")
    cases = [make_consultation(visit=visit, about=no_names_child(), risk=risk).case for risk in said]
    promote_case(cases[2], named_child(), by=priya, on=today)
    sign_in(client, priya)
    first, risky, goes_on = (cost(client, case.get_absolute_url()) for case in cases)
    assert (risky, goes_on) == (first + 1, first + 1)


@pytest.mark.parametrize("which", ["plan", "plan-history", "plan-review", "plan-edit"])
def test_a_plan_costs_the_same_for_one_review_and_for_three(
    client, sign_in, priya, make_plan, make_review, which
):
    plan = make_plan("agreed")
    url = reverse(f"consultations:{which}", args=[plan.reference])
    sign_in(client, priya)
    make_review(plan)
    first = cost(client, url)
    make_review(plan)
    make_review(plan)
    assert cost(client, url) == first
    assert first <= AT_MOST


@pytest.mark.parametrize("which", ["plan", "plan-review"])
def test_a_plan_costs_the_same_for_one_page_of_the_library_and_for_three(
    client, sign_in, priya, make_plan, library, quillbrook, which
):
    def plan_with(number):
        who, pages = somebody_at(quillbrook, priya), list(library.values())[:number]
        steps = [StepContent(page.title, who=who, how_often="every_day", strategy=page) for page in pages]
        return make_plan("agreed", steps=steps)

    sign_in(client, priya)
    one, three = (reverse(f"consultations:{which}", args=[plan_with(number).reference]) for number in (1, 3))
    # The first page of a session asks for what is remembered afterwards.
    client.get(one)
    assert cost(client, three) == cost(client, one) <= AT_MOST


OF_A_PLAN = {
    "the plan": "",
    "its history": "history/",
    "an old version": "versions/1/",
    "its paper": "versions/1/plan.pdf",
    "two compared": "compare/?from=1&to=2",
    "changing it": "edit/",
}


@pytest.fixture
def versions(plan_content, priya, sam):
    """Change, send and agree a plan until it has so many versions."""

    def up_to(plan, number):
        for _ in range(number - plan.versions.count()):
            common, plan = {"by": priya, "at": timezone.now()}, as_it_is_now(plan)
            content = plan_content(plan.partnership, priya, why_changed="More was needed")
            version = change_plan(plan, content, opened_version=plan.version, **common)
            version = send_plan(version, opened_version=version.version, **common)
            agree_plan(version, by=sam, at=timezone.now(), opened_version=version.version)

    return up_to


def test_a_plan_of_fifty_versions_costs_what_one_of_two_does(client, sign_in, priya, make_plan, versions):
    plan = make_plan("agreed")
    sign_in(client, priya)
    versions(plan, 2)
    first = {name: cost(client, plan.get_absolute_url() + page) for name, page in OF_A_PLAN.items()}
    versions(plan, 50)
    assert plan.versions.count() == 50
    assert {name: cost(client, plan.get_absolute_url() + page) for name, page in OF_A_PLAN.items()} == first
    assert max(first.values()) <= AT_MOST


@pytest.mark.parametrize("which", ["plan-history", "plan-review"])
@pytest.mark.parametrize("who", ["priya", "sam"])
def test_a_plan_costs_the_same_for_one_check_in_and_for_three(
    request, client, sign_in, sam, tess, make_plan, make_review, which, who
):
    plan = make_plan("agreed")
    make_review(plan, ratings={plan.versions.get().goals.get(): 5})
    give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    url = reverse(f"consultations:{which}", args=[plan.reference])
    sign_in(client, request.getfixturevalue(who))

    def tell():
        told = {step: ("yes", "a_bit") for step in plan.versions.get().steps.all()}
        check_in(plan, told, by=tess, at=timezone.now(), opened_number=1)

    tell()
    first = cost(client, url)
    tell()
    tell()
    assert cost(client, url) == first
    assert first <= AT_MOST


@pytest.mark.parametrize("which", ["consultation", "consultation-edit"])
def test_a_consultation_costs_the_same_for_one_thing_tried_and_for_three(
    client, sign_in, priya, make_consultation, which
):
    sign_in(client, priya)
    tried = [("A star chart", "partly"), ("A quiet corner", "helped"), ("A buddy", "no_effect")]
    talks = [make_consultation(tried=tried[:number], clinical_note="Note") for number in (1, 3)]
    first, second = (cost(client, reverse(f"consultations:{which}", args=[talk.reference])) for talk in talks)
    assert first == second
    assert first <= AT_MOST


def test_a_plan_to_carry_out_costs_the_same_for_one_step_and_for_three(
    client, sign_in, priya, sam, tess, quillbrook, library, make_plan
):
    pages, who = list(library.values())[:3], somebody_at(quillbrook, priya)
    steps = [StepContent(page.title, who=who, how_often="weekly", strategy=page) for page in pages]
    plans = [make_plan("agreed", steps=steps[:number]) for number in (1, 3)]
    for plan in plans:
        give_plan_to_reader(plan, tess, by=sam, at=timezone.now())
    sign_in(client, tess)
    for name in ("carrying-out", "check-in"):
        urls = [reverse(f"consultations:{name}", args=[plan.reference]) for plan in plans]
        client.get(urls[0])  # the address of the library is asked for once and kept
        first, second = (cost(client, url) for url in urls)
        assert first == second
        assert first <= AT_MOST


def test_who_carries_a_plan_out_costs_the_same_for_one_reader_and_for_three(
    client, sign_in, sam, make_plan, quillbrook, admin_person
):
    kind, plan = RoleRow.Kind.PLAN_READER, make_plan("agreed")
    url = reverse("consultations:plan-readers", args=[plan.reference])
    sign_in(client, sam)

    def two_more(number):
        people = [new_person(f"{name}{number}", "Reader") for name in ("Given", "Offered")]
        for person in people:
            school_staff(person, kind, quillbrook, "Teacher", by=admin_person)
        give_plan_to_reader(plan, people[0], by=sam, at=timezone.now())

    two_more(1)
    first = cost(client, url)
    two_more(2)
    two_more(3)
    assert cost(client, url) == first
    assert first <= AT_MOST
