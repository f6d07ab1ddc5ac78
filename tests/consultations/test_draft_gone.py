"""A link to a draft that was saved or discarded meanwhile says so, and leads on."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse, set_script_prefix
from django.utils import timezone

from consultations.models import Consultation, Draft, Plan
from consultations.services import discard_draft, keep_draft
from consultations.views.drafting import reference_in
from tests.cast import clinician, new_person
from tests.filling import banners

from .conftest import plan_answers

GONE = "This draft is not here any more. It was saved or discarded."
SAVED = "This draft was saved already, in another tab or by an earlier press."


@pytest.fixture
def kept():
    """Keep an open form for later: the link to its draft."""

    def keep(form):
        # What the page it leads to says is read here, and not by what is asked later.
        form.client.get(form.send(later="1").url)
        return Draft.objects.get().resume_url

    return keep


def led_to(form, link):
    """Where the link leads, and what is said there."""
    answer = form.client.get(link)
    assert answer.status_code == 302
    return answer.url, banners(form.client.get(answer.url))


def saved_from(form, link):
    """The same after the form was saved from its draft in another tab, and its page looked at."""
    form.page = form.client.get(link)
    form.client.get(form.send().url)
    assert not Draft.objects.exists()
    return led_to(form, link)


def test_a_talk_that_was_saved_from_it_is_led_to(logging, kept):
    logging.answers["next_step"] = "start_plan"
    found = saved_from(logging, kept(logging))
    assert found == (Consultation.objects.get().get_absolute_url(), [SAVED])


def test_a_talk_with_nothing_more_to_do_stands_on_its_visit(logging, kept, visit):
    assert saved_from(logging, kept(logging)) == (visit.get_absolute_url(), [SAVED])


def test_a_draft_of_a_visit_that_is_over_leads_to_the_visit(logging, kept, visit, finish):
    link = kept(logging)
    discard_draft(Draft.objects.get().key, by=visit.clinician)
    finish()
    assert led_to(logging, link) == (visit.get_absolute_url(), [GONE])


def test_a_plan_that_was_saved_from_it_is_led_to(planning, kept):
    found = saved_from(planning, kept(planning))
    assert found == (Plan.objects.get().get_absolute_url(), [SAVED])


def test_below_a_prefix_it_is_known_what_an_address_is_about():
    try:
        set_script_prefix("/below/")
        url = reverse("consultations:plan-check", args=["P-BCDF-GHJ"])
        assert (url[:7], reference_in(f"{url}?from=today")) == ("/below/", "P-BCDF-GHJ")
    finally:
        set_script_prefix("/")


def test_a_plan_begun_from_its_case_is_led_to(tab, priya, make_consultation, calendar, today, kept):
    talk = make_consultation()
    url = reverse("consultations:case-plan", args=[talk.case.reference])
    found = saved_from(form := tab(priya, url, **plan_answers(talk.partnership, today)), kept(form))
    assert found == (Plan.objects.get().get_absolute_url(), [SAVED])


def test_a_change_of_a_talk_leads_to_the_talk(tab, priya, make_consultation, kept):
    talk = make_consultation()
    form = tab(priya, reverse("consultations:consultation-edit", args=[talk.reference]), reason="A slip")
    assert saved_from(form, kept(form)) == (talk.get_absolute_url(), [SAVED])


def test_a_change_of_a_plan_leads_to_the_plan(tab, priya, make_plan, calendar, today, kept):
    plan = make_plan("agreed")
    answers = plan_answers(plan.partnership, today) | {"why_changed": "More was needed"}
    form = tab(priya, reverse("consultations:plan-edit", args=[plan.reference]), **answers)
    assert saved_from(form, kept(form)) == (plan.get_absolute_url(), [SAVED])


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("plan-review", {"overall": "going_well"}),
        ("plan-school-change", {"steps-0-how_often": "weekly", "why_changed": "More often"}),
    ],
)
def test_a_form_of_a_school_leads_to_the_plan(tab, sam, make_plan, calendar, kept, name, answers):
    plan = make_plan("agreed")
    form = tab(sam, reverse(f"consultations:{name}", args=[plan.reference]), **answers)
    link = kept(form)
    discard_draft(Draft.objects.get().key, by=sam)
    assert led_to(form, link) == (plan.get_absolute_url(), [GONE])


@pytest.mark.parametrize("key", ["x", "%00", "1" * 400, "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_is_none_reads_the_same(logging, visit, key):
    assert led_to(logging, f"{logging.url}?draft={key}") == (visit.get_absolute_url(), [GONE])


@pytest.fixture
def olga(priya, quillbrook, admin_person):
    """A second clinician of Quillbrook, who sees what Priya sees."""
    return clinician(new_person("Olga", "Reed"), quillbrook, by=admin_person)


@pytest.mark.parametrize("is_saved", [False, True])
def test_of_somebody_elses_draft_nobody_learns_more_than_of_none(
    tab, sign_in, priya, olga, make_consultation, is_saved
):
    talk = make_consultation()
    url = reverse("consultations:consultation-edit", args=[talk.reference])
    mine = tab(priya, url, reason="A slip")
    mine.send(later="1")
    link = Draft.objects.get().resume_url
    if is_saved:
        mine.page = mine.client.get(link)
        mine.send()
    other = sign_in(Client(), olga)
    answers = [other.get(address) for address in (link, f"{url}?draft={uuid4()}")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, talk.get_absolute_url())}
    assert banners(other.get(talk.get_absolute_url())) == [GONE, GONE]


def test_a_draft_of_another_page_is_not_opened_here(logging, priya, visit, quillbrook):
    key, at = uuid4(), timezone.now()
    place = {"partnership": quillbrook, "kind": "plan", "path": "/elsewhere/"}
    keep_draft(key, {"concern": ["Elsewhere"]}, by=priya, at=at, page=uuid4(), **place)
    assert led_to(logging, f"{logging.url}?draft={key}") == (visit.get_absolute_url(), [GONE])


@pytest.mark.parametrize("who", ["owen", "sam"])
def test_who_may_not_see_the_visit_is_told_nothing(request, logging, kept, who):
    link = kept(logging)
    logging.client.force_login(request.getfixturevalue(who))
    for address in (link, f"{logging.url}?draft={uuid4()}"):
        assert logging.client.get(address).status_code == {"owen": 404, "sam": 403}[who]


BUTTONS = ["draft-discard", "draft-strategies"]


def button(name, key):
    return reverse(f"consultations:{name}", args=[key])


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_of_a_draft_that_was_saved_leads_to_what_came_of_it(planning, kept, name):
    planning.page, key = planning.client.get(kept(planning)), Draft.objects.get().key
    led = planning.send().url
    planning.client.get(led)
    answer = planning.client.post(button(name, key))
    assert answer.url == led
    assert banners(planning.client.get(answer.url)) == [SAVED]


def test_to_discard_twice_says_that_it_is_gone(planning, kept):
    kept(planning)
    discard = button("draft-discard", Draft.objects.get().key)
    answers = [planning.client.post(discard) for _ in range(2)]
    assert answers[1].url == reverse("home:start")
    assert banners(planning.client.get(answers[1].url, follow=True)) == [GONE]
    assert planning.client.get(discard).status_code == 404


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_of_somebody_elses_draft_says_what_it_says_of_none(sign_in, olga, planning, kept, name):
    link, key = kept(planning), Draft.objects.get().key
    other = sign_in(Client(), olga)

    def said():
        answers = [other.post(button(name, asked)) for asked in (key, uuid4())]
        assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("home:start"))}
        return banners(other.get(answers[0].url, follow=True))

    assert said() == [GONE, GONE]
    assert Draft.objects.get().key == key
    saved_from(planning, link)
    assert said() == [GONE, GONE]
