"""A version goes to the other side, which agrees it or asks for a change."""

from django.db import transaction
from django.utils import timezone

from accounts.models import StaleVersion
from accounts.services import save_tracked
from consultations.models import PlanVersion, Share
from consultations.review_dates import date_when_agreed
from schools.models import SchoolPerson
from web.words import longdate

from .emails import email_link_staff
from .headway import NOT_AGREED_UNCHANGED, count_change, require_a_change
from .plans import (
    begins_too_late,
    locked_plan,
    locked_version,
    require,
    require_review_day,
    require_still_there,
)
from .sharing import require_shared, share_version
from .sides import require_other_side
from .use import count_use

Status = PlanVersion.Status


@transaction.atomic
def send_plan(version, *, by, at, opened_version):
    """Send a draft to the school to agree. This shares the version with link staff, freezes it and
    e-mails them that a plan is ready.

    Raises StaleVersion, and ValidationError when it was sent before, somebody who should do a step has left
    or the review date has gone by since it was written, no consent carries the sharing, or it goes on
    unchanged where too many reviews found no headway.
    """
    version = locked_version(version)
    version.require_version(opened_version)
    require(version.status == Status.DRAFT, "This version was sent before.")
    plan = locked_plan(version.plan_id)
    require(not plan.ended_on, "This plan has ended.")
    today = timezone.localdate(at)
    require_a_change(plan, version)
    require_still_there(plan.partnership, version.steps.select_related("who"), today)
    require_review_day(plan.partnership, version.review_on, today=today)
    version.status, version.sent_at, version.sent_by = Status.SENT, at, by
    save_tracked(version, by=by, reason="Sent to the school to agree")
    if not plan.first_sent_at:
        plan.first_sent_at = at
        plan.review_on = version.review_on
        save_tracked(plan, by=by, reason="Sent to the school to agree")
    share_version(version, Share.Audience.LINK_STAFF, by=by, at=at)
    email_link_staff(version, at=at)
    return version


@transaction.atomic
def agree_plan(version, *, by, at, opened_version, opened_plan=None):
    """The other side accepts a version as sent: it is in force, and the one before is replaced.

    Link staff agree what a clinician sent, a clinician of the school what link staff sent. From now on its
    plan readers can read it. `opened_plan` is the version of the plan that was seen beside it: raises
    StaleVersion when somebody reviewed the plan since. Raises ValidationError for `answer` when the review
    date has gone by or comes before a step begins, or when somebody who should do a step has left since: the
    way on is to ask for a change.
    """
    version = locked_version(version)
    version.require_version(opened_version)
    require(version.status == Status.SENT, "This plan is not waiting to be agreed.")
    plan = locked_plan(version.plan_id)
    require_other_side(version, by, at)
    require_shared(version.shares, plan.case_id, at)
    require(not plan.ended_on, "This plan has ended.")
    if opened_plan not in (None, plan.version):
        raise StaleVersion(plan)
    review_on = date_when_agreed(plan, version, plan.versions.all(), plan.reviews.all())
    require_can_be_done(plan, version, review_on, timezone.localdate(at))
    require_a_change(plan, version, NOT_AGREED_UNCHANGED)
    count_change(plan, version)
    for old in plan.versions.select_for_update().filter(status=Status.AGREED):
        old.status = Status.REPLACED
        save_tracked(old, by=by, reason=f"Version {version.number} agreed")
    version.status, version.agreed_at, version.agreed_by = Status.AGREED, at, by
    version.agreed_by_job = job_of(by, plan.partnership)
    save_tracked(version, by=by, reason="Agreed")
    plan.review_on = review_on
    save_tracked(plan, by=by, reason=f"Version {version.number} agreed")
    share_version(version, Share.Audience.PLAN_READERS, by=by, at=at)
    count_use(version.steps.all(), plan.partnership)
    return version


def require_can_be_done(plan, version, review_on, today):
    """Between sending and agreeing the review date may go by, and somebody may leave."""
    steps = list(version.steps.select_related("who"))
    gone_by = f"The review date, {longdate(review_on)}, has gone by. Ask for a change, and say which date"
    require(today <= review_on, {"answer": gone_by})
    for step in steps:
        late = f"{begins_too_late(step.what, step.from_on)}. Ask for a change"
        require(step.from_on < review_on, {"answer": late})
        left = f"{step.who.name} has left. Ask for a change, and say who will do “{step.what}”"
        require(not step.who.has_left(today), {"answer": left})


@transaction.atomic
def ask_for_change(version, *, by, at, change, opened_version):
    """The other side sends a version back and says what should change. Whoever sent it writes the next.

    Link staff do so while it is shared with them; a clinician whenever it waits.
    """
    version = locked_version(version)
    version.require_version(opened_version)
    require(version.status == Status.SENT, "This plan is not waiting to be agreed.")
    plan = locked_plan(version.plan_id)
    require_other_side(version, by, at)
    require(not plan.ended_on, "This plan has ended.")
    if not version.from_school:
        require_shared(version.shares, plan.case_id, at)
    version.status, version.change_asked = Status.SENT_BACK, change
    version.change_asked_at, version.change_asked_by = at, by
    return save_tracked(version, by=by, reason="Change asked for")


def job_of(user, partnership):
    """What they do at the school, kept as it is that day; nothing for somebody who is not of the school."""
    person = SchoolPerson.objects.filter(partnership=partnership, account=user).order_by("-pk").first()
    return person.job if person else ""
