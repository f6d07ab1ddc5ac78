"""Who is e-mailed about visits, time, orders and agreements: the people of a school, or of a service, once.

The e-mails say numbers, dates and words from lists alone: see `accounts.models.Delivery`.
"""

from django.db.models import Q
from django.utils import timezone

from accounts.models import Delivery, RoleRow
from accounts.services import digest_of, queue_email
from schools.models import Order, Partnership

from .moves import calendar_names
from .pace import pace_of
from .school_days import SchoolDays

Kind = Delivery.Kind
BUYERS = (RoleRow.Kind.BUDGET_HOLDER,)
ASKERS = (RoleRow.Kind.LINK_STAFF,)
SCHOOL = (*ASKERS, *BUYERS)
SAID_OF_ORDERS = dict(Delivery._meta.get_field("order_state").choices)
# Time is low when no more than a part in so many of what there was is left.
LOW = 4


def email_visit_changed(visit, *, at, moved_to=None):
    """Tell the school that a visit is cancelled, or that it is `moved_to` another visit's time."""
    said = {"happened_at": visit.planned_start_at, "change": visit.outcome}
    if moved_to:
        uid, sequence = calendar_names([moved_to])[moved_to.pk]
        said |= {"moved_to_at": moved_to.planned_start_at, "moved_until_at": moved_to.planned_end_at}
        said |= {"calendar_uid": uid, "calendar_sequence": sequence}
    tell(visit.partnership, Kind.VISIT_CHANGED, f"visit changed {visit.pk}", at=at, **said)


def email_visit_covered(visit, *, before, by, at):
    """Tell who makes a visit now, with a file for the calendar; the link staff; and the clinician `before`,
    unless they passed it on themselves."""
    about = visit.partnership, Kind.VISIT_COVERED, f"visit covered {visit.pk} {visit.version}"
    said = {"staff": visit.clinician, "happened_at": visit.planned_start_at}
    tell(*about, at=at, kinds=ASKERS, **said)
    clinicians = there(at).filter(kind=RoleRow.Kind.CLINICIAN, service=visit.partnership.service)
    if before != by:
        send_each(clinicians.filter(person=before), *about, at=at, **said)
    uid, sequence = calendar_names([visit])[visit.pk]
    said |= {"moved_until_at": visit.planned_end_at, "calendar_uid": uid, "calendar_sequence": sequence}
    send_each(clinicians.filter(person=visit.clinician), *about, at=at, **said)


def email_time_used(visit, *, at):
    """Tell the school what a finished visit used and what is left of its pot; and when that is little."""
    pot = visit.pot
    used = visit.entries.filter(agreement=pot).numbers().used
    said = {"happened_at": visit.planned_start_at, "minutes": max(used, 0), **what_is_left(pot)}
    tell(visit.partnership, Kind.TIME_USED, f"time used {visit.pk}", at=at, **said)
    email_time_low(pot, at=at)


def email_time_low(pot, *, at):
    """Tell every school of a pot that little is left, and once more that nothing is; again if it had more."""
    numbers = pot.entries.numbers()
    if numbers.had <= 0 or numbers.left * LOW > numbers.had:
        return
    about = f"time {'low' if numbers.left > 0 else 'used up'} {pot.pk} {numbers.had}"
    said = what_is_left(pot, numbers)
    if numbers.left > 0:
        said["until_on"] = lasts_until(pot, numbers, timezone.localdate(at))
    for partnership in Partnership.objects.filter(pk__in=pot.members.values("partnership")).order_by("pk"):
        tell(partnership, Kind.TIME_LOW, f"{about} {partnership.pk}", at=at, **said)


def email_order(order, *, at):
    """Tell the school that pays how its order stands; link staff too where they asked for it, and without
    the price, which they are shown nowhere. Nothing of an order that it took back itself."""
    if order.state not in SAID_OF_ORDERS or order.state == Order.State.CANCELLED:
        return
    offered = order.state == Order.State.OFFERED
    said = {
        "number": order.number,
        "count": order.offered_quantity if offered else order.quantity,
        "unit": order.unit,
        "order_state": order.state,
        "declined_because": order.declined_because,
    }
    price = order.offered_price if offered else order.price
    payer, about = order.agreement.payer, f"order {order.pk} {order.state} {said['count']}"
    tell(payer, Kind.ORDER, about, at=at, kinds=BUYERS, amount=price, **said)
    if order.asked_at:
        tell(payer, Kind.ORDER, about, at=at, kinds=ASKERS, **said)


def email_agreement(agreement, *, at):
    """Tell who can sign it for the school that it was sent; once more when it is sent anew."""
    about = f"agreement {agreement.pk} {agreement.version}"
    tell(agreement.payer, Kind.AGREEMENT, about, at=at, kinds=BUYERS)


def email_adjustment(adjustment, *, at):
    """Tell who may agree to it: the other leads, and the approvers of the school that pays. Not who asked."""
    payer = adjustment.agreement.payer
    lead = Q(kind=RoleRow.Kind.SERVICE_LEAD, service=payer.service)
    approver = Q(kind=RoleRow.Kind.BUDGET_HOLDER, partnership=payer, is_approver=True)
    roles = there(at).filter(lead | approver).exclude(person=adjustment.asked_by)
    send_each(roles, payer, Kind.ADJUSTMENT, f"adjustment {adjustment.pk}", at=at)


def email_cancelled(order, *, at):
    """Tell who buys, and who asked for it, that an agreed order is cancelled, or a part of it. The e-mail
    says what was ordered."""
    said = {"number": order.number, "count": order.quantity, "unit": order.unit}
    said["order_state"] = "in_part" if order.kept_minutes else "cancelled"
    payer, about = order.agreement.payer, f"order {order.pk} cancelled {order.cancelled_minutes}"
    tell(payer, Kind.ORDER, about, at=at, kinds=BUYERS, amount=order.price, **said)
    if order.asked_at:
        tell(payer, Kind.ORDER, about, at=at, kinds=ASKERS, **said)


def tell(partnership, kind, about, *, at, kinds=SCHOOL, **said):
    """One e-mail to everybody who is there in such a role."""
    roles = there(at).filter(partnership=partnership, kind__in=kinds)
    send_each(roles, partnership, kind, about, at=at, **said)


def there(at):
    return RoleRow.objects.current(timezone.localdate(at)).filter(person__is_active=True)


def send_each(roles, partnership, kind, about, *, at, **said):
    said |= {"service": partnership.service, "school": partnership.school, "about": digest_of(about)}
    for role in roles.select_related("person").order_by("pk"):
        queue_email(kind, at=at, person=role.person, role=role, **said)


def what_is_left(pot, numbers=None):
    left = (numbers or pot.entries.numbers()).left
    return {"pot": pot.kind, "left_minutes": left, "unit": pot.unit, "unit_minutes": pot.unit_minutes}


def lasts_until(pot, numbers, today):
    """The school day on which what is left is used up, as the page of time says it; None when it lasts."""
    return pace_of(pot, numbers, SchoolDays.of_partnerships([pot.payer]), today).runs_out_on
