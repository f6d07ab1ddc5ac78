"""What pages of statements and of invoices share: the frozen words, their PDF and their figures."""

from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from accounts.access import PolicyMixin, address_of
from schools import pdf, policies, services
from web.downloads import as_download
from web.sheets import as_sheet


class OfMoneyPaper(PolicyMixin):
    policy = policies.can_read_money_papers
    lookup = "number"

    def who(self):
        return {"by": self.request.user, "at": timezone.now(), "address": address_of(self.request)}


class MoneyPaperPage(OfMoneyPaper, TemplateView):
    template_name = "schools/money_paper.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            paper=self.record,
            blocks=self.record.blocks,
            section=self.record.agreement.payer.school.name,
            **kwargs,
        )


class MoneyPaperPdf(OfMoneyPaper, View):
    # No HEAD: it would take the original and give nothing out.
    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        again = services.take_pdf(self.record, role=self.role, **self.who())
        content = pdf.money_pdf(self.record, again=again)
        return as_download(content, pdf.file_name(self.record, "pdf"))


class MoneyPaperCsv(OfMoneyPaper, View):
    rows_of = None

    def get(self, request, *args, **kwargs):
        services.note_download(self.record, "CSV", **self.who())
        return as_sheet(type(self).rows_of(self.record), pdf.file_name(self.record, "csv"))
