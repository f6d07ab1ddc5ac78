from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from accounts.services import seal, unseal
from consultations import policies
from consultations.forms.case_search import CaseSearchForm
from consultations.models import Case
from web.keyset import keyset_page, on_page

PAGE = 25
FILTERS = ("year", "stage", "theme", "school")


def one_page(cases, *where):
    """One more than stand on a page."""
    *_, order = where
    return list(on_page(cases, PAGE, *where).for_list().order_by(*order))


class CaseSearch(PolicyMixin, TemplateView):
    """Find a case by reference, name, year group, stage, theme or school; newest first.

    What is looked for may be a child's name, so it is posted, and stands sealed in the address it leads to.
    """

    policy = policies.can_search_cases
    template_name = "consultations/case_search.html"

    def post(self, request, *args, **kwargs):
        form = CaseSearchForm(request.POST, role=self.role)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        asked = {name: form.data.get(name, "") for name in FILTERS if name in form.fields}
        asked["find"] = seal(form.cleaned_data["who"], by=request.user)
        kept = {name: value for name, value in asked.items() if value}
        return HttpResponseRedirect(f"{request.path}?{urlencode(kept)}" if kept else request.path)

    def asked(self):
        query = self.request.GET
        words = unseal(query.get("find", ""), by=self.request.user)
        return {name: query.get(name, "") for name in FILTERS} | {"who": words}

    def get_context_data(self, form=None, **kwargs):
        asked = self.asked()
        form = form or CaseSearchForm(asked, role=self.role)
        cases = form.narrow(Case.objects.visible_to(self.role), self.today)
        return super().get_context_data(
            filter_form=form,
            page=keyset_page(partial(one_page, cases), self.request.GET, PAGE),
            forgotten=bool(self.request.GET.get("find") and not asked["who"]),
            show_school=self.role.kind in policies.CLINICAL,
            **kwargs,
        )
