from django.utils import timezone

from accounts.access import ButtonView
from schools import policies, services
from schools.forms import AdjustmentForm
from schools.models import Adjustment, Agreement

from .agreements import OneAgreement
from .once import SaveOnce

INTRO = "Nothing changes until another lead, or an approver of the school that pays, agrees."
HAS_ENDED = "This agreement has ended: no more can be added or taken away than brings it to nothing."


class AdjustmentAsk(OneAgreement, SaveOnce):
    """One lead asks; somebody else has to agree before the time changes."""

    policy = policies.can_keep_agreements
    form_class = AdjustmentForm
    extra_context = {"page_title": "Ask for an adjustment", "submit_label": "Ask"}

    def get_form_kwargs(self):
        members = self.record.schools.select_related("school").order_by("school__name")
        return super().get_form_kwargs() | {"members": members}

    def save(self, form):
        asked = form.adjustment() | {"by": self.request.user, "at": timezone.now()}
        services.ask_adjustment(self.record, **asked)
        return self.record.get_absolute_url(), "Asked for. It changes nothing until somebody else agrees."

    def get_context_data(self, **kwargs):
        said = [INTRO, HAS_ENDED] if self.record.state == Agreement.State.ENDED else [INTRO]
        return super().get_context_data(intro=" ".join(said), **kwargs)


class DecidesAdjustment(ButtonView):
    policy = policies.can_decide_adjustment
    lookup = "pk"
    agree = None

    def get_visible(self):
        return Adjustment.objects.visible_to(self.role).select_related("agreement", "order")

    def press(self, adjustment):
        services.decide_adjustment(adjustment, agree=self.agree, by=self.request.user, at=timezone.now())
        if not self.agree:
            return "Declined. Nothing has changed."
        order = adjustment.order
        if order:
            return f"Agreed. Cancelled of order {order.number}: {order.in_words(-adjustment.minutes)}."
        return "Agreed. The time has changed."

    def get_return_url(self):
        return self.record.agreement.get_absolute_url()


class AdjustmentAgree(DecidesAdjustment):
    agree = True


class AdjustmentDecline(DecidesAdjustment):
    agree = False
