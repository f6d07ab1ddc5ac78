"""The questions of buying: how much, when, and the number of a purchase order."""

from schools import policies
from schools.forms import HowMuchForm, OrderNumberForm, WhenForm
from schools.free_slots import A_DAY, earliest_slots
from schools.models import MOST_UNITS, Order
from schools.prices import offers, quote

from .buying import Buying
from .order_words import who_approves

FIRST_CHOICE = 6


class Buy(Buying):
    """How much, with what it costs; nothing is bought before the last page."""

    form_class, needs_quantity = HowMuchForm, False

    def get(self, request, *args, **kwargs):
        if not self.agreement:
            self.template_name = "schools/buy_nothing.html"
            return self.render_to_response({"asks": self.asks})
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.agreement else self.get(request)

    def get_form_kwargs(self):
        quotes = offers(self.agreement, self.today)
        kwargs = super().get_form_kwargs()
        kwargs.pop("files", None)
        each = quote(self.agreement, MOST_UNITS, self.today).unit_price
        words = {"unit": self.agreement.get_unit_display(), "prices": not self.asks, "each": each}
        return {**kwargs, **words, "quotes": quotes, "initial": self.first_choice(quotes)}

    def first_choice(self, quotes):
        """What was chosen before, else what was bought last, else 6."""
        offered = [one.quantity for one in quotes]
        if self.quantity and self.quantity not in offered:
            return {"quantity": "other", "other": self.quantity}
        last = Order.objects.visible_to(self.role).filter(agreement__payer=self.role.partnership_id)
        last = last.order_by("-pk").values_list("quantity", flat=True).first()
        chosen = next((one for one in (self.quantity, last, FIRST_CHOICE) if one in offered), None)
        return {"quantity": str(chosen)} if chosen else {}

    def form_valid(self, form):
        return self.go_on("buy-when", agreement=self.agreement.reference, quantity=form.units)

    def get_context_data(self, **kwargs):
        others = [one for one in self.agreements if one != self.agreement]
        return super().get_context_data(
            page_title="Ask the head for time" if self.asks else "Buy more time",
            heading=True,
            rule=self.approval(),
            others=others,
            **self.rules(),
            **kwargs,
        )


class BuyWhen(Buying):
    form_class = WhenForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("files", None)
        choices = [(one.value, one.words) for one in self.periods]
        return {**kwargs, "choices": choices, "initial": {"when": self.period.value}}

    def form_valid(self, form):
        after = "buy-check" if self.asks else "buy-order-number"
        return self.go_on(after, when=form.cleaned_data["when"])

    def get_context_data(self, **kwargs):
        agreement = self.agreement
        after = max(self.today, agreement.first_on - A_DAY)
        return super().get_context_data(
            page_title="When do you want it?",
            back_url=self.address("buy"),
            slots=earliest_slots(agreement.payer, of=agreement, after=after, until=agreement.last_on),
            shows_slots=True,
            **kwargs,
        )


class BuyOrderNumber(Buying):
    policy = policies.can_buy
    form_class = OrderNumberForm

    def get_initial(self):
        return {"po": self.order_number}

    def form_valid(self, form):
        return self.go_on("buy-check", po=form.cleaned_data["po"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Purchase order number",
            back_url=self.address("buy-when"),
            who_approves=self.who_approves(),
            **kwargs,
        )

    def who_approves(self):
        return who_approves(self.quote.price, self.agreement, self.role, self.approvers)
