from django import forms

from web.forms import NhsForm
from web.layout import Radios


class GivePlanForm(NhsForm, forms.Form):
    """Chooses one of the `people` offered: pairs of a user and their name and job."""

    called = {"reader": "who will carry it out"}

    reader = forms.ChoiceField(label="Who will carry it out?", widget=forms.RadioSelect)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user, _ in people}
        self.fields["reader"].choices = [(str(user.pk), words) for user, words in people]

    def layout(self):
        return [Radios("reader", legend_size="m")]

    @property
    def chosen(self):
        return self.people[self.cleaned_data["reader"]]
