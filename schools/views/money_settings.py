from django.urls import reverse

from schools import policies, services
from schools.forms import MoneySettingsForm
from schools.models import Service

from .once import SaveOnce


class MoneySettings(SaveOnce):
    """What papers about money say of the service. What was handed out stays as it is."""

    policy = policies.can_keep_agreements
    form_class = MoneySettingsForm
    extra_context = {
        "page_title": "Money settings",
        "intro": "Statements and invoices say this from now on. Those that were handed out stay as they are.",
        "back_text": "Back to agreements",
    }

    def find_record(self):
        return Service.objects.get(pk=self.role.service_id) if self.role.service_id else None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.record}

    def save(self, form):
        services.set_money_settings(
            self.record, by=self.request.user, opened_version=self.opened_version, **form.cleaned_data
        )
        return reverse("schools:money-settings"), "Saved."

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=reverse("schools:agreements"), **kwargs)
