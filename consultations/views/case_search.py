from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from consultations import policies
from consultations.forms.case_search import CaseSearchForm
from consultations.models import Case
from web.keyset import keyset_page

PAGE = 25


class CaseSearch(PolicyMixin, TemplateView):
    """Find a case by reference, name, year group, stage, theme or school; newest first."""

    policy = policies.can_search_cases
    template_name = "consultations/case_search.html"

    def get_context_data(self, **kwargs):
        form = CaseSearchForm(self.request.GET or None, role=self.role)
        cases = form.narrow(Case.objects.visible_to(self.role)).for_list()
        return super().get_context_data(
            filter_form=form,
            page=keyset_page(cases, self.request.GET, PAGE),
            show_school=self.role.kind in policies.CLINICAL,
            **kwargs,
        )
