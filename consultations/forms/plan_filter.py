from django import forms
from django.db.models import Q

from accounts.models import RoleRow
from consultations.models import DUE_BEFORE, Case
from resources.models import Theme
from schools.models import YearGroup
from web.forms import NhsForm

from .offered import offer_themes

STATUS = [
    ("", "All"),
    ("draft", "Draft"),
    ("to_agree", "To agree"),
    ("with_clinician", "With the clinician"),
    ("change_asked", "Change asked for"),
    ("taken_back", "Taken back"),
    ("agreed", "Agreed"),
    ("change_needed", "Change needed"),
    ("due", "Review due or overdue"),
    ("due_soon", "Review due in 2 weeks or overdue"),
    ("overdue", "Overdue"),
    ("ended", "Finished or stopped"),
]


class PlanFilterForm(NhsForm, forms.Form):
    """A GET form over the plan list. What it does not know it leaves out."""

    status = forms.ChoiceField(label="Status", choices=STATUS, required=False)
    year = forms.TypedChoiceField(
        label="Year group",
        choices=[("", "All"), *YearGroup.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    theme = forms.ModelChoiceField(
        label="Theme", queryset=Theme.objects.all(), empty_label="All", required=False
    )

    order = forms.ChoiceField(
        label="Order", choices=[("", "Newest first"), ("review", "Soonest review first")], required=False
    )

    def __init__(self, *args, role, **kwargs):
        super().__init__(*args, **kwargs)
        self.role = role
        if role.kind == RoleRow.Kind.LINK_STAFF:
            # Themes are the clinician's; they are not shared with a plan.
            del self.fields["theme"]
        else:
            offer_themes(self.fields["theme"])

    @property
    def only_status(self):
        return self.cleaned_data.get("status", "") if self.is_valid() else ""

    @property
    def looks_into_cases(self):
        return self.is_valid() and (
            self.cleaned_data.get("year") is not None or self.cleaned_data.get("theme")
        )

    def narrow(self, plans, today):
        if not self.is_valid():
            return plans
        data = self.cleaned_data
        if self.only_status:
            plans = with_status(plans, self.only_status, today)
        if data.get("year") is not None:
            cases = Case.objects.visible_to(self.role).in_year_group(data["year"], today)
            plans = plans.filter(case__in=cases)
        if data.get("theme"):
            plans = plans.filter(case__in=Case.objects.visible_to(self.role).about(data["theme"]))
        return plans

    @property
    def is_by_review(self):
        return self.is_valid() and self.cleaned_data.get("order") == "review"


def with_status(plans, status, today):
    """Plans of one of the states a list can be narrowed to."""
    if status == "change_asked":
        return plans.sent_back()
    if status == "taken_back":
        return plans.taken_back()
    if status == "change_needed":
        return plans.past_the_rule().filter(versions__status="agreed")
    running = Q(ended_on=None)
    agreed = running & Q(versions__status="agreed")
    return plans.filter(
        {
            "draft": running & Q(first_sent_at=None),
            "to_agree": running & Q(versions__status="sent", versions__from_school=False),
            "with_clinician": running & Q(versions__status="sent", versions__from_school=True),
            "agreed": agreed,
            "due": agreed & Q(review_on__lte=today + DUE_BEFORE),
            "due_soon": agreed & Q(review_on__lte=today + 2 * DUE_BEFORE),
            "overdue": agreed & Q(review_on__lt=today),
            "ended": Q(ended_on__isnull=False),
        }[status]
    )
