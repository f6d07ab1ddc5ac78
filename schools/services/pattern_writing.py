"""Saving a visit pattern, and with it the visits that it makes, moves and takes out."""

from django.contrib.auth import get_user_model
from django.db import transaction

from accounts.services import digest_of, save_many_tracked, save_tracked
from schools.models import Partnership, Visit, VisitPattern

from .ledger import lock_pot, release, reserve, reserve_all
from .pattern_emails import email_pattern_changed
from .patterns import core_offers_of, plan_visits
from .visits import lock_visit_to_come


class PlanChanged(Exception):
    """What a pattern does is not what somebody was shown. Carries the plan as it is now."""

    def __init__(self, plan):
        super().__init__("The plan changed after it was shown.")
        self.plan = plan


def digest_of_plan(plan):
    return digest_of(repr(list(plan.lines())))


@transaction.atomic
def apply_pattern(pattern, *, seen, by, at, opened_version=0):
    """Save a pattern, new or with other terms, and bring its visits to come into line: all, or nothing.

    `seen` is the digest of the plan that was shown. Raises PlanChanged when it would be another by now,
    StaleVersion, or ValidationError. Locks the school, the visits, the clinician and then the pots. When a
    pattern that was there changes visits, the school and the clinician get one e-mail about all of them.
    """
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=pattern.partnership_id)
    before = None
    if pattern.pk:
        before = VisitPattern.objects.select_for_update(of=("self",)).get(pk=pattern.pk)
        before.require_version(opened_version)
        list(Visit.objects.select_for_update(of=("self",)).filter(pattern=before).order_by("pk"))
    get_user_model().objects.select_for_update(of=("self",), no_key=True).get(pk=pattern.clinician_id)
    list(core_offers_of(pattern).select_for_update(of=("self",)).order_by("pk"))
    plan = plan_visits(pattern, now=at, clinician_before=before and before.clinician)
    if digest_of_plan(plan) != seen:
        raise PlanChanged(plan)
    save_tracked(pattern, by=by, reason="Pattern changed" if before else "Pattern made")
    changed = carry_out(pattern, plan, by=by, at=at)
    if before and changed:
        moved = [visit for visit, _ in plan.moved]
        email_pattern_changed(pattern, changed, moved=moved, clinician_before=before.clinician, at=at)
    return plan


def carry_out(pattern, plan, *, by, at):
    """What gives time back goes first: what is made may need it. Returns all visits that changed."""
    dropped = [drop_visit(visit, by=by, at=at) for visit in plan.dropped]
    lent = [give_back(visit, by=by, at=at) for visit, _ in plan.moved]
    for visit, (_, planned) in zip(lent, plan.moved, strict=True):
        put_elsewhere(visit, pattern, planned, by=by, at=at)
    return dropped + lent + make_visits(pattern, plan.made, by=by, at=at)


def make_visits(pattern, made, *, by, at):
    """Book what a plan makes, as `book_visit` would one after the other: a year of them in a few questions.

    The pots are locked and were asked when the plan was made. Raises ValidationError where one of them has
    not so much left.
    """
    visits = [visit_of(pattern, planned) for planned in made]
    save_many_tracked(visits, by=by, reason="Booked by a pattern")
    of_pots = {visit.pot_id: [] for visit in visits if visit.pot_id}
    for visit in visits:
        if visit.pot_id:
            of_pots[visit.pot_id].append(visit)
    for of_pot in of_pots.values():
        reserve_all(of_pot[0].pot, of_pot, by=by, at=at)
    return visits


def visit_of(pattern, planned):
    return Visit(
        partnership=pattern.partnership,
        clinician=pattern.clinician,
        planned_start_at=planned.planned_start_at,
        planned_end_at=planned.planned_end_at,
        pot=planned.pot,
        pattern=pattern,
        due_on=planned.due_on,
    )


def drop_visit(visit, *, by, at):
    """Its pattern has no place for it any more. Its time goes back, and nobody owes anything."""
    visit = lock_visit_to_come(visit)
    visit.outcome, visit.finished_at = Visit.Outcome.PATTERN_CHANGED, at
    save_tracked(visit, by=by, reason="Taken out by its pattern")
    if visit.pot_id:
        release(lock_pot(visit.pot), visit, by=by, at=at)
    return visit


def give_back(visit, *, by, at):
    """A visit that is going to be at another time, locked, with its time given back."""
    visit = lock_visit_to_come(visit)
    if visit.pot_id:
        release(lock_pot(visit.pot), visit, by=by, at=at)
    return visit


def put_elsewhere(visit, pattern, planned, *, by, at):
    """The same visit at another time: nobody moved it by hand, so it stays the one that people know."""
    visit.clinician, visit.pot = pattern.clinician, planned.pot
    visit.planned_start_at, visit.planned_end_at = planned.planned_start_at, planned.planned_end_at
    save_tracked(visit, by=by, reason="Moved by its pattern")
    if visit.pot_id:
        reserve(lock_pot(visit.pot), visit, by=by, at=at)
