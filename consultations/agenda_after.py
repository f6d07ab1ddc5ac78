"""What became of the agenda of a visit that is over: what it reached, and what went on to the next visit.

Computed like the agenda itself, and as exact as what is kept: a request and a review say when they were
answered. Of everything else what still waits is told, by how long it has waited. See docs/adr/0037.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from consultations.agenda import asked_in_review, order_agenda, waiting_by_a_date
from consultations.models import Consultation, DiscussionRequest, Review
from schools.models import Visit
from web.words import longdate


@dataclass(frozen=True)
class Was:
    """One line of an agenda that is over; `became` is how it was answered later, where it was."""

    key: str
    says: str
    href: str = ""
    became: str = ""


@dataclass(frozen=True)
class AgendaAfter:
    """`left` is what the visit did not reach, and what went on to the next one."""

    reached: list
    left: list


def agenda_after(visit, role, today):
    """For a visit that took place, and whoever may read its agenda. 4 queries, whatever there is.

    No line about safety: a visit is not finished while one of its own is open. Nor the watch list: it is of
    the day, and asks for no talk at one visit.
    """
    requests, reviews = list(_requests(visit, role)), list(_reviews(visit, role))
    reached = [_asked(one) for one in requests if _is_reached(one, visit)]
    reached += [_reviewed(one, visit) for one in reviews if not one.waits]
    left = [_asked(one) for one in requests if not _is_reached(one, visit)]
    day = timezone.localdate(visit.planned_start_at)
    waiting = [line for line in waiting_by_a_date(visit.partnership, role, today) if line.since < day]
    waiting += [asked_in_review(one, today) for one in reviews if one.waits]
    left += [Was(line.key, line.says, line.href) for line in order_agenda(waiting)]
    return AgendaAfter(reached, left)


def with_next_visit(visits):
    """Adds the reference and the start of the next visit to the school that took place or is to."""
    later = Visit.objects.filter(
        partnership=OuterRef("partnership"),
        planned_start_at__gt=OuterRef("planned_start_at"),
        outcome__in=("", Visit.Outcome.DONE),
    ).order_by("planned_start_at", "pk")
    return visits.annotate(
        next_reference=Subquery(later.values("reference")[:1]),
        next_start_at=Subquery(later.values("planned_start_at")[:1]),
    )


def _requests(visit, role):
    """Those that waited when the visit began or came in before it was finished, as they stand now."""
    requests = DiscussionRequest.objects.visible_to(role).filter(
        Q(closed_at=None) | Q(closed_at__gte=visit.finished_at),
        Q(discussed_in=None) | Q(discussed_in__visit__planned_start_at__gte=visit.planned_start_at),
        partnership=visit.partnership_id,
        raised_at__lt=visit.finished_at,
    )
    return requests.for_list(role).order_by("position", "pk")


def _is_reached(request, visit):
    return bool(request.discussed_in_id) and request.discussed_in.visit_id == visit.pk


def _asked(request):
    became, href = "", request.case.get_absolute_url() if request.knows_case else ""
    if request.discussed_in_id:
        became = f"talked about on {longdate(request.discussed_in.held_at)}"
        href = request.discussed_in.get_absolute_url()
    elif request.closed_at:
        became = f"{request.get_closed_because_display().lower()}, {longdate(request.closed_at)}"
    says = f"{request.raised_by} asked on {longdate(request.raised_at)}: {request.sentence}"
    key = request.who if request.case_id else f"{request.who} ({request.reference})"
    return Was(key, says, href, became)


def _reviews(visit, role):
    """Those made while the visit lasted; of those before it that asked to talk about their plan the ones
    that got it then, and the ones that wait still."""
    of_case = Q(case=OuterRef("plan__case")) | Q(case__promoted_from=OuterRef("plan__case"))
    talks = Consultation.objects.filter(of_case, held_at__gt=OuterRef("reviewed_at"))
    first_talk = talks.order_by("held_at", "pk").values("visit")[:1]
    waiting = Review.objects.to_talk_about().filter(pk=OuterRef("pk"), reviewed_at__lt=visit.started_at)
    made = Q(reviewed_at__gte=visit.started_at, reviewed_at__lte=visit.ended_at)
    got = Q(talk_at_next_visit=True, talked_in=visit.pk)
    reviews = Review.objects.visible_to(role).filter(plan__partnership=visit.partnership_id)
    reviews = reviews.annotate(talked_in=Subquery(first_talk), waits=Exists(waiting))
    return reviews.filter(made | got | Q(waits=True)).select_related("plan", "reviewed_by")


def _reviewed(review, visit):
    said = f"asked for in the review of {longdate(review.reviewed_at)}"
    says = said if review.talked_in == visit.pk else f"reviewed by {review.reviewed_by}"
    return Was(review.plan.reference, says, review.plan.get_absolute_url())
