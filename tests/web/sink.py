"""One form with every kind of control, and a formset, for the tests of this floor."""

from django import forms

from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import HTML, Checkboxes, Details, Radios, Rating, Section

SUBJECTS = [("child", "One child"), ("class", "A class")]
THEMES = [("worry", "Worry"), ("other", "Something else"), ("none", "None of these")]
OFTEN = [("", "---------"), ("day", "Every day"), ("week", "Every week")]


class Sink(NhsForm, forms.Form):
    called = {"subject": "who this is about", "agreed": "what you agreed", "minutes": "minutes"}

    subject = forms.ChoiceField(
        label="Who is this about?",
        help_text="Choose the smallest group that fits.",
        choices=SUBJECTS,
        widget=forms.RadioSelect,
    )
    initials = forms.CharField(label="Initials", required=False, widget=forms.TextInput({"width": 5}))
    detail = forms.CharField(label="What else?", required=False, widget=forms.Textarea)
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput({"autocomplete": "new-password"}), help_text="12 or more"
    )
    phone = forms.CharField(label="Phone", required=False, widget=forms.TextInput({"type": "tel"}))
    find = forms.CharField(label="Find", required=False, widget=forms.TextInput({"type": "search"}))
    minutes = forms.IntegerField(label="How long did it take?", min_value=5, max_value=240)
    themes = forms.MultipleChoiceField(
        label="Topics", choices=THEMES, widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.CharField(
        label="What did you agree?", max_length=2000, widget=forms.Textarea, help_text="2 sentences."
    )
    rating = forms.TypedChoiceField(
        label="How close is this today?",
        coerce=int,
        choices=[(n, str(n)) for n in range(11)],
        widget=forms.RadioSelect,
    )
    often = forms.ChoiceField(label="How often?", choices=OFTEN, required=False)
    review_on = NhsDateField("review date", label="When will you review it?", help_text="Not in holidays.")
    order = forms.CharField(label="Order number (optional)", required=False)
    register = forms.FileField(label="School file", required=False)
    told = forms.BooleanField(label="The parents or carers know", help_text="Most plans should be shared.")
    version = forms.CharField(widget=forms.HiddenInput, required=False, initial="3")

    def layout(self):
        child = ["initials", HTML("<p class='raw'>Raw words</p>")]
        return [
            Section("The talk", Radios("subject", reveals={"child": child}), "email", hint="What was said"),
            *("password", "phone", "find", "minutes"),
            Checkboxes("themes", small=True, exclusive=["none"], reveals={"other": ["detail"]}),
            *("agreed", Rating("rating"), "often", "review_on"),
            Details("Add an order number", "order"),
            *("register", "told"),
        ]


class Step(NhsForm, forms.Form):
    called = {"who": "who will do it"}
    who = forms.CharField(label="Who will do it?")


Steps = forms.formset_factory(Step, extra=2)


def steps(*names):
    """A formset as posted, with these names typed into its rows."""
    data = {"steps-TOTAL_FORMS": str(len(names)), "steps-INITIAL_FORMS": str(len(names))}
    data |= {f"steps-{number}-who": name for number, name in enumerate(names)}
    return Steps(data, prefix="steps")
