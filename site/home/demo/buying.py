"""What schools of the demo bought: an agreement of Quillbrook, one of two schools, and their orders."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import RoleRow
from schools.models import Agreement, Order, year_holding
from schools.prices import quote
from schools.services import (
    activate_agreement,
    agree_order,
    approve_order,
    decline_order,
    draft_agreement,
    order_time,
    send_agreement,
    sign_agreement,
)

from .cast import Kind
from .dated import as_of
from .places import FIRST_URN

PAYER, MEMBER = 990002, 990004  # a cluster: the first pays
RUTH, HANA, BO, SAM, COLM = "Ruth Calloway", "Hana Sørensen", "Bo Lindqvist", "Sam Whitlock", "Colm Fahey"
SIGNED_AGO, AHEAD = 66, timedelta(days=30)
PRICES = {"unit_price": Decimal("250.00"), "early_price": Decimal("225.00")}
PACKAGES = [(5, Decimal("1200.00"), Decimal("1100.00")), (10, Decimal("2300.00"), Decimal("2100.00"))]
CLUSTER_PRICES = {"unit_price": Decimal("240.00"), "approval_limit": Decimal("5000.00")}


def put_orders(days):
    """Each step so many days before the visit of today."""
    quillbrook, cluster = days.desks[FIRST_URN], days.desks[PAYER]
    put_agreement(days, quillbrook, [], HANA, PACKAGES, PRICES | {"early_until_on": early_until(days)})
    put_order(days, quillbrook, 5, BO, 63, po="PO-2041", approved=HANA, agreed=61)
    put_order(days, quillbrook, 2, HANA, 21, po="PO-2066", agreed=20)
    put_order(days, quillbrook, 10, BO, 18, po="PO-2069", approved=HANA, declined=14)
    put_order(days, quillbrook, 3, HANA, 4, po="PO-2083", wanted=True)
    put_order(days, quillbrook, 5, BO, 3, po="PO-2084")
    put_order(days, quillbrook, 2, SAM, 2)
    put_agreement(days, cluster, [days.desks[MEMBER].partnership], COLM, [], CLUSTER_PRICES)
    put_order(days, cluster, 8, COLM, 40, po="TH-117", agreed=38)


def early_until(days):
    return days.ago(50).date()


def bought_by(desk):
    return Agreement.objects.get(payer=desk.partnership, kind=Agreement.Kind.BOUGHT)


def put_agreement(days, payer, others, head, packages, prices):
    ruth = days.accounts[RUTH]

    def sign(at):
        first_on, last_on = year_of(days)
        fields = {"first_on": first_on, "last_on": last_on, **prices}
        agreement = as_of(
            at, draft_agreement, payer.partnership, schools=others, fields=fields, packages=packages, by=ruth
        )
        agreement = days.write(at, send_agreement, agreement, by=ruth)
        signed = {"signed_on": at.date(), "signed_by_name": head, "signed_by_job": "Headteacher"}
        agreement = days.write(at, sign_agreement, agreement, by=days.accounts[head], **signed)
        as_of(at, activate_agreement, agreement, by=ruth, on=at.date())

    days.put(days.ago(SIGNED_AGO), sign)


def year_of(days):
    """The academic year, or near its ends the financial one: what is bought is in force all the while."""
    began, ends = days.ago(SIGNED_AGO).date(), days.focus + AHEAD
    academic = year_holding(Agreement.Year.ACADEMIC, days.focus)
    if academic[0] <= began and ends <= academic[1]:
        return academic
    return year_holding(Agreement.Year.FINANCIAL, days.focus)


def role_of(account):
    kinds = (Kind.BUDGET_HOLDER, Kind.LINK_STAFF)
    return RoleRow.objects.filter(person=account, kind__in=kinds).first()


def put_order(days, desk, quantity, who, ago, *, po="", approved="", agreed=0, declined=0, wanted=False):
    """`agreed` and `declined` say when, in days before the visit of today."""
    made, person, ruth = [], days.accounts[who], days.accounts[RUTH]

    def order(at):
        agreement, role = bought_by(desk), role_of(person)
        seen = quote(agreement, quantity, at.date()).price if role.kind == Kind.BUDGET_HOLDER else None
        when = {"wanted_from_on": days.focus, "wanted_until_on": days.focus + AHEAD} if wanted else {}
        made.append(
            days.write(
                at, order_time, agreement, quantity=quantity, seen_price=seen, by=person, role=role,
                purchase_order_number=po, **when,
            )
        )  # fmt: skip

    def approve(at):
        head = days.accounts[approved]
        days.write(at, approve_order, made[0], by=head, role=role_of(head))

    days.put(days.ago(ago, 11), order)
    if approved:
        days.put(days.ago(ago - 1, 12), approve)
    if agreed:
        days.put(days.ago(agreed, 14), lambda at: days.write(at, agree_order, made[0], by=ruth))
    if declined:
        because = Order.Declined.NO_CAPACITY
        days.put(
            days.ago(declined, 14),
            lambda at: days.write(at, decline_order, made[0], because=because, by=ruth),
        )
