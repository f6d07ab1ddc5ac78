from django.core.exceptions import ValidationError
from django.db import transaction

from consultations.models import Consultation, Draft, SafeguardingMatter
from schools.models import Visit
from schools.services import call_off_visit, close_visit, move_visit

from .drafts import drop_saved_drafts


@transaction.atomic
def finish_visit(visit, *, by, at, **said):
    """Close a visit: its minutes are locked and nothing can be added to it. `said` is for `close_visit`.

    Raises ValidationError while a draft of it is unfinished or a safeguarding lead still has to be told,
    and what `close_visit` raises.
    """
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if SafeguardingMatter.objects.filter(consultation__visit=visit).open().exists():
        raise ValidationError("Tell the safeguarding lead first, and record it.")
    require_no_drafts(visit)
    return close_visit(visit, by=by, at=at, **said)


@transaction.atomic
def cancel_visit(visit, *, outcome, by, at, opened_version, waived_because=""):
    """The visit does not take place: see `call_off_visit`. Refused where something was written on it."""
    require_nothing_written(visit)
    said = {"outcome": outcome, "waived_because": waived_because, "opened_version": opened_version}
    return call_off_visit(visit, by=by, at=at, **said)


@transaction.atomic
def change_visit_time(visit, *, planned_start_at, planned_end_at, by, at, opened_version):
    """The visit is on another day or at another hour: see `move_visit`, which returns the new one."""
    require_nothing_written(visit)
    times = {"planned_start_at": planned_start_at, "planned_end_at": planned_end_at}
    return move_visit(visit, by=by, at=at, opened_version=opened_version, **times)


def require_nothing_written(visit):
    """Raises ValidationError when a visit, which is locked from here on, has consultations or drafts."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if Consultation.objects.filter(visit=visit).exists():
        raise ValidationError("There are consultations of this visit. Finish it instead.")
    require_no_drafts(visit)


def require_no_drafts(visit):
    drafts = Draft.objects.filter(visit=visit)
    drop_saved_drafts(drafts)
    waiting = drafts.count()
    if waiting:
        noun = "draft" if waiting == 1 else "drafts"
        raise ValidationError(f"Finish or discard {waiting} {noun} first.")
