"""What was copied by hand to the trust's own record system. Nothing is sent there."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import StaleVersion
from accounts.services import save_tracked
from consultations.models import Consultation, RecordCopy

NOT_IN_A_RECORD = "Nothing of this visit goes into the record of that child."


def stamp_of(talks):
    """What a text is made of, in short: which consultations, as which version, with which plan."""
    return " ".join(f"{talk.pk}.{talk.version}.{talk.plan_in_text}" for talk in talks)


@transaction.atomic
def mark_as_copied(visit, case, *, by, at, seen):
    """Say that the text about a case at a visit stands in the trust's record. Said again, nothing is written.

    `seen` is the stamp of the text that was copied. Raises ValidationError for a visit that is not finished
    and for a case without a name, StaleVersion when the text is another one by now. Returns how many
    consultations were written down.
    """
    talks = _talks_for_the_trust(visit, case)
    if stamp_of(talks) != seen:
        raise StaleVersion(case)
    return sum(_mark(talk, by=by, at=at) for talk in talks)


@transaction.atomic
def undo_copied(visit, case, *, by, at):
    """It is not there after all: it is listed again. Returns how many consultations that is said of; of none
    when nothing is said to be there. Raises ValidationError as `mark_as_copied`."""
    return sum(_undo(talk, by=by, at=at) for talk in _talks_for_the_trust(visit, case))


def _talks_for_the_trust(visit, case):
    """Locked, as changing one locks it, so that a change comes before or after."""
    talks = Consultation.objects.filter(visit=visit, case=case).for_the_trust().with_plan_in_text()
    found = list(talks.select_for_update(of=("self",)).order_by("held_at", "pk"))
    if not found:
        raise ValidationError(NOT_IN_A_RECORD)
    return found


def _mark(talk, *, by, at):
    copy = RecordCopy.objects.filter(consultation=talk).first() or RecordCopy(consultation=talk)
    now = (talk.version, talk.plan_in_text or None, None)
    if (copy.consultation_version, copy.plan_version_id, copy.undone_at) == now:
        return False
    copy.consultation_version, copy.plan_version_id, copy.undone_at = now
    copy.copied_at, copy.copied_by, copy.undone_by = at, by, None
    save_tracked(copy, by=by, reason="Copied to the trust's record")
    return True


def _undo(talk, *, by, at):
    copy = RecordCopy.objects.filter(consultation=talk, undone_at=None).first()
    if copy is None:
        return False
    copy.undone_at, copy.undone_by = at, by
    save_tracked(copy, by=by, reason="Not in the trust's record")
    return True
