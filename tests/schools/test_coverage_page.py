"""L1 and L4: the lead reads which school was visited in which fortnight, and what each clinician did."""

import csv
from datetime import datetime, time, timedelta
from io import StringIO

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from schools.coverage import State
from schools.models import academic_year_of
from schools.reading import Coverage
from schools.reading.coverage import Span
from schools.services import add_period, book_visit, call_off_visit, close_visit, start_visit
from tests.cast import clinician
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.places import new_partnership, new_person
from tests.records import minutes, saved_pattern

SCHOOLS, CLINICIANS = "/coverage/", "/coverage/clinicians/"


@pytest.fixture
def monday(today):
    return today - timedelta(days=today.weekday())


@pytest.fixture
def term(service, monday, admin_person):
    """Seven weeks before this one, and three after it."""
    days = monday - timedelta(weeks=7), monday + timedelta(days=25)
    return add_period(service, "term", *days, by=admin_person, name="The term")


@pytest.fixture
def visit_on(priya, quillbrook, monday):
    """A visit `weeks` ago on a Monday at 9, and how it ended."""

    def make(weeks, outcome="", at=quillbrook, by=priya):
        day = monday - timedelta(weeks=weeks)
        hours = [timezone.make_aware(datetime.combine(day, time(hour))) for hour in (9, 12)]
        booked = hours[0] - timedelta(days=1)
        visit = book_visit(at, by, by=by, at=booked, planned_start_at=hours[0], planned_end_at=hours[1])
        if outcome == "done":
            visit = start_visit(visit, by=by, at=hours[0])
            signed = {"by": by, "at": hours[1], "opened_version": visit.version}
            return close_visit(visit, ended_at=hours[1], minutes=minutes(60), **signed)
        if outcome:
            signed = {"by": by, "at": hours[0], "opened_version": visit.version}
            return call_off_visit(visit, outcome=outcome, **signed)
        return visit

    return make


def row_of(page, name, table=0):
    rows = parsed(page).select("table")[table].select("tbody tr")
    [found] = [row for row in rows if name in row.th.get_text()]
    return [cell.get_text(" ", strip=True) for cell in found.select("th, td")]


def in_words(page, name):
    """The hidden words of the cells of one row."""
    rows = parsed(page).select("table.app-coverage tbody tr")
    [found] = [row for row in rows if name in row.th.get_text()]
    return [one.get_text() for one in found.select("td .nhsuk-u-visually-hidden")]


def test_the_page_begins_with_four_sentences(client, sign_in, ruth, term, visit_on, another_school):
    visit_on(6, "done")
    visit_on(5, "school_cancelled")
    visit_on(-1)
    page = sign_in(client, ruth).get(SCHOOLS)
    assert [one.get_text(strip=True) for one in parsed(page).select("main ul")[0].select("li")] == [
        "Visits made: 1 of 2that were due so far.",
        "Schools with a visit that was due and not made: 1of 2.",
        "Schools not seen for 4 school weeks: 2of 2 today.",
        "Schools with no visit booked: 1of 2 today.",
    ]
    links = [one["href"] for one in parsed(page).select("main ul")[0].select("a")]
    assert all(parsed(page).select_one(link) for link in links)


def test_each_cell_has_a_sign_and_a_hidden_word_and_rows_have_headers(client, sign_in, ruth, term, visit_on):
    visit_on(4, "no_link_person")
    visit_on(0, "done")
    page = sign_in(client, ruth).get(SCHOOLS)
    table = parsed(page).select_one("table.app-coverage")
    assert {"Visited", "Missed: nobody to meet", "Not due"} <= set(in_words(page, "Quillbrook"))
    assert [cell["scope"] for cell in table.select("tbody th")] == ["row"]
    assert {cell["scope"] for cell in table.select("thead th")} == {"col"}
    for cell in table.select("tbody td")[1:]:
        assert cell.select_one(".nhsuk-u-visually-hidden").get_text()
        assert cell.select("[aria-hidden=true]")


