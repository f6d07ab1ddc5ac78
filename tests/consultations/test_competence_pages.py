"""Whether a child can decide: the five questions, the conclusion, and the way on to the answer."""

import pytest
from django.urls import reverse

from consultations.models import Competence, Purpose
from tests.consents import newest
from tests.filling import as_sent, problems
from tests.records import named_child

from .test_consent_pages import page_of


@pytest.fixture
def case(make_consultation):
    return make_consultation().case


@pytest.fixture
def judging(tab, priya, case):
    five = dict.fromkeys(Competence.QUESTIONS, "yes")
    return tab(priya, page_of("competence", case), purpose="observe", conclusion="competent", **five)


def test_a_child_who_can_decide_leads_on_to_the_answer(judging, case, tab, priya):
    response = judging.send(notes="Said it back")
    form = tab(priya, response.url, answer="given", how="in_person")
    sent = as_sent(form.page)
    assert (sent["purposes"], sent["given_by"]) == (["observe"], ["young_person"])
    assert form.send().url == page_of("consent", case)
    row = newest(case, Purpose.OBSERVE)
    assert (row.given_by, row.competence, row.competence.notes) == (
        "young_person",
        case.competences.get(),
        "Said it back",
    )


def test_the_conclusion_is_checked_against_all_five(judging, case):
    page = judging.send(can_weigh="no", free_of_pressure="no")
    said = "“Can decide this” needs a yes to all five questions. Not yes: can weigh it; is free of pressure"
    assert problems(page) == [said]
    assert not case.competences.exists()
    assert judging.send(can_weigh="no", conclusion="not_competent").url == page_of("consent", case)
    assert case.competences.get().can_weigh is False


def test_a_question_left_open_is_asked_by_its_words(judging):
    page = judging.send(can_weigh=None, purpose=None, conclusion=None)
    assert problems(page) == [
        "Select the decision",
        "Select yes or no: can weigh it",
        "Select what you conclude",
    ]


def test_five_times_yes_and_still_not_able_needs_a_word_on_why(judging, case):
    page = judging.send(conclusion="not_competent")
    assert problems(page) == ["You said yes to all five. Enter why the child cannot decide this yet"]
    assert judging.send(conclusion="not_competent", notes="Too tired today").status_code == 302


def test_pressed_twice_it_is_one_judgement(judging, case):
    whole = judging.whole()
    for _ in range(2):
        judging.client.post(judging.url, whole)
    assert case.competences.count() == 1


def test_at_16_nobody_asks_whether_they_can_decide(client, sign_in, priya, make_consultation):
    case = make_consultation(about=named_child(year_group=12)).case
    url = page_of("consent", case)
    page = sign_in(client, priya).get(url)
    assert "Record whether the child can decide" not in page.text
    assert client.get(page_of("competence", case)).url == url


def test_at_16_nothing_is_recorded_about_whether_they_can_decide(client, sign_in, priya, make_consultation):
    case = make_consultation(about=named_child(year_group=12)).case
    url = reverse("consultations:competence", args=[case.reference])
    said = {"purpose": "observe", "conclusion": "competent", **dict.fromkeys(Competence.QUESTIONS, "yes")}
    sign_in(client, priya)
    for response in (client.get(url), client.post(url, said)):
        assert response.url == reverse("consultations:consent", args=[case.reference])
    assert not Competence.objects.exists()
