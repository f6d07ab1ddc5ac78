"""History cannot be edited or deleted: no role, no page and no part of the program does."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import get_resolver

from accounts.models import TrackedModel, WrittenOnce
from accounts.services import save_tracked
from consultations.models import CaseLink
from schools.models import SchoolPerson


@pytest.fixture
def row(quillbrook, admin_person):
    person = SchoolPerson(partnership=quillbrook, name="Mel Garside", job="Cook")
    return save_tracked(person, by=admin_person, reason="Added").history.get()


def test_the_history_of_every_tracked_model_is_written_once():
    tracked = [model for model in apps.get_models() if issubclass(model, TrackedModel)]
    assert len(tracked) > 30
    assert [model for model in tracked if not issubclass(model.history.model, WrittenOnce)] == []


def test_a_row_of_history_is_neither_saved_again_nor_deleted(row):
    row.name = "Somebody"
    with pytest.raises(NotImplementedError, match="A row of historical school person cannot be changed"):
        row.save()
    with pytest.raises(NotImplementedError, match="A row of historical school person cannot be deleted"):
        row.delete()
    assert SchoolPerson.history.get().name == "Mel Garside"


def test_a_new_row_cannot_take_the_place_of_another(row):
    row._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "write",
    [
        lambda rows, row: rows.update(name="Somebody"),
        lambda rows, row: rows.delete(),
        lambda rows, row: rows.bulk_create([row]),
        lambda rows, row: rows.bulk_update([row], ["name"]),
        lambda rows, row: rows.update_or_create(history_id=row.pk, defaults={"name": "Somebody"}),
    ],
    ids=["update", "delete", "bulk_create", "bulk_update", "update_or_create"],
)
def test_many_rows_at_once_are_refused_whichever_way_they_are_reached(row, write):
    model = SchoolPerson.history.model
    ways = [SchoolPerson.history.all(), model.objects.all(), model.objects, row.instance.history.all()]
    for rows in ways:
        with pytest.raises(NotImplementedError, match="cannot be changed or deleted"):
            write(rows, row)
    assert [person.name for person in SchoolPerson.history.all()] == ["Mel Garside"]


def test_a_link_of_a_chain_is_written_once_too(make_consultation):
    make_consultation()
    link = CaseLink.objects.first()
    with pytest.raises(NotImplementedError):
        link.save()
    with pytest.raises(NotImplementedError):
        CaseLink.objects.all().delete()


def names_in_addresses(patterns):
    for pattern in patterns:
        yield from pattern.pattern.converters
        if hasattr(pattern, "url_patterns"):
            yield from names_in_addresses(pattern.url_patterns)


def test_no_address_of_ours_takes_a_row_of_history():
    ours = ("accounts", "consultations", "home", "schools")
    found = [entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") in ours]
    assert len(found) == len(ours)
    assert "reference" in set(names_in_addresses(found))
    assert not {name for name in names_in_addresses(found) if "history" in name}
