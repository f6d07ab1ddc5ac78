"""Which files import_schools can read, how it reads their values, and which rows it refuses."""

import gzip

import pytest
from django.core.management import CommandError

from schools.models import School

from .register_files import NAME, SCHOOL, STATUS, run_import, school_row, text_of, write

pytestmark = pytest.mark.django_db
ONE_ADDED = ["1 added, 0 changed, 0 unchanged, 0 closed or left, 0 refused"]


def refusal(file, *arguments):
    """Why the whole file is refused; nothing may have been written."""
    with pytest.raises(CommandError) as refused:
        run_import(file, *arguments)
    assert not School.objects.exists()
    return str(refused.value)


ACCENTED = "St Thomas à Becket’s School 180°"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_letters_outside_ascii_arrive_whole(file, encoding):
    file.write_bytes(text_of(school_row(EstablishmentName=ACCENTED)).encode(encoding))

    assert run_import(file) == ONE_ADDED
    assert School.objects.get().name == ACCENTED


def test_an_accent_far_into_a_long_file_arrives_whole(file):
    rows = [school_row(100000 + n) for n in range(600)]
    run_import(write(file, *rows, school_row(140677, EstablishmentName=ACCENTED)))

    assert file.read_bytes().index("à".encode("cp1252")) > 55_255
    assert School.objects.get(urn=140677).name == ACCENTED


def test_a_gzipped_file_is_known_by_its_first_bytes_whatever_its_name(file):
    file.write_bytes(gzip.compress(text_of(school_row()).encode("cp1252")))

    assert run_import(file) == ONE_ADDED


@pytest.mark.parametrize("broken", ["cut short", "garbled"])
def test_a_damaged_gzip_file_is_refused(file, broken):
    whole = gzip.compress(text_of(school_row()).encode())
    file.write_bytes(whole[:-20] if broken == "cut short" else whole[:10] + b"\xff" * 40 + whole[50:])

    assert refusal(file) == "schools.csv is a damaged gzip file. Fetch it again."


def test_a_zip_file_is_refused_with_what_to_do(file):
    file.write_bytes(b"PK\x03\x04 and so on")

    assert refusal(file) == "schools.csv is a zip file. Unpack it and import the file inside."


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_no_text_has_is_refused_with_its_line(file, start):
    bad = text_of(school_row(), school_row(100006, EstablishmentName="#")).encode().replace(b"#", b"\x81")
    file.write_bytes(start + bad)

    wanted = "UTF-8, which it says it is" if start else "Windows-1252 or UTF-8"
    assert refusal(file) == f"schools.csv is not text in {wanted}: byte 0x81 on line 3."


def test_an_empty_file_is_refused(file):
    file.touch()

    assert refusal(file) == "schools.csv is empty."


def test_a_header_without_rows_is_refused(file):
    file.write_text('"' + '","'.join(SCHOOL) + '"\r\n')

    assert refusal(file) == "schools.csv has a header and no rows. Nothing was imported."


def test_a_file_that_is_not_there_is_refused(file):
    assert refusal(file) == "schools.csv cannot be read: No such file or directory."


def test_a_folder_is_refused(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()

    assert refusal(folder) == "folder cannot be read: Is a directory."


@pytest.mark.parametrize("column", ["URN", NAME, "LA (code)", STATUS])
def test_a_file_without_a_needed_column_is_refused_whole(file, column):
    row = school_row()
    del row[column]

    assert refusal(write(file, row)) == f"schools.csv has no column {column}. Nothing was imported."


def test_every_missing_column_is_named(file):
    assert refusal(write(file, {"URN": 100005, "Town": "London"})) == (
        "schools.csv has no column EstablishmentName, LA (code), EstablishmentStatus (name). "
        "Nothing was imported."
    )


def test_columns_are_found_by_name_in_any_order_and_unknown_ones_are_ignored(file):
    row = {"OfstedRating (name)": "Good", **dict(reversed(school_row().items())), "UKPRN": ""}

    assert run_import(write(file, row)) == ONE_ADDED
    school = School.objects.get()
    assert (school.urn, school.name, school.postcode) == (100005, "Larkmoor Primary School", "NW1 0AA")


def test_of_two_columns_with_one_name_the_first_counts(file):
    header, row, _end = text_of(school_row()).split("\r\n")
    file.write_bytes(f'{header},"Town"\r\n{row},"Leeds"\r\n'.encode())

    assert run_import(file) == ONE_ADDED
    assert School.objects.get().town == "London"


def test_a_row_longer_than_the_header_is_read(file):
    write(file, school_row())
    file.write_bytes(file.read_bytes().rstrip() + b',"more","cells"\r\n')

    assert run_import(file) == ONE_ADDED


def test_a_row_that_ends_before_a_needed_cell_is_refused(file):
    write(file, school_row())
    file.write_bytes(file.read_bytes() + b'100006,"202","Camden"\r\n')

    assert run_import(file) == [
        "1 added, 0 changed, 0 unchanged, 0 closed or left, 1 refused",
        "line 3: the row ends before EstablishmentName.",
    ]


def test_a_row_that_ends_after_the_needed_cells_changes_only_what_it_has(file):
    run_import(write(file, school_row()))
    cut = text_of(school_row(EstablishmentName="Larkmoor Academy")).split(',"01-09-1999"')[0]
    file.write_bytes(f"{cut}\r\n".encode())

    assert run_import(file) == ["0 added, 1 changed, 0 unchanged, 0 closed or left, 0 refused"]
    school = School.objects.get()
    assert (school.name, school.postcode) == ("Larkmoor Academy", "NW1 0AA")


def test_blank_lines_are_passed_over_and_still_counted(file):
    header, row, _end = text_of(school_row(100006, OpenDate="soon")).split("\r\n")
    file.write_bytes("\r\n".join([header, "", row, "", ""]).encode())

    assert run_import(file)[1:] == ["line 3: OpenDate “soon” is not a date like 31-08-2021."]


def test_a_value_over_two_lines_is_a_quotation_mark_out_of_place(file):
    rows = [school_row(EstablishmentName="Lark\nmoor"), school_row(100006)]

    assert run_import(write(file, *rows)) == [
        "1 added, 0 changed, 0 unchanged, 0 closed or left, 1 refused",
        "line 2: a quotation mark is out of place, and the row runs on to line 3.",
    ]


@pytest.mark.parametrize(
    ("value", "unchanged", "problem"),
    [
        ("Larkmoor Primary School", 2, "a quotation mark is out of place."),
        ("02079460000", 1, "a quotation mark is out of place, and the row runs on to line 3."),
    ],
)
def test_a_quote_left_open_costs_its_rows_and_marks_nobody_as_gone(file, value, unchanged, problem):
    run_import(write(file, school_row(), school_row(100006), school_row(100007)))
    file.write_bytes(file.read_bytes().replace(f'"{value}"'.encode(), f'"{value}'.encode(), 1))

    assert run_import(file) == [
        f"0 added, 0 changed, {unchanged} unchanged, 0 closed or left, 1 refused",
        f"line 2: {problem}",
    ]
    assert not School.objects.exclude(closed_on=None).exists()
