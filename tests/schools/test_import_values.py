"""How import_schools reads the values of a row, and which it refuses."""

from datetime import date

import pytest

from schools.models import School

from .register_files import NAME, STATUS, reasons, run_import, school_row, text_of, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("printed", "kept"),
    [("", None), ("01-01-1900", None), ("01-09-1999", date(1999, 9, 1)), (" 29-02-2000 ", date(2000, 2, 29))],
)
def test_a_blank_date_and_the_placeholder_are_no_date(file, printed, kept):
    run_import(write(file, school_row(OpenDate=printed)))

    assert School.objects.get().opened_on == kept


def test_a_blank_postcode_is_allowed(file):
    run_import(write(file, school_row(Postcode="")))

    school = School.objects.get()
    assert (school.postcode, school.name_and_place) == ("", "Larkmoor Primary School (Camden)")


@pytest.mark.parametrize(
    ("printed", "kept", "link"),
    [
        ("", "", ""),
        ("www.larkmoor.example.uk", "www.larkmoor.example.uk", "https://www.larkmoor.example.uk"),
        (" www.larkmoor. example.uk/a ", "www.larkmoor.example.uk/a", "https://www.larkmoor.example.uk/a"),
        ("http://larkmoor.example.uk", "http://larkmoor.example.uk", "http://larkmoor.example.uk"),
        ("HTTPS://larkmoor.example.uk/", "HTTPS://larkmoor.example.uk/", "HTTPS://larkmoor.example.uk/"),
        ("http:www.larkmoor.example.uk/", "http:www.larkmoor.example.uk/", "http://www.larkmoor.example.uk/"),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("javascript://larkmoor.example.uk/%0aalert(1)", "javascript://larkmoor.example.uk/%0aalert(1)", ""),
        ("office@larkmoor.example.uk", "office@larkmoor.example.uk", ""),
        ("none", "none", ""),
        (
            'www.larkmoor.example.uk/"><b>',
            'www.larkmoor.example.uk/"><b>',
            'https://www.larkmoor.example.uk/"><b>',
        ),
    ],
)
def test_a_website_is_kept_as_printed_and_linked_only_where_that_is_safe(file, printed, kept, link):
    run_import(write(file, school_row(SchoolWebsite=printed)))

    school = School.objects.get()
    assert (school.website, school.website_url) == (kept, link)


@pytest.mark.parametrize("kind", ["Community special school", "Pupil referral unit"])
def test_a_school_without_a_phase_is_kept(file, kind):
    row = {**school_row(), "PhaseOfEducation (name)": "Not applicable", "TypeOfEstablishment (name)": kind}
    run_import(write(file, row))

    school = School.objects.get()
    assert (school.phase, school.kind) == ("Not applicable", kind)


@pytest.mark.parametrize("urn", ["10005", "1000055", "012345", "10 005", "١٢٣٤٥٦"])
def test_a_urn_is_six_digits(file, urn):
    file.write_bytes(text_of(school_row(), school_row(urn)).encode())

    assert run_import(file)[1:] == [f"line 3: URN “{urn}” is not a number of six digits."]


@pytest.mark.parametrize("column", ["URN", NAME, "LA (code)", STATUS])
def test_a_blank_needed_cell_is_refused(file, column):
    assert reasons(file, {**school_row(), column: " "}, school_row(100006)) == [f"line 2: {column} is blank."]


def test_the_second_row_with_one_urn_is_refused(file):
    assert reasons(file, school_row(), school_row(Town="Leeds")) == [
        "line 3: URN 100005 is already on line 2."
    ]
    assert School.objects.get().town == "London"


def test_an_authority_code_is_three_digits(file):
    assert reasons(file, {**school_row(), "LA (code)": "20B"}) == [
        "line 2: LA (code) “20B” is not three digits."
    ]


@pytest.mark.parametrize("printed", ["31/08/2021", "2021-08-31", "30-02-2021", "31-08"])
def test_a_date_is_day_month_year(file, printed):
    assert reasons(file, school_row(OpenDate=printed)) == [
        f"line 2: OpenDate “{printed}” is not a date like 31-08-2021."
    ]


@pytest.mark.parametrize("printed", ["eleven", "-1", "111", "11.0"])
def test_an_age_is_whole_years(file, printed):
    assert reasons(file, school_row(StatutoryHighAge=printed)) == [
        f"line 2: StatutoryHighAge “{printed}” is not an age in years."
    ]


@pytest.mark.parametrize(
    ("column", "limit"),
    [(NAME, 200), ("LA (name)", 100), (STATUS, 60), ("Postcode", 10), ("SchoolWebsite", 300)],
)
def test_a_value_longer_than_its_column_is_refused_on_every_database(file, column, limit):
    rows = [{**school_row(), column: "x" * limit}, {**school_row(100006), column: "x" * (limit + 1)}]

    assert reasons(file, *rows) == [f"line 3: {column} is {limit + 1} characters long; {limit} is the most."]


def test_a_zero_byte_is_refused_on_every_database(file):
    assert reasons(file, school_row(Town="Lon\0don")) == ["line 2: Town has a zero byte in it."]
