from django import forms


class ChooseRoleForm(forms.Form):
    role = forms.TypedChoiceField(
        label="Which role are you working in?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the role you are working in"},
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(row.pk, str(row)) for row in rows]
