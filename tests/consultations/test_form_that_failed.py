"""A form that could not be saved by our own fault: every word is still there, and the page says where."""

import pytest
from django.utils import timezone

from consultations.models import Consultation, Draft
from tests.filling import as_sent, main_text
from web.words import moment

OUR_OWN = {"headers": {"Origin": "http://testserver"}}


def broken(*args, **kwargs):
    raise RuntimeError("pulled the plug")


@pytest.fixture
def fails(logging, monkeypatch):
    """The form of a consultation, sent when its last step goes wrong."""

    def send(**changes):
        logging.client.raise_request_exception = False
        with monkeypatch.context() as patch:
            patch.setattr("consultations.views.drafting.use_form_key", broken)
            return logging.client.post(logging.url, logging.whole(**changes), **OUR_OWN)

    return send


def test_nothing_is_saved_and_from_the_page_it_is_saved_once(fails, logging):
    page = fails(agreed="A calm\nstart 🌤")
    assert page.status_code == 500
    assert "Nothing of what you sent was saved." in main_text(page)
    assert "kept as a draft" not in main_text(page)
    assert not Consultation.objects.exists()
    again = as_sent(page)
    for _ in range(2):
        assert logging.client.post(logging.url, again).status_code == 302
    assert Consultation.objects.get().agreed == "A calm\nstart 🌤"


def test_a_draft_that_was_kept_is_named_with_its_time_and_stays(fails, logging):
    typed = logging.whole(agreed="Typed before")
    assert logging.client.post(f"{logging.url}?autosave", typed).status_code == 200
    saved_at = Draft.objects.get().saved_at
    assert saved_at <= timezone.now()
    page = fails()
    assert f"What you typed is also kept as a draft, as it was at {moment(saved_at)}." in main_text(page)
    assert Draft.objects.get().payload["agreed"] == ["Typed before"]


def test_the_draft_of_somebody_else_is_not_told(fails, logging, owen):
    logging.client.post(f"{logging.url}?autosave", logging.whole())
    Draft.objects.update(author=owen)
    assert "kept as a draft" not in main_text(fails())
