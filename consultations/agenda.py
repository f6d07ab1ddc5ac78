"""The agenda of a visit: computed each time it is looked at and never stored.

So what was not reached is on the agenda of the next visit by itself, and what was done is on none.
See docs/adr/0033 for what each kind of line is and when it goes.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from consultations.models import (
    Consultation,
    DiscussionRequest,
    Plan,
    PlanVersion,
    Referral,
    Review,
    SafeguardingMatter,
    Step,
)
from schools.services import calendar_of
from web.wall_clock import midnight
from web.words import longdate

# Of each kind of line on the page of a visit.
ON_AN_AGENDA = 20
# School weeks: nobody talks about anybody in the holidays.
NOT_TALKED_ABOUT_WEEKS = 6


class Kind(IntEnum):
    """The order of an agenda."""

    SAFETY = 1
    OVERDUE = 2
    PROMISED = 3
    REQUEST = 4
    WATCH = 5

    @property
    def label(self):
        return {
            Kind.SAFETY: "Safety",
            Kind.OVERDUE: "Overdue reviews",
            Kind.PROMISED: "Promised",
            Kind.REQUEST: "The school asked",
            Kind.WATCH: "Watch list",
        }[self]


@dataclass(frozen=True)
class Line:
    """One line. `since` is the day it is as old as; `about` the case it is about, where there is one.

    `place` is the place of a request in the school's own order; what has none comes after those by age.
    """

    kind: Kind
    since: date
    key: str
    says: str
    href: str = ""
    about: int | None = None
    place: int | None = None
    request: DiscussionRequest | None = None


def order_agenda(lines):
    """Safety first, then overdue reviews, what was promised, new requests, the watch list; each by age.

    Requests keep the order the school gave them. A case that is on the agenda for anything else is left out
    of the watch list, and is promised nothing beside an overdue review of its own.
    """
    ordered = sorted(lines, key=_rank)
    overdue = {line.about for line in ordered if line.kind == Kind.OVERDUE}
    named = {line.about for line in ordered if line.kind < Kind.WATCH}
    hidden = {Kind.PROMISED: overdue, Kind.WATCH: named}
    return [line for line in ordered if not line.about or line.about not in hidden.get(line.kind, ())]


def _rank(line):
    return line.kind, line.place is None, line.place or 0, line.since, line.key


def agenda_of(partnership, role, today):
    """The lines for the next visit to a school, in order: six queries, whatever there is.

    References, dates and what the school wrote without a name: the page lies open all morning. For
    clinicians and their lead; link staff never see one, because of its first lines.
    """
    of = partnership, role, today
    plans = _of_plans(*of, long_ago=_long_ago(partnership, today))
    return order_agenda([*_safety(*of), *_requests(*of), *plans, *_referrals(*of), *_asked_in_reviews(*of)])


def waiting_by_a_date(partnership, role, today):
    """Overdue reviews and what was promised, in no order: two queries."""
    return [*_of_plans(partnership, role, today), *_referrals(partnership, role, today)]


def days_old(since, today):
    """ "12 days"; "today" for what is not a day old."""
    days = (today - since).days
    return f"{days} day{'' if days == 1 else 's'}" if days > 0 else "today"


def _safety(partnership, role, today):
    matters = SafeguardingMatter.objects.visible_to(role).open().select_related("consultation")
    for matter in matters.filter(consultation__partnership=partnership)[:ON_AN_AGENDA]:
        since, talk = timezone.localdate(matter.opened_at), matter.consultation
        says = f"the safeguarding lead still has to be told, {days_old(since, today)}"
        url = reverse("consultations:safeguarding", args=[talk.reference])
        yield Line(Kind.SAFETY, since, talk.reference, says, url, talk.case_id)


def _long_ago(partnership, today):
    """Whoever was heard of last before this moment is on the watch list."""
    day = calendar_of(partnership).before_weeks(today, NOT_TALKED_ABOUT_WEEKS)
    return midnight(day)


def _of_plans(partnership, role, today, long_ago=None):
    """What each plan in force asks for: its review, its steps, or, when it was heard of last before
    `long_ago`, to be talked about again."""
    asks = Q(review_on__lt=today) | Q(begun__gt=0)
    if long_ago:
        asks |= Q(heard_at__lt=long_ago)
    plans = Plan.objects.visible_to(role).running().filter(partnership=partnership)
    plans = plans.annotate(**_last_heard(), **_steps_to_ask_about(today))
    plans = plans.filter(asks, in_force_at__isnull=False)
    for plan in plans.order_by("review_on", "pk")[: 3 * ON_AN_AGENDA]:
        if plan.review_on and plan.review_on < today:
            says = f"overdue review, {days_old(plan.review_on, today)}"
            yield _of_plan(Kind.OVERDUE, plan, plan.review_on, f"{says}, due {longdate(plan.review_on)}")
        if plan.begun:
            count = f"{plan.begun} step{'' if plan.begun == 1 else 's'}"
            says = f"promised: {count} begun {longdate(plan.begun_on)}, {days_old(plan.begun_on, today)}"
            yield _of_plan(Kind.PROMISED, plan, plan.begun_on, says)
        if long_ago and plan.heard_at < long_ago:
            since = timezone.localdate(plan.heard_at)
            says = f"not talked about for {days_old(since, today)}"
            yield _of_plan(Kind.WATCH, plan, since, says)


def _last_heard():
    """Adds since when a plan is in force, and when it was last agreed, reviewed or its case talked about."""
    in_force = PlanVersion.objects.filter(plan=OuterRef("pk"), status=PlanVersion.Status.AGREED)
    talks = Consultation.objects.filter(case=OuterRef("case")).order_by().values("case")
    reviews = Review.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    agreed_at = Subquery(in_force.values("agreed_at")[:1])
    talked_at = Subquery(talks.annotate(last=Max("held_at")).values("last"))
    reviewed_at = Subquery(reviews.annotate(last=Max("reviewed_at")).values("last"))
    heard_at = Greatest(agreed_at, Coalesce(talked_at, agreed_at), Coalesce(reviewed_at, agreed_at))
    return {"in_force_at": agreed_at, "heard_at": heard_at}


def _steps_to_ask_about(today):
    """Adds how many steps in force have begun, of which nobody has said since how they go, and since when."""
    version = "plan_version"
    reviewed = Review.objects.filter(
        plan=OuterRef(f"{version}__plan"), reviewed_at__date__gte=OuterRef("from_on")
    )
    talked = Consultation.objects.filter(
        case=OuterRef(f"{version}__plan__case"),
        held_at__gt=OuterRef(f"{version}__agreed_at"),
        held_at__date__gte=OuterRef("from_on"),
    )
    steps = Step.objects.filter(plan_version__status=PlanVersion.Status.AGREED, from_on__lt=today)
    steps = steps.exclude(Exists(reviewed)).exclude(Exists(talked))
    of_plan = steps.filter(plan_version__plan=OuterRef("pk")).order_by().values("plan_version__plan")
    return {
        "begun": Subquery(of_plan.annotate(number=Count("pk")).values("number")),
        "begun_on": Subquery(of_plan.annotate(first=Min("from_on")).values("first")),
    }


def _referrals(partnership, role, today):
    """The clinicians promised the school to say what was heard."""
    referrals = Referral.objects.visible_to(role).filter(case__partnership=partnership, due_on__lt=today)
    open_ones = referrals.exclude(status__in=Referral.OVER).select_related("case")
    for referral in open_ones.order_by("due_on", "pk")[:ON_AN_AGENDA]:
        case = referral.case
        says = f"promised: what was heard of its referral, due {longdate(referral.due_on)}, "
        says += days_old(referral.due_on, today)
        url = case.get_absolute_url()
        yield Line(Kind.PROMISED, referral.due_on, case.reference, says, url, case.pk)


def _requests(partnership, role, today):
    waiting = DiscussionRequest.objects.visible_to(role).filter(partnership=partnership).waiting()
    for place, request in enumerate(waiting.for_list(role)[:ON_AN_AGENDA]):
        since = timezone.localdate(request.raised_at)
        says = f"{request.raised_by} asked, {days_old(since, today)}: {request.sentence}"
        url = request.case.get_absolute_url() if request.knows_case else ""
        about = {"about": request.case_id, "place": place, "request": request}
        yield Line(Kind.REQUEST, since, request.who, says, url, **about)


def _asked_in_reviews(partnership, role, today):
    reviews = Review.objects.visible_to(role).filter(plan__partnership=partnership).to_talk_about()
    for review in reviews.select_related("plan", "reviewed_by")[:ON_AN_AGENDA]:
        yield asked_in_review(review, today)


def asked_in_review(review, today):
    """The line of a review that asked to talk about its plan."""
    since = timezone.localdate(review.reviewed_at)
    says = f"asked for in the review of {longdate(since)}, by {review.reviewed_by}, "
    return _of_plan(Kind.REQUEST, review.plan, since, says + days_old(since, today))


def _of_plan(kind, plan, since, says):
    return Line(kind, since, plan.reference, says, plan.get_absolute_url(), plan.case_id)
