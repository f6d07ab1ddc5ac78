"""Which role, at which school: what the giver may choose from is narrowed to their own."""

from django import forms

from accounts.forms import InviteForm
from accounts.models import RoleRow, User
from schools.models import Partnership
from web.fields import NhsDateField
from web.forms import NhsForm
from web.layout import Details, Radios

NEEDS_SCHOOL = "Select the school. This role is at one school"
NEEDS_JOB = "Enter the job"


class SchoolChoice(forms.ModelChoiceField):
    def label_from_instance(self, partnership):
        return partnership.school.name_and_place


class KindAndPlace(NhsForm):
    """The questions of a role. `offer` is the kind and the place that go with it; a service has no choice."""

    def __init__(self, *args, role, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.role = role
        self.fields["kind"].choices = [(kind, label) for kind, label in RoleRow.Kind.choices if kind in kinds]
        self.fields["partnership"].queryset = Partnership.objects.to_give_roles_at(role).for_list()

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        # Typed under a choice that was given up again.
        data["is_approver"] = bool(data.get("is_approver")) and kind == RoleRow.Kind.BUDGET_HOLDER
        if not kind or RoleRow.SCOPES[kind] == "service":
            return data
        if not data.get("partnership") and "partnership" not in self.errors:
            self.add_error("partnership", NEEDS_SCHOOL)
        if kind in RoleRow.AT_A_SCHOOL and not data.get("job") and "job" not in self.errors:
            self.add_error("job", NEEDS_JOB)
        return data

    @property
    def offer(self):
        kind, partnership = self.cleaned_data["kind"], self.cleaned_data["partnership"]
        scope = RoleRow.SCOPES[kind]
        if scope == "service":
            return kind, self.role.service
        return kind, partnership if scope == "partnership" else partnership.school


def kind_field():
    return forms.ChoiceField(label="Which role?", widget=forms.RadioSelect)


def school_field():
    return SchoolChoice(
        label="School",
        help_text="Needed for a role at one school.",
        queryset=Partnership.objects.none(),
        required=False,
    )


def job_field():
    return forms.CharField(
        label="Job at the school (optional)",
        help_text="Needed for somebody who works there. For example, class teacher.",
        max_length=120,
        required=False,
    )


def approver_field():
    return forms.BooleanField(
        label="Approves orders",
        help_text="Orders over the approval limit wait for somebody who approves.",
        required=False,
    )


def which_role():
    return Radios("kind", hints=HINTS, reveals={RoleRow.Kind.BUDGET_HOLDER: ["is_approver"]})


# What each role is for, under its name.
HINTS = {
    RoleRow.Kind.CLINICIAN: "Visits schools. Sees those they are linked to",
    RoleRow.Kind.LINK_CLINICIAN: "Links a clinician to one school",
    RoleRow.Kind.SERVICE_LEAD: "Runs the service",
    RoleRow.Kind.LINK_STAFF: "SENCO or deputy head of one school",
    RoleRow.Kind.PLAN_READER: "Carries out plans they are given, at one school",
    RoleRow.Kind.SAFEGUARDING_LEAD: "Of one school",
    RoleRow.Kind.BUDGET_HOLDER: "Head or business manager of one school: time, no child",
    RoleRow.Kind.COMMISSIONER: "Pays for the service: counts, no child",
    RoleRow.Kind.EDITOR: "Writes the library",
    RoleRow.Kind.ADMINISTRATOR: "Accounts and settings, no case",
}
CALLED = {"kind": "the role", "partnership": "the school", "job": "the job"}


class GiveRoleForm(KindAndPlace, forms.Form):
    called = CALLED

    kind = kind_field()
    is_approver = approver_field()
    partnership = school_field()
    job = job_field()
    start_on = NhsDateField(label="From which day?", name_of_it="start of the role")
    end_on = NhsDateField(
        label="Until which day? (optional)",
        help_text="They see nothing from this day.",
        name_of_it="end of the role",
        required=False,
    )

    def layout(self):
        return [which_role(), "partnership", "job", "start_on", "end_on"]

    def clean(self):
        data = super().clean()
        start_on, end_on = data.get("start_on"), data.get("end_on")
        if start_on and end_on and end_on <= start_on:
            self.add_error("end_on", "The end of the role must be after its start")
        return data


class InviteUserForm(KindAndPlace, InviteForm):
    called = InviteForm.called | CALLED

    kind = kind_field()
    is_approver = approver_field()
    partnership = school_field()
    job = job_field()

    def layout(self):
        return ["email", "first_name", "last_name", which_role(), "partnership", "job"]


class LeavingForm(NhsForm, forms.Form):
    """`clinicians` can go on, at each of `schools` somebody else where the lead says so."""

    called = {"to": "a clinician of this service", "reason": "why the work is handed over"}

    from_on = NhsDateField(
        label="From which day?",
        help_text=(
            "They see nothing from this day. If it lies ahead, only visits from that day on, and patterns, "
            "change hands now. Open this page again on the day for the rest."
        ),
        name_of_it="end of the roles",
    )
    to = forms.ModelChoiceField(
        label="Who goes on with the work?", queryset=User.objects.none(), widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Why?", help_text="For example, left the service.", max_length=200)

    def __init__(self, *args, clinicians, schools=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in clinicians}
        self.fields["to"].queryset = User.objects.filter(pk__in=[person.pk for person in clinicians])
        self.fields["to"].empty_label = None
        self.at = {f"instead_{row.pk}": row for row in schools} if len(schools) > 1 else {}
        named = [(key, str(person)) for key, person in self.people.items()]
        for name, partnership in self.at.items():
            self.fields[name] = forms.ChoiceField(
                label=f"Who goes on at {partnership.school.name_and_place}?",
                choices=[("", "The same person"), *named],
                required=False,
                error_messages={"invalid_choice": "Select a clinician of this service"},
            )

    def layout(self):
        others = [Details("Somebody else at one of the schools (optional)", *self.at)] if self.at else []
        return ["from_on", Radios("to"), *others, "reason"]

    def terms(self):
        """From which day, who goes on, and at which schools somebody else."""
        chosen = {row.pk: self.people.get(self.cleaned_data[name]) for name, row in self.at.items()}
        instead = {key: person for key, person in chosen.items() if person}
        return {"to": self.cleaned_data["to"], "from_on": self.cleaned_data["from_on"], "instead": instead}
