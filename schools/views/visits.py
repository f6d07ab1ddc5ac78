from django.views.generic import TemplateView

from schools import policies
from schools.models import Visit, VisitPattern
from web.keyset import keyset_page

from .school import OfSchool

PAGE = 25


class SchoolVisits(OfSchool, TemplateView):
    """Visits and their minutes; the same page for clinician, link staff and budget holder."""

    policy = policies.can_read_visits
    template_name = "schools/visits.html"
    tab = "visits"

    def get_context_data(self, **kwargs):
        visits = Visit.objects.visible_to(self.role).filter(partnership=self.record)
        patterns = VisitPattern.objects.visible_to(self.role).filter(partnership=self.record)
        return super().get_context_data(
            patterns=patterns.filter(until_on__gte=self.today)
            .select_related("clinician")
            .order_by("from_on", "pk"),
            can_keep_patterns=policies.can_keep_patterns(self.role, self.record),
            coming=self.coming(visits),
            can_book=policies.can_book_visit(self.role, self.record),
            can_read_calendar=policies.can_read_calendar(self.role, self.record),
            can_call_off=policies.can_call_off(self.role, None),
            page=keyset_page(
                visits.filter(finished_at__isnull=False).for_list(),
                self.request.GET,
                PAGE,
                by="planned_start_at",
            ),
            **kwargs,
        )

    def coming(self, visits):
        """[(visit, who makes it)]. In the name of somebody who left it is nobody, until the lead decides."""
        undecided = set(visits.nobody_comes(self.today).values_list("pk", flat=True))
        ahead = visits.ahead(self.today)
        return [(one, "no clinician yet" if one.pk in undecided else one.clinician) for one in ahead]
