"""Once on the real files. OPEN_DATA_DIR names their folder; without it this test alone is skipped."""

import os
from datetime import date
from pathlib import Path

import pytest

from home.demo.places import PLACES
from schools.models import School, SchoolLink
from schools.services.school_links import successors_of

from .register_files import run_import

FOLDER = os.environ.get("OPEN_DATA_DIR")


def find(name):
    return next(Path(FOLDER).rglob(name))


@pytest.mark.django_db
@pytest.mark.skipif(not FOLDER, reason="OPEN_DATA_DIR does not name the folder of the real schools files")
def test_the_real_files_are_read_with_every_quirk_they_have():
    camden = find("camden_202_statefunded_20250717.csv")
    assert run_import(camden) == ["57 added, 0 changed, 0 unchanged, 0 closed or left, 0 refused"]
    assert run_import(camden) == ["0 added, 0 changed, 57 unchanged, 0 closed or left, 0 refused"]

    full = find("edubaseallstatefunded20250717.csv.gz")
    assert run_import(full) == ["21953 added, 0 changed, 57 unchanged, 0 closed or left, 0 refused"]
    assert run_import(full) == ["0 added, 0 changed, 22010 unchanged, 0 closed or left, 0 refused"]

    schools = School.objects.in_bulk(field_name="urn")
    everyone = schools.values()
    # The demo's schools are invented, and must not be taken for real ones.
    assert {s.name.casefold() for s in everyone} & {place.name.casefold() for place in PLACES} == set()
    assert schools[138950].name == "St Thomas à Becket Catholic Secondary School, A Voluntary Academy"
    assert schools[140677].name == "North Star 180°"
    assert sum(s.name == "St Joseph's Catholic Primary School" for s in everyone) == 56
    # 9,116 are blank and 209 have the placeholder.
    assert sum(s.opened_on is None for s in everyone) == 9_325
    assert min(s.opened_on for s in everyone if s.opened_on) > date(1900, 1, 1)
    assert sum(not s.postcode for s in everyone) == 2
    assert sum(not s.website for s in everyone) == 471
    assert sum(bool(s.website) and "://" not in s.website for s in everyone) == 12_650
    assert sum(not s.website_url for s in everyone) == 471
    assert sum(s.phase == "Not applicable" for s in everyone) == 1_395
    assert {s.status for s in everyone} == {"Open", "Open, but proposed to close"}

    links = find("links_edubasealldata20250422.csv.gz")
    assert run_import("--links", links) == ["33801 links added, 0 changed, 0 unchanged, 0 refused"]
    assert run_import("--links", links) == ["0 links added, 0 changed, 33801 unchanged, 0 refused"]
    assert SchoolLink.objects.count() == 33_801
    assert [tuple(s)[:2] for s in successors_of(School(urn=100012))] == [
        (100021, "Rhyl Community Primary School")
    ]
