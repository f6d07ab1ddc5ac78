"""What nobody types by mistake, and what people do: a message or a page, never a server error."""

import pytest
from django.urls import reverse

from consultations.models import Consultation, Draft, PlanVersion
from tests.filling import as_sent, main_text, problems

from .conftest import date_boxes

HUGE = "9" * 400


def test_four_themes_are_one_too_many(logging, themes):
    chosen = [str(theme.pk) for theme in themes.values()][:4]
    page = logging.send(themes=chosen)
    assert problems(page) == ["Choose up to 3 topics. You have chosen 4"]
    assert as_sent(page)["themes"] == chosen


def test_five_thousand_characters_are_counted_and_kept(logging):
    long = "x" * 5000
    page = logging.send(agreed=long)
    assert problems(page) == ["What you agreed must be 2,000 characters or fewer. You have used 5,000"]
    assert as_sent(page)["agreed"] == [long]
    assert Draft.objects.get().payload["agreed"] == [long]


def test_two_thousand_characters_are_not_too_many_whatever_they_are(logging):
    assert logging.send(agreed="🌤" * 1999 + "\r\n").status_code == 302


def test_nobody_present_keeps_what_was_typed(logging):
    page = logging.send(staff=None)
    assert problems(page) == ["Select at least one person you spoke to"]
    assert as_sent(page)["concern"] == ["Robin cries at the gate."]


@pytest.mark.parametrize("minutes", ["4", "241", "-30", HUGE])
def test_minutes_outside_the_bounds_say_the_bounds(logging, minutes):
    page = logging.send(minutes="other", other_minutes=minutes)
    assert problems(page) == ["Minutes must be between 5 and 240"]
    assert as_sent(page)["other_minutes"] == [minutes]


@pytest.mark.parametrize("minutes", ["half an hour", "30.5", "9" * 5000])
def test_minutes_that_are_no_number_say_so(logging, minutes):
    assert problems(logging.send(minutes="other", other_minutes=minutes)) == [
        "Minutes must be a whole number"
    ]


def test_names_in_any_script_and_emoji_come_back_as_typed(logging):
    name = "\u202bרובין\u202c"
    assert logging.send(first_name=name, agreed="🌤️ calm").status_code == 302
    talk = Consultation.objects.get()
    assert (talk.case.first_name, talk.agreed) == (name, "🌤️ calm")
    assert name in logging.client.get(talk.get_absolute_url()).text


def test_a_nul_character_is_taken_out(logging):
    assert logging.send(agreed="A calm\0 start").status_code == 302
    assert Consultation.objects.get().agreed == "A calm start"


def test_markup_is_shown_as_it_was_typed(logging):
    logging.send(agreed="<script>alert(1)</script> & {{ 7 }}")
    page = logging.client.get(Consultation.objects.get().get_absolute_url())
    assert "<script>alert(1)</script> & {{ 7 }}" in main_text(page)
    assert "<script>alert(1)" not in page.text


@pytest.mark.parametrize("typed", ["abc", "-1", "0", HUGE, "99999999999999999999"])
@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("themes", "Select what it was mainly about"),
        ("staff", "Select at least one person you spoke to"),
        ("child", "Select which child"),
        ("subject", "Select who this is about"),
        ("minutes", "Select how long it took"),
        ("risk", "Select if anyone is at risk of harm"),
    ],
)
def test_a_choice_that_was_not_offered_is_asked_again(logging, field, typed, message):
    page = logging.send(**{field: typed})
    assert (page.status_code, problems(page)) == (200, [message])


MANAGEMENT = ["TOTAL_FORMS", "INITIAL_FORMS"]
BROKEN = [None, "", "many", "-1", "0", HUGE, "9" * 5000]


@pytest.mark.parametrize("value", BROKEN)
@pytest.mark.parametrize("name", MANAGEMENT)
def test_rows_that_were_tampered_with_are_no_server_error_when_logging(logging, name, value):
    page = logging.send(**{f"tried-{name}": value, "tried-0-what": "A star chart", "tried_nothing": None})
    assert page.status_code == 200
    assert as_sent(page)["agreed"] == ["A calm start with the same adult."]


