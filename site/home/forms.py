from django import forms

from web.forms import NhsForm


class PeriodForm(NhsForm, forms.Form):
    """A GET form: which of the `periods` to count. What it does not know it leaves out."""

    period = forms.ChoiceField(label="Term or school year", required=False)

    def __init__(self, asked_for, *, periods):
        by_key = {period.key: period for period in periods}
        # The newest when none is asked for, or one that there is not.
        self.chosen = by_key.get(asked_for) or next(iter(periods), None)
        super().__init__(initial={"period": self.chosen and self.chosen.key})
        self.fields["period"].choices = [(period.key, str(period)) for period in periods]
