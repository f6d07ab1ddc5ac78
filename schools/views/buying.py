"""H2: buying time, one question a page. What was chosen stands in the address until it is confirmed."""

import re
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import PolicyMixin, as_uuid
from accounts.models import RoleRow
from accounts.services import use_form_key, used_form_key
from schools import policies
from schools.forms import ConfirmForm, HowMuchForm, OrderNumberForm, WhenForm
from schools.free_slots import A_DAY, earliest_slots
from schools.models import MOST_UNITS, Agreement, Order
from schools.prices import offers, quote
from schools.services import calendar_of, order_time
from schools.wanted import ANY_TIME, periods_to_choose
from web.words import counted, listed, pounds

FIRST_CHOICE = 6
CHOICES = ("agreement", "quantity", "when", "po")


class Buying(PolicyMixin, FormView):
    """A page of the journey. Link staff go the same way, see no price, and end by asking their head."""

    policy = policies.can_order
    template_name = "schools/buy.html"
    name, needs_quantity, submit_label = "", True, "Continue"

    def dispatch(self, request, *args, **kwargs):
        self.role = request.role
        if self.role and policies.can_order(self.role, None) and self.needs_quantity and not self.quantity:
            return HttpResponseRedirect(self.address("buy"))
        return super().dispatch(request, *args, **kwargs)

    @property
    def asks(self):
        return self.role.kind == RoleRow.Kind.LINK_STAFF

    @cached_property
    def agreements(self):
        """What can be ordered from today: of the school that pays, the year that runs first."""
        mine = Agreement.objects.visible_to(self.role).filter(
            payer=self.role.partnership_id, kind=Agreement.Kind.BOUGHT, last_on__gte=self.today,
            state__in=(Agreement.State.SIGNED, Agreement.State.ACTIVE),
        )  # fmt: skip
        return list(
            mine.select_related("payer__school").prefetch_related("packages").order_by("first_on", "pk")
        )

    @cached_property
    def agreement(self):
        asked = self.request.GET.get("agreement")
        first = self.agreements[0] if self.agreements else None
        return next((one for one in self.agreements if one.reference == asked), first)

    @property
    def quantity(self):
        typed = self.request.GET.get("quantity", "")
        known = self.agreement and re.fullmatch(r"[1-9][0-9]{0,2}", typed) and int(typed) <= MOST_UNITS
        return int(typed) if known else None

    @property
    def quote(self):
        return quote(self.agreement, self.quantity, self.today) if self.quantity else None

    @cached_property
    def periods(self):
        calendar = calendar_of(self.agreement.payer)
        return periods_to_choose(calendar, self.agreement, self.today)

    @property
    def period(self):
        asked = self.request.GET.get("when", ANY_TIME)
        return next((one for one in self.periods if one.value == asked), self.periods[-1])

    @property
    def order_number(self):
        """What was typed; before that the number of the last order, or of the agreement."""
        typed = self.request.GET.get("po")
        if typed is not None:
            return "".join(letter for letter in typed if letter.isprintable())[:40]
        last = Order.objects.visible_to(self.role).filter(agreement__payer=self.role.partnership_id)
        last = last.exclude(purchase_order_number="").order_by("-pk").first()
        return last.purchase_order_number if last else self.agreement.purchase_order_number

    def address(self, name, **chosen):
        """Another page of the journey, with what was chosen so far."""
        kept = {key: self.request.GET[key] for key in CHOICES if key in self.request.GET} | chosen
        path = reverse(f"schools:{name}")
        return f"{path}?{urlencode(kept)}" if kept else path

    def go_on(self, name, **chosen):
        """To the next page, or back to the answers when one of them was changed."""
        name = "buy-check" if "change" in self.request.GET else name
        return HttpResponseRedirect(self.address(name, **chosen))

    def approval(self):
        """The rule, before the start and while it is not kept yet."""
        if self.asks or not self.agreement:
            return ""
        limit = pounds(self.agreement.approval_limit)
        if self.role.is_approver:
            return f"Orders over {limit} need an approver to approve them. You are one."
        return f"Orders over {limit} need an approver to approve them: {self.approvers()}."

    def approvers(self):
        rows = RoleRow.objects.current(self.today).filter(
            kind=RoleRow.Kind.BUDGET_HOLDER, partnership=self.role.partnership_id, is_approver=True
        )
        names = [str(row.person) for row in rows.select_related("person")]
        return listed(names) if names else "nobody is one yet, ask the service"

    def get_context_data(self, **kwargs):
        words = {"asks": self.asks, "agreement": self.agreement, "submit_label": self.submit_label}
        return super().get_context_data(**words, **kwargs)


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
            slots=earliest_slots(agreement.payer, after=after, until=agreement.last_on),
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


def who_approves(price, agreement, role, approvers):
    total, limit = pounds(price), pounds(agreement.approval_limit)
    if price <= agreement.approval_limit:
        return f"This order costs {total}. Nobody has to approve it: it is not over {limit}."
    if role.is_approver:
        return f"This order costs {total}. You are an approver, so nobody else has to approve it."
    return f"This order costs {total}, which is over {limit}. It waits for an approver: {approvers()}."


class BuyCheck(Buying):
    """Everything once more. What is pressed twice is ordered once."""

    form_class, template_name = ConfirmForm, "schools/buy_check.html"

    def form_valid(self, form):
        key = as_uuid(self.request.POST.get("form_key")) or uuid4()
        try:
            url = self.ordered_before(key) or self.order(key)
        except IntegrityError:
            url = self.ordered_before(key)
            if not url:
                raise
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        return HttpResponseRedirect(url)

    def ordered_before(self, key):
        used = used_form_key(key)
        return used.led_to if used and used.person_id == self.request.user.pk else None

    @transaction.atomic
    def order(self, key):
        period, by = self.period, self.request.user
        order = order_time(
            self.agreement,
            quantity=self.quantity,
            seen_price=None if self.asks else seen_price(self.request),
            by=by,
            role=self.role,
            at=timezone.now(),
            purchase_order_number="" if self.asks else self.order_number,
            wanted_from_on=period.first_on,
            wanted_until_on=period.last_on,
        )
        url = reverse("schools:order-sent", args=[order.number])
        use_form_key(key, by=by, led_to=url)
        return url

    def get_context_data(self, **kwargs):
        posted = None if self.request.method == "GET" else self.request.POST.get("form_key")
        return super().get_context_data(
            page_title="Check your answers",
            back_url=self.address("buy-when" if self.asks else "buy-order-number"),
            rows=self.rows(),
            price=self.quote.price,
            form_key=as_uuid(posted) or uuid4(),
            **kwargs,
        )

    def rows(self):
        units = counted(self.quantity, self.agreement.get_unit_display())
        rows = [
            ("How much", units, self.address("buy", change=1), "how much"),
            ("When", self.period.words, self.address("buy-when", change=1), "when"),
        ]
        if self.asks:
            return rows
        number = self.order_number
        approves = who_approves(self.quote.price, self.agreement, self.role, self.approvers)
        return [
            rows[0],
            ("Price", pounds(self.quote.price) + (", the early price" if self.quote.is_early else "")),
            rows[1],
            (
                "Purchase order number",
                number or "None",
                self.address("buy-order-number", po=number, change=1),
                "purchase order number",
            ),
            ("Approval", approves),
        ]


def seen_price(request):
    """The price that the page showed, in pounds and pence; None for what is none."""
    typed = request.POST.get("seen_price", "")
    return Decimal(typed) if re.fullmatch(r"[0-9]{1,8}\.[0-9]{2}", typed) else None
