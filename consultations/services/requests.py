"""What a school asks to talk about: asked, put in order, closed, and taken up by a consultation."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from consultations.models import Case, DiscussionRequest
from schools.models import Partnership

from .emails import email_clinicians_to_phone
from .stages import require_open

Because = DiscussionRequest.Because
NOT_WAITING = "This request was talked about or closed since."
# So that nobody fills an agenda that no visit could hold.
AT_MOST = 40


@dataclass(frozen=True)
class NewRequest:
    """What a school says. `about` is a case it may open, or None: then `subject`, `year_group` and
    `group_name` say whom, and no name. `phone` counts for "Sooner, phone me" alone."""

    sentence: str
    parents_aware: str
    subject: str = Case.Subject.CHILD
    about: Case | None = None
    year_group: int | None = None
    group_name: str = ""
    tried: str = ""
    how_soon: str = DiscussionRequest.HowSoon.NEXT_VISIT
    phone: str = ""


@transaction.atomic
def ask_to_discuss(partnership, new, *, by, at):
    """Ask, last in the school's order. "Sooner, phone me" e-mails the clinicians, without a word of it.

    Raises ValidationError about a case that is closed or goes on elsewhere, and when too many wait.
    """
    _lock_order(partnership)
    waiting = DiscussionRequest.objects.filter(partnership=partnership).waiting()
    if waiting.count() >= AT_MOST:
        raise ValidationError(f"{AT_MOST} requests wait already. Withdraw one before you ask for another.")
    if new.about:
        require_open(Case.objects.select_for_update().get(pk=new.about.pk))
    sooner = new.how_soon == DiscussionRequest.HowSoon.SOONER
    last = waiting.last()
    request = DiscussionRequest(
        partnership=partnership,
        subject=new.about.subject if new.about else new.subject,
        case=new.about,
        year_group=None if new.about else new.year_group,
        group_name="" if new.about else new.group_name,
        sentence=new.sentence,
        tried=new.tried,
        parents_aware=new.parents_aware,
        how_soon=new.how_soon,
        phone=new.phone if sooner else "",
        position=last.position + 1 if last else 1,
        raised_by=by,
        raised_at=at,
    )
    save_tracked(request, by=by, reason="Asked to discuss")
    if sooner:
        email_clinicians_to_phone(request, at=at)
    return request


@transaction.atomic
def move_request_up(request, *, by, opened_version):
    """Change places with the request before it; the first one stays. Raises StaleVersion."""
    return _change_places(request, -1, by=by, opened_version=opened_version)


@transaction.atomic
def move_request_down(request, *, by, opened_version):
    """Change places with the request after it; the last one stays. Raises StaleVersion."""
    return _change_places(request, 1, by=by, opened_version=opened_version)


@transaction.atomic
def withdraw_request(request, *, by, at, opened_version):
    """The school does not want to talk about it any more. Raises StaleVersion."""
    return _close(request, Because.WITHDRAWN, by=by, at=at, opened_version=opened_version)


@transaction.atomic
def close_as_phoned(request, *, by, at, opened_version):
    """The clinician phoned, and nothing is left for the visit. Raises StaleVersion."""
    return _close(request, Because.PHONED, by=by, at=at, opened_version=opened_version)


@transaction.atomic
def take_up_request(request, consultation, *, by):
    """It was talked about in this consultation. One that was closed or taken up since stays as it is: what
    was written about the talk is not lost for that. Returns whether it was taken up."""
    request = DiscussionRequest.objects.select_for_update().get(pk=request.pk)
    if not request.waits or request.partnership_id != consultation.partnership_id:
        return False
    request.discussed_in = consultation
    save_tracked(request, by=by, reason="Talked about")
    return True


def _close(request, because, *, by, at, opened_version):
    request = DiscussionRequest.objects.select_for_update().get(pk=request.pk)
    _require_waiting(request)
    request.require_version(opened_version)
    request.closed_at, request.closed_by, request.closed_because = at, by, because
    return save_tracked(request, by=by, reason=request.get_closed_because_display())


def _change_places(request, step, *, by, opened_version):
    _lock_order(request.partnership)
    rows = list(DiscussionRequest.objects.filter(partnership=request.partnership_id).waiting())
    found = next((number for number, row in enumerate(rows) if row.pk == request.pk), None)
    if found is None:
        raise ValidationError(NOT_WAITING)
    rows[found].require_version(opened_version)
    if 0 <= found + step < len(rows):
        one, other = rows[found], rows[found + step]
        one.position, other.position = other.position, one.position
        for row in (one, other):
            save_tracked(row, by=by, reason="Put in another order")
    return rows[found]


def _lock_order(partnership):
    """Two people put the same list in order: one after the other."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def _require_waiting(request):
    if not request.waits:
        raise ValidationError(NOT_WAITING)
