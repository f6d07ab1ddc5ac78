"""What the school types and presses on its pages of requests, and what they say."""

import pytest
from django.utils import timezone

from consultations.models import DiscussionRequest
from consultations.services import share_consultation
from tests.filling import parsed

LIST, ADD = "/requests/", "/requests/add/"
KEY = "5b6f3a1e-6c0f-4a7e-9d35-7a9c2f4f1c11"


def asked(**overrides):
    return {
        "form_key": KEY,
        "about": "child",
        "child_year": "4",
        "sentence": "A child cries at the gate",
        "tried": "A later start",
        "parents_aware": "not_yet",
        "how_soon": "next_visit",
    } | overrides


def only():
    return DiscussionRequest.objects.get()


def errors(page):
    return [line.get_text(strip=True) for line in parsed(page).select(".nhsuk-error-summary__list li")]


@pytest.fixture
def shared_case(make_consultation, priya):
    talk = make_consultation()
    share_consultation(talk, by=priya, at=timezone.now(), opened_version=talk.version)
    return talk.case


def button(client, request, verb, version=None):
    data = {"opened_version": request.version if version is None else version}
    return client.post(f"/requests/{request.reference}/{verb}/", data, follow=True)


def rows(page):
    return [row.select("td")[0].get_text(" ", strip=True) for row in parsed(page).select("tbody tr")]