def test_a_school_not_seen_says_when_it_was_and_why_not_since(client, sign_in, ruth, term, visit_on, today):
    visit_on(6, "done")
    visit_on(2, "clinician_cancelled")
    [_, seen, weeks, why, following] = row_of(sign_in(client, ruth).get(SCHOOLS), "Quillbrook", table=2)
    assert "Last seen" in seen
    # At the weekend this week is over too.
    assert weeks == f"School weeks since {6 if today.weekday() > 4 else 5} weeks"
    assert "Cancelled by the clinician" in why
    assert following == "Next visit No visit is booked"


def test_a_school_with_nothing_in_the_calendar_says_so(client, sign_in, ruth, term, quillbrook):
    [_, seen, _, why, following] = row_of(sign_in(client, ruth).get(SCHOOLS), "Quillbrook", table=1)
    assert "Never, since" in seen
    assert (why, following) == ("What happened since Nothing was booked", "Next visit No visit is booked")


def test_weeks_in_which_the_school_is_closed_do_not_count(
    role_of, ruth, term, visit_on, quillbrook, monday, admin_person, today
):
    visit_on(6, "done")
    closed = monday - timedelta(weeks=4), monday - timedelta(days=10)
    add_period(quillbrook.service, "closed", *closed, by=admin_person, school=quillbrook.school)
    [row] = rows_of(role_of(ruth), today)
    assert (row.weeks_since, row.is_not_seen) == (3 if today.weekday() > 4 else 2, False)


def rows_of(role, today, span=None):
    coverage = Coverage(role, today)
    return coverage.of(span or coverage.spans[0]).rows()


def test_another_service_is_not_there(client, sign_in, ruth, term, visit_on, other_service_school, noor):
    visit_on(4, "done", at=other_service_school, by=noor)
    client = sign_in(client, ruth)
    assert "Merriscombe" not in client.get(SCHOOLS).text
    assert "Noor" not in client.get(CLINICIANS).text


@pytest.mark.parametrize("who", ["priya", "sam", "hana", "kit", "ada"])
def test_nobody_but_a_lead_reads_it(request, client, sign_in, who, term):
    client = sign_in(client, request.getfixturevalue(who))
    for url in (SCHOOLS, CLINICIANS, f"{SCHOOLS}figures.csv", f"{CLINICIANS}figures.csv"):
        assert client.get(url).status_code == 403


def test_without_a_term_the_page_says_that_weeks_cannot_be_counted(client, sign_in, ruth, quillbrook):
    client = sign_in(client, ruth)
    for url in (SCHOOLS, CLINICIANS):
        assert "so school weeks cannot be counted" in main_text(client.get(url))
    assert client.get(f"{SCHOOLS}figures.csv").status_code == 200


def test_a_phase_is_chosen_and_what_there_is_not_is_left_out(
    client, sign_in, ruth, term, service, quillbrook
):
    new_partnership(service, 990003, "Larkmoor High School", by=ruth, phase="Secondary")
    client = sign_in(client, ruth)
    assert "Quillbrook" not in client.get(SCHOOLS, {"phase": "Secondary"}).text
    for asked in ("x", "\0", "9" * 40):
        page = client.get(SCHOOLS, {"phase": asked, "span": asked})
        assert (page.status_code, "Quillbrook" in page.text, "Larkmoor" in page.text) == (200, True, True)


def test_a_local_authority_is_chosen(client, sign_in, ruth, term, service, quillbrook):
    new_partnership(service, 990003, "Larkmoor High School", by=ruth, la_name="Farshire")
    new_partnership(service, 990004, "Tarn Lane School", by=ruth, la_name="Nearshire")
    page = sign_in(client, ruth).get(SCHOOLS, {"area": "Farshire"})
    assert ("Larkmoor" in page.text, "Tarn Lane" in page.text, "Quillbrook" in page.text) == (
        True,
        False,
        False,
    )
    assert parsed(page).h2.get_text().endswith(", Farshire")
    assert "area=Farshire" in parsed(page).find("a", string="Download as a spreadsheet (CSV)")["href"]


def test_the_year_can_be_chosen_in_place_of_the_term(client, sign_in, ruth, term, quillbrook, today):
    year = academic_year_of(today)
    page = sign_in(client, ruth).get(SCHOOLS, {"span": f"year-{year}"})
    assert f"School year {year} to {year + 1}" in parsed(page).h2.get_text()


