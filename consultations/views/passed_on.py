"""D1: what a safeguarding lead was told. Never the child, the case or what it is about."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.access import ButtonView, PolicyMixin
from accounts.models import StaleVersion
from consultations import policies, services
from consultations.forms import SchoolReferenceForm
from consultations.models import SafeguardingMatter
from web.keyset import keyset_page

PAGE = 25


class PassedOn(PolicyMixin, TemplateView):
    policy = policies.is_safeguarding_lead
    template_name = "consultations/passed_on.html"

    def get_context_data(self, **kwargs):
        matters = SafeguardingMatter.objects.visible_to(self.role).for_the_lead_told()
        page = keyset_page(matters, self.request.GET, PAGE, by="told_at")
        return super().get_context_data(page=page, section=self.role.place, **kwargs)


class OneMatter(PolicyMixin):
    policy = policies.is_safeguarding_lead
    lookup = "pk"

    def get_visible(self):
        return SafeguardingMatter.objects.visible_to(self.role).for_the_lead_told()

    def get_return_url(self):
        return reverse("consultations:passed-on")


class PassedOnAcknowledge(OneMatter, ButtonView):
    """I was told."""

    def press(self, matter):
        services.acknowledge_telling(matter, by=self.request.user, at=timezone.now())
        return "You confirmed that you were told."


class PassedOnReference(OneMatter, FormView):
    """The lead's own reference, added or put right."""

    template_name = "consultations/passed_on_reference.html"
    form_class = SchoolReferenceForm
    seen_version = None

    def get_initial(self):
        return {"school_reference": self.record.school_reference}

    def form_valid(self, form):
        try:
            services.change_school_reference(
                self.record,
                reference=form.cleaned_data["school_reference"],
                by=self.request.user,
                opened_version=self.opened_version,
            )
        except StaleVersion as stale:
            now = stale.record.school_reference or "no reference"
            form.add_error(None, f"This changed while you had the page open. It now says: {now}.")
            self.seen_version = stale.record.version
            return self.form_invalid(form)
        messages.success(self.request, "Reference saved.")
        return HttpResponseRedirect(self.get_return_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            matter=self.record,
            section=self.role.place,
            page_title="Your own reference",
            back_url=self.get_return_url(),
            seen_version=self.seen_version or self.opened_version or self.record.version,
            **kwargs,
        )
