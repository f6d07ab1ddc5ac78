"""Which rows exist for whom: whole sets, for every role and every model."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import RoleRow
from consultations.models import (
    Case,
    ClinicalNote,
    Consultation,
    Draft,
    Plan,
    PlanReader,
    PlanVersion,
    Review,
)
from consultations.services import change_plan, give_plan_to_reader, keep_draft
from schools.models import Partnership, SchoolPerson, Visit
from tests.cast import give_role
from tests.places import new_person
from tests.plans import as_it_is_now
from tests.records import named_child

MODELS = [
    Partnership,
    Visit,
    SchoolPerson,
    Case,
    Consultation,
    ClinicalNote,
    Plan,
    PlanReader,
    PlanVersion,
    Review,
    Draft,
]


@pytest.fixture
def work(cast, make_visit, make_consultation, make_plan, make_review, plan_content):
    """At three schools the same: an agreed and reviewed plan with a new draft, a draft plan, half a form.

    Here is Quillbrook, near the other school of its service, far the school of another service.
    """
    people = {"here": cast.priya, "near": cast.owen, "far": cast.noor}
    places = {"here": cast.quillbrook, "near": cast.another_school, "far": cast.other_service_school}
    kind, readers = RoleRow.Kind.PLAN_READER, {"here": cast.tess}
    staff = {"here": cast.dana}
    for name in ("near", "far"):
        readers[name] = give_role(new_person(name, "Reader"), kind, places[name], by=cast.ada)
        staff[name] = new_person(f"{name}by", "Staff")
        give_role(staff[name], RoleRow.Kind.LINK_STAFF, places[name], by=cast.ada)
    for name, partnership in places.items():
        by = people[name]
        visit = make_visit(partnership, by, started=True)
        talk = make_consultation(visit=visit, about=named_child(first_name=name), clinical_note=name)
        plan = make_plan("agreed", consultation=talk, by=by, agreed_by=staff[name])
        make_review(plan, by=by)
        give_plan_to_reader(plan, readers[name], by=by, at=timezone.now())
        plan = as_it_is_now(plan)
        content = plan_content(partnership, by, why_changed="More")
        change_plan(plan, content, by=by, at=timezone.now(), opened_version=plan.version)
        unsent = make_consultation(visit=visit, about=named_child(first_name=f"{name}, unsent"))
        make_plan(consultation=unsent, by=by)
        place = {"kind": "plan", "partnership": partnership}
        keep_draft(uuid4(), {}, by=by, path="/", at=timezone.now(), page=uuid4(), **place)
    return SimpleNamespace(cast=cast, places={place.pk: name for name, place in places.items()})


def place_of(work, row):
    for path in ("partnership_id", "consultation.partnership_id", "plan.partnership_id"):
        found = row
        for name in path.split("."):
            found = getattr(found, name, None)
        if found:
            return work.places[found]
    return work.places[row.pk]


def seen_by(work, role):
    """How many rows of each model, by the place they belong to."""
    found = {}
    for model in MODELS:
        places = [place_of(work, row) for row in model.objects.visible_to(role)]
        counts = {place: places.count(place) for place in sorted(set(places))}
        if counts:
            found[model.__name__] = counts
    return found


ALL_OF_A_SCHOOL = {"Visit": 1, "Case": 2, "Consultation": 2, "ClinicalNote": 1, "Plan": 2, "PlanVersion": 3}
ALL_OF_A_SCHOOL |= {"Partnership": 1, "Review": 1, "Draft": 1, "PlanReader": 1}


def at(place, people, leave_out=(), **changes):
    counts = {**ALL_OF_A_SCHOOL, "SchoolPerson": people, **changes}
    return {name: {place: count} for name, count in counts.items() if name not in leave_out and count}


@pytest.mark.parametrize(
    ("who", "place", "people"), [("priya", "here", 6), ("owen", "near", 1), ("noor", "far", 1)]
)
def test_a_clinician_sees_everything_of_the_schools_they_are_linked_to_and_nothing_else(
    work, role_of, who, place, people
):
    assert seen_by(work, role_of(getattr(work.cast, who))) == at(place, people)


def test_a_lead_sees_their_own_service_without_clinical_notes_and_half_written_forms(work, role_of):
    here, near = at("here", 6, ["ClinicalNote", "Draft"]), at("near", 1, ["ClinicalNote", "Draft"])
    assert seen_by(work, role_of(work.cast.ruth)) == {name: here[name] | near[name] for name in here}


@pytest.mark.parametrize("who", ["sam", "dana"])
def test_link_staff_see_what_was_sent_to_their_school_and_no_consultation(work, role_of, who):
    hidden = ["Consultation", "ClinicalNote", "Draft"]
    sent_only = {"Case": 1, "Plan": 1, "PlanVersion": 1}
    assert seen_by(work, role_of(getattr(work.cast, who))) == at("here", 6, hidden, **sent_only)


@pytest.mark.parametrize("who", ["hana", "bo"])
def test_a_budget_holder_sees_visits_and_people_and_never_a_child(work, role_of, who):
    assert seen_by(work, role_of(getattr(work.cast, who))) == {
        "Partnership": {"here": 1},
        "Visit": {"here": 1},
        "SchoolPerson": {"here": 6},
    }


def test_a_plan_reader_sees_the_agreed_version_of_the_plan_they_were_given(work, role_of):
    ones = {"Plan": {"here": 1}, "PlanReader": {"here": 1}, "PlanVersion": {"here": 1}}
    assert seen_by(work, role_of(work.cast.tess)) == ones


def test_a_safeguarding_lead_sees_the_people_of_the_school_and_no_case(work, role_of):
    assert seen_by(work, role_of(work.cast.femi)) == {"Partnership": {"here": 1}, "SchoolPerson": {"here": 6}}


@pytest.mark.parametrize("who", ["kit", "edie", "ada"])
def test_everybody_else_sees_nothing(work, role_of, who):
    assert seen_by(work, role_of(getattr(work.cast, who))) == {}


def test_a_kind_of_role_that_nobody_has_written_down_sees_nothing(work):
    role = RoleRow(kind="inspector", person=work.cast.priya, partnership=work.cast.quillbrook)
    role.service = work.cast.quillbrook.service
    assert seen_by(work, role) == {}


def test_a_link_is_no_way_in(work, quillbrook):
    assert seen_by(work, quillbrook.roles.get(kind=RoleRow.Kind.LINK_CLINICIAN)) == {}


def test_every_kind_of_role_is_asked_here(work, role_of):
    asked = {role_of(person).kind for person in work.cast.people} | {RoleRow.Kind.LINK_CLINICIAN}
    assert asked == set(RoleRow.Kind.values)
