"""Logging a consultation: what the service and the database hold, whatever the form let through."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from consultations.models import Case, ClinicalNote, Consultation
from consultations.services import NewCase, NewConsent, open_case
from tests.records import named_child, no_names_child, whole_class


def refusal(make_consultation, **overrides):
    with pytest.raises(ValidationError) as refused:
        make_consultation(**overrides)
    assert not Consultation.objects.exists()
    return refused.value.messages


def test_both_clocks_are_kept(make_consultation, visit):
    written_at = timezone.now() + timedelta(hours=3)
    talk = make_consultation(at=written_at)
    assert (talk.held_at, talk.written_at, talk.author) == (visit.started_at, written_at, visit.clinician)


def test_every_part_says_who_wrote_it_and_why(make_consultation):
    talk = make_consultation(
        tried=[("A star chart", "partly")], clinical_note="A note", themes=["worry", "sleep"]
    )
    parts = [talk, talk.clinical_note, *talk.theme_rows.all(), *talk.people.all(), *talk.tried.all()]
    signed = {
        (str(row.history_user), row.history_change_reason) for part in parts for row in part.history.all()
    }
    assert (len(parts), signed) == (6, {("Priya Nair", "Logged")})


def test_the_first_theme_is_the_primary_one(make_consultation):
    talk = make_consultation(themes=["sleep", "worry"])
    assert [(row.position, row.theme.slug) for row in talk.theme_rows.all()] == [(1, "sleep"), (2, "worry")]


def test_a_child_by_name_needs_consent(make_consultation):
    child = named_child(consent=None)
    assert refusal(make_consultation, about=child) == [
        "Say who agreed that we may talk about this child by name."
    ]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "consent", [NewConsent("parent", how="phone"), NewConsent("parent"), NewConsent("could_not_wait")]
)
def test_consent_says_how_and_when_or_why_it_could_not_wait(make_consultation, consent):
    assert refusal(make_consultation, about=named_child(consent=consent)) == [
        "Say how and when they agreed, or why it could not wait."
    ]


def test_consent_is_kept_with_the_case(make_consultation):
    case = make_consultation().case
    rows = case.consents.values_list("purpose", "given_by", "how")
    assert set(rows) == {("discuss_by_name", "parent", "phone"), ("share_plan", "parent", "phone")}
    assert (case.lane, case.opened_on) == ("named", timezone.localdate())


def test_without_a_name_no_consent_is_asked_and_none_is_kept(make_consultation):
    case = make_consultation(about=no_names_child()).case
    assert (case.lane, case.consents.count()) == ("no_names", 0)


@pytest.mark.parametrize(
    "name", [{"first_name": "Robin"}, {"last_name": "Underhay"}, {"date_of_birth": timezone.localdate()}]
)
def test_the_database_refuses_a_name_in_the_lane_without_names(make_consultation, name):
    case = make_consultation(about=no_names_child()).case
    for column, value in name.items():
        setattr(case, column, value)
    case._change_reason = "Past the rules"
    with pytest.raises(IntegrityError, match="no_names_lane_holds_no_name"), transaction.atomic():
        case.save()
    with pytest.raises(ValidationError, match="cannot hold a name or a date of birth"):
        case.full_clean()


def test_a_name_is_for_one_child_alone(make_consultation):
    about = NewCase("class", first_name="Robin", consent=NewConsent("could_not_wait", reason="Why"))
    assert refusal(make_consultation, about=about) == [
        "A record by name is about one child and holds the child's name."
    ]


def test_a_case_of_another_school_is_refused(make_consultation, make_visit, another_school, owen):
    there = make_consultation(visit=make_visit(another_school, owen, started=True)).case
    with pytest.raises(ValidationError, match="That record belongs to another school"):
        make_consultation(about=there)
    assert there.consultations.count() == 1


def test_a_visit_that_has_not_begun_cannot_be_logged_on(make_consultation, make_visit):
    visit = make_visit()
    assert refusal(make_consultation, visit=visit, held_at=timezone.now()) == ["Start the visit first."]


def test_a_visit_that_is_finished_cannot_be_logged_on(make_consultation, visit, finish):
    finish()
    assert refusal(make_consultation) == ["This visit is finished. Its time cannot be added to."]


def test_nobody_present_is_refused(make_consultation):
    assert refusal(make_consultation, people=[]) == ["Select at least one person you spoke to"]


@pytest.mark.parametrize("number", [0, 4])
def test_one_to_three_themes_and_no_other_number(make_consultation, themes, number):
    assert refusal(make_consultation, themes=[*themes][:number]) == [
        f"Choose up to 3 topics. You have chosen {number}"
    ]


@pytest.mark.parametrize("minutes", [0, 4, 241, 100_000])
def test_minutes_have_bounds(make_consultation, minutes):
    assert set(refusal(make_consultation, minutes=minutes)) >= {"Minutes must be between 5 and 240"}


@pytest.mark.parametrize(
    "about", [whole_class(), NewCase("group", group_name="Lunch club"), NewCase("year_group", year_group=3)]
)
def test_a_class_group_or_year_talked_about_before_keeps_its_one_case(make_consultation, about):
    first = make_consultation(about=about).case
    assert make_consultation(about=about).case == first
    assert Case.objects.get().consultations.count() == 2


def test_a_class_of_the_same_name_at_another_school_is_another_case(
    make_consultation, make_visit, another_school, owen
):
    here = make_consultation(about=whole_class()).case
    there = make_consultation(about=whole_class(), visit=make_visit(another_school, owen, started=True)).case
    assert (here.partnership_id, there.partnership_id) == (here.partnership_id, another_school.pk)
    assert here != there


def test_without_a_clinical_note_no_row_is_kept(make_consultation):
    make_consultation()
    assert not ClinicalNote.objects.exists()


def test_no_risk_leaves_no_matter_and_any_other_answer_one(make_consultation):
    calm, told = make_consultation(), make_consultation(risk="to_tell")
    assert not hasattr(calm, "safeguarding")
    assert (told.safeguarding.told_at, str(told.safeguarding)) == (None, "Still to tell")


def test_names_in_any_script_and_emoji_are_kept_as_typed(make_consultation):
    child = named_child(first_name="\u202bרובין", last_name="O’Źdźbło 🦊")
    talk = make_consultation(about=child, agreed="A calm start 🌤️")
    talk.refresh_from_db()
    assert (talk.case.full_name, talk.agreed) == ("\u202bרובין O’Źdźbło 🦊", "A calm start 🌤️")


@pytest.mark.django_db(transaction=True)
def test_two_who_log_the_same_class_at_once_open_one_case(quillbrook, priya, today):
    # SQLite has one writer at a time: there the second begins when the first is done.
    both = Barrier(2 if connection.vendor == "postgresql" else 1)

    def press(_):
        with transaction.atomic():
            both.wait()
            case = open_case(quillbrook, whole_class(), by=priya, on=today)
            sleep(0.2)
        connection.close()
        return case

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(press, range(2)))) == 1
