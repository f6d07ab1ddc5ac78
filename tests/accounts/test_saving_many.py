"""New records saved together are as if each was saved by itself, in a few questions."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import reference
from accounts.services import save_many_tracked, save_tracked, write_new
from schools.models import SchoolPerson, Visit
from tests.records import local

ROOT = Path(__file__).resolve().parents[2]
# What differs between a row and another like it that was written a moment later.
OF_ITS_OWN = ("id", "reference", "history_id", "history_date", "name", "planned_start_at")


def people(quillbrook, *names):
    return [SchoolPerson(partnership=quillbrook, name=name, job="Cook") for name in names]


def values(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in OF_ITS_OWN}


def test_records_and_their_history_are_as_if_each_was_saved_by_itself(quillbrook, admin_person):
    signed = {"by": admin_person, "reason": "Added"}
    [alone] = people(quillbrook, "Mel Garside")
    save_tracked(alone, **signed)
    many = save_many_tracked(people(quillbrook, "Jo Lund", "Kim Orme"), **signed)
    stored = list(SchoolPerson.objects.exclude(pk=alone.pk).order_by("pk"))
    assert stored == many
    assert [values(one) for one in stored] == [values(alone)] * 2
    rows = [one.history.get() for one in many]
    assert [(row.name, row.id) for row in rows] == [(one.name, one.pk) for one in many]
    assert [values(row) for row in rows] == [values(alone.history.get())] * 2


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_4_questions_however_many_they_are(quillbrook, priya, count, today):
    times = [(local(today, 9), local(today, minute // 60 + 10, minute % 60)) for minute in range(count)]
    visits = [
        Visit(partnership=quillbrook, clinician=priya, planned_start_at=start, planned_end_at=end)
        for start, end in times
    ]
    with CaptureQueriesContext(connection) as asked:
        save_many_tracked(visits, by=priya, reason="Booked")
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 4
    assert len({visit.reference for visit in visits}) == count


def test_one_that_breaks_a_rule_keeps_all_from_being_saved(quillbrook, priya, today):
    with pytest.raises(ValidationError) as refused:
        save_many_tracked(people(quillbrook, "Jo Lund", ""), by=priya, reason="Added")
    assert refused.value.message_dict == {"name": ["This field cannot be blank."]}
    backwards = {"planned_start_at": local(today, 12), "planned_end_at": local(today, 9)}
    visit = Visit(partnership=quillbrook, clinician=priya, **backwards)
    with pytest.raises(ValidationError, match="The end of the visit must be after its start"):
        save_many_tracked([visit], by=priya, reason="Booked")
    assert (SchoolPerson.objects.count(), Visit.objects.count()) == (0, 0)
    assert not SchoolPerson.history.exists()


def test_what_is_there_once_is_refused_by_the_database(quillbrook, priya, make_visit):
    visit = make_visit()
    times = {"planned_start_at": visit.planned_start_at, "planned_end_at": visit.planned_end_at}
    twin = Visit(partnership=quillbrook, clinician=priya, reference=visit.reference, **times)
    with pytest.raises(IntegrityError), transaction.atomic():
        save_many_tracked([twin], by=priya, reason="Booked")


def test_a_reference_that_somebody_has_is_drawn_anew(quillbrook, priya, make_visit, monkeypatch, today):
    taken = make_visit().reference
    drawn = iter([taken, "V-BBBB-CCC", "V-BBBB-CCC", "V-DDDD-FFF"])
    monkeypatch.setattr(reference, "new_reference", lambda letter: next(drawn))
    times = {"planned_start_at": local(today, 9), "planned_end_at": local(today, 12)}
    visits = [Visit(partnership=quillbrook, clinician=priya, **times) for _ in range(2)]
    save_many_tracked(visits, by=priya, reason="Booked")
    assert {visit.reference for visit in visits} == {"V-BBBB-CCC", "V-DDDD-FFF"}


@pytest.mark.parametrize("unsigned", [{"by": None, "reason": "Why"}, {"reason": ""}])
def test_nothing_is_saved_without_a_name_or_a_reason(quillbrook, priya, unsigned):
    with pytest.raises(ValueError, match="Every write says who made it and why"):
        save_many_tracked(people(quillbrook, "Jo Lund"), **{"by": priya, **unsigned})


def test_a_record_that_is_there_already_is_not_saved_this_way(quillbrook, priya):
    many = save_many_tracked(people(quillbrook, "Jo Lund"), by=priya, reason="Added")
    with pytest.raises(ValueError, match="Saved together are new records"):
        save_many_tracked(many, by=priya, reason="Added")


def test_what_keeps_its_history_is_not_written_without_it(quillbrook):
    with pytest.raises(ValueError, match="a model that is written once"):
        write_new(people(quillbrook, "Jo Lund"))


def test_rows_are_written_past_the_querysets_in_one_place_alone():
    """A plain QuerySet refuses nothing."""
    rooms = [ROOT / name for name in ("consultations", "schools", "resources", "site")]
    files = [file for room in rooms for file in room.rglob("*.py") if "migrations" not in file.parts]
    plain = re.compile(r"QuerySet\((type\(|\w+\)\.)|super\(\)\.(bulk_|update\()|_base_manager\.(?!filter)")
    found = {str(file.relative_to(ROOT)) for file in files if plain.search(file.read_text())}
    assert found == {"site/accounts/services/tracking.py"}
