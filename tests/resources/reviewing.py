"""An editor, a clinician and a page that waits for a review, and what they press."""

import pytest
from django.test import Client
from django.urls import reverse

from resources.models import StrategyPage
from tests.cast import sign_in

from .typed import SUBMIT, add_url, typed

SERVICE = "Willowmere CAMHS in Schools"


@pytest.fixture
def editor(edie):
    return sign_in(Client(), edie)


@pytest.fixture
def clinician(priya):
    return sign_in(Client(), priya)


@pytest.fixture
def waiting(editor, empty_library):
    """A strategy that an editor has written and submitted."""
    editor.post(add_url(empty_library), typed() | SUBMIT)
    return StrategyPage.objects.get(slug="a-quiet-corner")


def action_url(page, name):
    return reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, name, page.current_workflow_task_state.pk]
    )


def act(client, page, name, **sent):
    return client.post(action_url(page, name), sent)


def again(page):
    return StrategyPage.objects.get(pk=page.pk)
