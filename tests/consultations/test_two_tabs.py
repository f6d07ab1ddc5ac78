"""Two people, or two tabs, on the same record: both versions are shown and what was typed is kept."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, PlanVersion, Review
from tests.filling import OpenForm, as_sent, banners, main_text, parsed, problems
from tests.plans import newest

from .conftest import plan_answers


def both_versions(page):
    """(saved now, what you typed) for each pair that is shown."""
    pairs = [
        [p.get_text(strip=True) for p in box.select(".app-pre-line")]
        for box in parsed(page).select(".app-compare")
    ]
    return [tuple(pair) for pair in pairs]


@pytest.fixture
def changing(tab, priya, make_consultation, themes):
    """C3e of one consultation, opened in two tabs."""
    talk = make_consultation(agreed="As it was", tried=[("A star chart", "partly")], clinical_note="Note")
    url = reverse("consultations:consultation-edit", args=[talk.reference])
    return tab(priya, url, reason="A slip"), tab(priya, url, reason="Another slip")


def test_two_changes_of_a_consultation_are_shown_side_by_side(changing):
    first, second = changing
    first.send(agreed="First tab")
    page = second.send(agreed="Second tab")
    assert "This changed while you were writing" in main_text(page)
    assert both_versions(page) == [("First tab", "Second tab")]
    assert as_sent(page)["agreed"] == ["Second tab"]
    assert Consultation.objects.get().agreed == "First tab"


def test_saving_again_after_reading_both_uses_mine(changing):
    first, second = changing
    first.send(agreed="First tab")
    page = second.send(agreed="Second tab")
    second.page = page
    assert second.send(**{"agreed": "Second tab", "keep-agreed": "typed"}).status_code == 302
    assert Consultation.objects.get().agreed == "Second tab"
    assert [row.agreed for row in Consultation.history.order_by("history_id")] == [
        "As it was",
        "First tab",
        "Second tab",
    ]


@pytest.mark.parametrize(
    ("field", "theirs", "mine", "shown"),
    [
        ("clinical_note", "Their note", "My note", ("Their note", "My note")),
        ("tried-0-what", "Their chart", "My chart", ("Their chart: partly", "My chart: partly")),
    ],
)
def test_what_lies_in_a_table_of_its_own_is_shown_side_by_side_too(changing, field, theirs, mine, shown):
    first, second = changing
    first.send(**{field: theirs})
    assert both_versions(second.send(**{field: mine})) == [shown]


def test_themes_and_people_are_shown_side_by_side_too(changing, themes, dana):
    first, second = changing
    first.send(themes=[str(themes["sleep"].pk)])
    page = second.send(themes=[str(themes["eating"].pk)])
    assert both_versions(page) == [("Sleep", "Eating")]


@pytest.fixture
def editing(tab, priya, sam, make_plan, calendar, today):
    """C4 of an agreed plan, opened in two tabs."""
    plan = make_plan("agreed")
    url = reverse("consultations:plan-edit", args=[plan.reference])
    answers = plan_answers(plan.partnership, today) | {"why_changed": "More was needed"}
    return tab(priya, url, **answers), tab(priya, url, **answers)


def test_two_changes_of_a_plan_do_not_write_over_each_other(editing):
    first, second = editing
    first.send(concern="First tab")
    page = second.send(concern="Second tab")
    assert "This changed while you were writing" in main_text(page)
    assert "First tab" in main_text(page)
    assert as_sent(page)["concern"] == ["Second tab"]
    assert PlanVersion.objects.get(status="draft").concern == "First tab"


def test_a_draft_saved_as_often_as_its_plan_is_not_written_over_from_an_old_tab(editing, tab, priya):
    first, second = editing
    first.send(concern="First tab")
    for _ in range(2):
        again = tab(priya, first.url, **first.answers)
        again.send(concern="First tab, once more")
    page = second.send(concern="Second tab")
    assert page.status_code == 200
    assert PlanVersion.objects.get(status="draft").concern == "First tab, once more"


def test_of_each_answer_one_is_kept_and_the_other_used(changing, themes):
    first, second = changing
    theirs = {"agreed": "First tab", "concern": "First concern", "tried-0-what": "Their chart"}
    first.send(**theirs, themes=[str(themes["sleep"].pk)])
    typed = {"agreed": "Second tab", "concern": "Second concern", "tried-0-what": "My chart"}
    typed["themes"] = [str(themes["eating"].pk)]
    second.page = second.send(**typed)
    chosen = {"agreed": "saved", "concern": "typed", "tried": "saved", "themes": "saved"}
    assert second.send(**typed, **{f"keep-{name}": side for name, side in chosen.items()}).status_code == 302
    talk = Consultation.objects.get()
    assert (talk.agreed, talk.concern) == ("First tab", "Second concern")
    assert [str(row) for row in talk.tried.all()] == ["Their chart: partly"]
    assert [row.slug for row in talk.themes.all()] == ["sleep"]


@pytest.mark.parametrize("chosen", [{}, {"keep-agreed": "neither"}])
def test_what_is_not_chosen_is_asked_beside_it_and_nothing_is_lost(changing, chosen):
    first, second = changing
    first.send(agreed="First tab", concern="First concern")
    second.page = second.send(agreed="Second tab", concern="Second concern")
    page = second.send(
        **{"agreed": "Second tab", "concern": "Second concern", "keep-concern": "saved"} | chosen
    )
    assert problems(page) == ["Select which to use: For the school: what did you agree?"]
    found = as_sent(page)
    assert (found["agreed"], found["concern"]) == (["Second tab"], ["Second concern"])
    assert found["keep-concern"] == ["saved"]
    assert Consultation.objects.get().agreed == "First tab"


def test_a_choice_made_beside_a_mistake_is_not_lost(changing):
    first, second = changing
    first.send(agreed="First tab")
    second.page = second.send(agreed="Second tab")
    second.page = second.send(**{"agreed": "Second tab", "keep-agreed": "saved", "reason": ""})
    assert problems(second.page) == ["Enter why you are changing this"]
    assert as_sent(second.page)["agreed"] == ["First tab"]
    page = second.send(agreed="Second tab after all", reason="A slip")
    assert both_versions(page) == [("First tab", "Second tab after all")]
    assert Consultation.objects.get().agreed == "First tab"


def test_a_third_save_meanwhile_is_shown_again(changing, tab, priya):
    first, second = changing
    first.send(agreed="First tab")
    second.page = second.send(agreed="Second tab")
    tab(priya, first.url, reason="Once more").send(agreed="Third save")
    page = second.send(**{"agreed": "Second tab", "keep-agreed": "typed"})
    assert both_versions(page) == [("Third save", "Second tab")]
    assert Consultation.objects.get().agreed == "Third save"


@pytest.mark.parametrize(
    ("side", "goal", "step", "concern"),
    [
        ("saved", "First goal", "First step", "Second concern"),
        ("typed", "Second goal", "Second step", "Second concern"),
    ],
)
def test_goals_and_steps_of_a_plan_are_chosen_as_a_whole(editing, side, goal, step, concern):
    first, second = editing
    first.send(**{"goals-0-what": "First goal", "steps-0-what": "First step", "concern": "First concern"})
    typed = {"goals-0-what": "Second goal", "steps-0-what": "Second step", "concern": "Second concern"}
    second.page = second.send(**typed)
    chosen = {"keep-goals": side, "keep-steps": side, "keep-concern": "typed"}
    assert second.send(**typed, **chosen).status_code == 302
    version = PlanVersion.objects.get(status="draft")
    parts = [[part.what for part in parts.all()] for parts in (version.goals, version.steps)]
    assert (parts, version.concern) == ([[goal], [step]], concern)


@pytest.fixture
def reviewing(sam, dana, sign_in, make_plan, calendar, today):
    """S3 of one plan, opened by Sam and by Dana."""
    plan = make_plan("agreed")
    url = reverse("consultations:plan-review", args=[plan.reference])
    return [OpenForm(sign_in(Client(), person), url, overall="going_well") for person in (sam, dana)]


def test_two_reviews_at_once_show_the_first_and_keep_the_second(reviewing):
    first, second = reviewing
    first.send(note="From Sam")
    page = second.send(overall="not_working", note="From Dana")
    assert "Sam Whitlock saved a review on" in main_text(page)
    assert "“From Sam”" in main_text(page)
    typed = as_sent(page)
    assert (typed["overall"], typed["note"]) == (["not_working"], ["From Dana"])
    assert [review.note for review in Review.objects.all()] == ["From Sam"]


def test_the_second_review_can_be_saved_after_reading_the_first(reviewing):
    first, second = reviewing
    first.send(note="From Sam")
    second.page = second.send(note="From Dana")
    assert second.send(**{"note": "From Dana", "keep-note": "typed"}).status_code == 302
    assert [review.note for review in Review.objects.all()] == ["From Sam", "From Dana"]


def test_a_plan_sent_back_meanwhile_is_not_agreed_and_what_was_typed_is_not_lost(
    sam, dana, sign_in, make_plan
):
    url = reverse("consultations:plan-agree", args=[make_plan("sent").reference])
    first, second = (OpenForm(sign_in(Client(), person), url) for person in (sam, dana))
    first.send(answer="change", change="Once a week")
    page = second.send(answer="change", change="Not before break")
    assert page.status_code == 409
    assert "This plan is not waiting to be agreed." in main_text(page)
    assert "Not before break" in main_text(page)
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert "Not before break" not in json.dumps(kept)
    assert "Not before break" not in str(page.cookies)
    again = second.send(answer="agree")
    assert banners(second.client.get(again.url)) == ["This plan is not waiting to be agreed."]


def test_a_version_sent_after_the_page_was_opened_is_not_agreed_unread(
    sam, dana, priya, sign_in, tab, make_plan, calendar, today
):
    plan = make_plan("sent")
    url = reverse("consultations:plan-agree", args=[plan.reference])
    first, second = (OpenForm(sign_in(Client(), person), url) for person in (sam, dana))
    first.send(answer="change", change="Once a week")
    edit = reverse("consultations:plan-edit", args=[plan.reference])
    answers = plan_answers(plan.partnership, today) | {"why_changed": "Asked for"}
    writer = tab(priya, edit, **answers)
    check = writer.client.get(writer.send(concern="Never read by Dana").url)
    writer.client.post(reverse("consultations:plan-send", args=[plan.reference]), as_sent(check))
    page = second.send(answer="agree")
    assert newest(plan).status == "sent"
    assert problems(page) == ["This plan changed while you had the page open. Read it again."]
    assert "Never read by Dana" in main_text(page)
    assert as_sent(page)["answer"] == ["agree"]


def test_somebody_who_was_changed_twice(tab, sam, femi):
    person = femi.school_people.get()
    url = reverse("schools:person-change", args=[990001, person.pk])
    first, second = tab(sam, url), tab(sam, url)
    first.send(name="Femi Adeyemi-Cole")
    page = second.send(name="Femi A")
    assert problems(page) == [
        "Somebody changed this person while you were writing. It now says: Femi Adeyemi-Cole, "
        "Designated safeguarding lead, 01632 960017. Save again to use what you typed."
    ]
    assert as_sent(page)["name"] == ["Femi A"]


def test_a_visit_that_changed_is_checked_again(tab, priya, visit, make_visit):
    url = reverse("consultations:visit-finish", args=[visit.reference])
    open_form = tab(priya, url)
    page = open_form.send(opened_version="1", ended_time="23:59")
    assert problems(page) == ["This visit changed while you had the page open. Check it again."]
    assert as_sent(page)["ended_time"] == ["23:59"]
