"""Forms of consultations and plans, open in a tab and ready to send."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.services import (
    ConsultationContent,
    StepContent,
    change_consultation,
    finish_visit,
)
from schools.services import add_person, close_visit
from tests.filling import OpenForm
from tests.plans import next_weekday
from tests.records import minutes, somebody_at

from .proposing import form, front, step, step_about
from .requesting import shared_case

__all__ = ["form", "front", "shared_case", "step", "step_about"]


def date_boxes(name, day):
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@pytest.fixture
def tab(client, sign_in):
    """Open a page of somebody, as a tab of their browser."""

    def open_tab(person, url, **answers):
        return OpenForm(sign_in(client, person), url, **answers)

    return open_tab


@pytest.fixture
def logging(tab, priya, sam, visit, themes, today):
    """C3, open, about a child called Robin."""
    url = reverse("consultations:consultation-add", args=[visit.reference])
    child = {"subject": "child", "child": "new", "first_name": "Robin", "last_name": "Underhay"}
    consent = {"child_year": "4", "consent_by": "parent", "consent_how": "phone"}
    talk = {
        "staff": [str(visit.partnership.people.get(account=sam).pk)],
        "minutes": "30",
        "themes": [str(themes["worry"].pk)],
        "concern": "Robin cries at the gate.",
        "tried_nothing": "on",
        "agreed": "A calm start with the same adult.",
        "risk": "no",
        "next_step": "nothing_more",
    }
    day = date_boxes("consent_on", today - timedelta(days=1))
    return tab(priya, url, **child, **consent, **day, **talk)


@pytest.fixture
def planning(tab, priya, sam, make_consultation, calendar, today):
    """C4, open, for a child who was talked about today."""
    consultation = make_consultation(next_step="start_plan")
    url = reverse("consultations:plan-add", args=[consultation.reference])
    return tab(priya, url, **plan_answers(consultation.partnership, today))


def plan_answers(partnership, today):
    goal = {"what": "Robin comes in calmly", "rating": "2", "expected": "7", "rated_by": "staff"}
    who = str(partnership.people.order_by("pk").first().pk)
    step = {"what": "Meet Robin at the side door", "who": who, "how_often": "every_day"}
    return {
        **{f"goals-0-{name}": value for name, value in goal.items()},
        **{f"steps-0-{name}": value for name, value in step.items()},
        "concern": "Robin cries at the gate.",
        "parents_know": "yes",
        "if_not_reached": "We meet the parents together.",
        "review_choice": "other",
        **date_boxes("review_on", next_weekday(today + timedelta(weeks=5))),
    }


@pytest.fixture
def in_a_plan(make_plan, quillbrook, priya):
    """A plan in any state whose only step was taken from this page of the library."""

    def make(page, status="agreed", **more):
        who = somebody_at(quillbrook, priya)
        step = StepContent(page.title, who=who, how_often="weekly", strategy=page)
        return make_plan(status, steps=[step], **more)

    return make


@pytest.fixture
def somebody_elsewhere(another_school, admin_person):
    return add_person(another_school, name="Vera Elsewhere", job="Cook", by=admin_person)


@pytest.fixture
def finish(visit):
    """Finish the visit of today."""

    def finish_it():
        now = timezone.now()
        times = {"at": now, "ended_at": now, "minutes": minutes(30)}
        return finish_visit(visit, by=visit.clinician, opened_version=visit.version, **times)

    return finish_it


@pytest.fixture
def change(themes, priya):
    """Change a consultation; every override is a column, or `themes`, `people`, `tried`, `clinical_note`."""

    def make(talk, opened_version=None, reason="A slip", **overrides):
        person = somebody_at(talk.partnership, priya)
        people = overrides.pop("people", [{"person": person, "name": person.name, "job": person.job}])
        slugs = overrides.pop("themes", ["worry"])
        parts = {name: overrides.pop(name) for name in ("tried", "clinical_note") if name in overrides}
        content = ConsultationContent(overrides, [themes[slug] for slug in slugs], people, **parts)
        opened = opened_version or talk.version
        return change_consultation(talk, content, by=priya, reason=reason, opened_version=opened)

    return make


@pytest.fixture
def open_form(client, sign_in, priya):
    """A page about one visit by its verb, open."""

    def open_it(visit, verb, who=priya, **answers):
        return OpenForm(sign_in(client, who), f"{visit.get_absolute_url()}{verb}/", **answers)

    return open_it


@pytest.fixture
def done(make_visit):
    """A visit that was finished: 90 minutes with staff."""
    visit, now = make_visit(started=True), timezone.now()
    times = {"at": now, "ended_at": now, "opened_version": visit.version}
    return close_visit(visit, by=visit.clinician, minutes=minutes(90), **times)
