"""What became of the agenda of a visit that is over: what it reached, and what went on to the next visit.

Computed like the agenda itself, and as exact as what is kept: a request and a review say when they were
answered. Of everything else what still waits is told, by how long it has waited. See docs/adr/0037.
"""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from consultations.agenda import NOT_TALKED_ABOUT, Kind, computed_lines
from consultations.models import Consultation, DiscussionRequest, Review
from schools.models import Visit
from web.words import longdate


@dataclass(frozen=True)
class Was:
    """One line of an agenda that is over; `became` is how it was answered later, where it was."""

    key: str
    says: str
    href: str = ""
    about: int | None = None
    became: str = ""


@dataclass(frozen=True)
class AgendaAfter:
    """`left` is what the visit did not reach: it went on to `next_visit`, None where none is booked."""

    reached: list
    left: list
    next_visit: Visit | None


def agenda_after(visit, role, today):
    """For a visit that took place, and whoever may read its agenda. 6 queries, whatever there is.

    No line about safety: a visit is not finished while one of its own is open.
    """
    requests = list(_requests(visit, role))
    reached = [_asked(one) for one in requests if _is_reached(one, visit)]
    reached += _reviews(visit, role)
    left = [_asked(one) for one in requests if not _is_reached(one, visit)]
    named = {line.about for line in left if line.about}
    for line in computed_lines(visit.partnership, role, today):
        if _stood(line, visit) and not (line.kind == Kind.WATCH and line.about in named):
            left.append(Was(line.key, line.says, line.href, line.about))
    return AgendaAfter(reached, left, _next(visit))


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
        became, href = f"talked about on {longdate(request.discussed_in.held_at)}", _talk(request)
    elif request.closed_at:
        became = f"{request.get_closed_because_display().lower()}, {longdate(request.closed_at)}"
    says = f"{request.raised_by} asked on {longdate(request.raised_at)}: {request.sentence}"
    key = request.who if request.case_id else f"{request.who} ({request.reference})"
    return Was(key, says, href, request.case_id, became)


def _talk(request):
    return request.discussed_in.get_absolute_url()


def _reviews(visit, role):
    """Plans that were reviewed while the visit lasted, and what a review asked to talk about and got."""
    of_case = Q(case=OuterRef("plan__case")) | Q(case__promoted_from=OuterRef("plan__case"))
    talks = Consultation.objects.filter(of_case, held_at__gt=OuterRef("reviewed_at"))
    first_talk = talks.order_by("held_at", "pk").values("visit")[:1]
    made = Q(reviewed_at__gte=visit.started_at, reviewed_at__lte=visit.ended_at)
    asked = Q(talk_at_next_visit=True, talked_in=visit.pk)
    reviews = Review.objects.visible_to(role).filter(plan__partnership=visit.partnership_id)
    reviews = reviews.annotate(talked_in=Subquery(first_talk)).filter(made | asked)
    for review in reviews.select_related("plan", "reviewed_by").order_by("reviewed_at", "pk"):
        said = f"asked for in the review of {longdate(review.reviewed_at)}"
        says = said if review.talked_in == visit.pk else f"reviewed by {review.reviewed_by}"
        yield _of_plan(review.plan, says)


def _of_plan(plan, says):
    return Was(plan.reference, says, plan.get_absolute_url(), plan.case_id)


def _stood(line, visit):
    """Whether a line that waits today was on the agenda of the visit already."""
    day = timezone.localdate(visit.planned_start_at)
    match line.kind:
        case Kind.WATCH:
            return line.since <= day - NOT_TALKED_ABOUT
        case Kind.OVERDUE | Kind.PROMISED:
            return line.since < day
    return line.since <= day


def _next(visit):
    """The next visit to the school that took place or is to."""
    later = Visit.objects.filter(
        partnership=visit.partnership_id,
        planned_start_at__gt=visit.planned_start_at,
        outcome__in=("", Visit.Outcome.DONE),
    )
    return later.order_by("planned_start_at", "pk").first()
