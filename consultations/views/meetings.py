"""Meetings with the parents or carers about a plan."""

from django.utils import timezone

from accounts.access import LogsReading
from consultations import policies, services
from consultations.forms import MeetingForm

from .closed import MarksWhatIsClosed
from .once import OnceOn
from .plans import VisiblePlans
from .refusing import RefusesAtOnce, refusal_of


class MeetingAdd(RefusesAtOnce, MarksWhatIsClosed, LogsReading, VisiblePlans, OnceOn):
    """Write down that the parents or carers were met, by the school or the clinician."""

    policy = policies.can_record_meeting
    form_class = MeetingForm

    def why_not(self):
        if not services.takes_meeting(self.record):
            return services.NO_MEETING
        return refusal_of(services.require_open, self.record.case)

    def get_case(self):
        return self.record.case

    def get_initial(self):
        return {"held_on": self.today}

    def save(self, form):
        by = self.request.user
        services.record_meeting(self.record, **form.cleaned_data, by=by, at=timezone.now())
        return self.record.get_absolute_url(), "Meeting recorded."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title=f"Meeting with the parents or carers of {self.record.case.who_after_words}"
            if self.record.case.subject == "child"
            else "Meeting with parents or carers",
            tab_title=f"Record a meeting, {self.record.reference}",
            intro="The school and the clinicians read all of this.",
            submit_label="Save meeting",
            back_url=self.record.get_absolute_url(),
            back_text="Back to the plan",
            **kwargs,
        )
