"""Work without names warns when it holds the name of a child named here before, and never blocks."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Consultation, Draft, PlanVersion, Review
from consultations.services import names_in, open_case, share_consultation
from consultations.services.named_before import names_of_children, parts_of
from tests.consultations.conftest import plan_answers
from tests.filling import as_sent, main_text, parsed, problems
from tests.records import named_child, no_names_child, whole_class

NAMED = ["Robin Underhay", "Zoë O'Dwyer", "Bo van der Aa", "Łukasz Nguyễn-Holt", "Will Grace", "ليان الشامي"]


@pytest.fixture(scope="module")
def names():
    return {word for name in NAMED for word in parts_of(name)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Robin's mum said ROBIN and robin’s dad", ["Robin", "ROBIN", "robin"]),
        ("Underhay, again: Underhay", ["Underhay"]),
        ("zoe likes it. ZOË too", ["zoe", "ZOE"]),
        ("The odwyer twins and O’Dwyer's cat", ["odwyer", "O’Dwyer"]),
        ("Ask lukasz or Nguyen or Holt", ["lukasz", "Nguyen", "Holt"]),
        ("Bo runs, a bo does not; BO neither", ["Bo"]),
        ("A van der valk drives de van", []),
        ("We met Will. Will you come? It will do. (Will's bag)", ["Will"]),
        ("Will cries. Grace helps.\nWill runs", []),
        ("In a state of grace we saw Grace", ["Grace"]),
        ("He said: Will it work?", []),
        ("Grace's bag", ["Grace"]),
        ("Robins sing, robinson reads, unrobin", []),
        ("قالت ليان نعم", ["ليان"]),
        ("\u202bרובין\u202c and \u202bليان\u202c", ["ليان"]),
        ("Rob\u00adin hides a soft hyphen", ["Robin"]),
        ("<b>Robin</b>&Robin_x 7Robin", ["Robin"]),
        ("", []),
        ("'' ’s 's . 12 🌤️", []),
    ],
)
def test_words_that_are_a_name(names, text, found):
    assert names_in(text, names) == found


def test_a_very_long_text_is_no_trouble(names):
    assert names_in("Robin " * 20_000, names) == ["Robin"]
    assert names_in("'" * 100_000 + "x" * 100_000, names) == []


def test_a_short_small_name_counts_when_there_is_no_other_part():
    assert (parts_of("ali"), parts_of("van der Aa"), parts_of("J")) == (["ali"], ["Aa"], [])


@pytest.fixture
def robin(quillbrook, priya, today):
    return open_case(quillbrook, named_child(), by=priya, on=today)


@pytest.fixture
def without_name(logging, robin):
    """C3, open, about a child without a name; the concern holds one."""
    logging.answers |= {"child": "no_name", "first_name": None, "last_name": None}
    return logging


def callout(page):
    box = parsed(page).select_one(".nhsuk-warning-callout")
    return [item.get_text(strip=True) for item in box.select("li")] if box else []


def test_the_first_press_warns_and_keeps_what_was_typed_and_the_second_saves(without_name):
    page = without_name.send(**{"tried-0-what": "Underhay's chair", "tried-0-effect": "partly"})
    assert callout(page) == [
        "What is the concern?: Robin",
        "Tried 1, What did the school try?: Underhay",
    ]
    assert (problems(page), as_sent(page)["concern"]) == ([], ["Robin cries at the gate."])
    assert not Consultation.objects.exists()
    assert Draft.objects.get().payload["concern"] == ["Robin cries at the gate."]
    response = without_name.client.post(without_name.url, as_sent(page))
    assert response.status_code == 302
    assert Consultation.objects.get().concern == "Robin cries at the gate."


def test_another_name_in_the_text_warns_again(without_name):
    page = without_name.send()
    again = without_name.client.post(without_name.url, as_sent(page) | {"agreed": "Ask Underhay"})
    assert callout(again) == ["What is the concern?: Robin", "For the school: what did you agree?: Underhay"]
    saved = without_name.client.post(without_name.url, as_sent(again) | {"minutes": "45"})
    assert saved.status_code == 302


def test_a_name_taken_out_saves_at_once(without_name):
    page = without_name.send()
    response = without_name.client.post(without_name.url, as_sent(page) | {"concern": "Cries at the gate."})
    assert response.status_code == 302


@pytest.mark.parametrize("forged", ["1", "x" * 5000, "\0"])
def test_only_the_page_itself_can_say_that_the_names_were_seen(without_name, forged):
    assert callout(without_name.send(names_seen=forged)) == ["What is the concern?: Robin"]


def test_work_by_name_is_not_asked(logging, robin):
    assert logging.send().status_code == 302


def test_work_about_a_class_is_asked(logging, robin):
    page = logging.send(subject="class", class_name="Robin's class", child=None)
    assert callout(page) == ["What is the concern?: Robin", "Name of class: Robin"]


def test_names_of_staff_are_not_asked(without_name):
    staff = {"staff": ["other"], "other_name": "Robin Day", "other_job": "Robin's tutor"}
    assert without_name.send(**staff, concern="Cries at the gate.").status_code == 302


def test_names_of_another_school_are_not_looked_for(
    logging, owen, another_school, today, make_visit, role_of, priya, quillbrook
):
    open_case(another_school, named_child(), by=owen, on=today)
    page = logging.send(child="no_name", first_name=None, last_name=None)
    assert page.status_code == 302
    assert names_of_children(quillbrook, role_of(priya)) == set()
    assert names_of_children(another_school, role_of(owen)) == {"Robin", "Underhay"}


def test_the_names_are_one_question(role_of, priya, quillbrook, robin, today, django_assert_num_queries):
    role = role_of(priya)
    for name in ("Ivy", "Ned"):
        open_case(quillbrook, named_child(first_name=name), by=priya, on=today)
    with django_assert_num_queries(1):
        assert names_of_children(quillbrook, role) == {"Robin", "Ivy", "Ned", "Underhay"}


def test_a_change_and_a_plan_warn_too(tab, priya, sam, make_consultation, calendar, today, robin):
    talk = make_consultation(about=no_names_child(), concern="Cries", next_step="start_plan")
    change = tab(priya, f"{talk.get_absolute_url()}edit/", reason="Robin said more")
    page = change.send()
    assert callout(page) == ["Why are you changing this?: Robin"]
    assert change.client.post(change.url, as_sent(page)).status_code == 302
    answers = plan_answers(talk.partnership, today)
    plan = tab(priya, f"{talk.get_absolute_url()}plan/", **answers)
    page = plan.send(concern="Cries at the gate")
    assert callout(page) == [
        "Goal 1, What do you want to be different?: Robin",
        "Step 1, What will adults do?: Robin",
    ]
    assert not PlanVersion.objects.exists()
    assert plan.client.post(plan.url, as_sent(page)).status_code == 302
    assert PlanVersion.objects.count() == 1


def test_a_review_warns_the_school_of_names_it_may_know_alone(
    tab, sam, priya, make_plan, make_consultation, robin, calendar
):
    plan = make_plan("agreed", consultation=make_consultation(about=no_names_child()))
    url = reverse("consultations:plan-review", args=[plan.reference])
    answers = {"overall": "going_well", "note": "Robin and Ivy"}
    shared = make_consultation(about=named_child(first_name="Ivy"))
    share_consultation(shared, by=priya, at=timezone.now(), opened_version=shared.version)
    assert callout(tab(priya, url, **answers).send()) == ["Anything to add?: Robin, Ivy"]
    form = tab(sam, url, **answers)
    page = form.send()
    assert callout(page) == ["Anything to add?: Ivy"]
    assert "Robin" in main_text(page)  # as typed, and not in the warning
    assert form.client.post(url, as_sent(page)).status_code == 302
    assert Review.objects.count() == 1


def test_what_should_change_in_a_plan_warns_once(tab, sam, priya, make_plan, make_consultation, robin):
    plan = make_plan("sent", consultation=make_consultation(about=no_names_child()))
    shared = make_consultation(about=named_child(first_name="Ivy"))
    share_consultation(shared, by=priya, at=timezone.now(), opened_version=shared.version)
    form = tab(sam, f"{plan.get_absolute_url()}agree/", answer="change", change="Robin and Ivy sit apart")
    page = form.send()
    assert callout(page) == ["What should change?: Ivy"]
    assert PlanVersion.objects.get().status == "sent"
    assert form.client.post(form.url, as_sent(page)).status_code == 302
    assert PlanVersion.objects.get().change_asked == "Robin and Ivy sit apart"


def test_agreeing_is_not_asked_about_what_was_typed_before(tab, sam, make_plan, make_consultation, robin):
    plan = make_plan("sent", consultation=make_consultation(about=no_names_child()))
    form = tab(sam, f"{plan.get_absolute_url()}agree/", answer="agree", change="Robin")
    assert form.send().status_code == 302


def test_an_unfinished_form_is_kept_without_a_word(without_name):
    assert without_name.send(later="1").status_code == 302
    assert without_name.client.post(f"{without_name.url}?autosave=1", without_name.whole()).status_code == 200


def test_a_class_is_no_child(quillbrook, priya, today, role_of):
    open_case(quillbrook, whole_class(group_name="Robin"), by=priya, on=today)
    assert names_of_children(quillbrook, role_of(priya)) == set()
