"""Papers about a whole case: the evidence pack and the chronology. Read as a page, then handed out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies
from consultations.models import Case, Paper
from consultations.papers.as_read import mark_of
from consultations.papers.chronology import chronology
from consultations.papers.evidence import evidence_pack
from consultations.papers.ratings import for_page
from web.papers.blocks import from_json

from .closed import MarksWhatIsClosed
from .handing_out import HandsOutWhatWasRead

Audience = Paper.Audience
LAST = 25


class CasePaper(HandsOutWhatWasRead, MarksWhatIsClosed, LogsReading, PolicyMixin, TemplateView):
    """A subclass gives `new_paper()`. Handing it out leads to its PDF."""

    policy = policies.can_make_paper
    template_name = "consultations/case_paper.html"
    name = button = ""

    def get_visible(self):
        return Case.objects.visible_to(self.role).for_page()

    def get_case(self):
        return self.record

    def post(self, request, *args, **kwargs):
        case, new = self.record, self.new_paper()
        try:
            paper = self.hand_out(case, new)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return self.render_to_response(self.get_context_data())
        return HttpResponseRedirect(reverse("consultations:paper-pdf", args=[case.reference, paper.number]))

    def get_context_data(self, **kwargs):
        case, new = self.record, self.new_paper()
        return super().get_context_data(
            case=case,
            section=case.partnership.school.name,
            paper_name=self.name,
            button=self.button,
            read=mark_of(new, self.request.user),
            blocks=for_page(from_json(new.blocks)),
            **kwargs,
        )


class Evidence(CasePaper):
    """All cycles of a case, of what is shared with the school alone."""

    name, button = "Evidence pack", "Make the pack"

    def new_paper(self):
        return evidence_pack(self.record, self.role, self.today)


class Chronology(CasePaper):
    """What happened when. Clinicians have one of their own, and one for the school."""

    name, button = "Chronology", "Hand it out"

    @property
    def audience(self):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        own = policies.can_read_consultation(self.role, None) and asked.get("for") != Audience.SCHOOL
        return Audience.CLINICIANS if own else Audience.SCHOOL

    def new_paper(self):
        return chronology(self.record, self.role, self.today, self.audience)

    def get_context_data(self, **kwargs):
        choices = Audience.choices if policies.can_read_consultation(self.role, None) else []
        papers = Paper.objects.visible_to(self.role).filter(case=self.record).for_list()[:LAST]
        return super().get_context_data(audience=self.audience, audiences=choices, papers=papers, **kwargs)
