from django import forms

from schools.models import Order
from schools.services import CANCELS
from web.forms import NhsForm
from web.layout import Question, Radios

Because = Order.Declined
OF_THE_SCHOOL = (Because.NO_MONEY, Because.NOT_NEEDED, Because.TALK_FIRST)
OF_THE_SERVICE = (Because.NO_CAPACITY, Because.TOO_LATE, Because.TALK_FIRST)


class DeclineForm(NhsForm, forms.Form):
    called = {"because": "why it is declined"}
    because = forms.ChoiceField(label="Why?", widget=forms.RadioSelect)

    def __init__(self, data=None, *, reasons, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["because"].choices = [(reason.value, reason.label) for reason in reasons]

    def layout(self):
        return [Radios("because", legend_size="m")]


class CancelForm(NhsForm, forms.Form):
    called = {"reason": "why it is cancelled"}
    reason = forms.ChoiceField(
        label="Why?", choices=[(reason.value, reason.label) for reason in CANCELS], widget=forms.RadioSelect
    )

    def layout(self):
        return [Radios("reason", legend_size="m")]


class AgreeForm(NhsForm, forms.Form):
    """Asks nothing while the time is there."""

    although = forms.BooleanField(
        label="Agree although the time is short",
        error_messages={"required": "Tick that you agree although the time is short, or offer less"},
    )

    def __init__(self, data=None, *, is_short, **kwargs):
        super().__init__(data, **kwargs)
        if not is_short:
            del self.fields["although"]


class OfferForm(NhsForm, forms.Form):
    quantity = forms.IntegerField(min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, data=None, *, order, **kwargs):
        super().__init__(data, **kwargs)
        unit = order.get_unit_display()
        self.called = {"quantity": f"the number of {unit}s"}
        self.fields["quantity"] = forms.IntegerField(
            label=f"How many {unit}s can you offer?",
            help_text=f"{order.how_much} were ordered.",
            min_value=1,
            max_value=max(order.quantity - 1, 1),
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )

    def layout(self):
        return [Question("quantity", classes="nhsuk-input--width-4")]
