"""Papers that were handed out: the page and the PDF of their frozen words."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.views import View
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import pdf, policies, reading
from consultations.models import Paper, Share
from consultations.papers.ratings import for_page
from web.downloads import as_download
from web.papers.blocks import from_json

from .closed import MarksWhatIsClosed, ended_on

NUMBERS_END = 2**31


class VisiblePapers(MarksWhatIsClosed):
    """Pages about one paper of a case. One that repeats a closed text is marked as closed to the school."""

    policy = policies.can_read_paper
    lookup = "number"

    def get_visible(self):
        return self.of_address(Paper.objects.visible_to(self.role)).for_page()

    def of_address(self, papers):
        if self.kwargs["number"] >= NUMBERS_END:
            raise Http404
        return papers.filter(case__reference=self.kwargs["reference"].replace("\0", ""))

    def closed_share(self):
        """Of the texts that the paper repeats the one that was closed last, if it was for this role."""
        if self.kwargs["number"] >= NUMBERS_END:
            return None
        papers = self.of_address(Paper.objects.for_the_school_of(self.request.role))
        shares = Share.objects.visible_to(self.request.role).filter(
            pk__in=papers.filter(number=self.kwargs["number"]).values("rests_on__share")
        )
        said = Share.objects.still_said_on(self.today).filter(pk=OuterRef("pk"))
        ended = shares.exclude(Exists(said)).for_list()
        return max(ended, key=ended_on, default=None)


class PaperPage(VisiblePapers, LogsReading, PolicyMixin, TemplateView):
    template_name = "consultations/paper_handed_out.html"

    def get_context_data(self, **kwargs):
        paper = self.record
        return super().get_context_data(
            paper=paper,
            blocks=for_page(from_json(paper.blocks)),
            section=paper.case.partnership.school.name,
            **kwargs,
        )


class PaperPdf(VisiblePapers, LogsReading, PolicyMixin, View):
    def get(self, request, *args, **kwargs):
        paper = self.record
        content = pdf.handed_out_pdf(paper, again=reading.printed_before(paper))
        return as_download(content, pdf.handed_out_file_name(paper))
