from django.core.exceptions import ValidationError
from django.db import transaction

from consultations.models import Draft, SafeguardingMatter
from schools.models import Visit
from schools.services import close_visit

from .drafts import drop_saved_drafts


@transaction.atomic
def finish_visit(visit, *, by, at, ended_at, minutes, opened_version):
    """Close a visit: its minutes are locked and nothing can be added to it.

    Raises ValidationError while a draft of it is unfinished or a safeguarding lead still has to be told,
    and what `close_visit` raises.
    """
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if SafeguardingMatter.objects.filter(consultation__visit=visit).open().exists():
        raise ValidationError("Tell the safeguarding lead first, and record it.")
    drafts = Draft.objects.filter(visit=visit)
    drop_saved_drafts(drafts)
    waiting = drafts.count()
    if waiting:
        noun = "draft" if waiting == 1 else "drafts"
        raise ValidationError(f"Finish or discard {waiting} {noun} first.")
    return close_visit(visit, by=by, at=at, ended_at=ended_at, minutes=minutes, opened_version=opened_version)
