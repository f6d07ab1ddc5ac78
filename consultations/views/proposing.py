"""From a plan to the library: a step in own words gives the thought, and nothing of the case goes along."""

from django.utils.functional import cached_property

from accounts.access import LogsReading
from consultations import policies, services
from consultations.forms import ProposalForm
from consultations.models import PlanVersion, Step
from resources.services import propose_strategy

from .once import OnceForm


class StepPropose(LogsReading, OnceForm):
    """Opens with the step to look at and with empty boxes beside it."""

    policy = policies.can_propose_strategy
    form_class = ProposalForm
    template_name = "consultations/step_propose.html"
    lookup = "pk"

    def get_visible(self):
        versions = PlanVersion.objects.visible_to(self.role)
        related = "plan_version__plan"
        return Step.objects.filter(plan_version__in=versions, strategy_title="").select_related(
            f"{related}__case__partnership__school", f"{related}__consultation"
        )

    @cached_property
    def plan(self):
        return self.record.plan_version.plan

    def get_case(self):
        return self.plan.case

    def get_read_record(self):
        return self.plan

    def get_initial(self):
        """What is true of many children: concerns, key stage, and whether it is one child or more."""
        case, talk = self.plan.case, self.plan.consultation
        stage = case.key_stage_on(self.today)
        return {
            "themes": list(talk.themes.all()) if talk else [],
            "key_stages": [stage] if stage else [],
            "settings": [case.setting],
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"telling": services.telling_words(self.plan.case, self.role)}

    def save(self, form):
        propose_strategy(form.proposal(), by=self.request.user)
        return self.plan.get_absolute_url(), "Sent to the editors of the library."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            step=self.record,
            section=self.plan.case.partnership.school.name,
            page_title="Propose a strategy for the library",
            tab_title=f"Propose a strategy, {self.plan.reference}",
            submit_label="Send to the editors",
            back_url=self.plan.get_absolute_url(),
            back_text="Back to the plan",
            **kwargs,
        )
