"""The pages that import term dates: file, whose, check, approve."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schools.models import CalendarPeriod
from schools.services import add_period
from tests.filling import as_sent, banners, main_text, parsed, problems

from .term_files import WHOLE_YEAR, row, terms_file

pytestmark = pytest.mark.django_db
PAGE = "/calendar/import/"
BUTTONS = ("check", "confirm", "change")
THE_FILE = "The file of term dates"
COLUMNS = "authority_or_school, period, first_day, last_day, kind"
TWO = terms_file(*WHOLE_YEAR, ("Autumn term", "2026-09-03", "2026-12-18", "term", "Moorgate"))


@pytest.fixture
def lead(client, sign_in, ruth):
    return sign_in(client, ruth)


def upload(client, content):
    content = content.encode() if isinstance(content, str) else content
    return client.post(PAGE, {"file": SimpleUploadedFile("terms.csv", content)})


def press(client, page, button, **changes):
    sent = {
        name: value for name, value in as_sent(page).items() if name not in ("check", "confirm", "change")
    }
    return client.post(PAGE, sent | changes | {button: "1"})


def check(client, content, whose=("Larkmoor",), school=""):
    return press(client, upload(client, content), "check", whose=list(whose), school=school)


def title(page):
    return parsed(page).h1.get_text(strip=True)


def lines(page):
    cells = [line.select("th, td") for line in parsed(page).select("tbody tr")]
    return [[cell.get_text(" ", strip=True).split(" ", 1)[1] for cell in line] for line in cells]


def test_the_file_says_whose_dates_it_has(lead, quillbrook):
    page = upload(lead, TWO)
    assert [box["value"] for box in parsed(page).select("[name=whose]")] == ["Larkmoor", "Moorgate"]
    assert [one["value"] for one in parsed(page).select("[name=school] option")] == ["", "990001"]
    assert not CalendarPeriod.objects.exists()


def test_a_file_of_one_school_has_it_chosen_already(lead):
    assert as_sent(upload(lead, terms_file(*WHOLE_YEAR)))["whose"] == ["Larkmoor"]


def test_what_would_be_added_is_shown_and_nothing_is_written_yet(lead):
    page = check(lead, TWO)
    assert title(page) == "Check before you import"
    assert lines(page)[:2] == [
        ["1 September 2026", "INSET day", "Training day"],
        ["1 September 2026 to 18 December 2026", "Term", "Autumn term"],
    ]
    assert len(lines(page)) == 6
    assert not CalendarPeriod.objects.exists()


def test_approved_it_is_in_the_calendar_with_who_and_why(lead, ruth):
    answer = press(lead, check(lead, TWO), "confirm")
    assert answer.url == "/calendar/?year=2026"
    page = lead.get(answer.url)
    assert banners(page) == ["Added to the calendar: 6 lines."]
    assert len(lines(page)) == 6
    rows = CalendarPeriod.objects.all()
    assert {(row.history.get().history_user, row.history.get().history_change_reason) for row in rows} == {
        (ruth, "Calendar entered")
    }


def test_approved_twice_it_is_added_once(lead):
    page = check(lead, TWO)
    assert press(lead, page, "confirm").url == press(lead, page, "confirm").url
    assert CalendarPeriod.objects.count() == 6


def test_imported_again_there_is_nothing_to_add(lead):
    press(lead, check(lead, TWO), "confirm")
    page = check(lead, TWO)
    assert "There is nothing to add: the calendar says all of this already." in main_text(page)
    assert len(parsed(page).select("main ul.nhsuk-list--bullet li")) == 6
    assert "Add to the calendar" not in page.text


def test_for_one_school_the_days_are_added_on_which_it_differs(lead, quillbrook):
    press(lead, check(lead, TWO), "confirm")
    page = check(lead, TWO, whose=["Moorgate"], school="990001")
    assert lines(page) == [["2 September 2026", "Closed", "No term at this school"]]
    answer = press(lead, page, "confirm")
    assert answer.url == "/calendar/?year=2026&school=990001"
    assert CalendarPeriod.objects.get(school=quillbrook.school).kind == "closed"


def test_change_goes_back_with_what_was_chosen(lead, quillbrook):
    page = press(lead, check(lead, TWO, school="990001"), "change")
    sent = as_sent(page)
    assert (sent["whose"], sent["school"]) == (["Larkmoor"], ["990001"])
    assert len(lines(press(lead, page, "check"))) == 6


def test_rows_in_doubt_are_named_and_nothing_can_be_approved(lead, service, ruth):
    add_period(service, "term", date(2026, 9, 1), date(2026, 9, 30), by=ruth, name="Ours")
    page = check(lead, terms_file(*WHOLE_YEAR, ("Summer", "2027-07-21", "2027-04-12", "term")))
    text = main_text(page)
    assert "Line 8: last_day is before first_day" in text
    assert (
        "Line 2: Autumn term, 1 September 2026 to 18 December 2026, overlaps with "
        "Ours, 1 September 2026 to 30 September 2026"
    ) in text
    assert "Add to the calendar" not in page.text
    press(lead, page, "confirm")
    assert CalendarPeriod.objects.count() == 1


def test_what_changed_meanwhile_is_shown_before_it_is_approved(lead, service, ruth):
    page = check(lead, TWO)
    add_period(service, "inset", date(2026, 9, 1), date(2026, 9, 1), by=ruth)
    again = press(lead, page, "confirm")
    assert problems(again) == [
        "The calendar changed while you had the page open. Look at what would be added now."
    ]
    assert CalendarPeriod.objects.count() == 1
    press(lead, again, "confirm")
    assert CalendarPeriod.objects.count() == 6


def test_a_file_of_5_mb_is_refused_clearly(lead):
    page = upload(lead, terms_file(*WHOLE_YEAR) + row(*WHOLE_YEAR[0]) * 60_000)
    assert problems(page) == ["The file of term dates must be 200 kB or smaller. This one is 5.3 MB"]
    assert title(page) == "Import term dates"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Select the file of term dates"),
        (b"", "The file of term dates is empty"),
        (
            b"PK\x03\x04",
            f"{THE_FILE} is a spreadsheet or a zip file: save it as CSV and choose that",
        ),
        (b"\x81\x8d", "The file of term dates is not text in UTF-8 or Windows-1252"),
        (
            b"a,b\n1,2\n",
            f"{THE_FILE} has no column {COLUMNS}",
        ),
        (b"x" * 300_000, "The file of term dates must be 200 kB or smaller. This one is 300 kB"),
    ],
)
def test_what_is_no_file_of_term_dates_is_refused(lead, content, said):
    page = lead.post(PAGE, {}) if content is None else upload(lead, content)
    assert problems(page) == [said]


@pytest.mark.parametrize("text", ["", "x", "a,b\n1,2", "\0"])
def test_a_text_that_no_page_sent_leads_back_to_the_file(lead, text):
    page = lead.post(PAGE, {"text": text, "confirm": "1"})
    assert problems(page)[0].startswith("The file of term dates ")
    assert title(page) == "Import term dates"


def test_whose_dates_they_are_must_be_chosen_among_those_of_the_file(lead, quillbrook, other_service_school):
    assert problems(check(lead, TWO, whose=[])) == ["Select whose dates to import"]
    assert problems(check(lead, TWO, whose=["Nobody"])) == ["Select whose dates to import"]
    assert problems(check(lead, TWO, school="990007")) == ["Select for whom they are"]


def test_what_a_file_says_is_shown_as_text(lead):
    hostile = "<script>alert(1)</script>"
    content = terms_file((hostile, "2026-09-01", "2026-12-18", "term", hostile))
    page = check(lead, content, whose=[hostile])
    assert lines(page)[0][2] == hostile
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(("who", "answer"), [("priya", 403), ("sam", 403), ("hana", 403), ("ada", 200)])
def test_who_imports(request, client, sign_in, who, answer):
    client = sign_in(client, request.getfixturevalue(who))
    assert client.get(PAGE).status_code == answer
    assert client.post(PAGE, {"text": TWO}).status_code == answer
