"""What the first page of a clinician shows, in a few questions. Numbers of anybody's; rows of their own."""

from datetime import UTC, datetime

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from accounts.models import RoleRow
from consultations.models import (
    DUE_BEFORE,
    RUNS_OUT_SOON,
    Consent,
    DiscussionRequest,
    Draft,
    Plan,
    Review,
    SafeguardingMatter,
)
from consultations.record_entries import TEXTS, to_copy
from schools.models import Visit
from web.counting import how_many
from web.prepared import prepared

# Where no visit took place yet.
EVER_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 20


def asked_about(visit):
    """The school of a visit and when it begins."""
    return (visit.partnership_id, visit.planned_start_at) if visit else (None, None)


@prepared
def visits_ahead(role, midnight, end):
    return _mine(role).filter(planned_end_at__gte=midnight, planned_end_at__lt=end)[:MOST]


@prepared
def visits_unfinished(role, midnight):
    return _mine(role).filter(planned_end_at__lt=midnight)[:MOST]


def _mine(role):
    return Visit.objects.visible_to(role).filter(clinician=role.person_id).to_come()


@prepared
def drafts_of(role):
    return Draft.objects.visible_to(role).for_list()


@prepared
def matters_to_tell(role):
    return SafeguardingMatter.objects.visible_to(role).for_list().open()


def numbers(role, partnership, begins_at):
    """{name: number}, in one question. Those of a school are None without one."""
    return _numbers(role, partnership, begins_at)[0]


@prepared
def _numbers(role, partnership, begins_at):
    today = localdate()
    counted = {
        "run_out": Consent.objects.visible_to(role).run_out_by(today + RUNS_OUT_SOON, today),
        "with_clinician": Plan.objects.visible_to(role).with_clinician(),
    }
    if partnership:
        counted |= _of_school(role, partnership, begins_at, today)
    columns = {name: how_many(found) for name, found in counted.items()}
    columns["to_copy"] = how_many(to_copy(role, today), TEXTS)
    return RoleRow.objects.filter(pk=role.pk).values(**columns)


def _of_school(role, partnership, begins_at, today):
    """What to know before a visit that begins then."""
    plans = Plan.objects.visible_to(role).filter(partnership=partnership)
    reviews = Review.objects.visible_to(role).filter(plan__partnership=partnership)
    done = Visit.objects.filter(partnership=partnership, outcome=Visit.Outcome.DONE)
    last = done.filter(planned_start_at__lt=begins_at).order_by("-planned_start_at")
    since = Coalesce(Subquery(last.values("planned_start_at")[:1]), Value(EVER_SINCE))
    asked = DiscussionRequest.objects.visible_to(role).filter(partnership=partnership)
    return {
        "due": plans.due_by(today + DUE_BEFORE),
        "reviewed": reviews.filter(reviewed_at__gte=since).exclude(reviewed_by=role.person_id),
        "sent_back": plans.sent_back(),
        "requests": asked.waiting(),
    }
