from django.db.models import F, Q

from accounts.querysets import TrackedQuerySet

from .place import partnerships_counted_for


class CalendarQuerySet(TrackedQuerySet):
    def of(self, partnership):
        """The service's periods and this school's own."""
        return self.filter(Q(school=None) | Q(school=partnership.school_id), service=partnership.service_id)

    def terms_counted_for(self, role):
        """The terms of the role's own service, the oldest first."""
        terms = self.filter(partnerships_counted_for(role), kind="term", school=None)
        return terms.order_by("first_on", "pk")

    def in_order(self):
        return self.order_by(F("school_id").asc(nulls_first=True), "first_on", "pk")
