from django import forms
from django.utils.html import format_html

from schools.models import MOST_UNITS
from web.forms import NhsForm
from web.layout import Control, Question, Radios
from web.words import counted, pounds

from .order_number import OrderNumberField

OTHER = "other"


class HowMuchForm(NhsForm, forms.Form):
    """So many units. `quotes` are offered with their prices; without `prices` as numbers alone."""

    quantity = forms.ChoiceField(widget=forms.RadioSelect)
    other = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_UNITS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data=None, *, quotes, unit, prices, each=None, **kwargs):
        super().__init__(data, **kwargs)
        self.called = {"quantity": f"how many {unit}s", "other": f"the number of {unit}s"}
        offered = [(str(q.quantity), self.words(q, unit, prices)) for q in quotes]
        self.fields["quantity"].choices = [*offered, (OTHER, "Another amount")]
        self.fields["quantity"].label = "How much time?"
        self.fields["other"].label = f"How many {unit}s?"
        if prices and each is not None:
            self.fields["other"].help_text = f"Each {unit} costs {pounds(each)}."

    @staticmethod
    def words(quote, unit, prices):
        words = counted(quote.quantity, unit)
        return format_html("{}, {}", words, pounds(quote.price)) if prices else words

    def layout(self):
        return [
            Radios(
                "quantity",
                reveals={OTHER: [Control("other", classes="nhsuk-input--width-4")]},
                legend_size="m",
            )
        ]

    def clean(self):
        data = super().clean()
        if data.get("quantity") != OTHER:
            # Without JavaScript the box is always there: what is in it counts only under its own choice.
            self.errors.pop("other", None)
        elif not data.get("other") and "other" not in self.errors:
            self.add_error("other", f"Enter {self.called['other']}")
        return data

    @property
    def units(self):
        chosen = self.cleaned_data["quantity"]
        return self.cleaned_data["other"] if chosen == OTHER else int(chosen)


class WhenForm(NhsForm, forms.Form):
    called = {"when": "when you want it"}
    when = forms.ChoiceField(label="When do you want it?", widget=forms.RadioSelect)

    def __init__(self, data=None, *, choices, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["when"].choices = choices

    def layout(self):
        return [Radios("when", heading=True)]


class OrderNumberForm(NhsForm, forms.Form):
    called = {"po": "the purchase order number"}
    po = OrderNumberField(help_text="It is printed on the invoice. Leave it empty if your school has none.")

    def layout(self):
        return [Question("po", classes="nhsuk-input--width-20")]


class ConfirmForm(NhsForm, forms.Form):
    """Nothing is asked any more; a refusal stands on it."""
