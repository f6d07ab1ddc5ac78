"""Every write says who and why, and nothing writes past that."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import StaleVersion
from accounts.services import delete_tracked, save_tracked
from schools.models import SchoolPerson


@pytest.fixture
def mel(quillbrook, admin_person):
    return save_tracked(
        SchoolPerson(partnership=quillbrook, name="Mel Garside", job="Cook"), by=admin_person, reason="Added"
    )


def signatures(record):
    rows = record.history.order_by("history_id")
    return [(row.history_type, str(row.history_user), row.history_change_reason, row.version) for row in rows]


def test_each_save_keeps_who_and_why_and_counts_up(mel, admin_person, priya):
    assert mel.version == 1
    mel.job = "Head cook"
    save_tracked(mel, by=priya, reason="Promoted")
    mel.refresh_from_db()
    assert (mel.job, mel.version) == ("Head cook", 2)
    assert signatures(mel) == [("+", "Ada Okafor", "Added", 1), ("~", "Priya Nair", "Promoted", 2)]


def test_the_name_of_one_save_does_not_sign_the_next_and_an_unsigned_save_fails(mel, priya):
    save_tracked(mel, by=priya, reason="Looked over")
    assert not hasattr(mel, "_history_user")
    with pytest.raises(IntegrityError, match="history_change_reason"), transaction.atomic():
        mel.save()


def test_a_save_that_fails_leaves_no_name_behind(mel, priya):
    mel.name = ""
    with pytest.raises(ValidationError):
        save_tracked(mel, by=priya, reason="Renamed")
    assert not hasattr(mel, "_history_user")
    assert signatures(mel) == [("+", "Ada Okafor", "Added", 1)]


@pytest.mark.parametrize("unsigned", [{"by": None, "reason": "Why"}, {"reason": ""}])
def test_a_write_without_a_name_or_a_reason_is_refused(mel, priya, unsigned):
    for write in (save_tracked, delete_tracked):
        with pytest.raises(ValueError, match="Every write says who made it and why"):
            write(mel, **{"by": priya, **unsigned})
    assert signatures(mel) == [("+", "Ada Okafor", "Added", 1)]


def test_what_is_struck_out_leaves_its_history(mel, priya):
    key = mel.pk
    delete_tracked(mel, by=priya, reason="Struck out")
    rows = SchoolPerson.history.filter(id=key).order_by("history_id")
    assert [(row.history_type, row.history_change_reason) for row in rows] == [
        ("+", "Added"),
        ("-", "Struck out"),
    ]


@pytest.mark.parametrize(
    "write",
    [
        lambda rows, row: rows.update(name="Somebody"),
        lambda rows, row: rows.delete(),
        lambda rows, row: rows.bulk_create([row]),
        lambda rows, row: rows.bulk_update([row], ["name"]),
    ],
    ids=["update", "delete", "bulk_create", "bulk_update"],
)
def test_a_write_of_many_rows_at_once_is_refused(mel, write):
    with pytest.raises(
        NotImplementedError, match="SchoolPerson keeps its history: write it with save_tracked"
    ):
        write(SchoolPerson.objects.all(), mel)
    with pytest.raises(NotImplementedError):
        write(SchoolPerson.objects, mel)
    assert [person.name for person in SchoolPerson.objects.all()] == ["Mel Garside"]


def test_a_record_opened_before_somebody_saved_is_stale(mel, priya):
    save_tracked(mel, by=priya, reason="Looked over")
    mel.require_version(2)
    with pytest.raises(StaleVersion) as stale:
        mel.require_version(1)
    assert stale.value.record == mel