@pytest.mark.parametrize("value", BROKEN)
@pytest.mark.parametrize("name", MANAGEMENT)
@pytest.mark.parametrize("rows", ["goals", "steps"])
def test_rows_that_were_tampered_with_are_no_server_error_when_planning(planning, rows, name, value):
    page = planning.send(**{f"{rows}-{name}": value})
    assert page.status_code in (200, 302)
    if page.status_code == 200:
        assert problems(page)
        assert as_sent(page)["concern"] == ["Robin cries at the gate."]


def test_a_form_without_anything_in_it_is_no_server_error(logging, planning):
    for form in (logging, planning):
        assert form.client.post(form.url, {}).status_code == 200


def test_a_date_of_birth_is_a_real_day_in_the_past(logging, today):
    boxes = date_boxes("date_of_birth", today)
    assert problems(logging.send(**boxes)) == ["The date of birth must be in the past"]
    assert problems(logging.send(**(boxes | {"date_of_birth_day": "31", "date_of_birth_month": "2"}))) == [
        "Enter a real date of birth"
    ]


def test_a_day_ahead_is_no_day_it_happened(logging, today):
    boxes = date_boxes("held_on", today.replace(year=today.year + 1, day=1))
    assert problems(logging.send(**boxes)) == ["The date it happened must be today or in the past"]


def test_a_page_of_another_school_is_not_found_and_nothing_is_said(client, sign_in, owen, planning, logging):
    sign_in(client, owen)
    for form in (planning, logging):
        page = client.post(form.url, form.whole())
        assert page.status_code == 404
        assert "Robin" not in page.text
    assert not Consultation.objects.filter(author=owen).exists()
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("typed", ["%00", "P-%00%00%00%00-ABC", "..%2f", "%F0%9F%A6%8A", "a" * 3000])
@pytest.mark.parametrize("which", ["visits/{}/", "consultations/{}/", "cases/{}/", "plans/{}/plan.pdf"])
def test_a_reference_that_is_none_is_not_found(client, sign_in, priya, which, typed):
    assert sign_in(client, priya).get(f"/{which.format(typed)}").status_code == 404


@pytest.mark.parametrize("urn", ["0", "99999999999999999999", HUGE])
def test_a_urn_that_is_none_is_not_found(client, sign_in, priya, urn):
    sign_in(client, priya)
    for page in ("", "plans/", "people/", "visits/", "consultations/", "people/99999999999999999999/"):
        assert client.get(f"/schools/{urn}/{page}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        *("before=x", "before=%00", f"before={HUGE}", "after=-1", "before=0001-01-01T00:00:00%2B14:00_1"),
        *("after=9999-12-31T23:59:59-14:00_1", "status=%00", "year=99", "theme=abc", f"theme={HUGE}"),
    ],
)
def test_an_address_nobody_of_ours_wrote_shows_the_list(client, sign_in, priya, query, make_plan):
    make_plan()
    sign_in(client, priya)
    for page in (
        "/plans/",
        "/schools/990001/plans/",
        "/schools/990001/consultations/",
        "/schools/990001/visits/",
    ):
        assert client.get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize("case", ["%00", "C-2222-222", HUGE])
def test_a_case_that_is_none_opens_the_form_empty(logging, case):
    page = logging.client.get(f"{logging.url}?case={case}")
    assert (page.status_code, as_sent(page).get("subject")) == (200, None)


@pytest.mark.parametrize("which", ["visit-start", "plan-send"])
def test_a_button_is_no_page(client, sign_in, priya, visit, make_plan, which):
    record = visit if which == "visit-start" else make_plan()
    response = sign_in(client, priya).get(reverse(f"consultations:{which}", args=[record.reference]))
    assert response.status_code == 405
