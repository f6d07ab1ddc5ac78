"""The last page of buying: what was chosen, and the one button that orders."""

import re
from decimal import Decimal
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.access import as_uuid
from accounts.services import use_form_key, used_form_key
from schools.forms import ConfirmForm
from schools.services import order_time
from web.words import pounds

from .buying import Buying
from .order_words import after_ordering, how_much, who_approves


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
            **self.rules(),
            **kwargs,
        )

    def rows(self):
        much = how_much(self.agreement, self.quantity)
        school = ("School", str(self.agreement.payer.school))
        quantity = ("How much", much, self.address("buy", change=1), "how much")
        when = ("When", self.period.words, self.address("buy-when", change=1), "when")
        after = ("What happens next", after_ordering(asks=self.asks))
        if self.asks:
            return [school, quantity, when, after]
        price = ("Price", pounds(self.quote.price) + (", the early price" if self.quote.is_early else ""))
        approves = who_approves(self.quote.price, self.agreement, self.role, self.approvers)
        return [school, quantity, price, when, self.number_row(), ("Approval", approves), after]

    def number_row(self):
        number = self.order_number
        url = self.address("buy-order-number", po=number, change=1)
        return ("Purchase order number", number or "None", url, "purchase order number")


def seen_price(request):
    """The price that the page showed, in pounds and pence; None for what is none."""
    typed = request.POST.get("seen_price", "")
    return Decimal(typed) if re.fullmatch(r"[0-9]{1,8}\.[0-9]{2}", typed) else None
