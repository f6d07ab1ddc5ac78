"""Handing a case over to another school, and what the pages of both cases say of it."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.views.generic import FormView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies, services
from consultations.forms import MoveForm, ReasonForm
from consultations.models import Case, CaseHandover, Referral
from schools.models import Partnership

from .once import OnceForm
from .refusing import RefusesAtOnce, refusal_of


class CaseMove(RefusesAtOnce, LogsReading, OnceForm):
    """The child changes school: this closes the case and opens one there, with a consent of its own."""

    policy = policies.can_change_school
    form_class = MoveForm

    def get_visible(self):
        return Case.objects.visible_to(self.role).for_page()

    def get_case(self):
        return self.record

    def why_not(self):
        refused = refusal_of(services.require_can_move, self.record)
        return refused and f"{refused}."

    def get_form_kwargs(self):
        schools = Partnership.objects.to_hand_cases_to(self.role, self.today)
        schools = schools.exclude(pk=self.record.partnership_id)
        return super().get_form_kwargs() | {"today": self.today, "case": self.record, "schools": schools}

    def get_initial(self):
        return {"child_year": self.record.year_group_on(self.today)}

    def save(self, form):
        services.move_case(
            self.record,
            form.chosen,
            form.consent,
            by=self.request.user,
            on=self.today,
            at=timezone.now(),
            year_group=form.cleaned_data["child_year"],
            note=form.cleaned_data["note"],
        )
        message = f"{self.record.reference} is closed. It goes on at {form.chosen.school}."
        return self.record.get_absolute_url(), message

    def get_context_data(self, **kwargs):
        case = self.record
        return super().get_context_data(
            case=case,
            section=case.partnership.school.name,
            page_title=f"Hand over to another school: {case.who_and_year}",
            tab_title="Hand over to another school",
            intro=f"This closes {case.reference} and stops its plan. It opens a new case at the next school, "
            "dated today. Staff there see nothing until something is shared with them.",
            lead_template="consultations/moving_referrals.html",
            referrals=Referral.objects.visible_to(self.role).filter(case=case).not_over(),
            submit_label="Hand over",
            back_url=case.get_absolute_url(),
            back_text="Back to the case",
            **kwargs,
        )


class HandoverPage(LogsReading, PolicyMixin, FormView):
    """The lead reads a handover note after saying why, each time anew, as a clinical note."""

    policy = policies.can_ask_for_clinical_note
    template_name = "consultations/handover.html"
    form_class = ReasonForm

    def get_visible(self):
        return Case.objects.visible_to(self.role).filter(handover__isnull=False).for_page()

    def log(self):
        """The service writes the row, with the reason, before it gives the note out."""

    def form_valid(self, form):
        reason, door = form.cleaned_data["reason"], self.request.resolver_match.view_name
        try:
            note = services.open_handover(
                self.record, role=self.role, reason=reason, door=door, at=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=None, note=note, reason=reason))

    def get_context_data(self, **kwargs):
        section = self.record.partnership.school.name
        return super().get_context_data(case=self.record, section=section, **kwargs)


class ShowsMoving:
    """What the page of a case says of the school the child came from or went to: to clinicians and their
    lead. A case they may not see is not named; the school a child went to is. The record is read with
    `moved_to`, if there is one."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.moving(), **kwargs)

    def moving(self):
        case, role = self.record, self.role
        if not policies.can_read_consultation(role, None):
            return {"is_closed": case.stage == Case.Stage.CLOSED}
        went_on = self.went_on()
        if not (went_on or case.moved_from_id):
            open_by_name = case.is_named and case.stage != Case.Stage.CLOSED
            return {"can_hand_on": open_by_name and policies.can_change_school(role, case)}
        other = went_on.pk if went_on else case.moved_from_id
        others = Case.objects.visible_to(role).select_related("partnership__school")
        return {
            "went_on": went_on,
            "came_on": case.moved_from_id,
            "other_case": others.filter(pk=other).first(),
            "can_hand_on": not went_on
            and case.stage != Case.Stage.CLOSED
            and policies.can_change_school(role, case),
            **self.handover(went_on.pk if went_on else case.pk),
        }

    def went_on(self):
        """The case at the next school; of what may not be seen of it the page shows the school alone."""
        if self.record.stage != Case.Stage.CLOSED or not hasattr(self.record, "moved_to"):
            return None
        moved = Case.objects.filter(moved_from=self.record)
        return moved.select_related("partnership__school").first()

    def handover(self, case):
        notes = CaseHandover.objects.filter(case=case)
        if policies.can_ask_for_clinical_note(self.role, None):
            return {"handover_case": notes.values_list("case__reference", flat=True).first()}
        return {"handover": notes.visible_to(self.role).select_related("written_by").first()}
