"""C13: the sheet to take along is one page whatever the visit holds, and names no child."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from consultations.papers.visit_sheet import LINES, sheet_facts
from consultations.pdf.visit_sheet import COLUMNS, ROWS, visit_sheet_pdf
from tests.cast import role_of
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.records import named_child

URL = "consultations:visit-sheet"
TYPED = {
    "concern": "canary-concern",
    "agreed": "canary-agreed",
    "clinical_note": "canary-note",
    "tried": [("canary-tried", "helped")],
}


def url_of(visit):
    return reverse(URL, args=[visit.reference])


def pages(content):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


@pytest.fixture
def sheet(client, sign_in, priya):
    """The words of the sheet of a visit, which is one page."""

    def words(visit, who=priya):
        page = sign_in(client, who).get(url_of(visit))
        assert (page.status_code, page["Content-Type"]) == (200, "application/pdf")
        assert f"visit-sheet-{visit.reference}.pdf" in page["Content-Disposition"]
        (only,) = pages(page.content)
        return only

    return words


def test_it_says_where_when_who_and_what_waits(sheet, make_visit, make_request, sam, dana, today):
    make_request()
    visit = make_visit(days=2)
    words = sheet(visit)
    day = visit.planned_start_at
    head = [
        "Visit sheet School Quillbrook Primary School, URN 990001",
        f"Date and time {day:%A} {day:%-d %B %Y}, 9am to midday",
        "Clinician Priya Nair",
        "Link staff Dana Kowalczyk, Sam Whitlock",
        f"Printed on {today:%-d %B %Y}",
        "To talk about",
        ": the school asked, today",
        "Consultations",
    ]
    places = [words.index(text) for text in head]
    assert places == sorted(places)
    assert words.endswith(f"Visit sheet {visit.reference} Official-sensitive when completed page 1 of 1")


def test_nothing_that_was_typed_and_no_child_is_on_it(
    sheet, make_visit, make_request, make_consultation, make_plan, make_review
):
    talk = make_consultation(about=named_child(), next_step="start_plan", risk="to_tell", **TYPED)
    plan = make_plan("agreed", consultation=talk)
    make_review(plan, note="canary-review", talk_at_next_visit=True)
    asked = make_request("canary-sentence", subject="group", group_name="canary-group", tried="canary-tried")
    about = make_request("canary-known", about=talk.case)
    words = sheet(make_visit(days=2))
    found = [leak for leak in ("canary", "Robin", "Underhay", "Year 4", "safeguarding") if leak in words]
    assert found == []
    # Each of them has something there that it could have leaked from.
    assert f"{asked.reference}: the school asked, today" in words
    assert f"{about.case.reference}: the school asked, today" in words
    assert f"{plan.reference}: asked for in the review of" in words
    assert talk.reference not in words


def test_a_line_is_found_on_the_screen_by_its_reference(
    client, sign_in, priya, make_visit, make_request, sheet
):
    asked, visit = make_request("Cries at the gate"), make_visit(days=2)
    assert f"{asked.reference}: the school asked" in sheet(visit)
    page = main_text(client.get(visit.get_absolute_url()))
    assert f"A child, Year 4 ({asked.reference}): Sam Whitlock asked, today: Cries at the gate" in page


def test_a_long_agenda_is_cut(sheet, make_visit, make_request):
    for _ in range(LINES + 3):
        make_request()
    words = sheet(make_visit(days=2))
    assert words.count("the school asked") == LINES
    assert "and 3 more on the screen" in words


def test_the_longest_sheet_there_can_be_takes_one_page(make_visit, priya, today):
    visit = make_visit(days=2)
    visit.partnership.school.name = "St Bartholomew and All Hallows Church of England Voluntary " * 4
    visit.clinician.first_name, visit.clinician.last_name = "Wilhelmina " * 13, "Featherstonehaugh " * 8
    line = ("C-7F3K-9MW", "promised: what was heard of its referral, due 25 September 2026, 12 days " * 2)
    many = {"staff": ["Wilhelmina Featherstonehaugh " * 9] * 30, "lines": [line] * 60}
    full = replace(sheet_facts(visit, role_of(priya), today), **many)
    (words,) = pages(visit_sheet_pdf(full))
    shown = words.count(line[0])
    assert f"{60 - shown} {'more ' if shown else ''}on the screen" in words
    assert "30 people" in words or re.search(r"Featherstonehaugh and 2\d more", words)


def test_the_blank_rows_ask_what_the_form_asks_in_its_order(logging):
    controls = parsed(logging.page).select("main form [name]")
    asked = list(dict.fromkeys(control["name"] for control in controls))
    columns = [name for name, *_ in COLUMNS]
    assert [name for name in asked if name in columns] == columns
    assert ROWS == 6


def test_a_reader_is_told_title_author_and_language(client, sign_in, priya, make_visit):
    visit = make_visit(days=2)
    content = sign_in(client, priya).get(url_of(visit)).content
    reader = PdfReader(BytesIO(content))
    title, author = f"Visit sheet {visit.reference}", "Willowmere CAMHS in Schools"
    assert (reader.metadata.title, reader.metadata.author) == (title, author)
    assert reader.root_object["/Lang"] == "en-GB"
    headings = ["Visit sheet", "To talk about", "Consultations", "Notes"]
    assert [entry.title for entry in reader.outline] == headings
    assert client.get(url_of(visit)).content == content


def test_a_finished_visit_has_no_agenda_left(sheet, done, make_request):
    make_request()
    assert "Nothing waits." in sheet(done)


def test_it_is_offered_on_the_page_of_a_visit_to_who_makes_it(client, sign_in, priya, ruth, make_visit):
    visit = make_visit()
    link = f'href="{url_of(visit)}"'
    assert link in sign_in(client, priya).get(visit.get_absolute_url()).text
    assert link not in sign_in(client, ruth).get(visit.get_absolute_url()).text


@pytest.mark.parametrize("who", ["ruth", "sam", "hana"])
def test_it_is_for_who_makes_the_visit_alone(request, client, sign_in, make_visit, who):
    assert sign_in(client, request.getfixturevalue(who)).get(url_of(make_visit())).status_code == 403


def test_it_costs_the_same_for_one_line_and_for_three(client, sign_in, priya, make_visit, make_request):
    visit = make_visit(days=2)
    sign_in(client, priya)
    make_request()
    first = cost(client, url_of(visit))
    make_request(), make_request()
    assert cost(client, url_of(visit)) == first
    assert first <= AT_MOST
