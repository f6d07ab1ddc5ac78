"""Reports of the editing pages."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from resources.models import StrategyPage
from resources.reading import what_worked

NO_FIGURES = "Where a child may come to harm, nobody chooses by what helped others."


def is_editor(user):
    # Only editors have it, and Wagtail has read what the person may do: asking for the group costs more.
    return user.has_perm("resources.change_synonym")


class UseMenuItem(MenuItem):
    def is_shown(self, request):
        return is_editor(request.user)


class UseReport(ReportView):
    """Which strategies are used and which are not kept up, as far as readers of the library may know it.

    Never used and used in too few plans to be shown are one and the same here: else the first plan that
    used one would be seen to do so. Nothing can be downloaded.
    """

    page_title = "What has worked"
    header_icon = "list-ul"
    index_url_name = "use_report"
    index_results_url_name = "use_report_results"
    results_template_name = "resources/use_report_results.html"

    def dispatch(self, request, *args, **kwargs):
        if not is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.is_export = False

    @cached_property
    def show_export_buttons(self):
        return False

    def get_queryset(self):
        return StrategyPage.objects.most_helpful()

    def decorate_paginated_queryset(self, strategies):
        strategies = list(strategies)
        worked = what_worked(strategies)
        for strategy in strategies:
            strategy.worked = worked.get(strategy.pk)
        return strategies

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, **kwargs) | {"no_figures": NO_FIGURES}
