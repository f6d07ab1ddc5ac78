"""L7: the calendar of one academic year, as each role reads it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from schools.models import CalendarPeriod, academic_year_of
from schools.services import add_bank_holidays, add_period, days_of_year
from tests.cost import AT_MOST, cost
from tests.filling import banners, main_text, parsed

PAGE = "/calendar/"
NEXT_YEAR = "/calendar/?year={}"


@pytest.fixture
def year(today):
    """The academic year after this one, which no other fixture writes in."""
    return academic_year_of(today) + 1


@pytest.fixture
def enter(service, admin_person, year):
    """Days of the year by month and day: from September on they are of its first half."""

    def day(month, number):
        return date(year if month >= 9 else year + 1, month, number)

    def add(kind, first, last=None, school=None, name="", of=service):
        days = day(*first), day(*(last or first))
        return add_period(of, kind, *days, by=admin_person, school=school, name=name)

    return add


@pytest.fixture
def terms(enter):
    enter("term", (9, 1), (12, 18), name="Autumn term")
    enter("half_term", (10, 26), (10, 30))
    return enter("term", (1, 4), (3, 26), name="Spring term")


def rows(page, number=0):
    table = parsed(page).select("table")[number]
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")[:3]]
        for row in table.select("tbody tr")
    ]


def test_the_days_of_the_year_stand_in_their_order(client, sign_in, ruth, terms, enter, year):
    enter("inset", (9, 1), name="First INSET day")
    page = sign_in(client, ruth).get(NEXT_YEAR.format(year))
    assert rows(page) == [
        [f"Days 1 September {year} to 18 December {year}", "What Term", "Name Autumn term"],
        [f"Days 1 September {year}", "What INSET day", "Name First INSET day"],
        [f"Days 26 October {year} to 30 October {year}", "What Half term", "Name –"],
        [f"Days 4 January {year + 1} to 26 March {year + 1}", "What Term", "Name Spring term"],
    ]
    assert parsed(page).title.get_text().startswith(f"Calendar {year} to {year + 1} – ")


def test_this_year_is_shown_first_and_another_is_chosen(client, sign_in, ruth, terms, year):
    client = sign_in(client, ruth)
    first = client.get(PAGE)
    assert f"{year - 1} to {year}" in parsed(first).h2.get_text()
    assert "No term is entered for this school year." in main_text(first)
    chosen = [option["value"] for option in parsed(first).select("select[name=year] option")]
    assert chosen == [str(one) for one in range(year - 2, year + 1)]


@pytest.mark.parametrize("asked", ["9999", "-1", "x", "\0", "9" * 30, ""])
def test_a_year_that_there_is_not_shows_this_one(client, sign_in, ruth, year, asked):
    page = sign_in(client, ruth).get(PAGE, {"year": asked, "school": asked})
    assert (page.status_code, f"{year - 1} to {year}" in parsed(page).h2.get_text()) == (200, True)


def test_school_days_and_inset_days_are_counted(enter):
    found = [
        enter("term", (9, 1), (9, 30)),
        enter("inset", (9, 1), (9, 3)),
        enter("closed", (9, 2)),
        enter("bank_holiday", (9, 3)),
    ]
    first = found[0].first_on
    weekdays = [first + timedelta(days=n) for n in range(30) if (first + timedelta(days=n)).weekday() < 5]
    inset = [day for day in weekdays if day.day == 1]
    off = [day for day in weekdays if day.day <= 3]
    assert days_of_year(found, academic_year_of(first)) == (len(weekdays) - len(off), len(inset))


def test_a_real_year_comes_to_190_school_days_and_5_inset_days(client, sign_in, service, ruth):
    """The terms that a school of England published for 2026/27, with its five training days in term."""
    days = [
        *(("term", (2026, 9, 1), (2026, 12, 18)), ("term", (2027, 1, 4), (2027, 3, 25))),
        *(("term", (2027, 4, 12), (2027, 7, 21)), ("half_term", (2026, 10, 26), (2026, 10, 30))),
        *(("half_term", (2027, 2, 15), (2027, 2, 19)), ("half_term", (2027, 5, 31), (2027, 6, 4))),
    ]
    days += [("inset", day, day) for day in ((2026, 9, 1), (2026, 9, 2), (2026, 11, 2), (2027, 5, 28))]
    for kind, first, last in days:
        add_period(service, kind, date(*first), date(*last), by=ruth)
    add_bank_holidays(service, 2026, by=ruth)
    found = days_of_year(CalendarPeriod.objects.all(), 2026)
    assert found == (191, 4)
    add_period(service, "inset", date(2026, 11, 27), date(2026, 11, 27), by=ruth)
    assert days_of_year(CalendarPeriod.objects.all(), 2026) == (190, 5)
    client = sign_in(client, ruth)
    assert "190 school days, 5 INSET days" in main_text(client.get("/calendar/?year=2026"))
    assert "These are more." not in main_text(client.get("/calendar/?year=2026"))
    add_period(service, "inset", date(2026, 9, 4), date(2026, 9, 4), by=ruth)
    assert "A school has 5 INSET days in a year. These are more." in main_text(
        client.get("/calendar/?year=2026")
    )


def test_the_own_days_of_a_school_stand_apart_and_count(
    client, sign_in, ruth, terms, enter, year, quillbrook, another_school
):
    enter("inset", (9, 7), school=quillbrook.school, name="Own INSET day")
    enter("closed", (9, 8), school=another_school.school, name="Polling station")
    client = sign_in(client, ruth)
    common = client.get(NEXT_YEAR.format(year))
    assert len(parsed(common).select("table")) == 1
    assert "INSET day" not in " ".join(" ".join(row) for row in rows(common))
    page = client.get(NEXT_YEAR.format(year) + "&school=990001")
    assert [row[2] for row in rows(page)] == ["Name Own INSET day"]
    assert len(rows(page, 1)) == 3
    assert "1 INSET day" in main_text(page)
    assert "0 INSET days" in main_text(common)


def test_link_staff_read_the_days_of_their_school_without_asking(
    client, sign_in, sam, terms, enter, year, quillbrook, another_school
):
    enter("closed", (9, 8), school=quillbrook.school, name="Roof")
    enter("closed", (9, 9), school=another_school.school, name="Polling station")
    page = sign_in(client, sam).get(NEXT_YEAR.format(year) + "&school=990002")
    assert [row[2] for row in rows(page)] == ["Name Roof"]
    assert "Polling station" not in page.text
    assert not parsed(page).select("main a, form[method=post][action^='/calendar']")


def test_clinicians_choose_among_their_own_schools_and_change_nothing(
    client, sign_in, priya, terms, another_school, enter, year
):
    enter("closed", (9, 9), school=another_school.school, name="Polling station")
    page = sign_in(client, priya).get(NEXT_YEAR.format(year) + "&school=990002")
    assert [one["value"] for one in parsed(page).select("select[name=school] option")] == ["", "990001"]
    assert "Polling station" not in page.text
    assert not parsed(page).select("main a, form[method=post][action^='/calendar']")


def test_an_administrator_keeps_the_days_of_all_schools_of_the_service(
    client, sign_in, ada, quillbrook, another_school, other_service_school
):
    page = sign_in(client, ada).get(PAGE)
    found = [one["value"] for one in parsed(page).select("select[name=school] option")]
    assert found == ["", "990001", "990002"]


def test_the_days_of_another_service_are_not_there(client, sign_in, ruth, enter, year, other_service):
    enter("closed", (9, 9), name="Moorland fair", of=other_service)
    assert "Moorland fair" not in sign_in(client, ruth).get(NEXT_YEAR.format(year)).text


def test_booked_visits_on_closed_days_are_named(
    client, sign_in, ruth, priya, sam, calendar, make_visit, half_term, quillbrook
):
    days = (half_term[0] - timezone.localdate()).days
    shut, open_day = make_visit(days=days), make_visit(days=days + 7)
    lead = sign_in(client, ruth).get(f"{PAGE}?year={academic_year_of(half_term[0])}")
    links = [link["href"] for link in parsed(lead).select(".nhsuk-warning-callout a")]
    assert links == [shut.get_absolute_url()]
    assert open_day.reference not in lead.text
    school = sign_in(client, sam).get(f"{PAGE}?year={academic_year_of(half_term[0])}")
    assert "Booked visits on closed days" in main_text(school)
    assert not parsed(school).select(".nhsuk-warning-callout a")


def test_bank_holidays_are_added_by_a_button_once(client, sign_in, ruth, year):
    client = sign_in(client, ruth)
    assert "Not in the calendar yet: " in main_text(client.get(NEXT_YEAR.format(year)))
    number = len(add_url(client, year))
    page = client.get(NEXT_YEAR.format(year))
    assert len(rows(page)) == number == CalendarPeriod.objects.count()
    assert "Add the bank holidays of England" not in page.text
    answer = client.post("/calendar/bank-holidays/", {"year": year}, follow=True)
    assert banners(answer) == [f"The bank holidays of {year} to {year + 1} are all there."]
    assert CalendarPeriod.objects.count() == number
    assert {row.history.get().history_user for row in CalendarPeriod.objects.all()} == {ruth}


def add_url(client, year):
    answer = client.post("/calendar/bank-holidays/", {"year": year}, follow=True)
    assert answer.redirect_chain == [(f"/calendar/?year={year}", 302)]
    (said,) = banners(answer)
    assert said.endswith(f" bank holidays of {year} to {year + 1} added.")
    return rows(answer)


@pytest.mark.parametrize("year_sent", ["", "1066", "x", "9" * 30])
def test_bank_holidays_of_no_real_year_are_those_of_this_one(client, sign_in, ada, year_sent, today):
    answer = sign_in(client, ada).post("/calendar/bank-holidays/", {"year": year_sent})
    assert answer.url == f"/calendar/?year={academic_year_of(today)}"


@pytest.mark.parametrize(
    ("who", "answer"),
    [("priya", 200), ("ruth", 200), ("sam", 200), ("ada", 200), ("hana", 403), ("tess", 403), ("kit", 403)],
)
def test_who_reads_it(request, client, sign_in, quillbrook, who, answer):
    assert sign_in(client, request.getfixturevalue(who)).get(PAGE).status_code == answer


@pytest.mark.parametrize(("who", "links"), [("priya", 1), ("ruth", 1), ("sam", 1), ("hana", 0)])
def test_the_visits_of_a_school_lead_to_its_calendar(request, client, sign_in, quillbrook, who, links):
    page = sign_in(client, request.getfixturevalue(who)).get("/schools/990001/visits/")
    assert len(parsed(page).select("main a[href='/calendar/?school=990001']")) == links


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_who_reads_it_alone_adds_nothing(request, client, sign_in, who):
    client = sign_in(client, request.getfixturevalue(who))
    assert client.get("/calendar/add/").status_code == 403
    assert client.post("/calendar/bank-holidays/", {"year": "2026"}).status_code == 403
    assert not CalendarPeriod.objects.exists()


def test_it_is_a_page_and_no_button(client, sign_in, ruth):
    client = sign_in(client, ruth)
    assert client.post(PAGE).status_code == 405
    assert client.get("/calendar/bank-holidays/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("who", ["ruth", "sam", "priya", "ada"])
def test_it_costs_the_same_for_any_number_of_days(
    request, client, sign_in, service, quillbrook, admin_person, calendar, half_term, make_visit, who, number
):
    client = sign_in(client, request.getfixturevalue(who))
    for count in range(number):
        day = half_term[0] + timedelta(days=count)
        add_period(service, "closed", day, day, by=admin_person, school=quillbrook.school)
        make_visit(days=(day - timezone.localdate()).days)
    found = cost(client, f"{PAGE}?year={academic_year_of(half_term[0])}&school=990001")
    assert found == {"ruth": 6, "sam": 5, "priya": 5, "ada": 5}[who]
    assert found <= AT_MOST
