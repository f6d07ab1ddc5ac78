"""C3e: a consultation is changed, and its old version kept."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone

from accounts.access import LogsReading
from consultations import policies, reading, services
from consultations.forms import ConsultationChangeForm, TriedFormSet
from consultations.models import Case, Consultation, Draft
from schools.models import SchoolPerson

from .consultations import VisibleConsultations, preview_url
from .drafting import DraftedForm
from .matters import ShowsOpenMatters


class ConsultationChange(LogsReading, ShowsOpenMatters, VisibleConsultations, DraftedForm):
    """The same questions again, and why."""

    policy = policies.can_change_consultation
    kind = Draft.Kind.CONSULTATION

    def get_visible(self):
        return super().get_visible().select_related("case__promoted_to", "case__moved_to")

    def get(self, request, *args, **kwargs):
        case = self.record.case
        goes_on = case.stage != Case.Stage.CLOSED and not case.goes_on
        # A draft can still be opened, to read what was typed.
        if not goes_on and not request.GET.get("draft"):
            try:
                services.require_open(case)
            except ValidationError as refusal:
                messages.warning(request, refusal.messages[0])
                return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def matters_about(self):
        return "consultation", self.record.pk

    def make_form(self, data=None):
        people = SchoolPerson.objects.filter(partnership=self.record.partnership).order_by("name")
        return ConsultationChangeForm(
            data,
            people=people,
            now=timezone.now(),
            readers=partial(reading.readers_at, self.record.partnership, self.today),
            preview_url=preview_url(self.record.visit),
            initial=self.as_written(),
            rows={"tried": TriedFormSet(data, initial=self.tried_as_written(), prefix="tried")},
        )

    def as_written(self):
        record, note = self.record, self.clinical_note()
        names = [f.name for f in Consultation._meta.concrete_fields if f.name != "mode"]
        others = [row for row in record.people.all() if not row.person_id]
        values = {name: getattr(record, name) for name in names}
        usual = str(record.minutes) in ("15", "30", "45", "60")
        return values | {
            "staff": [row.person_id for row in record.people.all() if row.person_id]
            + (["other"] if others else []),
            "other_name": others[0].name if others else "",
            "other_job": others[0].job if others else "",
            "other_organisation": others[0].organisation if others else "",
            "themes": [row.theme_id for row in record.theme_rows.all()],
            "minutes": str(record.minutes) if usual else "other",
            "other_minutes": None if usual else record.minutes,
            "mode": "" if record.mode == Consultation.Mode.FACE_TO_FACE else record.mode,
            "clinical_note": note.text if note else "",
        }

    def tried_as_written(self):
        return [{"what": row.what, "effect": row.effect} for row in self.record.tried.all()]

    def draft_place(self):
        return {"partnership": self.record.partnership, "case": self.record.case}

    def save(self, form):
        services.change_consultation(
            self.record,
            form.content(),
            by=self.request.user,
            reason=form.cleaned_data["reason"],
            opened_version=self.opened_version,
        )
        return self.record.get_absolute_url(), "Change saved. The old version is kept."

    def later_url(self):
        return self.record.get_absolute_url()

    def current_version(self):
        return Consultation.objects.values_list("version", flat=True).get(pk=self.record.pk)

    def compare(self, form, stale):
        self.record = self.get_visible().get(pk=self.record.pk)
        note = self.clinical_note()
        return {"differences": form.differences(self.record, note.text if note else "")}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Change a consultation",
            submit_label="Save change",
            back_url=self.record.get_absolute_url(),
            back_text="Back to the consultation",
            **kwargs,
        )
