"""On the first page of the editors: what clinicians proposed and nobody has published yet."""

from wagtail.admin.ui.components import Component

from resources.models import StrategyPage
from resources.services import PROPOSED

AT_MOST = 20


class ProposedPanel(Component):
    name = "proposed"
    order = 120
    template_name = "resources/proposed_panel.html"

    def get_context_data(self, parent_context):
        return {"proposed": StrategyPage.objects.waiting(PROPOSED)[:AT_MOST]}
