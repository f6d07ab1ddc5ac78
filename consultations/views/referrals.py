"""Referrals: longer-term input sought from somebody, and what was heard."""

from django.utils import timezone

from accounts.access import LogsReading
from consultations import policies, services
from consultations.forms import ReferralForm, ReferralUpdateForm
from consultations.models import Case, Purpose, Referral

from .once import OnceOn


class ReferralAdd(LogsReading, OnceOn):
    """A new one. Without leave to refer on it leads to the page that records an answer."""

    policy = policies.can_refer
    form_class = ReferralForm
    template_name = "consultations/referral_add.html"

    def get_visible(self):
        return Case.objects.visible_to(self.role).filter(lane=Case.Lane.NAMED).for_page()

    def get_case(self):
        return self.record

    def get_initial(self):
        return {"made_on": self.today}

    def save(self, form):
        services.make_referral(self.record, **form.cleaned_data, by=self.request.user, at=timezone.now())
        return self.record.get_absolute_url(), "Referral recorded."

    def get_context_data(self, **kwargs):
        case = self.record
        return super().get_context_data(
            case=case,
            leave=services.consent_in_force(case, Purpose.REFER_ON, self.today),
            page_title=f"Record a referral of {case.who_after_words}",
            tab_title=f"Record a referral, {case.reference}",
            submit_label="Save referral",
            back_url=case.get_absolute_url(),
            back_text="Back to the case",
            **kwargs,
        )


class ReferralUpdatePage(LogsReading, OnceOn):
    """What was heard of one, and what the school is told."""

    policy = policies.can_refer
    form_class = ReferralUpdateForm
    lookup = "pk"

    def get_visible(self):
        related = ("case__partnership__school", "case__partnership__service", "case__moved_to")
        return Referral.objects.visible_to(self.role).select_related(*related)

    def get_case(self):
        return self.record.case

    def get_read_record(self):
        return self.record.case

    def get_initial(self):
        return {"heard_on": self.today}

    def get_form_kwargs(self):
        case = self.record.case
        left = str(case.partnership.school) if hasattr(case, "moved_to") else ""
        return super().get_form_kwargs() | {"untold": left}

    def saved_meanwhile(self):
        return self.record.updates.last()

    def save(self, form):
        services.update_referral(
            self.record,
            **form.cleaned_data,
            by=self.request.user,
            at=timezone.now(),
            opened_version=self.opened_version,
        )
        return self.record.case.get_absolute_url(), "Referral updated."

    def get_context_data(self, **kwargs):
        case = self.record.case
        return super().get_context_data(
            page_title=f"What did you hear about the referral of {case.who_after_words}?",
            tab_title=f"Update a referral, {case.reference}",
            intro=f"To {self.record.to}. It stands now: {self.record.get_status_display().lower()}.",
            submit_label="Save",
            back_url=case.get_absolute_url(),
            back_text="Back to the case",
            **kwargs,
        )
