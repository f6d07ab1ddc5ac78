"""The way from a plan that cannot be sent to the answer it needs, and back."""

import pytest
from django.urls import reverse

from consultations.models import Competence, Purpose
from consultations.services import NewConsent
from tests.consents import refuse
from tests.filling import OpenForm, as_sent, main_text, parsed
from tests.records import named_child

from .test_consent_pages import page_of


@pytest.fixture
def unsent(make_plan, make_consultation, priya):
    day = named_child().consent.given_on
    alone = NewConsent("parent", "phone", day)
    return make_plan("draft", consultation=make_consultation(about=named_child(consent=alone)))


def test_a_plan_that_may_not_be_shared_says_so_in_place_of_the_button(client, sign_in, tab, priya, unsent):
    check = reverse("consultations:plan-check", args=[unsent.reference])
    page = sign_in(client, priya).get(check)
    assert "Nobody has said yet that this plan may be shared with the school." in main_text(page)
    assert "Send to school to agree" not in page.text
    link = parsed(page).find("a", string="Record an answer")["href"]
    form = tab(priya, link, given_by="parent", answer="given", how="phone")
    assert as_sent(form.page)["purposes"] == ["share_plan"]
    assert form.send().url == check
    assert "Send to school to agree" in client.get(check).text


def test_a_refusal_to_share_stands_there_too(client, sign_in, priya, unsent):
    refuse(unsent.case, Purpose.SHARE_PLAN, by=priya)
    page = sign_in(client, priya).get(reverse("consultations:plan-check", args=[unsent.reference]))
    assert "Share the plan with the school: Did not agree" in main_text(page)
    assert "Send to school to agree" not in page.text


def test_the_way_back_to_the_plan_is_kept_through_both_forms(tab, priya, unsent):
    check = reverse("consultations:plan-check", args=[unsent.reference])
    five = dict.fromkeys(Competence.QUESTIONS, "yes")
    url = f"{page_of('competence', unsent.case)}?next={check}"
    form = tab(priya, url, purpose="share_plan", conclusion="competent", **five)
    on = OpenForm(form.client, form.send().url, answer="given", how="phone")
    assert on.send().url == check
