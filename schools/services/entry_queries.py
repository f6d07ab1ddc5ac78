""" "Something looks wrong": a school asks about a line of its time, and the service answers beside it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from schools.models import EntryQuery


def ask_about(entry, *, words, by, at):
    """The words are never on a paper, in a CSV or in an e-mail."""
    query = EntryQuery(entry=entry, words=words.strip(), asked_by=by, asked_at=at)
    return save_tracked(query, by=by, reason="Asked")


@transaction.atomic
def answer_query(query, *, answer, by, at):
    """Raises ValidationError when somebody answered before."""
    query = EntryQuery.objects.select_for_update().get(pk=query.pk)
    if query.answered_at:
        raise ValidationError("Somebody answered this before you.")
    if not answer.strip():
        raise ValidationError("Enter your answer.")
    query.answer, query.answered_by, query.answered_at = answer.strip(), by, at
    return save_tracked(query, by=by, reason="Answered")
