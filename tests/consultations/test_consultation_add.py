"""C3: log a consultation on one page."""

import pytest
from django.urls import reverse

from accounts.models import Reading
from consultations.models import Case, Consultation, Draft
from tests.cost import AT_MOST, cost
from tests.filling import as_sent, banners, problems
from tests.records import whole_class


def test_a_whole_form_makes_one_record_and_says_so(logging, visit):
    response = logging.send()
    saved = Consultation.objects.get()
    assert (response.status_code, response.url) == (302, visit.get_absolute_url())
    assert banners(logging.client.get(response.url)) == ["Consultation saved. 30 minutes added."]
    assert (saved.case.full_name, saved.minutes, saved.agreed) == (
        "Robin Underhay",
        30,
        "A calm start with the same adult.",
    )
    assert not Draft.objects.exists()


def test_an_empty_form_says_everything_that_is_missing_in_the_order_of_the_page(logging):
    empty = dict.fromkeys(logging.answers)
    assert problems(logging.send(**empty)) == [
        "Select who this is about",
        "Select at least one person you spoke to",
        "Select how long it took",
        "Select what it was mainly about",
        "Enter what the concern is",
        "Enter what the school has tried, or tick Nothing yet",
        "Enter what you agreed",
        "Select if anyone is at risk of harm",
        "Select what happens next",
    ]


def test_a_new_child_needs_a_name_a_year_and_consent(logging):
    parts = ["first_name", "last_name", "child_year", "consent_by", "consent_how"]
    page = logging.send(**dict.fromkeys(parts))
    assert problems(page) == [
        "Enter the child's first name",
        "Enter the child's last name",
        "Select the year group",
        "Select who agreed that we may talk about this child by name",
    ]
    assert not Consultation.objects.exists()


def test_not_asked_yet_offers_the_lane_without_a_name_and_keeps_what_was_typed(logging):
    page = logging.send(consent_by="not_asked")
    assert problems(page) == [
        "Ask a parent, carer or the young person first. Until then, choose not to record a name"
    ]
    assert as_sent(page)["concern"] == ["Robin cries at the gate."]


def test_it_could_not_wait_needs_its_reason(logging):
    urgent = {"consent_by": "could_not_wait", "risk": "to_tell"}
    assert problems(logging.send(**urgent)) == ["Enter why it could not wait"]
    assert logging.send(**urgent, consent_reason="Left alone").status_code == 302
    assert str(Consultation.objects.get().case.consents.get()) == "It could not wait: Left alone"


def test_what_could_not_wait_is_a_risk_of_harm(logging):
    page = logging.send(consent_by="could_not_wait", consent_reason="Left alone", risk="no")
    assert problems(page) == [
        "You answered No to “Is anyone at risk of harm?”. Without a risk of harm, ask first. "
        "Until then, choose not to record a name"
    ]
    assert not Consultation.objects.exists()


def test_of_a_choice_that_was_not_made_the_risk_is_not_asked(logging):
    urgent = {"consent_by": "could_not_wait", "risk": "no", "first_name": "", "last_name": ""}
    assert logging.send(child="no_name", **urgent).status_code == 302


def test_a_name_typed_before_choosing_to_record_none_is_taken_out_and_said(logging):
    page = logging.send(child="no_name")
    assert problems(page) == [
        "We took out the name you typed. Save again without it, or choose Another child"
    ]
    assert (as_sent(page)["first_name"], as_sent(page)["no_name_year"]) == ([""], ["4"])
    assert not {"first_name", "last_name"} & Draft.objects.get().payload.keys()
    assert logging.client.post(logging.url, as_sent(page)).status_code == 302
    case = Consultation.objects.get().case
    assert (case.lane, case.full_name, case.year_group) == ("no_names", "", 4)


def test_without_a_name_nothing_but_the_year_group_is_recorded(logging):
    logging.send(child="no_name", first_name="", last_name="", no_name_year="4")
    case = Consultation.objects.get().case
    assert (case.lane, case.full_name, case.date_of_birth, case.who_and_year) == (
        "no_names",
        "",
        None,
        "A child, Year 4",
    )


