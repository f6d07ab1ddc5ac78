"""What a run of import_schools does to the schools, and what it reports."""

import csv
from datetime import date
from io import StringIO
from time import sleep

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from schools.management.commands.import_schools import Command
from schools.models import RegisterRun, School
from schools.services.register import apply_schools
from schools.services.register_rows import read_schools

pytestmark = pytest.mark.django_db

SCHOOL = {
    "URN": 100005,
    "LA (code)": "202",
    "LA (name)": "Camden",
    "EstablishmentNumber": "2019",
    "EstablishmentName": "Larkmoor Primary School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1999",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": 3,
    "StatutoryHighAge": 11,
    "Street": "1 Lark Street",
    "Locality": "",
    "Town": "London",
    "Postcode": "NW1 0AA",
    "SchoolWebsite": "www.larkmoor.example.uk",
    "TelephoneNum": "02079460000",
}
NAME, STATUS = "EstablishmentName", "EstablishmentStatus (name)"


def school_row(urn=100005, **values):
    """A row of the register; column names with spaces go in as {**school_row(), "LA (code)": "203"}."""
    return {**SCHOOL, "URN": urn, **values}


def text_of(*rows):
    """As the register prints it: CRLF, strings in quotes, numbers not. The header is the first row's."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([list(rows[0]), *(row.values() for row in rows)])
    return out.getvalue()


def write(path, *rows):
    path.write_bytes(text_of(*rows).encode("cp1252"))
    return path


def run_import(*arguments):
    """The lines that the command prints."""
    out = StringIO()
    call_command("import_schools", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "schools.csv"


def told(field=None):
    """What the last run reported, as (urn, field, old, new)."""
    changes = RegisterRun.objects.first().changes.order_by("pk")
    return list((changes.filter(field=field) if field else changes).values_list("urn", "field", "old", "new"))


def test_every_column_of_a_new_school_is_kept(file):
    assert run_import(write(file, school_row())) == [
        "1 added, 0 changed, 0 unchanged, 0 closed or left, 0 refused"
    ]

    kept = School.objects.values().get()
    del kept["id"]
    assert kept == {
        "urn": 100005,
        "name": "Larkmoor Primary School",
        "la_code": "202",
        "la_name": "Camden",
        "establishment_number": "2019",
        "kind": "Community school",
        "status": "Open",
        "phase": "Primary",
        "low_age": 3,
        "high_age": 11,
        "opened_on": date(1999, 9, 1),
        "street": "1 Lark Street",
        "locality": "",
        "town": "London",
        "postcode": "NW1 0AA",
        "website": "www.larkmoor.example.uk",
        "telephone": "02079460000",
        "closed_on": None,
    }
    assert told() == [("100005", "added", "", "Larkmoor Primary School")]


def test_a_second_run_of_the_same_file_changes_nothing(file):
    write(file, school_row(), school_row(100006))
    run_import(file)

    assert run_import(file) == ["0 added, 0 changed, 2 unchanged, 0 closed or left, 0 refused"]
    assert told() == []


def test_a_changed_value_is_taken_over_and_reported_old_and_new(file):
    run_import(write(file, school_row(), school_row(100006)))
    key = School.objects.get(urn=100005).pk
    renamed = school_row(EstablishmentName="Larkmoor Academy", OpenDate="01-09-2025", StatutoryLowAge="")

    assert run_import(write(file, renamed, school_row(100006))) == [
        "0 added, 1 changed, 1 unchanged, 0 closed or left, 0 refused"
    ]
    school = School.objects.get(urn=100005)
    assert (school.pk, school.name, school.opened_on) == (key, "Larkmoor Academy", date(2025, 9, 1))
    assert told() == [
        ("100005", "name", "Larkmoor Primary School", "Larkmoor Academy"),
        ("100005", "low_age", "3", ""),
        ("100005", "opened_on", "1999-09-01", "2025-09-01"),
    ]


def test_each_run_keeps_its_own_counts(file):
    run_import(write(file, school_row(), school_row(100006)))
    run_import(write(file, school_row(Town="Leeds"), school_row("x")))

    columns = ["file_name", "added", "changed", "unchanged", "closed_or_left", "refused"]
    assert list(RegisterRun.objects.order_by("pk").values_list(*columns)) == [
        ("schools.csv", 2, 0, 0, 0, 0),
        ("schools.csv", 0, 1, 0, 0, 1),
    ]


def test_schools_with_one_name_are_told_apart_by_their_urn(file):
    rows = [school_row(100005, Postcode="NW1 0AA"), school_row(100006, Postcode="NW1 0BB")]
    run_import(write(file, *rows))

    assert sorted(school.name_and_place for school in School.objects.all()) == [
        "Larkmoor Primary School (NW1 0AA)",
        "Larkmoor Primary School (NW1 0BB)",
    ]


def test_a_school_whose_row_says_closed_is_closed_from_the_day_the_file_gives(file):
    run_import(write(file, school_row()))
    closed = {**school_row(), STATUS: "Closed", "CloseDate": "31-08-2021"}

    assert run_import(write(file, closed)) == ["0 added, 0 changed, 0 unchanged, 1 closed or left, 0 refused"]
    assert School.objects.get().closed_on == date(2021, 8, 31)
    assert told() == [("100005", "status", "Open", "Closed"), ("100005", "closed_on", "", "2021-08-31")]


def test_without_a_day_in_the_file_a_school_is_closed_from_the_day_of_the_first_run(file):
    run_import(write(file, {**school_row(), STATUS: "Closed", "CloseDate": ""}))
    assert School.objects.get().closed_on == timezone.localdate()

    School.objects.update(closed_on=date(2024, 1, 5))
    assert run_import(file) == ["0 added, 0 changed, 1 unchanged, 0 closed or left, 0 refused"]
    assert School.objects.get().closed_on == date(2024, 1, 5)


@pytest.mark.parametrize("status", ["Open", "Open, but proposed to close", "Proposed to open"])
def test_a_school_that_has_not_closed_yet_is_not_closed(file, status):
    run_import(write(file, {**school_row(), STATUS: status, "CloseDate": "31-08-2021"}))

    school = School.objects.get()
    assert (school.status, school.closed_on) == (status, None)


def test_a_school_that_is_gone_from_its_authority_is_marked_and_never_deleted(file):
    run_import(write(file, school_row(), school_row(100006)))

    assert run_import(write(file, school_row(100006))) == [
        "0 added, 0 changed, 1 unchanged, 1 closed or left, 0 refused"
    ]
    gone = School.objects.get(urn=100005)
    assert (gone.status, gone.closed_on) == ("Not in the register file", timezone.localdate())
    assert told() == [
        ("100005", "status", "Open", "Not in the register file"),
        ("100005", "closed_on", "", timezone.localdate().isoformat()),
    ]
    assert run_import(file) == ["0 added, 0 changed, 1 unchanged, 0 closed or left, 0 refused"]


def test_a_school_that_comes_back_is_open_again(file):
    run_import(write(file, school_row(), school_row(100006)))
    run_import(write(file, school_row(100006)))

    assert run_import(write(file, school_row(), school_row(100006))) == [
        "0 added, 1 changed, 1 unchanged, 0 closed or left, 0 refused"
    ]
    back = School.objects.get(urn=100005)
    assert (back.status, back.closed_on) == ("Open", None)


def test_schools_of_other_authorities_and_of_the_demo_are_left_alone(file):
    School.objects.create(urn=990001, name="Quillbrook Primary", la_code="999", status="Open")
    run_import(write(file, {**school_row(100010), "LA (code)": "203"}))

    assert run_import(write(file, school_row())) == [
        "1 added, 0 changed, 0 unchanged, 0 closed or left, 0 refused"
    ]
    assert set(School.objects.values_list("urn", "status", "closed_on")) == {
        (100005, "Open", None),
        (100010, "Open", None),
        (990001, "Open", None),
    }


def test_with_la_only_that_authority_is_read_and_judged(file):
    run_import(write(file, school_row(), {**school_row(100010), "LA (code)": "203"}))
    write(file, school_row(100006), {**school_row(100011), "LA (code)": "203"})

    assert run_import(file, "--la", "202") == ["1 added, 0 changed, 0 unchanged, 1 closed or left, 0 refused"]
    assert set(School.objects.values_list("urn", "status")) == {
        (100005, "Not in the register file"),
        (100006, "Open"),
        (100010, "Open"),
    }


def test_with_la_a_school_that_moved_to_another_authority_has_not_left(file):
    run_import(write(file, school_row(), school_row(100006)))
    write(file, {**school_row(), "LA (code)": "203"}, school_row(100006))

    assert run_import(file, "--la", "202") == ["0 added, 0 changed, 1 unchanged, 0 closed or left, 0 refused"]


def test_a_file_without_a_school_of_la_is_refused_and_marks_nobody(file):
    run_import(write(file, school_row()))

    with pytest.raises(
        CommandError, match="^schools.csv has no school of LA code 203. Nothing was imported.$"
    ):
        run_import(file, "--la", "203")
    assert School.objects.get().closed_on is None
    assert RegisterRun.objects.count() == 1


def test_a_refused_row_is_not_taken_for_a_school_that_left(file):
    run_import(write(file, school_row(), school_row(100006)))

    assert run_import(write(file, school_row(OpenDate="soon"), school_row(100006))) == [
        "0 added, 0 changed, 1 unchanged, 0 closed or left, 1 refused",
        "line 2: OpenDate “soon” is not a date like 31-08-2021.",
    ]
    assert School.objects.get(urn=100005).status == "Open"


def test_nobody_is_judged_in_an_authority_that_has_a_refused_row_without_a_urn(file):
    other = {**school_row(100010), "LA (code)": "203"}
    run_import(write(file, school_row(), other, {**other, "URN": 100011}))

    assert run_import(write(file, school_row("10000S"), other)) == [
        "0 added, 0 changed, 1 unchanged, 1 closed or left, 1 refused",
        "line 2: URN “10000S” is not a number of six digits.",
    ]
    assert School.objects.get(urn=100005).status == "Open"
    assert School.objects.get(urn=100011).status == "Not in the register file"


def test_nobody_is_judged_where_not_even_the_authority_of_a_row_can_be_read(file):
    run_import(write(file, school_row(), school_row(100006)))
    write(file, school_row())
    file.write_bytes(file.read_bytes() + b'"the rest is missing"\r\n')

    assert run_import(file) == [
        "0 added, 0 changed, 1 unchanged, 0 closed or left, 1 refused",
        "line 3: the row ends before EstablishmentName.",
    ]


def test_what_an_extract_without_a_column_cannot_know_stays(file):
    run_import(write(file, school_row()))
    narrow = {name: SCHOOL[name] for name in ["URN", NAME, "LA (code)", STATUS]}

    assert run_import(write(file, narrow)) == ["0 added, 0 changed, 1 unchanged, 0 closed or left, 0 refused"]
    assert School.objects.get().postcode == "NW1 0AA"


def test_refused_rows_are_kept_in_the_report(file):
    run_import(write(file, school_row(), school_row("none at all, and a long one at that")))

    assert told("refused") == [
        (
            "none at all, and a l",
            "refused",
            "",
            "line 3: URN “none at all, and a long one at that” is not a number of six digits.",
        )
    ]


def test_a_run_that_fails_half_way_leaves_nothing_behind(file):
    def fails_late(rows, words):
        if words == "Writing the report":
            assert School.objects.exists()
            raise RuntimeError("the disk is full")
        return rows

    found = read_schools(write(file, school_row()), progress=fails_late)
    with pytest.raises(RuntimeError, match="^the disk is full$"):
        apply_schools(found, on=date(2025, 7, 17), progress=fails_late)
    assert not School.objects.exists()
    assert not RegisterRun.objects.exists()


@pytest.mark.parametrize("la", ["20", "Camden", "²²²", ""])
def test_la_is_a_code_of_three_digits(file, la):
    with pytest.raises(CommandError, match=f"^--la “{la}” is not a code of three digits, such as 202.$"):
        run_import(write(file, school_row()), "--la", la)


def test_the_command_wants_a_file():
    with pytest.raises(CommandError, match="^Name a file of schools, or a file of links with --links.$"):
        run_import()


def test_a_log_gets_a_line_for_each_part_of_the_work(file):
    log = StringIO()
    call_command("import_schools", str(write(file, school_row())), stdout=StringIO(), stderr=log)

    assert log.getvalue().splitlines() == ["Reading schools.csv", "Writing schools", "Writing the report"]


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_person_at_a_terminal_gets_a_bar_when_it_takes_a_while(capsys):
    command = Command(stderr=Terminal())
    for _row in command.progress([1, 2], "Reading schools.csv"):
        sleep(0.6)

    assert "Reading schools.csv:  50%" in capsys.readouterr().err
    assert command.stderr.getvalue() == ""
