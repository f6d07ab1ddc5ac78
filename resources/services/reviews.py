from calendar import monthrange

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from accounts.models import RoleRow
from resources.models import StrategyPage
from resources.models.clinician_review import REVIEWERS

CHANGED = "This page changed while it was in review. Take it back and submit it again"
NOT_SUBMITTED = "This page has changes that nobody has submitted yet. Submit them for review instead."
WAITS_ALREADY = "This page waits for a review already."
NOT_PUBLISHED = "This page is not published. Submit it for review from its own page."


@transaction.atomic
def publish_reviewed(workflow_state, *, by):
    """Publish the version that was read, or set it to go live at its time, with who read it and when.

    Raises ValidationError when it is not the newest version, or cannot be published any more.
    """
    read = workflow_state.current_task_state.revision
    page = read.as_object()
    if read.pk != page.latest_revision_id:
        raise ValidationError(CHANGED)
    if isinstance(page, StrategyPage):
        today = timezone.localdate()
        page.reviewed_by, page.reviewed_on = name_job_and_service(by, today), today
        page.review_due_on = months_after(today, settings.LIBRARY_REVIEW_MONTHS)
    # Nobody has the permission to publish: the review itself is what allows it.
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)


def name_job_and_service(person, on):
    row = RoleRow.objects.usable(person, on).filter(kind__in=REVIEWERS).first()
    # The library is one for all services, so a reader is told whose clinician it was.
    return f"{str(person)[:100]}, {row.get_kind_display().lower()}, {row.service.name}"


def months_after(day, months):
    """The same day of a later month, or its last day where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


@transaction.atomic
def start_review(page, *, by):
    """Send a published page to be reviewed as it stands. Raises ValidationError when that cannot be."""
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.live:
        raise ValidationError(NOT_PUBLISHED)
    if page.workflow_in_progress:
        raise ValidationError(WAITS_ALREADY)
    if page.has_unpublished_changes:
        raise ValidationError(NOT_SUBMITTED)
    if page.latest_revision is None:
        # Made in code. The text is not `by`'s, who may be the one to review it.
        page.save_revision(changed=False)
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return state.resume(user=by)
    return page.get_workflow().start(page, by)
