"""The lead writes an agreement, and the school signs it."""

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.access import ButtonView
from schools import policies, services
from schools.forms import AgreementForm, RecordSignatureForm, SignForm
from schools.models import Agreement, Partnership, SchoolPerson

from .agreements import OneAgreement, rules_of
from .once import SaveOnce


class WritesAgreement(SaveOnce):
    policy = policies.can_keep_agreements
    form_class = AgreementForm

    def get_form_kwargs(self):
        partnerships = Partnership.objects.visible_to(self.role).for_list()
        return super().get_form_kwargs() | {
            "instance": self.record or Agreement(kind=Agreement.Kind.BOUGHT),
            "partnerships": partnerships,
            "today": self.today,
        }

    def terms(self, form):
        return {
            "schools": form.cleaned_data["schools"],
            "fields": form.columns(),
            "packages": form.packages(),
            "by": self.request.user,
        }


class AgreementAdd(WritesAgreement):
    extra_context = {
        "page_title": "Add an agreement",
        "submit_label": "Save as a draft",
        "back_text": "Back to agreements",
    }

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=reverse("schools:agreements"), **kwargs)

    def save(self, form):
        agreement = services.draft_agreement(form.cleaned_data["payer"], **self.terms(form))
        return agreement.get_absolute_url(), "Saved as a draft. The school cannot see it yet."


class AgreementChange(OneAgreement, WritesAgreement):
    policy = policies.can_keep_agreements
    extra_context = {"page_title": "Change the agreement", "submit_label": "Save"}

    def get_visible(self):
        """A core offer is given and not written as a draft."""
        return super().get_visible().filter(kind=Agreement.Kind.BOUGHT)

    def save(self, form):
        # The form wrote its answers into the row it was shown; the service takes the row as it is stored.
        services.change_agreement(self.record, opened_version=self.opened_version, **self.terms(form))
        return self.record.get_absolute_url(), "Saved."


class AgreementSign(OneAgreement, SaveOnce):
    """A budget holder signs what they have just read; a lead records what was signed on paper."""

    policy = policies.can_sign_agreement
    template_name = "schools/agreement_sign.html"

    @property
    def records(self):
        return policies.can_keep_agreements(self.role, self.record)

    def get_visible(self):
        return super().get_visible().filter(kind=Agreement.Kind.BOUGHT)

    def get_form_class(self):
        return RecordSignatureForm if self.records else SignForm

    def get_initial(self):
        if self.records:
            return {"signed_on": self.today}
        me = SchoolPerson.objects.visible_to(self.role).filter(account=self.request.user).first()
        return {"signed_by_name": str(self.request.user), "signed_by_job": me.job if me else ""}

    def save(self, form):
        said = form.said(self.today) | {"by": self.request.user, "at": timezone.now()}
        services.sign_agreement(self.record, opened_version=self.opened_version, **said)
        return self.record.get_absolute_url(), "Signed."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Record who signed" if self.records else "Sign the agreement",
            submit_label="Record" if self.records else "Sign the agreement",
            **rules_of(self.record, prices=True),
            **kwargs,
        )


class AgreementSend(OneAgreement, ButtonView):
    policy = policies.can_keep_agreements

    def press(self, agreement):
        at = timezone.now()
        services.send_agreement(agreement, by=self.request.user, at=at, opened_version=self.opened_version)
        return f"Sent. A budget holder of {agreement.payer.school} can sign it now."


class AgreementTakeBack(OneAgreement, ButtonView):
    policy = policies.can_keep_agreements

    def press(self, agreement):
        services.take_back_agreement(agreement, by=self.request.user)
        return "Taken back. It is a draft again, and the school cannot see it."


class AgreementEnd(OneAgreement, ButtonView, TemplateView):
    """Asks first."""

    policy = policies.can_keep_agreements
    template_name = "schools/agreement_end.html"
    http_method_names = ["get", "post"]

    def press(self, agreement):
        services.end_agreement(agreement, by=self.request.user, at=timezone.now())
        return "The agreement has ended. Nothing can be booked from it."
