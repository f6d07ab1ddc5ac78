from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.views.generic import TemplateView

from accounts.access import PolicyMixin
from accounts.services import seal, unseal
from consultations import policies
from consultations.forms.case_search import CaseSearchForm, narrowed
from consultations.models import Case
from web.keyset import keyset_page, on_page
from web.prepared import prepared

PAGE = 25
FILTERS = ("year", "stage", "theme", "school")


@prepared
def cases_of_page(role, answers, *where):
    return one_page(narrowed(Case.objects.visible_to(role), *answers), *where)


def one_page(cases, *where):
    """One more than stand on a page."""
    *_, order = where
    return on_page(cases, PAGE, *where).for_list().order_by(*order)


def found(form, role, today):
    """Rows, or a function that `keyset_page` asks for them; none while an answer has an error, which the form
    shows. A year group makes another question each time; without it, it is one of a few."""
    if not form.is_valid():
        return Case.objects.none()
    year = form.cleaned_data["year"]
    if year is None:
        return partial(cases_of_page, role, form.answers)
    cases = narrowed(Case.objects.visible_to(role), *form.answers).in_year_group(year, today)
    return lambda *where: list(one_page(cases, *where))


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
        return super().get_context_data(
            filter_form=form,
            page=keyset_page(found(form, self.role, self.today), self.request.GET, PAGE),
            forgotten=bool(self.request.GET.get("find") and not asked["who"]),
            show_school=self.role.kind in policies.CLINICAL,
            **kwargs,
        )
