from datetime import date

from django.apps import apps
from django.db.models import F, Q

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet

from .place import partnerships_counted_for

Kind = RoleRow.Kind


class CalendarQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """The calendar a role works by: its service's, and the own days of the schools it works in."""
        match role.kind:
            case Kind.SERVICE_LEAD | Kind.ADMINISTRATOR:
                return self.filter(service=role.service_id)
            case Kind.CLINICIAN | Kind.LINK_STAFF:
                places = apps.get_model("schools.Partnership").objects.visible_to(role)
                service = role.service_id or role.partnership.service_id
                return self.filter(Q(school=None) | Q(school__in=places.values("school")), service=service)
        return self.none()

    def of(self, partnership):
        """The service's periods and this school's own."""
        return self.at(partnership.school_id, partnership.service_id)

    def at(self, school_pk, service_pk):
        return self.filter(Q(school=None) | Q(school=school_pk), service=service_pk)

    def of_year(self, year):
        """Those with a day in the academic year that began in `year`."""
        return self.filter(first_on__lte=date(year + 1, 8, 31), last_on__gte=date(year, 9, 1))

    def terms_counted_for(self, role):
        """The terms of the role's own service, the oldest first."""
        terms = self.filter(partnerships_counted_for(role), kind="term", school=None)
        return terms.order_by("first_on", "pk")

    def in_order(self):
        return self.order_by(F("school_id").asc(nulls_first=True), "first_on", "pk")
