"""What a run of import_schools does to the schools, and what it reports."""

from datetime import date
from io import StringIO
from time import sleep

import pytest
from django.core.management import CommandError, call_command

from schools.management.commands.import_schools import Command
from schools.models import RegisterRun, School
from schools.services.register import apply_schools
from schools.services.register_rows import read_schools

from .register_files import NAME, SCHOOL, STATUS, run_import, school_row, told, write

pytestmark = pytest.mark.django_db


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