def test_a_child_of_another_school_cannot_be_chosen(
    logging, make_visit, another_school, owen, make_consultation
):
    there = make_consultation(visit=make_visit(another_school, owen, started=True))
    page = logging.send(child=str(there.case.pk))
    assert problems(page) == ["Select which child"]
    assert there.case.full_name not in page.text.replace("Robin", "")


def test_somebody_of_another_school_cannot_be_ticked(logging, somebody_elsewhere):
    page = logging.send(staff=[str(somebody_elsewhere.pk)])
    assert problems(page) == ["Select at least one person you spoke to"]


def test_a_class_talked_about_before_keeps_its_case(logging, make_consultation):
    known = make_consultation(about=whole_class()).case
    logging.send(subject="class", class_name="year 3 otters")
    assert Consultation.objects.order_by("pk").last().case == known


def test_what_was_tried_is_kept_row_by_row(logging):
    rows = {"tried-0-what": "A star chart", "tried-0-effect": "partly", "tried_nothing": None}
    logging.send(**rows)
    assert [str(row) for row in Consultation.objects.get().tried.all()] == ["A star chart: partly"]


def test_half_a_row_of_what_was_tried_says_which_half_is_missing(logging):
    rows = {"tried-0-what": "A star chart", "tried-1-effect": "partly"}
    page = logging.send(**rows)
    assert problems(page) == ["Select if it helped", "Enter what the school tried"]


def test_it_leads_to_what_was_chosen_next(logging):
    response = logging.send(next_step="start_plan")
    saved = Consultation.objects.get()
    assert response.url == reverse("consultations:plan-add", args=[saved.reference])


def test_a_risk_that_is_still_to_be_told_goes_before_everything_else(logging):
    response = logging.send(risk="to_tell", next_step="start_plan")
    saved = Consultation.objects.get()
    assert response.url == reverse("consultations:safeguarding", args=[saved.reference])
    assert saved.safeguarding.told_at is None


def test_a_visit_that_is_finished_cannot_be_added_to_and_keeps_what_was_typed(logging, finish):
    finish()
    page = logging.send()
    assert problems(page) == ["This visit is finished. Its time cannot be added to."]
    assert as_sent(page)["agreed"] == ["A calm start with the same adult."]
    assert logging.client.get(logging.url).status_code == 302


def test_the_page_costs_the_same_for_any_number_of_children(logging, make_consultation):
    make_consultation()
    first = cost(logging.client, logging.url)
    make_consultation()
    make_consultation()
    assert cost(logging.client, logging.url) == first
    assert first <= AT_MOST


def test_a_draft_about_a_known_child_that_is_opened_again_is_a_reading_of_the_case(
    logging, make_consultation
):
    case = make_consultation().case
    logging.send(child=str(case.pk), later="1")
    assert not Reading.objects.exists()
    logging.client.get(Draft.objects.get().resume_url)
    assert Reading.objects.get().case == case


@pytest.mark.parametrize(
    "about", [{"child": "no_name"}, {"subject": "staff"}, {"child": "9" * 30}, {"child": "x"}]
)
def test_a_draft_about_nobody_known_is_none(logging, make_consultation, about):
    logging.send(child=str(make_consultation().case.pk), later="1")
    logging.send(later="1", **({"child": str(Case.objects.get().pk)} | about))
    draft = Draft.objects.get()
    assert logging.client.get(draft.resume_url).status_code == 200
    assert not Reading.objects.exists()


def test_a_draft_about_a_child_of_another_school_is_none(
    logging, make_visit, another_school, owen, make_consultation
):
    there = make_consultation(visit=make_visit(another_school, owen, started=True))
    logging.send(child=str(there.case.pk), later="1")
    assert logging.client.get(Draft.objects.get().resume_url).status_code == 200
    assert not Reading.objects.exists()
