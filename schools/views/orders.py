"""H3 and H4: the orders of a school, or of a service, and one of them."""

from functools import cached_property

from django.utils.html import format_html
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from accounts.models import RoleRow
from schools import policies, services
from schools.forms import OrderNumberForm
from schools.models import Order
from schools.prices import quote
from schools.reading import cancellations_of, kept_of
from web.keyset import keyset_page
from web.words import longdate, moment, pounds

from .agreements import rules_of
from .order_words import accepting, approvers_of, approving, how_much, over_the_limit

PAGE = 25
State = Order.State
# Colours of the tags; in words too, which is what counts.
COLOURS = {
    **dict.fromkeys((State.ASKED, State.TO_APPROVE, State.OFFERED), "orange"),
    **{State.REQUESTED: "blue", State.AGREED: "green", State.IN_USE: "green"},
}
NEXT = {
    State.ASKED: "The head or business manager reads it and makes an order of it, or declines.",
    State.TO_APPROVE: "An approver of the school approves it. Then it goes to the service.",
    State.REQUESTED: "The service agrees, offers less or declines.",
    State.OFFERED: "The school accepts the offer, or cancels the order.",
    State.AGREED: "The time can be booked now.",
}


class Orders(PolicyMixin, TemplateView):
    policy = policies.can_read_orders
    template_name = "schools/orders.html"

    def get_context_data(self, **kwargs):
        orders, asked = Order.objects.visible_to(self.role).for_list(), self.request.GET.get("state", "")
        state = asked if asked in State.values else ""
        page = keyset_page(orders.filter(state=state) if state else orders, self.request.GET, PAGE)
        sees_prices = all(policies.can_read_prices(self.role, order.agreement) for order in page.rows)
        for order in page.rows:
            order.colour = COLOURS.get(order.state, "grey")
            order.kept = kept_of(order, priced=sees_prices)
        return super().get_context_data(
            page=page,
            state=state,
            states=State.choices,
            is_lead=self.role.kind == RoleRow.Kind.SERVICE_LEAD,
            sees_prices=sees_prices,
            can_buy=policies.can_order(self.role, None),
            asks=self.role.kind == RoleRow.Kind.LINK_STAFF,
            **kwargs,
        )


class OneOrder(PolicyMixin):
    lookup = "number"

    def get_visible(self):
        people = ("asked_by", "ordered_by", "approved_by", "agreed_by", "offered_by", "closed_by")
        return Order.objects.visible_to(self.role).select_related(
            "agreement__payer__school", "agreement__service", *people
        )

    def get_context_data(self, **kwargs):
        school = self.record.agreement.payer.school
        return super().get_context_data(
            order=self.record,
            section=school.name,
            school=school,
            next_step=NEXT.get(self.record.state, ""),
            **kwargs,
        )

    def price_today(self):
        """What was only asked for costs what it costs when the head orders it."""
        order = self.record
        if order.state != State.ASKED:
            return order.price
        return quote(order.agreement, order.quantity, self.today).price


class OrderPage(OneOrder, TemplateView):
    policy = policies.can_read_orders
    template_name = "schools/order.html"

    def get_context_data(self, **kwargs):
        order, role = self.record, self.role
        waits = order.state in Order.WAITING
        lead, offered = policies.can_agree_orders(role, order), order.state == State.OFFERED
        cancelling = self.cancellations.waits
        return super().get_context_data(
            rows=self.rows(),
            colour=COLOURS.get(order.state, "grey"),
            price=self.price_today(),
            can_approve=order.state in (State.ASKED, State.TO_APPROVE)
            and policies.can_approve_order(role, order),
            can_decline=waits and policies.can_decline_order(role, order),
            can_cancel=waits and policies.can_cancel_order(role, order),
            can_agree=lead and order.state == State.REQUESTED,
            can_accept=offered and policies.can_accept_offer(role, order),
            cancelling=cancelling,
            can_cancel_agreed=lead and order.state in Order.BOOKABLE and not cancelling,
            **self.deciding() | kwargs,
        )

    def deciding(self):
        """What the budget holder reads before approving or accepting: what it does, and the rules."""
        order, role = self.record, self.role
        if role.kind != RoleRow.Kind.BUDGET_HOLDER:
            return {}
        rules = rules_of(order.agreement, prices=True)
        if order.state == State.ASKED:
            rules |= {"form": OrderNumberForm(), "control_options": {"classes": "nhsuk-input--width-20"}}
        if order.state in (State.ASKED, State.TO_APPROVE):
            return rules | {"approving": approving(order, self.price_today(), role, self.approvers)}
        if order.state != State.OFFERED:
            return {}
        if services.offer_needs_approver(order, role):
            return {"not_yours": over_the_limit(order, self.approvers)}
        return rules | {"accepting": accepting(order)}

    def approvers(self):
        return approvers_of(self.record.agreement.payer_id, self.today)

    @cached_property
    def cancellations(self):
        return cancellations_of(self.record, self.role)

    def rows(self):
        order, money = self.record, policies.can_read_prices(self.role, self.record.agreement)
        rows = [("How much", how_much(order, order.quantity))]
        if money:
            rows += [("Price", pounds(self.price_today()))]
        kept = kept_of(order, priced=money)
        rows += [("Kept", kept)] if kept else []
        rows += [("Wanted", wanted(order))]
        if money:
            rows += [("Purchase order number", order.purchase_order_number or "None")]
            rows += [("Agreement", link_to(order.agreement))]
        if order.offered_quantity:
            cost = f", {pounds(order.offered_price)}" if money else ""
            rows += [("Offered", f"{order.offered}{cost}, {who_and_when(order, 'offered')}")]
        rows += [(label, who_and_when(order, name)) for label, name in DONE if getattr(order, f"{name}_at")]
        rows += self.cancellations.rows
        if order.closed_at and not self.cancellations.agreed:
            label = "Declined" if order.state == State.DECLINED else "Cancelled"
            because = f": {order.get_declined_because_display()}" if order.declined_because else ""
            rows += [(label, who_and_when(order, "closed") + because)]
        return rows


DONE = (("Asked for", "asked"), ("Ordered", "ordered"), ("Approved", "approved"), ("Agreed", "agreed"))


def link_to(agreement):
    return format_html('<a href="{}">{}</a>', agreement.get_absolute_url(), agreement)


def who_and_when(order, name):
    return f"{getattr(order, f'{name}_by')}, {moment(getattr(order, f'{name}_at'))}"


def wanted(order):
    if not order.wanted_from_on:
        return f"Any time until {longdate(order.agreement.last_on)}"
    return f"{longdate(order.wanted_from_on)} to {longdate(order.wanted_until_on)}"


class OrderSent(OneOrder, TemplateView):
    """The number, and what happens next."""

    policy = policies.can_read_orders
    template_name = "schools/order_sent.html"
