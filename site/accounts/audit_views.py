from django.views.generic import TemplateView

from accounts import policies
from accounts.access import PolicyMixin
from accounts.forms import AuditFilterForm
from accounts.models import AuditEvent, Delivery
from web.keyset import keyset_page

PAGE = 25


class Audit(PolicyMixin, TemplateView):
    """L9: what was done to accounts and roles. Never a child or a case."""

    policy = policies.can_read_audit
    template_name = "accounts/audit.html"

    def get_context_data(self, **kwargs):
        form = AuditFilterForm(self.request.GET)
        events = AuditEvent.objects.visible_to(self.role).select_related("person")
        page = keyset_page(form.narrow(events, self.role), self.request.GET, PAGE, by="at")
        return super().get_context_data(filter_form=form, page=page, **kwargs)


class Emails(PolicyMixin, TemplateView):
    """L9: which e-mail went to whom, and how sending it went. What an e-mail says is not kept."""

    policy = policies.can_read_audit
    template_name = "accounts/emails.html"

    def get_context_data(self, **kwargs):
        rows = Delivery.objects.visible_to(self.role).for_list()
        page = keyset_page(rows, self.request.GET, PAGE, by="queued_at")
        return super().get_context_data(page=page, **kwargs)
