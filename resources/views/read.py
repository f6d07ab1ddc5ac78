from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from resources import policies


class ReadPage(PolicyMixin, TemplateView):
    """A published Wagtail page behind the same gate as every page of ours. Wagtail has found the page."""

    policy = policies.can_read_library
    page = None

    def find_record(self):
        return self.page

    def get_template_names(self):
        return [self.page.template]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page=self.page, may_review=policies.can_review(self.role, self.page), **kwargs
        )
