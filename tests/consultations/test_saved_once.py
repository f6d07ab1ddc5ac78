"""Save pressed twice, a lost reply, the same key with other content, a sign-out in the middle."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import UsedFormKey
from consultations.models import Case, Consultation, Draft, Review
from consultations.views.drafting import SAVED_BEFORE
from tests.filling import as_sent, banners, main_text, problems
from tests.places import PASSWORD

ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


def test_save_pressed_twice_makes_one_record_and_leads_to_the_same_page(logging):
    first, second = logging.send(), logging.send()
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert (Consultation.objects.count(), Case.objects.count(), UsedFormKey.objects.count()) == (1, 1, 1)


def test_the_same_key_with_other_words_keeps_both(logging):
    logging.send()
    page = logging.send(agreed="Something else")
    assert problems(page) == [SAVED_BEFORE]
    assert as_sent(page)["agreed"] == ["Something else"]
    assert [talk.agreed for talk in Consultation.objects.all()] == ["A calm start with the same adult."]


def test_what_was_kept_can_be_saved_as_a_second_record(logging):
    logging.send()
    logging.page = logging.send(agreed="Something else")
    logging.send(agreed="Something else")
    assert sorted(talk.agreed for talk in Consultation.objects.all()) == [
        "A calm start with the same adult.",
        "Something else",
    ]


HALF_OPEN = "{7c0e6f1e-3f0a-4b8e-9a55-0d2c6c1b7f42"


@pytest.mark.parametrize("key", [None, "", "not-a-key", "\0", "1" * 4000, HALF_OPEN])
def test_a_key_that_is_none_does_not_lose_the_record(logging, key):
    assert logging.send(form_key=key, page_key=key).status_code == 302
    assert Consultation.objects.count() == 1


def test_a_review_pressed_twice_is_one_review_even_when_it_ended_the_plan(tab, sam, make_plan):
    url = reverse("consultations:plan-review", args=[make_plan("agreed").reference])
    form = tab(sam, url, overall="finished")
    assert [form.send().status_code, form.send().status_code] == [302, 302]
    assert Review.objects.count() == 1


def test_saving_for_later_asks_nothing_and_shows_it_again_as_typed(logging, visit):
    half = dict.fromkeys(logging.answers) | {"concern": "Half a sent", "later": "1"}
    response = logging.send(**half)
    assert response.url == visit.get_absolute_url()
    assert banners(logging.client.get(response.url)) == ["Saved as a draft. Only you can see it."]
    page = logging.client.get(Draft.objects.get().resume_url)
    assert (problems(page), as_sent(page)["concern"]) == ([], ["Half a sent"])
    assert not Consultation.objects.exists()


def test_a_draft_that_was_resumed_and_saved_is_gone(logging):
    logging.send(later="1")
    logging.page = logging.client.get(Draft.objects.get().resume_url)
    assert logging.send().status_code == 302
    assert (Draft.objects.count(), Consultation.objects.count()) == (0, 1)


def test_typing_is_kept_while_it_goes_on(logging):
    autosave = f"{logging.url}?autosave=1"
    response = logging.client.post(autosave, logging.whole(concern="Half a sent"))
    assert (response.status_code, set(response.json())) == (200, {"saved_at"})
    assert Draft.objects.get().payload["concern"] == ["Half a sent"]


def test_typing_in_a_second_tab_of_the_same_draft_is_told_apart(logging):
    autosave = f"{logging.url}?autosave=1"
    logging.client.post(autosave, logging.whole(concern="First tab"))
    response = logging.client.post(autosave, logging.whole(concern="Second tab", page_key=str(uuid4())))
    assert response.status_code == 409
    assert Draft.objects.get().payload["concern"] == ["First tab"]


def test_an_invalid_save_from_a_second_tab_keeps_both_drafts(logging):
    logging.client.post(f"{logging.url}?autosave=1", logging.whole(concern="First tab"))
    page = logging.send(concern="Second tab", minutes=None, page_key=str(uuid4()))
    assert problems(page) == ["Select how long it took"]
    assert sorted(draft.payload["concern"][0] for draft in Draft.objects.all()) == ["First tab", "Second tab"]


def test_typing_with_the_key_of_somebody_elses_draft_is_no_server_error(
    logging, owen, another_school, make_visit
):
    logging.client.post(f"{logging.url}?autosave=1", logging.whole())
    visit = make_visit(another_school, owen, started=True)
    other = Client()
    other.force_login(owen)
    url = reverse("consultations:consultation-add", args=[visit.reference])
    key = Draft.objects.get().key
    assert other.post(f"{url}?autosave=1", {"form_key": key, "concern": "Owen's"}).status_code == 409
    assert other.post(url, {"form_key": key, "concern": "Owen's"}).status_code == 200
    assert sorted(draft.author.first_name for draft in Draft.objects.all()) == ["Owen", "Priya"]


def test_typing_after_a_sign_out_is_told_so(logging):
    logging.client.logout()
    headers = {"HTTP_X_REQUESTED_WITH": "fetch"}
    response = logging.client.post(f"{logging.url}?autosave=1", logging.whole(), **headers)
    assert (response.status_code, response.content) == (401, b"")


def test_what_was_sent_after_a_sign_out_can_be_sent_again(logging, priya):
    logging.client.logout()
    page = logging.client.post(logging.url, logging.whole(), **ORIGIN)
    assert page.status_code == 403
    assert "You were signed out" in main_text(page)
    kept = as_sent(page)
    assert kept["agreed"] == ["A calm start with the same adult."]
    logging.client.post("/account/login/", {"login": priya.email, "password": PASSWORD})
    assert logging.client.post(logging.url, kept, **ORIGIN).status_code == 302
    assert Consultation.objects.get().agreed == "A calm start with the same adult."


def test_the_token_of_the_old_session_is_renewed_on_the_way(logging, priya):
    client = Client(enforce_csrf_checks=True)
    page = client.post(logging.url, logging.whole(), **ORIGIN)
    assert "This page was open too long" in main_text(page)
    assert as_sent(page)["agreed"] == ["A calm start with the same adult."]


def test_another_site_gets_nothing_back(logging):
    logging.client.logout()
    response = logging.client.post(logging.url, logging.whole(), HTTP_ORIGIN="https://elsewhere.example")
    assert (response.status_code, response.url) == (302, f"/account/login/?next={logging.url}")


def test_what_is_kept_for_later_after_saving_is_a_draft_of_its_own(logging):
    logging.send()
    logging.send(concern="A second thought", later="1")
    draft = Draft.objects.get()
    assert draft.payload["concern"] == ["A second thought"]
    assert str(draft.key) not in {str(row.pk) for row in UsedFormKey.objects.all()}
