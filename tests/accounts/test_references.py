"""References that can be said aloud and not guessed."""

import re

import pytest

from accounts.models import new_reference, reference
from consultations.models import Case, Consultation, Plan
from schools.models import Visit

SHAPE = re.compile(r"C-[B-DF-HJ-NP-TV-Z2-9]{4}-[B-DF-HJ-NP-TV-Z2-9]{3}")


def test_the_alphabet_has_no_vowel_and_nothing_that_sounds_or_looks_like_something_else():
    assert sorted(reference.ALPHABET) == sorted(set("BCDFGHJKLMNPQRSTVWXYZ23456789"))
    assert len(reference.ALPHABET) == 29


def test_a_reference_is_a_letter_and_seven_characters():
    drawn = [new_reference("C") for _ in range(200)]
    wrong = [text for text in drawn if not SHAPE.fullmatch(text)]
    assert wrong == []
    assert len(set(drawn)) == 200


@pytest.mark.parametrize(("model", "letter"), [(Case, "C"), (Consultation, "N"), (Plan, "P"), (Visit, "V")])
def test_each_kind_of_record_has_its_letter(model, letter):
    assert letter == model.REFERENCE_LETTER


def test_a_reference_that_is_taken_is_drawn_again(make_visit, monkeypatch):
    taken = make_visit().reference
    free = "V-2222-222"
    drawn = iter("".join(text[1:].replace("-", "") for text in (taken, taken, free)))
    monkeypatch.setattr(reference.secrets, "choice", lambda alphabet: next(drawn))
    assert make_visit(days=1).reference == free


def test_a_reference_never_changes(make_visit, priya):
    visit = make_visit()
    before = visit.reference
    visit.full_clean()
    assert visit.reference == before
