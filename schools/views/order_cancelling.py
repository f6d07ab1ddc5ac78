"""An agreed order is cancelled by two people: the page on which the lead asks."""

from functools import cached_property

from django.utils import timezone

from accounts.access import posted_number
from schools import policies, services
from schools.forms import CancelForm
from schools.reading import billing_in_words, cancellations_of

from .once import SaveOnce
from .orders import OneOrder


class OrderCancelAsk(OneOrder, SaveOnce):
    """The lead asks to cancel what is left of an agreed order; somebody else has to agree."""

    policy = policies.can_agree_orders
    template_name = "schools/order_cancel_ask.html"
    form_class = CancelForm
    extra_context = {"submit_label": "Ask to cancel"}

    @cached_property
    def left(self):
        return services.left_to_cancel(self.record)

    def save(self, form):
        services.ask_cancellation(
            self.record,
            reason=form.cleaned_data["reason"],
            seen_minutes=posted_number(self.request, "seen_minutes"),
            opened_version=self.opened_version,
            by=self.request.user,
            at=timezone.now(),
        )
        said = "Asked for. The order stays as it is until somebody else agrees."
        return self.record.get_absolute_url(), said

    def get_context_data(self, **kwargs):
        order, waits = self.record, cancellations_of(self.record, self.role).waits
        kept = order.kept_minutes - self.left
        return super().get_context_data(
            page_title=f"Ask to cancel what is left of order {order.number}",
            back_url=order.get_absolute_url(),
            back_text="Back to the order",
            seen_minutes=self.left,
            left=order.in_words(self.left),
            kept=order.in_words(kept) if kept else "",
            billing=billing_in_words(order, self.left),
            waits=waits,
            can_ask=self.left > 0 and not waits,
            **kwargs,
        )
