from functools import partial

from django.views.generic import TemplateView

from schools import policies
from schools.models import Visit, VisitPattern
from web.keyset import cut, keyset_page
from web.prepared import prepared

from .school import OfSchool

PAGE = 25


@prepared
def visits_made(role, partnership_pk, *where):
    """One more than stand on a page."""
    made = of_school(role, partnership_pk).filter(finished_at__isnull=False).for_list()
    return cut(made, *where)[: PAGE + 1]


@prepared
def visits_of_nobody(role, partnership_pk, today):
    return of_school(role, partnership_pk).nobody_comes(today).values_list("pk", flat=True)


@prepared
def visits_ahead(role, partnership_pk, today):
    return of_school(role, partnership_pk).ahead(today)


def of_school(role, partnership_pk):
    return Visit.objects.visible_to(role).filter(partnership=partnership_pk)


@prepared
def patterns_of(role, partnership_pk, today):
    patterns = VisitPattern.objects.visible_to(role).filter(partnership=partnership_pk, until_on__gte=today)
    return patterns.select_related("clinician").order_by("from_on", "pk")


class SchoolVisits(OfSchool, TemplateView):
    """Visits and their minutes; the same page for clinician, link staff and budget holder."""

    policy = policies.can_read_visits
    template_name = "schools/visits.html"
    tab = "visits"

    def get_context_data(self, **kwargs):
        made = partial(visits_made, self.role, self.record.pk)
        return super().get_context_data(
            patterns=patterns_of(self.role, self.record.pk, self.today),
            can_keep_patterns=policies.can_keep_patterns(self.role, self.record),
            coming=self.coming(),
            can_book=policies.can_book_visit(self.role, self.record),
            can_read_calendar=policies.can_read_calendar(self.role, self.record),
            can_call_off=policies.can_call_off(self.role, None),
            page=keyset_page(made, self.request.GET, PAGE, by="planned_start_at"),
            **kwargs,
        )

    def coming(self):
        """[(visit, who makes it)]. In the name of somebody who left it is nobody, until the lead decides."""
        where = self.role, self.record.pk, self.today
        undecided = set(visits_of_nobody(*where))
        return [
            (one, "no clinician yet" if one.pk in undecided else one.clinician)
            for one in visits_ahead(*where)
        ]
