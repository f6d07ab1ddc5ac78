from django.urls import reverse

from accounts.access import PolicyMixin
from schools import policies
from schools.models import Partnership, SchoolPerson


class OfSchool(PolicyMixin):
    """A page about one school, found by its URN among the partnerships the role works in."""

    lookup = "school__urn"
    tab = ""

    def get_visible(self):
        return Partnership.objects.visible_to(self.role).select_related("school", "service")

    def find_record(self):
        self.kwargs["school__urn"] = self.kwargs["urn"]
        return super().find_record()

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
