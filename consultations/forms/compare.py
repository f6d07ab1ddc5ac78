from django import forms

from web.forms import NhsForm


class CompareForm(NhsForm, forms.Form):
    """Two versions of a plan, in either order."""

    called = {"from": "the first version", "to": "the second version"}

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions = {str(version.number): version for version in versions}
        choices = [(number, f"Version {number}") for number in self.versions]
        # "from" cannot be the name of an attribute.
        self.fields["from"] = forms.ChoiceField(label="Compare", choices=choices)
        self.fields["to"] = forms.ChoiceField(label="With", choices=choices)

    def clean(self):
        data = super().clean()
        if data.get("from") and data.get("from") == data.get("to") and len(self.versions) > 1:
            self.add_error("to", "Select two different versions")
        return data

    def pair(self):
        """(older, newer)"""
        chosen = [self.versions[self.cleaned_data[name]] for name in ("from", "to")]
        return sorted(chosen, key=lambda version: version.number)
