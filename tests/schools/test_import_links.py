"""Predecessors and successors from the register's file of links."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from schools.management.commands.import_schools import Command
from schools.models import RegisterRun, School, SchoolLink
from schools.services.school_links import successors_of

from .register_files import STATUS, run_import, school_row, write

pytestmark = pytest.mark.django_db
LINKS = "--links"


def link(urn, linked, kind, name="", since=""):
    return {"URN": urn, "LinkURN": linked, "LinkName": name, "LinkType": kind, "LinkEstablishedDate": since}


MERGED = link(100012, 100021, "Successor - merged", "Ryelands Primary School", "31-08-2021")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "links.csv"


def successors(urn):
    return [tuple(found)[:2] for found in successors_of(School.objects.get(urn=urn))]


def test_links_are_read_without_a_file_of_schools(file):
    assert run_import(LINKS, write(file, MERGED)) == ["1 links added, 0 changed, 0 unchanged, 0 refused"]
    kept = SchoolLink.objects.values_list("urn", "linked_urn", "linked_name", "kind", "established_on")
    assert list(kept) == [
        (100012, 100021, "Ryelands Primary School", "Successor - merged", date(2021, 8, 31))
    ]


def test_a_second_run_finds_the_links_unchanged(file):
    run_import(LINKS, write(file, MERGED))

    assert run_import(LINKS, file) == ["0 links added, 0 changed, 1 unchanged, 0 refused"]


def test_a_link_with_a_new_name_or_date_is_corrected_and_none_is_deleted(file):
    other = link(100016, 132245, "Successor")
    run_import(LINKS, write(file, MERGED, other))
    renamed = link(100012, 100021, "Successor - merged", "Ryelands Academy", "")

    assert run_import(LINKS, write(file, renamed)) == ["0 links added, 1 changed, 0 unchanged, 0 refused"]
    assert set(SchoolLink.objects.values_list("urn", "linked_name", "established_on")) == {
        (100012, "Ryelands Academy", None),
        (100016, "", None),
    }


def test_a_link_that_cannot_be_used_is_refused_with_its_line(file):
    rows = [
        MERGED,
        MERGED,
        {**MERGED, "LinkURN": "none"},
        {**MERGED, "LinkType": ""},
        {**MERGED, "LinkType": "x" * 101},
        {**MERGED, "LinkName": "x" * 201},
        {**MERGED, "LinkURN": 100022, "LinkEstablishedDate": "2021"},
    ]

    assert run_import(LINKS, write(file, *rows)) == [
        "1 links added, 0 changed, 0 unchanged, 6 refused",
        "line 3: this link is already on line 2.",
        "line 4: LinkURN “none” is not a number of six digits.",
        "line 5: LinkType is blank.",
        "line 6: LinkType is 101 characters long; 100 is the most.",
        "line 7: LinkName is 201 characters long; 200 is the most.",
        "line 8: LinkEstablishedDate “2021” is not a date like 31-08-2021.",
    ]


def test_the_longest_type_the_register_has_fits(file):
    longest = "Merged - expansion in school capacity and changer in age range"

    assert run_import(LINKS, write(file, {**MERGED, "LinkType": longest})) == [
        "1 links added, 0 changed, 0 unchanged, 0 refused"
    ]


def test_schools_and_links_are_read_in_one_run(file, tmp_path):
    schools = write(tmp_path / "schools.csv", school_row(100021))

    assert run_import(schools, LINKS, write(file, MERGED)) == [
        "1 added, 0 changed, 0 unchanged, 0 closed or left, 0 refused",
        "1 links added, 0 changed, 0 unchanged, 0 refused",
    ]


def test_when_the_file_of_links_is_refused_no_school_is_written_either(file, tmp_path):
    schools = write(tmp_path / "schools.csv", school_row(100021))

    with pytest.raises(
        CommandError, match="^links.csv has no column LinkURN, LinkType. Nothing was imported.$"
    ):
        run_import(schools, LINKS, write(file, {"URN": 100012}))
    assert not School.objects.exists()
    assert not RegisterRun.objects.exists()


def test_when_writing_the_links_fails_the_schools_are_taken_back_too(file, tmp_path):
    class FailsLate(Command):
        def progress(self, rows, words):
            if words == "Writing links":
                assert School.objects.exists()
                raise RuntimeError("the disk is full")
            return super().progress(rows, words)

    schools = write(tmp_path / "schools.csv", school_row(100021))
    with pytest.raises(RuntimeError, match="^the disk is full$"):
        call_command(FailsLate(stdout=StringIO(), stderr=StringIO()), schools, links=write(file, MERGED))
    assert not School.objects.exists()


def test_la_needs_a_file_of_schools(file):
    with pytest.raises(CommandError, match="^--la goes with a file of schools.$"):
        run_import(LINKS, write(file, MERGED), "--la", "202")


def test_a_closed_school_leads_to_its_successor(file, tmp_path):
    closed = {**school_row(100012), STATUS: "Closed"}
    ryelands = school_row(100021, EstablishmentName="Ryelands Primary and Nursery")
    run_import(write(tmp_path / "schools.csv", closed, ryelands), LINKS, write(file, MERGED))

    (successor,) = successors_of(School.objects.get(urn=100012))
    assert successor == (100021, "Ryelands Primary and Nursery", School.objects.get(urn=100021))
    assert successors(100021) == []


def test_a_successor_that_only_its_own_side_names_is_found(file, tmp_path):
    schools = write(tmp_path / "schools.csv", school_row(100012), school_row(100021))
    run_import(schools, LINKS, write(file, link(100021, 100012, "Predecessor - merged", "Carrow")))

    assert successors(100012) == [(100021, "Larkmoor Primary School")]


def test_a_successor_outside_this_register_is_still_named(file, tmp_path):
    run_import(write(tmp_path / "schools.csv", school_row(100012)), LINKS, write(file, MERGED))

    assert successors_of(School.objects.get()) == [(100021, "Ryelands Primary School", None)]


def test_of_an_amalgamation_only_an_open_school_counts_as_successor(file, tmp_path):
    kind = "Result of Amalgamation"
    schools = [{**school_row(101277), STATUS: "Closed"}, school_row(101276)]
    links = [link(101276, 101277, kind, "Junior"), link(101277, 101276, kind, "Primary")]
    run_import(write(tmp_path / "schools.csv", *schools), LINKS, write(file, *links))

    assert successors(101277) == [(101276, "Larkmoor Primary School")]
    assert successors(101276) == []


def test_other_links_are_no_successors(file, tmp_path):
    links = [link(100012, 100021, "Sixth Form Centre School"), link(100012, 100022, "Predecessor")]
    run_import(write(tmp_path / "schools.csv", school_row(100012)), LINKS, write(file, *links))

    assert successors(100012) == []
