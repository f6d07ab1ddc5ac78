"""Booking a visit: for whom, when, and from which time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.models import CalendarPeriod, Visit
from schools.querysets import Numbers
from schools.services import add_period, call_off_visit
from schools.services.ledger import post
from tests.cast import clinician
from tests.cost import AT_MOST, cost
from tests.filling import OpenForm, banners, main_text, parsed, problems
from tests.places import new_person
from tests.records import local

URL = "/schools/990001/visits/book/"


@pytest.fixture
def monday(today):
    """A Monday to come."""
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def open_form(client, sign_in, priya, monday):
    def open_it(who=priya, **answers):
        day = {"on_day": monday.day, "on_month": monday.month, "on_year": monday.year}
        return OpenForm(sign_in(client, who), URL, starts="9:00", ends="12:00", **day | answers)

    return open_it


def on(day):
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}


def questions(form):
    """What is asked, the day and the hours apart."""
    names = {control["name"] for control in parsed(form.page).select("main form [name]")}
    return names & {"clinician", "pot", "clears_owed"}


@pytest.fixture
def filled(bought, quillbrook, priya):
    post(bought, "grant", 405, partnership=quillbrook, by=priya, at=timezone.now())
    return bought


def test_a_clinician_books_a_visit_of_their_own(core, open_form, priya, quillbrook, monday):
    form = open_form()
    assert questions(form) == set()
    page = form.client.post(URL, form.whole(), follow=True)

    visit = Visit.objects.get()
    assert (visit.clinician, visit.partnership, visit.pot) == (priya, quillbrook, core)
    assert (visit.planned_start_at, visit.planned_end_at) == (local(monday, 9), local(monday, 12))
    assert banners(page) == [f"Visit booked for {monday:%-d %B %Y}, 9am to midday."]
    assert core.entries.numbers() == Numbers(had=3420, booked=180)


def test_a_school_without_any_pot_has_visits_too(open_form):
    form = open_form()
    assert questions(form) == set()
    assert form.send().status_code == 302
    assert Visit.objects.get().pot is None


def test_which_time_is_asked_where_there_is_a_choice_with_what_is_free(core, filled, open_form):
    form = open_form()
    labels = [one.get_text(strip=True) for one in parsed(form.page).select(".nhsuk-radios__label")]
    assert labels == [
        f"Core offer: 19 half days free to book, until {core.last_on:%-d %B %Y}",
        f"Bought time, {filled}: 2 half days and 45 minutes free to book, until {core.last_on:%-d %B %Y}",
    ]
    form.send(pot=str(filled.pk))
    assert Visit.objects.get().pot == filled


def test_the_core_offer_is_chosen_unless_somebody_says_otherwise(core, filled, open_form):
    open_form().send()
    assert Visit.objects.get().pot == core


def test_bought_time_is_never_drawn_on_without_a_question(filled, open_form):
    form = open_form()
    labels = [one.get_text(strip=True) for one in parsed(form.page).select(".nhsuk-radios__label")]
    assert labels == [
        f"Bought time, {filled}: 2 half days and 45 minutes free to book, until {filled.last_on:%-d %B %Y}",
        "No agreement: it is only recorded",
    ]
    assert parsed(form.page).select(".nhsuk-radios__input[checked]") == []
    assert problems(form.send()) == ["Select which time the visit uses"]
    assert Visit.objects.count() == 0
    form.send(pot=str(filled.pk))
    assert Visit.objects.get().pot == filled
    assert filled.entries.numbers() == Numbers(had=405, booked=180)


def test_a_visit_of_a_school_with_bought_time_alone_may_draw_on_nothing(filled, open_form):
    assert open_form().send(pot="none").status_code == 302
    assert Visit.objects.get().pot is None
    assert filled.entries.numbers() == Numbers(had=405)


def test_where_there_is_a_core_offer_no_visit_is_only_recorded(core, filled, open_form):
    assert problems(open_form().send(pot="none")) == ["Select which time the visit uses"]


def test_bought_time_that_came_while_the_page_was_open_is_asked_about(core, open_form, make_agreement):
    form = open_form()
    make_agreement()
    page = form.send()
    assert problems(page) == ["Select which time the visit uses"]
    assert Visit.objects.count() == 0


def test_an_extra_visit_is_offered_only_while_time_is_owed(core, open_form, make_visit, priya):
    assert questions(open_form()) == set()
    off = make_visit(days=1)
    said = {"outcome": "clinician_cancelled", "by": priya, "at": timezone.now()}
    call_off_visit(off, opened_version=off.version, **said)

    form = open_form()
    assert questions(form) == {"clears_owed"}
    assert "1 half day is owed to the school. This is an extra visit for time owed" in main_text(form.page)
    form.send(clears_owed="on")
    assert Visit.objects.get(outcome="").clears_owed
    assert questions(open_form()) == set()


def test_an_extra_visit_from_bought_time_is_refused_beside_the_pot(
    core, filled, open_form, make_visit, priya
):
    off = make_visit(days=1)
    said = {"outcome": "clinician_cancelled", "by": priya, "at": timezone.now()}
    call_off_visit(off, opened_version=off.version, **said)
    page = open_form().send(clears_owed="on", pot=str(filled.pk))
    assert problems(page) == ["Time that is owed is given back from the core offer."]
    assert parsed(page).select_one(".nhsuk-error-message").parent.select("[name=pot]")


@pytest.fixture
def colleague(quillbrook, admin_person):
    """Another clinician of the school."""
    return clinician(new_person("Mo", "Varley"), quillbrook, by=admin_person)


def test_a_clinician_books_for_a_colleague_of_the_school(core, open_form, priya, colleague):
    form = open_form()
    assert questions(form) == {"clinician"}
    assert form.whole()["clinician"] == [str(priya.pk)]
    form.send(clinician=str(colleague.pk))
    assert Visit.objects.get().clinician == colleague


@pytest.mark.parametrize("value", ["", "999999", "9" * 30, "<b>"])
def test_a_lead_says_for_whom(core, open_form, ruth, colleague, priya, owen, value):
    page = open_form(ruth).send(clinician=value)
    assert problems(page) == ["Select the clinician"]
    assert problems(open_form(ruth).send(clinician=str(owen.pk))) == ["Select the clinician"]


def test_a_lead_without_a_choice_books_for_the_only_clinician(core, open_form, ruth, priya):
    form = open_form(ruth)
    assert questions(form) == set()
    form.send()
    assert Visit.objects.get().clinician == priya


MAKE = {
    "no date": ({"on_day": "", "on_month": "", "on_year": ""}, "Enter the date of the visit"),
    "no real date": ({"on_day": "31", "on_month": "2"}, "Enter a real date of the visit"),
    "no start": ({"starts": ""}, "Enter the start"),
    "no time": ({"starts": "ninety"}, "The start must be a real time, like 9:30"),
    "ends first": ({"ends": "8:59"}, "The end must be after the start"),
    "no length": ({"ends": "9:00"}, "The end must be after the start"),
    "year 1": ({"on_year": "0001"}, "The date of the visit must be today or later"),
}


@pytest.mark.parametrize("name", MAKE)
def test_what_is_typed_wrongly_is_said_beside_the_question(core, open_form, name):
    changes, message = MAKE[name]
    page = open_form().send(**changes)
    assert problems(page) == [message]
    assert Visit.objects.count() == 0
    assert core.entries.count() == 1


@pytest.mark.parametrize("year", ["9999", "99999999999999999999"])
def test_a_day_far_away_is_refused(core, open_form, year):
    page = open_form().send(on_year=year)
    assert len(problems(page)) == 1
    assert Visit.objects.count() == 0


def test_yesterday_is_refused_and_today_is_not(core, open_form, today):
    form = open_form()
    page = form.send(**on(today - timedelta(days=1)))
    assert problems(page) == ["The date of the visit must be today or later"]
    assert form.send(**on(today)).status_code == 302


def test_a_day_past_the_year_is_refused_beside_the_date(core, open_form):
    page = open_form().send(**on(core.last_on + timedelta(days=1)))
    assert problems(page) == ["The day must be within the year of the core offer"]
    assert parsed(page).select_one(".nhsuk-error-message")["id"].startswith("id_on")


def test_a_day_past_the_year_of_bought_time_is_refused_beside_the_date(filled, open_form):
    page = open_form().send(pot=str(filled.pk), **on(filled.last_on + timedelta(days=1)))
    assert problems(page) == ["The day must be within the year of the agreement."]
    assert Visit.objects.count() == 0


def test_more_than_is_free_is_refused_beside_the_end(filled, open_form):
    page = open_form().send(pot=str(filled.pk), ends="16:00")
    assert problems(page) == ["Only 2 half days and 45 minutes can be booked: this needs 420 minutes."]
    assert parsed(page).select_one(".nhsuk-error-message")["id"].startswith("id_ends")
    assert filled.entries.numbers() == Numbers(had=405)


def test_a_day_on_which_the_school_is_closed_is_refused(core, open_form, quillbrook, admin_person, monday):
    kinds, service = CalendarPeriod.Kind, quillbrook.service
    add_period(service, kinds.TERM, monday - timedelta(60), monday + timedelta(60), by=admin_person)
    add_period(service, kinds.BANK_HOLIDAY, monday, monday, by=admin_person)
    inset = monday + timedelta(days=1)
    add_period(service, kinds.INSET, inset, inset, by=admin_person)
    form = open_form()
    page = form.send()
    must = "The date of the visit must be a school day or an INSET day"
    assert problems(page) == [f"{must}: Monday {monday:%-d %B %Y} is a bank holiday"]
    assert parsed(page).select_one(".nhsuk-error-message")["id"].startswith("id_on")
    saturday = monday + timedelta(days=5)
    weekend = f"{must}: Saturday {saturday:%-d %B %Y} is at a weekend"
    assert problems(form.send(**on(saturday))) == [weekend]
    # Training may be booked by hand on an INSET day.
    assert form.send(**on(inset)).status_code == 302


def test_the_same_form_sent_again_books_one_visit(core, open_form):
    form = open_form()
    whole = form.whole()
    form.client.post(URL, whole)
    page = form.client.post(URL, whole, follow=True)
    assert banners(page)[-1] == "That was booked already. It is in the list below."
    assert core.entries.numbers() == Numbers(had=3420, booked=180)


def test_another_visit_on_the_page_one_went_back_to_is_another(core, open_form, monday):
    form = open_form()
    form.send()
    form.send(**on(monday + timedelta(days=1)))
    assert Visit.objects.count() == 2


FORGED = ["0", "999999", "9" * 30, "core\0", "-1", "1.5", "<b>", "x" * 100_000]


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_pot_is_refused(core, filled, open_form, value):
    page = open_form().send(pot=value)
    if value != "core\0":
        assert problems(page) == ["Select which time the visit uses"]
        assert Visit.objects.count() == 0


def test_a_clinician_of_another_school_is_not_heard(core, open_form, priya, owen):
    open_form().send(clinician=str(owen.pk))
    assert Visit.objects.get().clinician == priya


@pytest.mark.parametrize("who", ["sam", "hana", "bo"])
def test_the_school_books_nothing_itself(request, client, sign_in, who):
    assert sign_in(client, request.getfixturevalue(who)).post(URL).status_code == 403


def test_the_page_costs_the_same_for_one_pot_and_two(client, sign_in, priya, core, make_agreement):
    sign_in(client, priya)
    first = cost(client, URL)
    make_agreement()
    assert cost(client, URL) == first <= AT_MOST
