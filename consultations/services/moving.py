"""A child changes school: the case closes here, and one with a consent of its own goes on there."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import log_reading, save_tracked
from consultations.models import Case, CaseHandover, SafeguardingMatter

from .cases import NewCase, write_case
from .stages import lock_running, stop_plans, write_move

MOVED = "Moved to another school"


@transaction.atomic
def move_case(case, to_partnership, consent, *, by, on, at, year_group=None, note=""):
    """Close a case, stop its plan, and open the case that goes on at another school. Returns that one.

    What was shared with the old school stays open there; the new school sees nothing yet. `note` is for the
    clinicians of the new school alone. Raises ValidationError, for "school" where the case cannot go on
    there, for a case without a name, one that is closed or moved before, while a safeguarding lead still has
    to be told, and without a new consent to talk by name.
    """
    running = lock_running(case)
    case = Case.objects.select_for_update(of=("self",)).select_related("partnership__school").get(pk=case.pk)
    require_can_move(case)
    _require_another_school(case, to_partnership, on)
    stop_plans(case, running, by=by, on=on, reason=MOVED)
    child = NewCase(
        subject=case.subject,
        first_name=case.first_name,
        last_name=case.last_name,
        date_of_birth=case.date_of_birth,
        year_group=case.year_group_on(on) if year_group is None else year_group,
        consent=consent,
    )
    reason = f"Goes on from {case.reference}"
    new = write_case(to_partnership, child, by=by, on=on, reason=reason, moved_from=case)
    write_move(case, Case.Stage.CLOSED, moved_on=on, reason=MOVED, decided_by=str(by), by=by, at=at)
    if note.strip():
        handover = CaseHandover(case=new, text=note, written_at=at, written_by=by)
        save_tracked(handover, by=by, reason="Handed over")
    return new


def require_can_move(case):
    """Raises ValidationError for a case that cannot go on at another school, wherever that is."""
    if not case.is_named:
        _refuse("Only a case about one child by name can go on at another school")
    if Case.objects.filter(moved_from=case).exists():
        _refuse("This case went on at another school already")
    if case.stage == Case.Stage.CLOSED:
        _refuse("This case is closed. Open it again on its page first")
    if SafeguardingMatter.objects.filter(consultation__case=case).open().exists():
        _refuse("Tell the safeguarding lead first, and record it")


@transaction.atomic
def open_handover(case, *, role, reason, door, at):
    """The handover note for a lead who says why; the reading is written down before it is given out.

    Raises ValidationError without a reason or a note.
    """
    if not reason.strip():
        raise ValidationError("Enter why you need to read it")
    note = CaseHandover.objects.visible_to(role, reason=reason).filter(case=case).first()
    if note is None:
        raise ValidationError("There is no handover note.")
    log_reading(case, role=role, record=case, door=door, at=at, reason=reason)
    return note


def _require_another_school(case, to_partnership, on):
    if to_partnership.service_id != case.partnership.service_id:
        _refuse("Select a school that your service works with")
    if to_partnership.pk == case.partnership_id:
        _refuse(f"Select another school. This case is at {case.partnership.school} already")
    if to_partnership.ended_on and to_partnership.ended_on <= on:
        _refuse(f"Your service does not work with {to_partnership.school} any more")


def _refuse(message):
    raise ValidationError({"school": message})
