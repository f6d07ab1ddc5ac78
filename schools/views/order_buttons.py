"""What can be done with an order: one button or one short page each."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.access import ButtonView
from accounts.models import RoleRow
from schools import policies, services
from schools.forms import OF_THE_SCHOOL, OF_THE_SERVICE, AgreeForm, DeclineForm, OfferForm, OrderNumberForm
from schools.free_slots import room_until
from schools.models import Order
from schools.sentences import SERVICE_CANCELS
from web.words import pounds

from .buy_check import seen_price
from .order_words import how_much
from .orders import OneOrder, OrderPage


class OrderApprove(ButtonView, OrderPage):
    """H6: an approver approves, or the head makes an order of what link staff asked for."""

    policy = policies.can_approve_order

    def post(self, request, *args, **kwargs):
        """A number that is none is said beside its box, on the page of the order."""
        self.form = OrderNumberForm(request.POST)
        if self.form.is_valid() or self.record.state != Order.State.ASKED:
            return super().post(request, *args, **kwargs)
        return self.render_to_response(self.get_context_data(form=self.form))

    def press(self, order):
        price = seen_price(self.request)
        if price is None and order.state == Order.State.ASKED:
            raise ValidationError("The price was not shown. Look at it, then approve again.")
        order = services.approve_order(
            order,
            by=self.request.user,
            role=self.role,
            at=timezone.now(),
            seen_price=price,
            purchase_order_number=self.form.cleaned_data.get("po", ""),
        )
        return f"Order {order.number} is {order.get_state_display().lower()} now."


class OrderCancel(OneOrder, ButtonView, TemplateView):
    """Asks first: what is cancelled has to be ordered anew."""

    policy = policies.can_cancel_order
    template_name = "schools/order_cancel.html"
    http_method_names = ["get", "post"]

    def get_context_data(self, **kwargs):
        order = self.record
        rows = [("School", str(order.agreement.payer.school)), ("How much", how_much(order, order.quantity))]
        sees_prices = policies.can_read_prices(self.role, order.agreement)
        if sees_prices:
            rows.append(("Price", pounds(self.price_today())))
        return super().get_context_data(
            rows=rows,
            can_cancel=order.state in Order.WAITING,
            service_cancels=SERVICE_CANCELS if order.state in Order.BOOKABLE else "",
            sees_prices=sees_prices,
            **kwargs,
        )

    def press(self, order):
        services.cancel_order(order, by=self.request.user, at=timezone.now())
        return f"Order {order.number} is cancelled."


class OrderAccept(OneOrder, ButtonView):
    policy = policies.can_accept_offer

    def press(self, order):
        order = services.accept_offer(order, by=self.request.user, role=self.role, at=timezone.now())
        return f"Order {order.number} is agreed: {order.how_much}."


class OrderForm(OneOrder, FormView):
    """A short page about an order. A refusal of the service stands on its form."""

    template_name = "schools/order_form.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("files", None)
        return kwargs

    def form_valid(self, form):
        try:
            said = self.save(form)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return HttpResponseRedirect(self.record.get_absolute_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self.record.get_absolute_url(), **kwargs)


class OrderDecline(OrderForm):
    policy = policies.can_decline_order
    form_class = DeclineForm

    def get_form_kwargs(self):
        of_school = self.role.kind == RoleRow.Kind.BUDGET_HOLDER
        return {**super().get_form_kwargs(), "reasons": OF_THE_SCHOOL if of_school else OF_THE_SERVICE}

    def save(self, form):
        because = form.cleaned_data["because"]
        services.decline_order(self.record, because=because, by=self.request.user, at=timezone.now())
        return f"Order {self.record.number} is declined."

    def get_context_data(self, **kwargs):
        words = {"page_title": f"Decline order {self.record.number}", "submit_label": "Decline"}
        return super().get_context_data(**words, **kwargs)


class OrderAgree(OrderForm):
    """The lead reads what the clinicians can still give, and says so where it is too little."""

    policy = policies.can_agree_orders
    form_class = AgreeForm

    @cached_property
    def room(self):
        pot = self.record.agreement
        return room_until(pot.payer, after=self.today, until=pot.last_on)

    @cached_property
    def needed(self):
        """What is in the pot and not booked yet has to find a place too."""
        return self.record.minutes + max(self.record.agreement.entries.balance(), 0)

    def get_form_kwargs(self):
        is_short = self.room.minutes is not None and self.room.minutes < self.needed
        return {**super().get_form_kwargs(), "is_short": is_short}

    def save(self, form):
        services.agree_order(self.record, by=self.request.user, at=timezone.now())
        return f"Order {self.record.number} is agreed. The school can book the time now."

    def get_context_data(self, **kwargs):
        words = {"page_title": f"Agree to order {self.record.number}", "submit_label": "Agree"}
        return super().get_context_data(
            template="schools/order_room.html",
            free=None if self.room.minutes is None else self.record.in_words(self.room.minutes),
            needed=self.record.in_words(self.needed),
            clinicians=self.room.clinicians,
            **words,
            **kwargs,
        )


class OrderOffer(OrderForm):
    policy = policies.can_agree_orders
    form_class = OfferForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "order": self.record}

    def save(self, form):
        quantity, by = form.cleaned_data["quantity"], self.request.user
        order = services.offer_less(self.record, quantity=quantity, by=by, at=timezone.now())
        return f"You offered {order.offered}. The school has to accept it."

    def get_context_data(self, **kwargs):
        words = {"page_title": f"Offer less for order {self.record.number}", "submit_label": "Offer"}
        return super().get_context_data(without_heading=True, **words, **kwargs)
