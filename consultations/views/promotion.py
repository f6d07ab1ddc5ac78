"""From the lane without names to the one by name."""

from django.contrib import messages
from django.http import HttpResponseRedirect

from accounts.access import LogsReading
from consultations import policies, services
from consultations.forms import NameForm
from consultations.models import Case

from .once import OnceForm


class CaseName(LogsReading, OnceForm):
    """Record the child's name: this makes a new case, with its consent, and leaves the older one alone."""

    policy = policies.can_record_name
    form_class = NameForm

    def get_visible(self):
        cases = Case.objects.visible_to(self.role).filter(subject=Case.Subject.CHILD).for_page()
        return cases.select_related("promoted_to")

    def get_case(self):
        return self.record

    def get(self, request, *args, **kwargs):
        return self.has_a_name() or super().get(request, *args, **kwargs)

    def has_a_name(self):
        """An answer that leads to the case by name, where there is one."""
        case = self.record if self.record.is_named else getattr(self.record, "promoted_to", None)
        if case is None:
            return None
        messages.warning(self.request, f"The name is recorded already, in {case.reference}.")
        return HttpResponseRedirect(case.get_absolute_url())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}

    def get_initial(self):
        return {"child_year": self.record.year_group_on(self.today)}

    def save(self, form):
        case = services.promote_case(self.record, form.new_child, by=self.request.user, on=self.today)
        return case.get_absolute_url(), f"{case.reference} is open. {self.record.reference} stays as it was."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            case=self.record,
            section=self.record.partnership.school.name,
            page_title="Record the child's name",
            intro="This opens a new case, dated today. "
            f"{self.record.reference} stays as it is, but its plan stops.",
            submit_label="Record the name",
            back_url=self.record.get_absolute_url(),
            back_text="Back to the case",
            **kwargs,
        )
