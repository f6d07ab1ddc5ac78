"""What link staff change of a plan themselves, taking back what waits, and giving up a draft."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone

from accounts.access import ButtonView, LogsReading
from consultations import policies, reading, services, states
from consultations.forms.conflict import answered_otherwise
from consultations.forms.school_change import SchoolChangeForm
from consultations.models import Draft, Plan
from schools.models import SchoolPerson

from .closed import MarksWhatIsClosed
from .drafting import DraftedForm
from .meanwhile import SavedMeanwhile
from .plans import VisiblePlans

NOT_NOW = "This plan cannot be changed now: it has ended, or a new version is being written or waits."


class PlanSchoolChange(SavedMeanwhile, MarksWhatIsClosed, LogsReading, VisiblePlans, DraftedForm):
    """S9: who, how often, from when and the review date, on one short page."""

    policy = policies.can_change_as_school
    kind = Draft.Kind.PLAN

    def get(self, request, *args, **kwargs):
        now = states.may(self.role, states.Act.SCHOOL_CHANGE, self.record)
        if not self.in_force or not (now or request.GET.get("draft")):
            messages.warning(request, NOT_NOW)
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.in_force else self.get(request)

    @property
    def in_force(self):
        return reading.in_force(self.versions)

    def make_form(self, data=None):
        people = SchoolPerson.objects.filter(partnership=self.record.partnership_id).working(self.today)
        return SchoolChangeForm(
            data,
            steps=list(self.in_force.steps.all()),
            people=list(people),
            initial={"review_on": Plan.objects.values_list("review_on", flat=True).get(pk=self.record.pk)},
        )

    def draft_place(self):
        return {"partnership": self.record.partnership, "case": self.record.case}

    def save(self, form):
        common = {"by": self.request.user, "at": timezone.now(), "opened_version": self.opened_version}
        services.change_from_school(self.record, form.content(), **common)
        return self.record.get_absolute_url(), "Sent to the clinician to agree."

    def later_url(self):
        return self.record.get_absolute_url()

    def current_version(self):
        return Plan.objects.values_list("version", flat=True).get(pk=self.record.pk)

    def compare(self, form, stale):
        """The plan in force as it is now, beside what was typed here."""
        found = self.meanwhile()
        rows = answered_otherwise(form, self.saved_form(), leave_out={"why_changed"})
        return found | {"differences": rows}

    def sent_first(self, form):
        """The version that somebody else sent since, while what was typed here is kept beside it."""
        if set(form.errors) != {NON_FIELD_ERRORS}:
            return {}
        version = reading.waiting(reading.versions_of(self.record, self.role))
        if version is None:
            return {}
        rows = [row[1:] for row in answered_otherwise(form, self.make_form().as_in(version))]
        return {"sent_first": version, "both_versions": rows}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **self.sent_first(kwargs["form"]),
            page_title=f"Change who, how often or the date for {self.record.case.who_after_words}",
            tab_title=f"Change plan {self.record.reference}",
            submit_label="Send to the clinician to agree",
            back_url=self.record.get_absolute_url(),
            back_text="Back to the plan",
            **kwargs,
        )


class PlanTakeBackSent(VisiblePlans, ButtonView):
    """Take back a version that waits to be agreed."""

    policy = policies.can_take_back

    def press(self, plan):
        sent = reading.waiting(self.versions)
        if sent is None:
            raise ValidationError("This plan is not waiting to be agreed.")
        common = {"by": self.request.user, "at": timezone.now(), "opened_version": self.opened_version}
        services.take_back_plan(sent, **common)
        return f"Version {sent.number} was taken back. Nobody can agree it any more."


class PlanDiscard(VisiblePlans, ButtonView):
    """Give up a draft that was never sent."""

    policy = policies.can_write_plan

    def press(self, plan):
        draft = reading.draft_among(self.versions)
        if draft is None:
            raise ValidationError("This plan has no draft to discard.")
        common = {"by": self.request.user, "at": timezone.now(), "opened_version": self.opened_version}
        services.discard_version(draft, **common)
        return f"Version {draft.number} was discarded. It stays in the history of the plan."
