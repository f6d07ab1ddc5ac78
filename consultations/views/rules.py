"""What a lead sets about the plans of their service."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import FormView

from accounts.access import ButtonView, PolicyMixin
from accounts.models import StaleVersion
from consultations import policies, services
from consultations.forms import PlanRulesForm
from consultations.forms.conflict import beside
from consultations.models import SchoolRules
from schools.models import Partnership
from schools.views import OfSchool

from .drafting import add_refusal

CHANGED = "Somebody changed these rules while you had the page open. Read both, then save again."


class PlanRulesPage(PolicyMixin, FormView):
    """The headway rule, the weekly e-mail, the scale, and which schools use the scale."""

    policy = policies.can_check_the_service
    template_name = "consultations/plan_rules.html"
    form_class = PlanRulesForm
    seen_version = None
    both_versions = ()

    @property
    def rules(self):
        return services.plan_rules_of(self.role.service)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.rules}

    def form_valid(self, form):
        try:
            services.set_plan_rules(
                self.role.service,
                form.cleaned_data,
                by=self.request.user,
                opened_version=self.opened_version,
            )
        except StaleVersion as stale:
            self.seen_version = stale.record.version
            self.both_versions = beside(form, services.plan_rules_of(self.role.service))
            form.add_error(
                None, "Somebody changed these rules while you had the page open. Read both, then save again."
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Rules saved.")
        return HttpResponseRedirect(reverse("consultations:plan-rules"))

    def version_on_page(self):
        if self.seen_version is not None:
            return self.seen_version
        return self.opened_version if self.request.method == "POST" else self.rules.version

    def get_context_data(self, **kwargs):
        schools = Partnership.objects.visible_to(self.role).select_related("school", "plan_rules")
        return super().get_context_data(
            tab="rules",
            schools=[(here, rules_of(here)) for here in schools.order_by("school__name", "pk")],
            version_on_page=self.version_on_page(),
            both_versions=self.both_versions,
            **kwargs,
        )


def rules_of(partnership):
    return getattr(partnership, "plan_rules", None) or SchoolRules(partnership=partnership, version=0)


class SchoolScale(OfSchool, ButtonView):
    """Switch the scale on or off for one school."""

    policy = policies.can_check_the_service

    def press(self, partnership):
        uses = self.request.POST.get("uses_scale") == "on"
        seen = {"by": self.request.user, "opened_version": self.opened_version}
        services.set_school_rules(partnership, uses_scale=uses, **seen)
        return f"{partnership.school} {'uses' if uses else 'does not use'} the scale."

    def get_return_url(self):
        return reverse("consultations:plan-rules")
