from django import forms

from web.forms import NhsForm
from web.layout import Question


class ChooseRoleForm(NhsForm, forms.Form):
    called = {"role": "the role you are working in"}

    role = forms.TypedChoiceField(
        label="Which role are you working in?", coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(row.pk, str(row)) for row in rows]

    def layout(self):
        return [Question("role")]
