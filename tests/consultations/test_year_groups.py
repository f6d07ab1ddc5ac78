"""The year group of a child goes on each September; that of a class, a group or a year group stays."""

from datetime import date

import pytest

from consultations.models import Case
from consultations.services import NewConsent, open_case
from schools.models import academic_year_of
from tests.filling import main_text, parsed
from tests.records import named_child, no_names_child, whole_class


@pytest.fixture
def opened(quillbrook, priya, today):
    """A case opened so many academic years ago, in October; in August of that year where `month` is 8."""

    def make(about, years=0, month=10, **fields):
        year = academic_year_of(today) - years + (month == 8)
        on = min(date(year, month, 10), today)
        named = {"consent": NewConsent("parent", "phone", on)} if about is named_child else {}
        return open_case(quillbrook, about(**fields, **named), by=priya, on=on)

    return make


def born(year_group, years, today):
    """A birthday in March of a child who was in this year group by age so many years ago."""
    return date(academic_year_of(today) - years - year_group - 4, 3, 27)


@pytest.mark.parametrize("about", [named_child, no_names_child])
@pytest.mark.parametrize(("years", "month", "year"), [(0, 10, "Year 4"), (1, 8, "Year 5"), (2, 10, "Year 6")])
def test_a_child_is_in_the_year_group_of_today(opened, about, years, month, year):
    assert opened(about, years, month, year_group=4).year == year


def test_who_was_held_back_stays_a_year_behind_the_birthday(opened, today):
    case = opened(named_child, 2, year_group=2, date_of_birth=born(3, 2, today))
    assert (case.year, case.year_group_on(today)) == ("Year 4", 4)


def test_a_birthday_alone_says_the_year_group(opened, today):
    case = opened(named_child, 2, year_group=None, date_of_birth=born(3, 2, today))
    assert case.year == "Year 5"


def test_after_the_last_year_and_where_nothing_is_known_there_is_none(opened):
    assert opened(named_child, 3, year_group=11).year == ""
    assert opened(named_child, 3, year_group=None).year == ""


def test_a_class_keeps_its_year_group(opened, today):
    case = opened(whole_class, 2)
    assert (case.year, case.year_group_on(today)) == ("Year 3", 3)


@pytest.fixture
def cases(opened, today):
    """By the words of their year group today."""
    return {
        "Year 4": [
            opened(named_child, 0, year_group=4),
            opened(no_names_child, 2, year_group=2),
            opened(named_child, 2, year_group=2, date_of_birth=born(3, 2, today)),
            opened(named_child, 2, year_group=None, date_of_birth=born(2, 2, today)),
            opened(whole_class, 3, year_group=4),
            opened(named_child, 1, 8, year_group=3),
        ],
        "Year 2": [opened(whole_class, 2, year_group=2)],
        "Nursery": [opened(no_names_child, 0, year_group=-1)],
        "": [opened(named_child, 3, year_group=12), opened(named_child, 1, year_group=None)],
    }


@pytest.mark.parametrize(("year", "words"), [(4, "Year 4"), (2, "Year 2"), (-1, "Nursery"), (12, "Year 12")])
def test_the_search_finds_a_case_by_the_year_group_it_shows(client, sign_in, priya, cases, year, words):
    every = [case for row in cases.values() for case in row]
    assert {words: [case for case in every if case.year == words] for words in cases} == cases
    page = sign_in(client, priya).get(f"/cases/?year={year}")
    links = [link.get_text(strip=True) for link in parsed(page).select("main td a")]
    assert links == [case.reference for case in cases.get(words, [])[::-1]]


def test_the_list_of_plans_does_too(client, sign_in, priya, cases, make_plan):
    plans = [make_plan(case=case) for row in cases.values() for case in row]
    page = sign_in(client, priya).get("/plans/?year=4")
    wanted = [plan.reference for plan in plans if plan.case.year == "Year 4"]
    assert [link.get_text(strip=True) for link in parsed(page).select("main td a")] == wanted[::-1]


def test_a_plan_is_suggested_what_fits_the_child_today(
    client, sign_in, priya, opened, make_consultation, library, themes
):
    ages = {"grown": (9, 0), "as old": (0, 9), "younger": (0, 0)}
    cases = {name: opened(no_names_child, ago, year_group=year) for name, (ago, year) in ages.items()}
    found = {}
    for name, case in cases.items():
        talk = make_consultation(about=case, themes=["worry"], next_step="start_plan")
        page = sign_in(client, priya).get(f"{talk.get_absolute_url()}plan/")
        found[name] = [box.get("value") for box in parsed(page).select("[name$=-strategy]")]
    assert found["grown"] == found["as old"] != found["younger"]


def test_pages_tell_the_year_group_of_today(client, sign_in, priya, opened):
    case = opened(named_child, 2, year_group=4)
    assert "Robin, Year 6" in main_text(sign_in(client, priya).get(case.get_absolute_url()))
    assert Case.objects.get(pk=case.pk).year_group == 4
