"""The life of an agreement: draft, sent, signed, active, ended; and the core offer, which is given."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.services import delete_tracked, save_tracked
from schools.models import Agreement, AgreementSchool, Order, Package, Partnership
from schools.order_numbers import require_order_number
from web.words import counted, listed, longdate

from .emails import email_agreement
from .ledger import lock_pot

State = Agreement.State
NAMED = 5


@transaction.atomic
def draft_agreement(payer, *, schools, fields, by, packages=()):
    """Write down what is to be bought on which terms. `fields` are columns of TimeRules and Prices, and
    the year with its first and last day. `schools` are those that draw on it, the payer among them;
    `packages` are (units, price, early price or None)."""
    require_order_number(fields.get("purchase_order_number", ""))
    agreement = Agreement(service=payer.service, payer=payer, kind=Agreement.Kind.BOUGHT, **fields)
    save_tracked(agreement, by=by, reason="Agreement drafted")
    set_schools(agreement, [payer, *schools], by=by)
    set_packages(agreement, packages, by=by)
    return agreement


@transaction.atomic
def change_agreement(agreement, *, schools, fields, by, opened_version, packages=()):
    """Other terms, other schools: only while nobody has seen it. Raises StaleVersion."""
    agreement = lock_pot(agreement)
    agreement.require_version(opened_version)
    if agreement.state != State.DRAFT:
        raise ValidationError("Only a draft can be changed. Take the agreement back to draft first.")
    require_order_number(fields.get("purchase_order_number", ""))
    for name, value in fields.items():
        setattr(agreement, name, value)
    save_tracked(agreement, by=by, reason="Changed")
    set_schools(agreement, [agreement.payer, *schools], by=by)
    set_packages(agreement, packages, by=by)
    return agreement


@transaction.atomic
def send_agreement(agreement, *, by, at, opened_version=None):
    """The school can read it, and its budget holders, who are e-mailed, can sign it. Its terms stand."""
    agreement = lock_pot(agreement)
    require_as_read(agreement, opened_version)
    if agreement.state != State.DRAFT:
        raise ValidationError("This agreement was sent already.")
    require_no_other(agreement, schools_of(agreement))
    agreement.state, agreement.sent_at = State.SENT, at
    save_tracked(agreement, by=by, reason="Sent to the school")
    email_agreement(agreement, at=at)
    return agreement


@transaction.atomic
def take_back_agreement(agreement, *, by):
    """A draft again, which the school cannot see. Not once it is signed."""
    agreement = lock_pot(agreement)
    if agreement.state != State.SENT:
        raise ValidationError("Only an agreement that waits to be signed can be taken back.")
    agreement.state, agreement.sent_at = State.DRAFT, None
    return save_tracked(agreement, by=by, reason="Taken back to draft")


@transaction.atomic
def sign_agreement(agreement, *, signed_on, signed_by_name, signed_by_job, by, at, opened_version=None):
    """The school signs; `by` is who signs here, or records what was signed on paper.

    Raises ValidationError when it does not say who and when, or when one of its schools has another
    agreement for one of its days; StaleVersion when it is not the one that was read.
    """
    agreement = lock_pot(agreement)
    if agreement.state not in (State.DRAFT, State.SENT):
        raise ValidationError("This agreement is signed already.")
    require_as_read(agreement, opened_version)
    require_who_and_when(signed_by_name, signed_on, at)
    require_no_other(agreement, schools_of(agreement))
    agreement.state, agreement.sent_at = State.SIGNED, agreement.sent_at or at
    agreement.signed_on, agreement.signed_by = signed_on, by
    agreement.signed_by_name, agreement.signed_by_job = signed_by_name.strip(), signed_by_job
    return save_tracked(agreement, by=by, reason="Signed")


@transaction.atomic
def activate_agreement(agreement, *, by, on):
    """Its year has begun. Pressing it again changes nothing."""
    agreement = lock_pot(agreement)
    if agreement.state == State.ACTIVE:
        return agreement
    if agreement.state != State.SIGNED or agreement.first_on > on:
        raise ValidationError("An agreement is in force when it is signed and its first day has come.")
    agreement.state = State.ACTIVE
    return save_tracked(agreement, by=by, reason="In force")


@transaction.atomic
def end_agreement(agreement, *, by, at):
    """Nothing can be booked from it any more. What a school still has is never ended away: raises
    ValidationError while time is booked or free or an order waits, naming the visits' days and the orders."""
    agreement = lock_pot(agreement)
    if agreement.state not in Agreement.IN_USE:
        raise ValidationError("Only an agreement that is signed or active can be ended.")
    require_no_order_waits(agreement)
    require_nothing_booked(agreement)
    require_nothing_free(agreement)
    agreement.state, agreement.ended_at = State.ENDED, at
    return save_tracked(agreement, by=by, reason="Ended")


