"""Changing a consultation: the old words are kept, and nobody writes over somebody else."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import StaleVersion
from consultations.models import Consultation


def test_the_old_words_stay_in_the_history_with_who_and_why(make_consultation, change):
    talk = change(
        make_consultation(agreed="A calm start."), agreed="A calm start at 8:45.", reason="Wrong time"
    )
    rows = talk.history.order_by("history_id")
    assert [(row.agreed, str(row.history_user), row.history_change_reason) for row in rows] == [
        ("A calm start.", "Priya Nair", "Logged"),
        ("A calm start at 8:45.", "Priya Nair", "Wrong time"),
    ]
    assert talk.version == 2


def test_the_parts_are_replaced(make_consultation, change):
    talk = make_consultation(themes=["worry", "sleep"], tried=[("A star chart", "partly")])
    talk = change(
        talk, themes=["eating"], tried=[("A quiet corner", "helped")], clinical_note="Now with a note"
    )
    assert [row.theme.slug for row in talk.theme_rows.all()] == ["eating"]
    assert [str(row) for row in talk.tried.all()] == ["A quiet corner: helped"]
    assert talk.clinical_note.text == "Now with a note"


def test_a_part_that_was_taken_out_stays_in_the_history(make_consultation, change):
    talk = make_consultation(tried=[("A star chart", "partly")])
    row = talk.tried.get()
    change(talk, reason="Another child's chart")
    kept = type(row).history.filter(id=row.pk).latest()
    assert (kept.what, kept.history_type, kept.history_change_reason) == (
        "A star chart",
        "-",
        "Another child's chart",
    )


def test_the_clinical_note_is_kept_when_it_is_emptied(make_consultation, change):
    talk = change(make_consultation(clinical_note="Private"), clinical_note="")
    assert [row.text for row in talk.clinical_note.history.all()] == ["", "Private"]


def test_somebody_who_opened_it_earlier_cannot_write_over_a_change(make_consultation, change):
    talk = make_consultation()
    change(talk, agreed="First")
    with pytest.raises(StaleVersion):
        change(talk, opened_version=1, agreed="Second")
    assert Consultation.objects.get().agreed == "First"


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"people": []}, "Select at least one person you spoke to"),
        ({"themes": []}, "Choose up to 3 topics. You have chosen 0"),
        ({"themes": ["worry", "sleep", "eating", "low-mood"]}, "Choose up to 3 topics. You have chosen 4"),
        ({"minutes": 3}, "Minutes must be between 5 and 240"),
    ],
)
def test_a_change_keeps_the_rules_of_the_first_writing(make_consultation, change, overrides, message):
    talk = make_consultation()
    with pytest.raises(ValidationError) as refused:
        change(talk, **overrides)
    assert message in refused.value.messages
    assert Consultation.objects.get().version == 1


def test_a_change_without_a_reason_is_refused(make_consultation, change):
    with pytest.raises(ValueError, match="who made it and why"):
        change(make_consultation(), reason="")


def test_what_the_answer_about_risk_was_stays(make_consultation, change):
    talk = change(make_consultation(risk="to_tell"), agreed="Something else")
    assert (talk.risk, talk.safeguarding.told_at) == ("to_tell", None)
