"""Reading the ratings of goals for a page, in a fixed number of queries, as far as a role may see them."""

from django.db.models import F
from django.utils.timezone import localdate

from consultations.measures import goals_over_time, scale_rules_of
from consultations.models import Goal, PlanVersion
from consultations.reading import version_to_show
from web.prepared import prepared


def goals_of_plan(plan, version, versions, reviews):
    """Goals over time of `version`, for a page that has read the plan's versions and reviews already."""
    reviewed = [
        (localdate(review.reviewed_at), {row.goal.identity: row.rating for row in review.ratings.all()})
        for review in reviews
        if review.plan_id == plan.pk
    ]
    written = [(goal, other) for other in versions for goal in other.goals.all()]
    scale = scale_rules_of(plan.partnership)
    return goals_over_time(list(version.goals.all()), started_on(written), reviewed, scale)


def goals_of_case(case, role, plans, reviews):
    """Rows of (plan, its goals over time), in the order of `plans`, without those never rated again.

    `reviews` are all of the case that the role may see. Costs one query.
    """
    versions, rated = versions_of_case(case, role)
    scale = scale_rules_of(case.partnership)
    rows = []
    for plan in plans:
        goals = versions.get(plan.pk, {})
        shown = version_to_show(sorted(goals, key=lambda version: version.number))
        written = [(goal, version) for version, theirs in goals.items() for goal in theirs]
        own = sorted(
            (review for review in reviews if review.plan_id == plan.pk),
            key=lambda review: (review.reviewed_at, review.pk),
        )
        reviewed = [(localdate(review.reviewed_at), rated.get(review.pk, {})) for review in own]
        rows.append((plan, goals_over_time(goals.get(shown, []), started_on(written), reviewed, scale)))
    return [(plan, chart) for plan, chart in rows if chart]


def versions_of_case(case, role):
    """Two dicts: of each plan its versions with their goals, of each review its ratings by identity.

    One query: a goal comes once for each rating it was given.
    """
    versions, rated = {}, {}
    for goal in _rated_goals(role, case.pk):
        theirs = versions.setdefault(goal.plan_version.plan_id, {}).setdefault(goal.plan_version, [])
        if goal not in theirs:
            theirs.append(goal)
        if goal.review:
            rated.setdefault(goal.review, {})[goal.identity] = goal.now
    return versions, rated


@prepared
def _rated_goals(role, case_pk):
    seen = PlanVersion.objects.visible_to(role).filter(plan__case=case_pk)
    goals = Goal.objects.filter(plan_version__in=seen).select_related("plan_version")
    return goals.annotate(review=F("ratings__review"), now=F("ratings__rating")).order_by("position")


def started_on(written):
    """The day each goal was first written, by identity. `written` are pairs of a goal and its version."""
    days = {}
    for goal, version in written:
        day = localdate(version.written_at)
        days[goal.identity] = min(days.get(goal.identity, day), day)
    return days
