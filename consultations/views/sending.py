"""From draft to agreed: C6 check, send, C7 sent, and the school's answer S8."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.access import ButtonView, LogsReading, PolicyMixin
from accounts.models import StaleVersion
from consultations import policies, reading, services
from consultations.forms import AgreeForm
from consultations.models import Consent, Purpose
from consultations.plan_changes import differences

from .closed import MarksWhatIsClosed
from .naming import AsksAboutNames
from .plans import VisiblePlans


class PlanCheck(LogsReading, VisiblePlans, PolicyMixin, TemplateView):
    """C6: read it as the school will, then send it."""

    policy = policies.can_write_plan
    template_name = "consultations/plan_check.html"

    def get(self, request, *args, **kwargs):
        if not reading.draft_among(self.versions):
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        draft = reading.draft_among(self.versions)
        before = reading.compared_with(self.versions, draft)
        return super().get_context_data(
            before=before,
            missing=self.missing(),
            version=draft,
            goals=self.goals_of(draft),
            differences=differences(before, draft) if before else [],
            **kwargs,
        )

    def missing(self):
        """The consent without which it cannot be sent, and what became of it; None where all is there."""
        case = self.record.case
        purpose = services.missing_consent(case, services.PLAN_NEEDS, self.today)
        if purpose is None:
            return None
        consents = Consent.objects.visible_to(self.role).filter(case=case, purpose=purpose)
        return reading.in_force_for(Purpose(purpose), consents.newest_first().first(), self.today)


class PlanSend(VisiblePlans, ButtonView):
    """Confirm and send."""

    policy = policies.can_write_plan
    leads_to = "plan"

    def press(self, plan):
        draft = reading.draft_among(self.versions)
        if draft is None:
            raise ValidationError("This plan has no draft to send.")
        common = {"by": self.request.user, "at": timezone.now(), "opened_version": self.opened_version}
        try:
            services.send_plan(draft, **common)
        except ValidationError as refusal:
            # What is refused for one answer is mended where that was given.
            self.leads_to = "plan-edit" if hasattr(refusal, "error_dict") else "plan"
            raise
        self.leads_to = "plan-sent"

    def get_return_url(self):
        return reverse(f"consultations:{self.leads_to}", args=[self.record.reference])


class PlanSent(VisiblePlans, PolicyMixin, TemplateView):
    """C7: sent, and what happens next."""

    policy = policies.can_write_plan
    template_name = "consultations/plan_sent.html"

    def get(self, request, *args, **kwargs):
        if not self.record.first_sent_at:
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        sent = reading.last_sent(self.versions)
        emailed = sent is not None and services.link_staff_were_emailed(sent)
        return super().get_context_data(emailed=emailed, **kwargs)


class PlanAgree(AsksAboutNames, MarksWhatIsClosed, LogsReading, VisiblePlans, PolicyMixin, FormView):
    """S8: agree, or ask for a change. Two clicks once the page is open. The clinician's answer to a change
    by the school is given here too."""

    policy = policies.can_agree_plan
    template_name = "consultations/plan_agree.html"
    form_class = AgreeForm

    def get(self, request, *args, **kwargs):
        if self.record.ended_on or not reading.waiting(self.versions):
            return self.not_waiting()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.record.ended_on or not reading.waiting(self.versions):
            return self.not_waiting()
        return super().post(request, *args, **kwargs)

    def not_waiting(self, why="This plan is not waiting to be agreed."):
        typed = self.request.POST.get("change", "").strip()
        if typed:
            # Shown and not kept: a message would lie in the table of sessions until the next page.
            section = self.record.partnership.school.name
            context = {"why": why, "typed": typed, "plan": self.record, "section": section}
            return render(self.request, "consultations/not_waiting.html", context, status=409)
        messages.warning(self.request, why)
        return HttpResponseRedirect(self.record.get_absolute_url())

    def form_valid(self, form):
        place = {"lane": self.record.case.lane, "partnership": self.record.partnership}
        if self.must_ask_about_names(form.free_texts(), **place):
            return self.render_to_response(self.get_context_data(form=form))
        try:
            message = self.answer(form.cleaned_data)
        except StaleVersion:
            form.add_error(None, "This plan changed while you had the page open. Read it again.")
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.not_waiting(" ".join(refusal.messages))
        messages.success(self.request, message)
        return HttpResponseRedirect(reverse("home:start"))

    def answer(self, data):
        sent = reading.waiting(self.versions)
        common = {"by": self.request.user, "at": timezone.now(), "opened_version": self.opened_version}
        if data["answer"] == "agree":
            services.agree_plan(sent, **common)
            return f"Plan {self.record.reference} is agreed."
        services.ask_for_change(sent, change=data["change"], **common)
        return (
            f"Plan {self.record.reference} went back to the {'school' if sent.from_school else 'clinician'}."
        )

    def get_context_data(self, **kwargs):
        sent = reading.waiting(self.versions)
        before = reading.compared_with(self.versions, sent)
        return super().get_context_data(
            before=before,
            version=sent,
            goals=self.goals_of(sent),
            differences=differences(before, sent) if before else [],
            submit_label="Save my answer",
            **self.about_names(),
            **kwargs,
        )
