"""A step in own words of an agreed plan, and its form to propose it for the library."""

import pytest
from django.urls import reverse

from consultations.services import StepContent
from resources.services.library import open_library
from tests.records import named_child, somebody_at

TITLE = "A job at the door"
WRITTEN = {
    "title": TITLE,
    "summary": "A small job makes it easier to come in.",
    "steps": "Choose a job that can be done every day.\n\n  Give it to the child at the door. ",
}
# Words of the case, each of which stands nowhere else.
MARKERS = {
    "concern": "Zaqconcern tells it all.",
    "strengths": "Zaqstrengths too.",
    "first_name": "Zaqfirst",
    "last_name": "Zaqlast",
    "what": "Zaqfirst hands out the Zaqstep books.",
    "note": "Zaqnote stands here.",
}


@pytest.fixture
def front(themes):
    return open_library(None)


@pytest.fixture
def step_about(make_plan, make_consultation, front, calendar, quillbrook, priya, sam):
    """A step in own words of an agreed plan about this child, class or group."""

    def make(about, what=MARKERS["what"], **more):
        told = {name: MARKERS[name] for name in ("concern", "strengths")}
        talk = make_consultation(about=about, next_step="start_plan", themes=["sleep", "worry"], **told)
        who = somebody_at(quillbrook, priya)
        step = StepContent(what=what, who=who, how_often="every_day", note=MARKERS["note"], **more)
        return make_plan("agreed", consultation=talk, steps=[step]).versions.get().steps.get()

    return make


@pytest.fixture
def step(step_about):
    return step_about(named_child(first_name=MARKERS["first_name"], last_name=MARKERS["last_name"]))


def url_of(step):
    return reverse("consultations:step-propose", args=[step.pk])


def plan_of(step):
    return step.plan_version.plan


@pytest.fixture
def form(tab, priya, step):
    return tab(priya, url_of(step), **WRITTEN)
