"""Pages that write into a calendar: add, change, remove."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from schools.models import CalendarPeriod, academic_year_of
from schools.services import add_period, change_period
from tests.filling import OpenForm, as_sent, banners, parsed, problems

pytestmark = pytest.mark.django_db
ADD = "/calendar/add/"


@pytest.fixture
def year(today):
    return academic_year_of(today) + 1


@pytest.fixture
def boxes(year):
    """The three boxes of a date of the next academic year, by the name of the question."""

    def filled(name, month, number):
        day = date(year if month >= 9 else year + 1, month, number)
        return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}

    return filled


@pytest.fixture
def form(client, sign_in, ruth, quillbrook, another_school, boxes):
    answers = {"kind": "term", "name": "Autumn term", **boxes("first_on", 9, 1), **boxes("last_on", 12, 18)}
    return OpenForm(sign_in(client, ruth), ADD, **answers)


@pytest.fixture
def autumn(service, admin_person, year):
    days = date(year, 9, 1), date(year, 12, 18)
    return add_period(service, "term", *days, by=admin_person, name="Autumn term")


def entered():
    rows = CalendarPeriod.objects.order_by("pk")
    return [(row.kind, row.school_id and row.school.urn, row.first_on, row.last_on) for row in rows]


EMPTY = {"last_on_day": "", "last_on_month": "", "last_on_year": ""}


def test_a_term_is_added(form, client, year, ruth):
    answer = form.send()
    assert answer.url == f"/calendar/?year={year}"
    said = f"Added: Autumn term, 1 September {year} to 18 December {year}."
    assert banners(client.get(answer.url)) == [said]
    assert entered() == [("term", None, date(year, 9, 1), date(year, 12, 18))]
    row = CalendarPeriod.objects.get().history.get()
    assert (row.history_user, row.history_change_reason) == (ruth, "Calendar entered")


def test_sent_twice_it_is_added_once(form):
    assert form.send().url == form.send().url
    assert len(entered()) == 1


def test_a_single_day_needs_no_last_day(form, year):
    form.send(kind="inset", name="", **EMPTY)
    assert entered() == [("inset", None, date(year, 9, 1), date(year, 9, 1))]


def test_days_are_added_for_one_school(form, client, year):
    answer = form.send(kind="closed", school="990001", **EMPTY)
    assert answer.url == f"/calendar/?year={year}&school=990001"
    assert entered() == [("closed", 990001, date(year, 9, 1), date(year, 9, 1))]


def test_the_school_looked_at_is_chosen_already(client, sign_in, ruth, quillbrook):
    page = sign_in(client, ruth).get(f"{ADD}?school=990001")
    assert as_sent(page)["school"] == ["990001"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": None}, "Select what these days are"),
        ({"first_on_day": "", "first_on_month": "", "first_on_year": ""}, "Enter the first day"),
        ({"first_on_day": "31", "first_on_month": "9"}, "Enter a real first day"),
        (EMPTY, "Enter the last day"),
        ({"kind": "half_term", **EMPTY}, "Enter the last day"),
        ({"last_on_month": "8"}, "The last day must not be before the first day"),
        ({"kind": "open"}, "Open days are of one school: select which school, or something else"),
        ({"school": "990001"}, "Select open or closed for days on which one school differs"),
        ({"school": "990007"}, "Select whose days these are"),
        ({"name": "x" * 81}, "The name must be 80 characters or fewer. You have used 81"),
    ],
)
def test_what_is_wrong_is_said_beside_its_question(form, changes, said):
    page = form.send(**changes)
    assert problems(page) == [said]
    assert entered() == []


def test_a_mistyped_year_is_said(form, year):
    low, high = year - 6, year + 5
    said = f"The first day must be between 1 September {low} and 31 August {high}"
    for typed in ("9999", "0001", str(low - 1)):
        assert problems(form.send(first_on_year=typed))[0] == said
    said = "The last day must be at most 150 days after the first day"
    assert problems(form.send(last_on_year=str(year + 1))) == [said]
    assert entered() == []


def test_a_term_over_another_is_refused_with_the_days_of_the_other(autumn, form, boxes, year):
    page = form.send(**boxes("first_on", 12, 18), **boxes("last_on", 3, 26))
    other = f"Autumn term, 1 September {year} to 18 December {year}"
    assert problems(page) == [f"The term overlaps with {other}"]
    (link,) = parsed(page).select(".nhsuk-error-summary a")
    assert link["href"].startswith("#id_first_on")
    assert len(entered()) == 1


def test_days_are_changed(autumn, client, sign_in, ruth, boxes, year):
    form = OpenForm(sign_in(client, ruth), f"/calendar/days/{autumn.pk}/")
    answer = form.send(**boxes("last_on", 12, 17), name="Autumn")
    assert banners(client.get(answer.url)) == [f"Saved: Autumn, 1 September {year} to 17 December {year}."]
    assert entered() == [("term", None, date(year, 9, 1), date(year, 12, 17))]


def test_what_changed_while_the_page_was_open_is_not_written_over(autumn, client, sign_in, ruth, ada):
    form = OpenForm(sign_in(client, ruth), f"/calendar/days/{autumn.pk}/")
    change_period(autumn, by=ada, opened_version=1, name="Michaelmas")
    page = form.send(name="Autumn")
    assert problems(page)[0].startswith("This changed while you had the page open.")
    autumn.refresh_from_db()
    assert autumn.name == "Michaelmas"


def test_own_days_stay_those_of_their_school(client, sign_in, ruth, service, quillbrook, year):
    day = date(year, 9, 7)
    own = add_period(service, "open", day, day, by=ruth, school=quillbrook.school)
    form = OpenForm(sign_in(client, ruth), f"/calendar/days/{own.pk}/")
    assert "school" not in as_sent(form.page)
    assert form.send(kind="closed", school="").url == f"/calendar/?year={year}&school=990001"
    assert entered() == [("closed", 990001, day, day)]
    form = OpenForm(client, f"/calendar/days/{own.pk}/")
    assert problems(form.send(kind="term")) == ["Select open or closed for days on which one school differs"]


def test_removing_asks_first_and_is_done_once(autumn, client, sign_in, ruth, year):
    form = OpenForm(sign_in(client, ruth), f"/calendar/days/{autumn.pk}/remove/")
    assert f"Remove Autumn term, 1 September {year} to 18 December {year}?" in form.page.text
    assert len(entered()) == 1
    first, second = form.send(), form.send()
    assert first.url == second.url == f"/calendar/?year={year}"
    said = f"Taken out: Autumn term, 1 September {year} to 18 December {year}."
    assert banners(client.get(first.url)) == [said]
    assert (entered(), CalendarPeriod.history.filter(history_type="-").count()) == ([], 1)


def test_what_changed_is_looked_at_again_before_it_is_removed(autumn, client, sign_in, ruth, ada):
    form = OpenForm(sign_in(client, ruth), f"/calendar/days/{autumn.pk}/remove/")
    change_period(autumn, by=ada, opened_version=1, name="Michaelmas")
    page = form.send()
    assert problems(page)[0].startswith("This changed while you had the page open.")
    assert "Remove Michaelmas" in page.text
    assert len(entered()) == 1


def test_the_number_of_booked_visits_on_days_closed_now_is_said(
    client, sign_in, ruth, calendar, make_visit, today
):
    monday = today + timedelta(days=7 - today.weekday())
    visits = [make_visit(days=(monday - today).days + day) for day in range(2)]
    form = OpenForm(sign_in(client, ruth), ADD, kind="closed", name="Snow")
    one = {f"first_on_{part}": getattr(monday, part) for part in ("day", "month", "year")}
    answer = form.send(**one)
    page = client.get(answer.url)
    assert banners(page)[0].endswith(" 1 booked visit in this time is on a closed day now.")
    assert [link["href"] for link in parsed(page).select(".nhsuk-warning-callout a")] == [
        visits[0].get_absolute_url()
    ]
    form = OpenForm(client, f"/calendar/days/{calendar.pk}/remove/")
    assert timezone.localdate() == today
    page = client.get(form.send().url)
    assert banners(page)[0].startswith("Taken out: The term, ")


def test_a_day_open_again_shuts_out_no_visit(client, sign_in, ruth, calendar, make_visit, today, service):
    monday = today + timedelta(days=7 - today.weekday())
    make_visit(days=(monday - today).days)
    snow = add_period(service, "closed", monday, monday, by=ruth)
    answer = OpenForm(sign_in(client, ruth), f"/calendar/days/{snow.pk}/remove/").send()
    page = client.get(answer.url)
    assert "closed day" not in banners(page)[0]
    assert not parsed(page).select(".nhsuk-warning-callout")


@pytest.mark.parametrize(
    ("who", "answer"),
    [("priya", 403), ("sam", 403), ("noor", 404), ("hana", 404), ("ada", 200), ("ruth", 200)],
)
def test_who_changes_and_removes(request, client, sign_in, autumn, quillbrook, who, answer):
    client = sign_in(client, request.getfixturevalue(who))
    for url in (f"/calendar/days/{autumn.pk}/", f"/calendar/days/{autumn.pk}/remove/"):
        assert client.get(url).status_code == answer
        assert client.post(url).status_code == answer
    assert len(entered()) == 1


def test_a_lead_of_another_service_finds_nothing(client, sign_in, ruth, other_service, admin_person, year):
    day = date(year, 9, 1)
    theirs = add_period(other_service, "closed", day, day, by=admin_person)
    for url in (f"/calendar/days/{theirs.pk}/", f"/calendar/days/{theirs.pk}/remove/"):
        assert sign_in(client, ruth).get(url).status_code == 404