def test_clinicians_stand_by_name_with_the_numbers_of_each_fortnight(
    client, sign_in, ruth, term, visit_on, owen
):
    visit_on(4, "done")
    visit_on(3, "school_cancelled")
    page = sign_in(client, ruth).get(CLINICIANS)
    names = [row.th.get_text(" ", strip=True) for row in parsed(page).select("table tbody tr")]
    assert names == ["Owen Pritchard", "Priya Nair Cancelled by the school: 1"]
    assert "This page is for support" in main_text(page)
    [made] = [cell for cell in row_of(page, "Priya") if cell.endswith("visits made")]
    assert made == "1 of 2 visits made"
    words = in_words(page, "Priya")
    assert sum("Visited 1" in one for one in words) == 1
    assert sum("Missed 1" in one for one in words) == 1


def sheet(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_says_the_same_in_words_and_runs_no_formula(
    client, sign_in, ruth, term, visit_on, quillbrook
):
    school = quillbrook.school
    school.name = "=HYPERLINK(1)"
    school.save()
    visit_on(4, "no_link_person")
    answer = sign_in(client, ruth).get(f"{SCHOOLS}figures.csv")
    head, row = sheet(answer)
    found = dict(zip(head, row, strict=True))
    assert (found["School"], found["Visits made"], found["Visits due"]) == ("'=HYPERLINK(1)", "0", "1")
    assert found["Not made since it was last seen"].startswith("Nobody to meet (")
    assert "Missed: nobody to meet" in row
    assert answer["Content-Disposition"].startswith('attachment; filename="coverage-of-schools-term-')


def test_the_file_of_clinicians_runs_no_formula_either(client, sign_in, ruth, term, quillbrook):
    clinician(new_person("=1+1", "Nair"), quillbrook, by=ruth)
    head, row = sheet(sign_in(client, ruth).get(f"{CLINICIANS}figures.csv"))
    assert (head[0], row[0]) == ("Clinician", "'=1+1 Nair")


def test_what_is_taken_out_is_written_down(client, sign_in, ruth, term):
    client = sign_in(client, ruth)
    client.get(f"{SCHOOLS}figures.csv")
    client.get(f"{CLINICIANS}figures.csv")
    found = AuditEvent.objects.filter(kind=AuditEvent.Kind.EXPORTED, person=ruth).order_by("pk")
    assert [one.detail.split("-term-")[0] for one in found] == [
        "coverage-of-schools",
        "coverage-by-clinician",
    ]


def test_a_visit_the_pattern_has_due_and_nobody_could_book_is_shown(
    role_of, ruth, calendar, quillbrook, another_school, priya, make_visit, today
):
    wednesday = (2 - today.weekday()) % 7
    for week in range(5):
        make_visit(another_school, days=wednesday + 7 * week)
    saved_pattern(quillbrook, priya)
    span = Span("weeks", "Some weeks", today, today + timedelta(weeks=8))
    rows = {row.partnership: row for row in rows_of(role_of(ruth), today, span)}
    states = {cell.state for cell in rows[quillbrook].cells}
    assert (State.NOT_BOOKED in states, State.PLANNED in states) == (True, False)
    assert State.NOT_BOOKED not in {cell.state for cell in rows[another_school].cells}


@pytest.mark.parametrize("url", [SCHOOLS, CLINICIANS])
def test_a_page_costs_the_same_for_any_number(client, sign_in, ruth, term, visit_on, service, url):
    client = sign_in(client, ruth)
    visit_on(4, "done")
    one = cost(client, url)
    for number in range(2):
        here = new_partnership(service, 990010 + number, f"Larkmoor {number}", by=ruth)
        somebody = clinician(new_person(f"Clinician{number}", "Nair"), here, by=ruth)
        visit_on(4, "school_cancelled", at=here, by=somebody)
    assert cost(client, url) == one <= AT_MOST


def test_the_first_pages_of_a_lead_lead_there_and_those_of_others_do_not(
    client, sign_in, ruth, kit, priya, term
):
    for url in ("/schools/", "/overview/"):
        assert 'href="/coverage/"' in sign_in(client, ruth).get(url).text
    assert 'href="/coverage/"' not in sign_in(client, kit).get("/overview/").text
    assert 'href="/coverage/"' not in sign_in(client, priya).get("/schools/").text
