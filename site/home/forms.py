from django import forms

from web.forms import NhsForm


class PeriodForm(NhsForm, forms.Form):
    """A GET form: which of the `periods` to count."""

    period = forms.ChoiceField(label="Term or school year", required=False)

    def __init__(self, *args, periods, **kwargs):
        super().__init__(*args, **kwargs)
        self.periods = {period.key: period for period in periods}
        self.fields["period"].choices = [(period.key, str(period)) for period in periods]

    def chosen(self):
        """The newest when none is asked for, or one that there is not."""
        key = self.cleaned_data.get("period") if self.is_valid() else None
        return self.periods.get(key) or next(iter(self.periods.values()), None)
