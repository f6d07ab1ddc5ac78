"""H2: buying time, one question a page. What was chosen stands in the address until it is confirmed."""

import re
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import FormView

from accounts.access import PolicyMixin
from accounts.models import RoleRow
from schools import policies
from schools.models import MOST_UNITS, Agreement, Order
from schools.order_numbers import LONGEST, is_order_number
from schools.prices import quote
from schools.services import calendar_of
from schools.wanted import ANY_TIME, periods_to_choose
from web.words import pounds

from .agreements import rules_of
from .order_words import approvers_of

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
            mine.select_related("payer__school", "service")
            .prefetch_related("packages")
            .order_by("first_on", "pk")
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
        """What was typed; before that the number of the last order, or of the agreement, if it is one."""
        typed = self.request.GET.get("po")
        if typed is not None:
            return "".join(letter for letter in typed if letter.isprintable())[:LONGEST]
        last = Order.objects.visible_to(self.role).filter(agreement__payer=self.role.partnership_id)
        last = last.exclude(purchase_order_number="").order_by("-pk").first()
        known = [last.purchase_order_number] if last else []
        known.append(self.agreement.purchase_order_number)
        return next(filter(is_order_number, known), "")

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
        return approvers_of(self.role.partnership_id, self.today)

    def get_context_data(self, **kwargs):
        words = {"asks": self.asks, "agreement": self.agreement, "submit_label": self.submit_label}
        return super().get_context_data(**words, **kwargs)

    def rules(self):
        """The rules of the agreement, for the pages that show them. Link staff read none about money."""
        return rules_of(self.agreement, prices=not self.asks)
