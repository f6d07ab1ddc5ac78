"""From draft to agreed: C6 check, send, C7 sent, and the school's answer S8."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.access import ButtonView, LogsReading, PolicyMixin, posted_number
from accounts.models import StaleVersion
from consultations import policies, reading, services
from consultations.forms import AgreeForm
from consultations.models import Consent, Purpose
from consultations.plan_changes import differences
from consultations.review_dates import date_when_agreed

from .closed import MarksWhatIsClosed
from .drafting import add_refusal
from .meanwhile import SavedMeanwhile
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


class PlanAgree(
    AsksAboutNames, SavedMeanwhile, MarksWhatIsClosed, LogsReading, VisiblePlans, PolicyMixin, FormView
):
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
            return self.read_again(form)
        except ValidationError as refusal:
            if hasattr(refusal, "error_dict"):
                add_refusal(form, refusal)
                return self.form_invalid(form)
            return self.not_waiting(" ".join(refusal.messages))
        messages.success(self.request, message)
        return HttpResponseRedirect(reverse("home:start"))

    @property
    def version_before(self):
        return posted_number(self.request, "opened_plan")

    def read_again(self, form):
        """Somebody may have reviewed the plan: who agrees sees that first."""
        self.record.refresh_from_db(fields=["version", "review_on"])
        review = self.newest_review()
        found = {"newest_review": review, "opened_plan": self.record.version}
        reviewed = "Somebody reviewed this plan while you had the page open. Read it again."
        changed = "This plan changed while you had the page open. Read it again."
        form.add_error(None, reviewed if review else changed)
        return self.render_to_response(self.get_context_data(form=form, **found))

    def answer(self, data):
        sent = reading.waiting(self.versions)
        common = {"by": self.request.user, "at": timezone.now(), "opened_version": self.opened_version}
        if data["answer"] == "agree":
            services.agree_plan(sent, opened_plan=self.version_before or 0, **common)
            return f"Plan {self.record.reference} is agreed."
        services.ask_for_change(sent, change=data["change"], **common)
        return (
            f"Plan {self.record.reference} went back to the {'school' if sent.from_school else 'clinician'}."
        )

    def get_context_data(self, **kwargs):
        sent = reading.waiting(self.versions)
        before = reading.compared_with(self.versions, sent)
        plan, own = self.record, [row for row in self.reviews if row.plan_id == self.record.pk]
        review_on = date_when_agreed(plan, sent, self.versions, own)
        days = (plan.review_on, review_on)
        kwargs.setdefault("opened_plan", self.version_before or plan.version)
        return super().get_context_data(
            before=before,
            version=sent,
            goals=self.goals_of(sent),
            differences=differences(before, sent, days) if before else [],
            review_on=review_on,
            submit_label="Save my answer",
            **self.about_names(),
            **kwargs,
        )
