"""Which schools a run marks as closed or gone, and which it leaves alone."""

from datetime import date

import pytest
from django.core.management import CommandError
from django.utils import timezone

from schools.models import RegisterRun, School

from .register_files import STATUS, run_import, school_row, told, write

pytestmark = pytest.mark.django_db


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
