"""The year of a service: its terms from a file, the bank holidays, a day of one school, and a change."""

import pytest

from schools.models import CalendarPeriod
from tests.schools.term_files import WHOLE_YEAR, terms_file


@pytest.fixture
def published(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text(terms_file(*WHOLE_YEAR, ("Autumn term", "2026-09-03", "2026-12-18", "term", "Moorgate")))
    return path


@pytest.fixture
def lead(hand, ruth, quillbrook):
    person = hand(ruth)
    person.page.goto("/money/")
    person.follow("Calendar")
    return person


def test_a_lead_sets_up_a_year_and_what_one_school_does_otherwise(lead, published):
    imports(lead, published)
    adds_bank_holidays(lead)
    adds_a_day(lead)
    takes_it_out(lead)


def imports(lead, path):
    """5 clicks and the choice of a file: Import, Continue, whose, Continue, Add."""
    with lead.counting() as cost:
        lead.follow("Import term dates")
        lead.sees()
        lead.page.get_by_label("File of term dates").set_input_files(path)
        lead.press("Continue")
        lead.sees()
        lead.tick("Larkmoor")
        lead.press("Continue")
        lead.sees()
        lead.press("Add to the calendar")
    assert (cost.clicks, cost.pages) == (5, 4)
    assert lead.says("Added to the calendar: 6 lines.")
    assert lead.says("1 INSET day")
    lead.sees()


def adds_bank_holidays(lead):
    with lead.counting() as cost:
        lead.press("Add the bank holidays of England")
    assert cost.clicks == 1
    assert lead.says("bank holidays of 2026 to 2027 added.")


def adds_a_day(lead):
    lead.page.get_by_label("School", exact=True).select_option(index=1)
    lead.press("Show")
    lead.follow("Add days")
    lead.sees()
    lead.press("Add days")
    lead.sees()
    lead.choose("Closed")
    lead.write("Name", "Boiler")
    first = lead.page.get_by_role("group", name="First day")
    for label, text in (("Day", "7"), ("Month", "9"), ("Year", "2026")):
        first.get_by_label(label, exact=True).fill(text)
    lead.press("Add days")
    assert lead.says("Added: Boiler, 7 September 2026.")
    lead.sees()


def takes_it_out(lead):
    with lead.counting() as cost:
        lead.follow("Remove Closed, 7 September 2026")
        lead.sees()
        lead.press("Remove")
    assert (cost.clicks, cost.pages) == (2, 2)
    assert lead.says("Taken out: Boiler, 7 September 2026.")
    assert not CalendarPeriod.objects.filter(school__isnull=False).exists()


def test_a_file_that_is_none_is_refused_on_the_page(lead, tmp_path):
    path = tmp_path / "big.csv"
    path.write_text("x" * 5_000_000)
    lead.follow("Import term dates")
    lead.page.get_by_label("File of term dates").set_input_files(path)
    lead.press("Continue")
    assert lead.says("The file of term dates must be 200 kB or smaller. This one is 5.0 MB")
    lead.sees()
