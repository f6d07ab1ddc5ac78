from django.core.exceptions import ValidationError
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies, services
from consultations.forms import ReasonForm

from .consultations import VisibleConsultations


class ClinicalNotePage(LogsReading, VisibleConsultations, PolicyMixin, FormView):
    """The lead reads a clinical note after saying why. The note is in the answer to that and nowhere else:
    nothing is remembered, so opening it again asks again."""

    policy = policies.can_ask_for_clinical_note
    template_name = "consultations/clinical_note.html"
    form_class = ReasonForm

    def get_visible(self):
        return super().get_visible().filter(clinical_note__isnull=False)

    def log(self):
        """The service writes the row, with the reason, before it gives the note out."""

    def form_valid(self, form):
        reason = form.cleaned_data["reason"]
        door = self.request.resolver_match.view_name
        try:
            note = services.open_clinical_note(
                self.record, role=self.role, reason=reason, door=door, at=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=None, note=note, reason=reason))
