"""Consent of a case: what is in force, the whole record of answers, a new answer, a withdrawal."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from accounts.access import LogsReading, PolicyMixin
from accounts.models import StaleVersion
from consultations import policies, reading, services
from consultations.forms import AnswerForm, CompetenceForm, WithdrawForm
from consultations.models import RUNS_OUT_SOON, Case, Competence, Consent, Purpose, can_answer_alone

from .drafting import add_refusal
from .once import OnceForm, asked_to_go_on


class NamedCases(LogsReading):
    """Pages about the consent of one case by name."""

    def get_visible(self):
        return Case.objects.visible_to(self.role).filter(lane=Case.Lane.NAMED).for_page()

    def get_case(self):
        return self.record

    @property
    def consent_url(self):
        return reverse("consultations:consent", args=[self.record.reference])

    def get_context_data(self, **kwargs):
        case = self.record
        kwargs.setdefault("back_url", self.consent_url)
        return super().get_context_data(case=case, section=case.partnership.school.name, **kwargs)


class ConsentPage(NamedCases, PolicyMixin, TemplateView):
    """For each purpose what is in force now; below it everything that was ever answered."""

    policy = policies.can_read_consent
    template_name = "consultations/consent.html"

    def get_context_data(self, **kwargs):
        case = self.record
        consents = list(Consent.objects.visible_to(self.role).filter(case=case).newest_first())
        judgements = Competence.objects.visible_to(self.role).filter(case=case).select_related("assessed_by")
        return super().get_context_data(
            back_url=case.get_absolute_url(),
            purposes=reading.consent_by_purpose(consents, self.today),
            answers=reading.record_of_answers(consents),
            competences=judgements.order_by("-pk"),
            can_record=policies.can_record_consent(self.role, case),
            reads_notes=policies.can_read_clinical_note(self.role, None),
            under_16=not can_answer_alone(case, self.today),
            **kwargs,
        )


class ConsentsRunningOut(PolicyMixin, TemplateView):
    """Whose consents they are that Today counts."""

    policy = policies.can_list_running_out
    template_name = "consultations/consents_running_out.html"

    def get_context_data(self, **kwargs):
        by = self.today + RUNS_OUT_SOON
        consents = Consent.objects.visible_to(self.role).run_out_by(by, self.today)
        related = consents.select_related("case__partnership__school")
        return super().get_context_data(by=by, consents=related, **kwargs)


class ConsentAdd(NamedCases, OnceForm):
    """An answer, about one purpose or several."""

    policy = policies.can_record_consent
    form_class = AnswerForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"case": self.record, "today": self.today}

    def get_initial(self):
        asked, by = self.request.GET.get("purpose"), self.request.GET.get("by")
        return {"purposes": [asked] if asked in Purpose else [], "given_by": by, "given_on": self.today}

    def save(self, form):
        closed = []
        for answer in form.answers():
            closed += services.record_consent(self.record, answer, by=self.request.user, on=self.today)[1]
        said = f" {services.closed_in_words(closed)}" if closed else ""
        return asked_to_go_on(self.request) or self.consent_url, f"Answer recorded.{said}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title=f"Record an answer about {self.record.who}",
            tab_title=f"Record an answer, {self.record.reference}",
            submit_label="Record the answer",
            back_text="Back to consent",
            lead_template="consultations/consent_add_lead.html",
            under_16=not can_answer_alone(self.record, self.today),
            **kwargs,
        )


class CompetenceAdd(NamedCases, OnceForm):
    """Whether a child under 16 can decide about one thing."""

    policy = policies.can_record_consent
    form_class = CompetenceForm

    def get(self, request, *args, **kwargs):
        return self.not_asked() or super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.not_asked() or super().post(request, *args, **kwargs)

    def not_asked(self):
        if not can_answer_alone(self.record, self.today):
            return None
        messages.warning(self.request, "At 16 and 17 a young person is presumed able to decide.")
        return HttpResponseRedirect(self.consent_url)

    def get_initial(self):
        asked = self.request.GET.get("purpose")
        return {"purpose": asked if asked in Purpose else ""}

    def save(self, form):
        new = form.competence
        services.assess_competence(self.record, new, by=self.request.user, on=self.today)
        if new.conclusion == Competence.Conclusion.NOT_COMPETENT:
            return self.consent_url, "Recorded: the child cannot decide this yet. Ask a parent or carer."
        url = reverse("consultations:consent-add", args=[self.record.reference])
        asked = {"purpose": new.purpose, "by": Consent.GivenBy.YOUNG_PERSON.value}
        asked["next"] = asked_to_go_on(self.request)
        said = "Recorded: the child can decide this. Now record the answer."
        return f"{url}?{urlencode(asked)}", said

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title=f"Can {self.record.who} decide this?",
            tab_title=f"Can they decide this? {self.record.reference}",
            submit_label="Record this",
            back_text="Back to consent",
            **kwargs,
        )


class ConsentWithdraw(NamedCases, PolicyMixin, FormView):
    """Asks first, and says what will be closed to the school at once."""

    policy = policies.can_record_consent
    template_name = "consultations/consent_withdraw.html"
    form_class = WithdrawForm
    changed = ""

    @cached_property
    def consent(self):
        key = self.kwargs["consent"]
        found = Consent.objects.visible_to(self.role).filter(case=self.record)
        # A database cannot be asked about a number of more than 18 digits.
        consent = found.filter(pk=key).first() if len(str(key)) < 19 else None
        if consent is None:
            raise Http404
        return consent

    def get(self, request, *args, **kwargs):
        if self.consent.answer != Consent.Answer.GIVEN or self.consent.withdrawn_at:
            return self.nothing_to_withdraw()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.consent.withdrawn_at or self.consent.answer != Consent.Answer.GIVEN:
            return self.nothing_to_withdraw()
        return super().post(request, *args, **kwargs)

    def nothing_to_withdraw(self):
        messages.warning(self.request, f"There is nothing to withdraw. {self.consent.in_words(self.today)}.")
        return HttpResponseRedirect(self.consent_url)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}

    def get_initial(self):
        return {"withdrawn_on": self.today}

    def form_valid(self, form):
        try:
            closed = services.withdraw_consent(
                self.consent,
                by=self.request.user,
                at=timezone.now(),
                withdrawn_on=form.cleaned_data["withdrawn_on"],
                opened_version=self.opened_version,
            )
        except StaleVersion as stale:
            self.consent = stale.record
            if self.consent.withdrawn_at:
                return self.nothing_to_withdraw()
            form.add_error(None, "This consent changed while you had the page open. Read it again.")
            return self.form_invalid(form)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        said = services.closed_in_words(closed) if closed else "Nothing was shared with the school on it."
        messages.success(self.request, f"Consent withdrawn. {said}")
        return HttpResponseRedirect(self.consent_url)

    def get_context_data(self, **kwargs):
        would_close = services.resting_on(self.record, self.consent.purpose)
        return super().get_context_data(
            consent=self.consent,
            words=self.consent.as_answered,
            would_close=services.shares_in_words(would_close),
            **kwargs,
        )
