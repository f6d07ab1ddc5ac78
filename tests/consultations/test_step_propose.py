"""A step in own words leads to a proposal for the library, and nothing of the case goes along."""

import json

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from accounts.models import Reading, UsedFormKey
from consultations.services import telling_words
from resources.models import LibraryPage, StrategyPage, Theme
from resources.services import Proposal, propose_strategy
from tests.cast import role_of
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, banners, main_text, parsed, problems
from tests.records import named_child, somebody_at, whole_class

from consultations.services import StepContent

WRITTEN = {
    "title": "A job at the door",
    "summary": "A small job makes it easier to come in.",
    "steps": "Choose a job that can be done every day.\n\n  Give it to the child at the door. ",
    "themes": [],
    "key_stages": ["KS2"],
    "settings": ["child"],
}
TELLING = {
    "concern": "Marker-concern tells it all.",
    "strengths": "Marker-strengths too.",
}


def step_of(plan):
    return plan.versions.get().steps.get()


def url_of(step):
    return reverse("consultations:step-propose", args=[step.pk])


@pytest.fixture
def plan(make_plan, make_consultation, library, calendar, quillbrook, priya, sam):
    child = named_child(first_name="Robin", last_name="Underhay")
    talk = make_consultation(about=child, next_step="start_plan", themes=["worry", "sleep"], **TELLING)
    note, who = "Marker-note stands here.", somebody_at(quillbrook, priya)
    step = StepContent(what="Robin hands out the Marker-step books.", who=who, how_often="every_day", note=note)
    return make_plan("agreed", consultation=talk, steps=[step])


@pytest.fixture
def form(tab, priya, plan, themes):
    written = WRITTEN | {"themes": [str(themes["worry"].pk)]}
    return tab(priya, url_of(step_of(plan)), **written)
