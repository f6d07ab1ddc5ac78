"""The stage of a case: moved by the clinician, with when, why and who decided."""

from django.utils import timezone

from accounts.access import LogsReading
from consultations import policies, services
from consultations.forms import StageForm
from consultations.models import Case

from .once import OnceOn
from .refusing import RefusesAtOnce, refusal_of


class CaseStage(RefusesAtOnce, LogsReading, OnceOn):
    """Move a case to another stage, close it or open it again."""

    policy = policies.can_move_case
    form_class = StageForm

    def get_visible(self):
        return Case.objects.visible_to(self.role).for_page()

    def get_case(self):
        return self.record

    def why_not(self):
        return refusal_of(services.require_goes_on_here, self.record)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"now": self.record.stage}

    def get_initial(self):
        return {"moved_on": self.today}

    def saved_meanwhile(self):
        return self.record.moves.last()

    def save(self, form):
        move = services.move_stage(
            self.record,
            **form.cleaned_data,
            by=self.request.user,
            at=timezone.now(),
            opened_version=self.opened_version,
        )
        said = f"The case moved to: {move.get_stage_display().lower()}."
        return self.record.get_absolute_url(), said

    def get_context_data(self, **kwargs):
        case = self.record
        return super().get_context_data(
            page_title=f"Move the case about {case.who_after_words}",
            tab_title=f"Move the case, {case.reference}",
            intro=f"Its stage now: {case.get_stage_display().lower()}.",
            submit_label="Move the case",
            back_url=case.get_absolute_url(),
            back_text="Back to the case",
            **kwargs,
        )
