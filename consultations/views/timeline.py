from django.utils import timezone
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from consultations import policies, timeline
from consultations.models import Case
from web.prepared import prepared

from .closed import MarksWhatIsClosed


@prepared
def case_with_events(role, reference):
    return Case.objects.visible_to(role).filter(reference=reference).for_page()


class CaseTimeline(MarksWhatIsClosed, LogsReading, PolicyMixin, TemplateView):
    """C10t: everything of a case that the reader may see, the newest day first, 25 a page."""

    policy = policies.can_read_case
    template_name = "consultations/case_timeline.html"

    def find_record(self):
        return self.the_only(case_with_events(self.role, self.key()))

    def get_case(self):
        return self.record

    def get_context_data(self, **kwargs):
        case = self.record
        page = timeline.events_page(case, self.role, self.request.GET, on=self.today)
        looked_at = timeline.last_looked(case, self.role, at=timezone.now())
        return super().get_context_data(
            case=case,
            section=case.partnership.school.name,
            page=page,
            events=timeline.marked(page.events, self.role, looked_at),
            looked_at=looked_at,
            **kwargs,
        )
