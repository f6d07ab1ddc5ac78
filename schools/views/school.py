from django.urls import reverse

from accounts.access import PolicyMixin
from schools import policies
from schools.models import Partnership, SchoolPerson
from web.prepared import prepared


@prepared
def partnership_by_urn(role, urn):
    places = Partnership.objects.visible_to(role).select_related("school", "service")
    return places.filter(school__urn=urn)


class OfSchool(PolicyMixin):
    """A page about one school, found by its URN among the partnerships the role works in."""

    lookup = "urn"
    tab = ""

    def find_record(self):
        return self.the_only(partnership_by_urn(self.role, self.key()))

    @property
    def people(self):
        return SchoolPerson.objects.visible_to(self.role).filter(partnership=self.record).working(self.today)

    def people_url(self):
        return reverse("schools:people", args=[self.record.school.urn])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            partnership=self.record,
            school=self.record.school,
            section=self.record.school.name,
            tab=self.tab,
            has_tabs=policies.works_case_by_case(self.role),
            **kwargs,
        )
