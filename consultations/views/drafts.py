from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from consultations import policies
from consultations.models import Draft
from consultations.services import discard_draft

from .gone_draft import LeadsOnFromGone


class DraftDiscard(LeadsOnFromGone, PolicyMixin, TemplateView):
    """Asks first, because what is thrown away is gone."""

    policy = policies.owns_draft
    template_name = "consultations/draft_discard.html"
    lookup = "key"

    def get_visible(self):
        return Draft.objects.visible_to(self.role).select_related("visit", "partnership__school")

    def post(self, request, *args, **kwargs):
        draft = self.record
        discard_draft(draft.key, by=request.user)
        return HttpResponseRedirect(draft.visit.get_absolute_url() if draft.visit else reverse("home:start"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(draft=self.record, **kwargs)