def require_as_read(agreement, opened_version):
    """Raises StaleVersion when a page says which version it showed, and that is not this one."""
    if opened_version is not None:
        agreement.require_version(opened_version)


def require_who_and_when(name, signed_on, at):
    if not name.strip() or not signed_on:
        raise ValidationError("Enter who signed the agreement, and when.")
    if signed_on > timezone.localdate(at):
        raise ValidationError({"signed_on": "The day it was signed must not be after today"})


def require_no_order_waits(agreement):
    waiting = agreement.orders.filter(state__in=Order.WAITING).order_by("number")
    orders = [str(order.number) for order in waiting[:NAMED]]
    if orders:
        what = f"Order {orders[0]} waits" if len(orders) == 1 else f"Orders {listed(orders)} wait"
        raise ValidationError(f"{what} for an answer. Agree, decline or cancel first.")


def require_nothing_booked(agreement):
    visits = [visit for visit in booked_visits(agreement) if visit.entries.reserved()]
    if not visits:
        return
    days = [longdate(visit.planned_start_at) for visit in visits[:NAMED]]
    more = [counted(len(visits) - NAMED, "other day")] if len(visits) > NAMED else []
    raise ValidationError(
        f"{counted(len(visits), 'visit')} from this agreement {'is' if len(visits) == 1 else 'are'} still "
        f"booked: {listed(days + more)}. Finish, move or cancel first."
    )


def booked_visits(agreement):
    return agreement.visits.filter(finished_at__isnull=True).order_by("planned_start_at", "pk")


def require_nothing_free(agreement):
    free = agreement.entries.balance()
    if free > 0:
        words = agreement.in_words(free)
        raise ValidationError(
            f"The school still has {words}. The agreement ends by itself after {longdate(agreement.last_on)}."
        )


def schools_of(agreement):
    return [row.partnership for row in agreement.members.select_related("partnership__school")]


def set_schools(agreement, partnerships, *, by):
    """These and no others draw on a draft."""
    wanted = {partnership.pk: partnership for partnership in partnerships}
    for row in agreement.members.exclude(partnership__in=wanted):
        delete_tracked(row, by=by, reason="School taken out")
    there = set(agreement.members.values_list("partnership", flat=True))
    for key, partnership in wanted.items():
        if key not in there:
            add_school(agreement, partnership, by=by)


def add_school(agreement, partnership, *, by):
    if partnership.service_id != agreement.service_id:
        raise ValidationError("Schools of another service cannot be in this agreement.")
    row = AgreementSchool(agreement=agreement, partnership=partnership)
    return save_tracked(row, by=by, reason="School added")


def set_packages(agreement, packages, *, by):
    """These packages and no others: (units, price, early price or None)."""
    wanted = {units: (price, early) for units, price, early in packages}
    if len(wanted) < len(packages):
        raise ValidationError("Two packages have the same number of units.")
    if any(early is not None for _, early in wanted.values()) and not agreement.early_until_on:
        raise ValidationError("Enter the last day of the early price, or no early price of a package.")
    there = {row.units: row for row in agreement.packages.all()}
    for units in there.keys() - wanted.keys():
        delete_tracked(there[units], by=by, reason="Package taken out")
    for units, (price, early) in wanted.items():
        row = there.get(units) or Package(agreement=agreement, units=units)
        if (row.price, row.early_price) != (price, early):
            row.price, row.early_price = price, early
            save_tracked(row, by=by, reason="Package set")


def require_no_other(agreement, partnerships):
    """Raises ValidationError when one of these schools has another of the kind for a day of it.

    Their rows are locked first, so that two agreements signed at once see one another.
    """
    for partnership in lock_schools(partnerships):
        others = Agreement.objects.of_school(partnership).filter(kind=agreement.kind)
        others = others.meeting(agreement.first_on, agreement.last_on).exclude(pk=agreement.pk)
        other = others.exclude(state=State.SENT).first()
        if other:
            raise ValidationError(
                f"{partnership.school} has {other.get_kind_display().lower()} from "
                f"{longdate(other.first_on)} to {longdate(other.last_on)} already."
            )


def lock_schools(partnerships):
    """Their rows, locked in the order of their keys: whoever locks several does it here."""
    keys = [partnership.pk for partnership in partnerships]
    locked = Partnership.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(locked.select_related("school").order_by("pk"))
