"""Clinical texts are ciphertext in every table that holds them, and open with the keys alone."""

from uuid import uuid4

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.services import save_tracked
from accounts.services.note_keys import encrypted_columns
from consultations.models import ClinicalNote, Draft
from consultations.services import keep_draft

SECRET = "canary-cipher-7Q"


@pytest.fixture
def noted(make_consultation, priya, quillbrook):
    """A note, its history and a draft, all with the secret in them."""
    note = make_consultation(clinical_note=SECRET).clinical_note
    place = {"kind": "plan", "partnership": quillbrook, "path": "/", "page": uuid4()}
    keep_draft(uuid4(), {"clinical_note": [SECRET]}, by=priya, at=timezone.now(), **place)
    return note


def stored():
    """Every value of every encrypted column, as it lies in the database."""
    found = {}
    with connection.cursor() as cursor:
        for model, field in encrypted_columns():
            cursor.execute(f'SELECT "{field.column}" FROM "{model._meta.db_table}"')
            found[model.__name__] = [text for (text,) in cursor.fetchall()]
    return found


def readable():
    history = ClinicalNote.history.values_list("text", flat=True)
    drafts = [draft.payload["clinical_note"] for draft in Draft.objects.all()]
    return [*ClinicalNote.objects.values_list("text", flat=True), *history, *drafts]


def everything_in_the_database():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, repr(cursor.fetchall())


def test_the_columns_are_those_of_notes_drafts_competence_and_links_and_handovers():
    assert {f"{model.__name__}.{field.name}" for model, field in encrypted_columns()} == {
        *("ClinicalNote.text", "HistoricalClinicalNote.text", "Draft.payload"),
        *("Competence.notes", "HistoricalCompetence.notes", "Delivery.link"),
        *("CaseHandover.text", "HistoricalCaseHandover.text"),
    }


def test_no_table_holds_the_words_and_the_program_reads_them(noted):
    assert [table for table, rows in everything_in_the_database() if SECRET in rows] == []
    assert readable() == [SECRET, SECRET, [SECRET]]


def test_equal_texts_do_not_look_equal(noted):
    values = [value for column in stored().values() for value in column]
    assert len(set(values)) == len(values) == 3


def test_an_empty_text_stays_empty(noted, priya):
    noted.text = ""
    save_tracked(noted, by=priya, reason="Emptied")
    assert stored()["ClinicalNote"] == [""]


def test_a_key_that_is_not_there_opens_nothing(noted, settings):
    settings.NOTE_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        ClinicalNote.objects.get()


def test_rotating_writes_all_under_the_first_key_and_changes_no_word(noted, settings):
    before, new = stored(), Fernet.generate_key().decode()
    settings.NOTE_KEYS = [new, *settings.NOTE_KEYS]
    call_command("rotate_note_keys")
    after = stored()
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert not {v for rows in before.values() for v in rows} & {v for rows in after.values() for v in rows}
    settings.NOTE_KEYS = [new]
    assert readable() == [SECRET, SECRET, [SECRET]]
    assert ClinicalNote.objects.get().version == noted.version


def test_rotating_without_the_old_key_says_so_and_loses_nothing(noted, settings):
    old = settings.NOTE_KEYS
    settings.NOTE_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="None of the keys of NOTE_KEYS opens a row"):
        call_command("rotate_note_keys")
    settings.NOTE_KEYS = old
    assert readable() == [SECRET, SECRET, [SECRET]]


def test_a_new_key_is_one_that_works(capsys, settings, noted, priya):
    call_command("new_note_key")
    settings.NOTE_KEYS = [capsys.readouterr().out.strip(), *settings.NOTE_KEYS]
    noted.text = "another"
    save_tracked(noted, by=priya, reason="Changed")
    settings.NOTE_KEYS = settings.NOTE_KEYS[:1]
    assert ClinicalNote.objects.get().text == "another"
