"""The run of reviews without headway that a plan is in, from what was written down of its case."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.services import save_tracked
from consultations.headway import Answered, Reviewed, in_the_run, run_over
from consultations.models import Case, ParentsMeeting, Plan, Referral, Review


def run_of(plan):
    """The days of the reviews in the plan's run, the oldest first. It may have begun in the cycle before."""
    return tuple(timezone.localdate(review.reviewed_at) for review in _reviews_of(plan))


def recount_runs(service, limit, *, by, reason):
    """Fewer reviews are too many from now on: what was done after that many ends a run, as it would have.

    Locks each plan with a run that long, and its case. What ended a run before stays an end of it.
    """
    later = Plan.objects.filter(case=OuterRef("case"), cycle__gt=OuterRef("cycle"))
    elsewhere = Case.objects.filter(Q(promoted_from=OuterRef("case")) | Q(moved_from=OuterRef("case")))
    long = Plan.objects.filter(partnership__service=service, without_headway__gte=limit)
    newest = long.exclude(Exists(later)).exclude(Exists(elsewhere))
    for pk in list(newest.order_by("pk").values_list("pk", flat=True)):
        plan = Plan.objects.select_for_update().get(pk=pk)
        run = len(run_over(_since_it_began(plan), limit))
        if run != plan.without_headway:
            plan.without_headway = run
            save_tracked(plan, by=by, reason=reason)


def _reviews_of(plan):
    if not plan.without_headway:
        return []
    reviews = Review.objects.filter(plan__case=plan.case_id, moved=False).only("moved", "reviewed_at")
    return in_the_run(reviews, plan.without_headway)


def _since_it_began(plan):
    """The events of the plan's run in the order they were written down: its reviews, and the answers."""
    reviews = _reviews_of(plan)
    told = [(one.reviewed_at, Reviewed(False, timezone.localdate(one.reviewed_at))) for one in reviews]
    since = {"written_at__gte": min((at for at, _ in told), default=timezone.now())}
    meetings = ParentsMeeting.objects.filter(plan__case=plan.case_id, **since)
    told += [(one.written_at, Answered(one.held_on)) for one in meetings]
    referrals = Referral.objects.filter(case=plan.case_id, **since)
    told += [(one.written_at, Answered(one.made_on)) for one in referrals]
    return [event for _, event in sorted(told, key=lambda row: row[0])]
