"""C13: what a clinician takes along on paper. The page of the visit says the same on the screen."""

from django.views import View

from accounts.access import PolicyMixin
from consultations import pdf, policies
from consultations.papers.visit_sheet import sheet_facts
from web.downloads import as_download

from .visits import VisibleVisits


class VisitSheet(VisibleVisits, PolicyMixin, View):
    policy = policies.can_run_visit

    def get(self, request, *args, **kwargs):
        content = pdf.visit_sheet_pdf(sheet_facts(self.record, self.role, self.today))
        return as_download(content, pdf.visit_sheet_file_name(self.record))
