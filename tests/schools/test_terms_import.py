"""What an import of term dates writes: for a service, and for one school that differs."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from schools.models import CalendarPeriod
from schools.services import (
    SchoolCalendar,
    add_bank_holidays,
    add_period,
    calendar_of,
    days_of_year,
    decoded,
    import_terms,
    preview_terms,
    read_terms,
)

from .term_files import WHOLE_YEAR, terms_file

pytestmark = pytest.mark.django_db
FOLDER = os.environ.get("OPEN_DATA_DIR")
REAL = "term_dates_england_typical.csv"
OUR_TERMS = [
    ("term", (2026, 9, 1), (2026, 12, 18)),
    ("half_term", (2026, 10, 26), (2026, 10, 30)),
    ("term", (2027, 1, 4), (2027, 3, 25)),
    ("half_term", (2027, 2, 15), (2027, 2, 19)),
    ("term", (2027, 4, 12), (2027, 7, 21)),
    ("half_term", (2027, 5, 31), (2027, 6, 4)),
]


@pytest.fixture
def ours(service, admin_person):
    """The calendar of the service, bank holidays included."""
    for kind, first, last in OUR_TERMS:
        add_period(service, kind, date(*first), date(*last), by=admin_person, name="Ours")
    add_bank_holidays(service, 2026, by=admin_person)


@pytest.fixture
def take_in(service, admin_person):
    """Import all that a text says of these names. Returns what the preview showed."""

    def take(found, names=("Larkmoor",), place=None):
        school = place.school if place else None
        preview = preview_terms(found, names, service, school)
        import_terms(found, names, service, by=admin_person, seen=preview.digest, school=school)
        return preview

    return take


def read(*rows):
    return read_terms(terms_file(*rows))


def written(school=None):
    rows = CalendarPeriod.objects.filter(school=school).order_by("first_on", "pk")
    return [(row.kind, row.first_on, row.last_on) for row in rows]


def open_days(place, first=date(2026, 9, 1), last=date(2027, 8, 31)):
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    calendar = calendar_of(place)
    return [day for day in days if calendar.is_open(day)]


def test_a_file_is_written_once(take_in, ruth):
    found = read(*WHOLE_YEAR)
    preview = take_in(found)
    assert (len(preview.new), preview.there, preview.overlaps, preview.unread) == (6, [], [], [])
    assert CalendarPeriod.objects.count() == 6
    again = preview_terms(found, ["Larkmoor"], CalendarPeriod.objects.first().service)
    assert (again.new, len(again.there), again.can_be_approved) == ([], 6, False)


def test_a_row_that_stands_twice_in_a_file_is_there_already(take_in):
    preview = take_in(read(WHOLE_YEAR[0], WHOLE_YEAR[0]))
    assert (len(preview.new), len(preview.there)) == (1, 1)


def test_a_term_over_one_of_the_calendar_or_of_the_file_stops_everything(ours, service, admin_person):
    found = read(
        ("Autumn", "2026-09-02", "2026-12-17", "term"),
        ("One", "2027-07-22", "2027-07-30", "term"),
        ("Two", "2027-07-30", "2027-08-03", "term"),
    )
    preview = preview_terms(found, ["Larkmoor"], service)
    assert [(row.name, other) for row, other in preview.overlaps] == [
        ("Autumn", "Ours, 1 September 2026 to 18 December 2026"),
        ("Two", "One, 22 July 2027 to 30 July 2027"),
    ]
    assert not preview.can_be_approved
    with pytest.raises(ValidationError):
        import_terms(found, ["Larkmoor"], service, by=admin_person, seen=preview.digest)


def test_a_row_that_cannot_be_read_stops_everything(service, admin_person):
    found = read(WHOLE_YEAR[0], ("Spring", "?", "?", "term"))
    preview = preview_terms(found, ["Larkmoor"], service)
    assert (len(preview.new), preview.can_be_approved) == (1, False)
    with pytest.raises(ValidationError):
        import_terms(found, ["Larkmoor"], service, by=admin_person, seen=preview.digest)
    assert not CalendarPeriod.objects.exists()


def test_nothing_is_written_that_the_page_did_not_show(service, admin_person):
    found = read(*WHOLE_YEAR)
    seen = preview_terms(found, ["Larkmoor"], service).digest
    add_period(service, "inset", date(2026, 9, 1), date(2026, 9, 1), by=admin_person)
    with pytest.raises(ValidationError, match="The calendar changed while you had the page open."):
        import_terms(found, ["Larkmoor"], service, by=admin_person, seen=seen)
    assert CalendarPeriod.objects.count() == 1


def test_a_school_with_the_days_of_its_service_has_none_of_its_own(ours, service, quillbrook):
    same = [(kind, date(*first).isoformat(), date(*last).isoformat()) for kind, first, last in OUR_TERMS]
    found = read(*(("Days", *days, kind.replace("half_term", "holiday")) for kind, *days in same))
    preview = preview_terms(found, ["Larkmoor"], service, quillbrook.school)
    assert (preview.new, preview.overlaps, preview.can_be_approved) == ([], [], False)


def test_a_school_that_begins_later_and_ends_later_has_the_days_between(ours, take_in, quillbrook):
    take_in(read(("Autumn", "2026-09-03", "2026-12-22", "term")), place=quillbrook)
    assert written(quillbrook.school) == [
        ("closed", date(2026, 9, 1), date(2026, 9, 2)),
        ("open", date(2026, 12, 21), date(2026, 12, 22)),
    ]


def test_terms_of_a_school_open_it_on_no_holiday_of_its_service(ours, take_in, quillbrook, another_school):
    take_in(read(("Summer", "2027-04-08", "2027-07-16", "term")), place=quillbrook)
    mine, others = set(open_days(quillbrook)), set(open_days(another_school))
    assert sorted(mine - others) == [date(2027, 4, 8), date(2027, 4, 9)]
    assert sorted(others - mine) == [date(2027, 7, number) for number in (19, 20, 21)]


def test_a_half_term_of_its_own_opens_a_school_in_the_other(ours, take_in, quillbrook, another_school):
    terms = [("Autumn", "2026-09-01", "2026-12-18", "term"), ("Half", "2026-10-19", "2026-10-23", "holiday")]
    take_in(read(*terms), place=quillbrook)
    mine, others = set(open_days(quillbrook)), set(open_days(another_school))
    assert sorted(mine - others) == [date(2026, 10, number) for number in range(26, 31)]
    assert sorted(others - mine) == [date(2026, 10, number) for number in range(19, 24)]


def test_so_do_two_halves_of_a_term(ours, take_in, quillbrook, another_school):
    halves = [("One", "2026-09-01", "2026-10-16", "term"), ("Two", "2026-10-26", "2026-12-18", "term")]
    take_in(read(*halves), place=quillbrook)
    mine, others = set(open_days(quillbrook)), set(open_days(another_school))
    assert sorted(mine - others) == [date(2026, 10, number) for number in range(26, 31)]
    assert sorted(others - mine) == [date(2026, 10, number) for number in range(19, 24)]


def test_where_the_service_has_no_term_the_school_has_its_own(take_in, quillbrook):
    take_in(read(*WHOLE_YEAR), place=quillbrook)
    kinds = sorted(kind for kind, *_ in written(quillbrook.school))
    assert kinds == ["bank_holiday", "closed", "half_term", "inset", "term", "term"]
    assert date(2026, 9, 2) in open_days(quillbrook)
    assert date(2026, 9, 1) not in open_days(quillbrook)


def test_a_day_that_the_school_said_otherwise_stops_everything(ours, service, quillbrook, admin_person):
    day = date(2026, 9, 2)
    add_period(service, "open", day, day, by=admin_person, school=quillbrook.school, name="Welcome day")
    found = read(("Autumn", "2026-09-03", "2026-12-18", "term"))
    preview = preview_terms(found, ["Larkmoor"], service, quillbrook.school)
    assert [other for _, other in preview.overlaps] == ["Welcome day, 2 September 2026"]


@pytest.mark.skipif(not FOLDER, reason="OPEN_DATA_DIR does not name the folder of the real files")
class TestTheRealFile:
    """Every school of it, for a service and for a school of it."""

    @pytest.fixture
    def real(self):
        return read_terms(decoded(next(Path(FOLDER).rglob(REAL)).read_bytes()))

    # One school has two names in the file.
    SCHOOLS = {
        "Vase Academy": ["Vase Academy"],
        "southsea": ["southsea.portsmouth.sch.uk"],
        "owps": ["owps.org.uk (primary school)", "owps.org.uk"],
        "Saint Gregory's": ["Saint Gregory's (saintgregorys.org.uk)"],
        "Blessed Edward": ["Blessed Edward (blessededward.co.uk)"],
    }
    NUMBERS = {"Vase Academy": 4, "southsea": 2, "owps": 14, "Saint Gregory's": 6, "Blessed Edward": 3}

    def test_every_row_is_read(self, real):
        assert real.unread == []
        assert sorted(real.names) == sorted(name for names in self.SCHOOLS.values() for name in names)

    @pytest.mark.parametrize("which", SCHOOLS)
    def test_every_school_is_imported_for_a_service(self, real, take_in, which):
        preview = take_in(real, self.SCHOOLS[which])
        assert len(preview.new) == CalendarPeriod.objects.count() == self.NUMBERS[which]
        kinds = {row.kind for row in preview.new}
        assert "closed" not in kinds, "each holiday of this file is a half term"

    def test_a_whole_year_comes_to_what_its_school_says(self, real, take_in, service, admin_person):
        take_in(real, self.SCHOOLS["owps"])
        add_bank_holidays(service, 2026, by=admin_person)
        days, inset = days_of_year(CalendarPeriod.objects.all(), 2026)
        # It lists seven training days, two of them before its term.
        assert (days, inset) == (188, 7)

    @pytest.mark.parametrize("which", ["Saint Gregory's", "Blessed Edward", "owps"])
    def test_every_school_of_the_year_differs_from_ours_as_its_file_says(
        self, real, ours, take_in, quillbrook, which
    ):
        names = self.SCHOOLS[which]
        take_in(real, names, place=quillbrook)
        rows = real.of(names)
        alone = SchoolCalendar(
            tuple(CalendarPeriod(kind=row.kind, first_on=row.first_on, last_on=row.last_on) for row in rows)
        )
        common = SchoolCalendar(tuple(CalendarPeriod.objects.filter(school=None)))
        wanted = [day for day in all_days() if alone.is_open(day) and not common.is_shut(day)]
        assert open_days(quillbrook) == wanted

    def test_two_schools_at_once_overlap(self, real, service):
        names = self.SCHOOLS["Saint Gregory's"] + self.SCHOOLS["Blessed Edward"]
        assert preview_terms(real, names, service).overlaps


def all_days():
    return [date(2026, 9, 1) + timedelta(days=number) for number in range(365)]
