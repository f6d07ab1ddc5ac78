from django.db.models import Exists, OuterRef, Q

from accounts.models import RoleRow

from .place import OfPartnershipQuerySet


class VisitQuerySet(OfPartnershipQuerySet):
    def for_list(self):
        """What one line about a visit shows, in one query."""
        return self.select_related("partnership__school", "partnership__service", "clinician").order_by(
            "-planned_start_at", "-pk"
        )

    def to_come(self):
        """Visits not finished yet, the next one first; also those of days gone that wait to be finished."""
        return self.for_list().filter(finished_at__isnull=True).order_by("planned_start_at", "pk")

    def ahead(self, today):
        """Visits not finished, from today on: a morning's visit is the next one until it is finished."""
        return self.to_come().filter(planned_end_at__date__gte=today)

    def nobody_comes(self, today):
        """Visits not finished whose clinician does not work for the service any more: not on the day of the
        visit, or of one that is past, not today. Somebody has to say who makes them."""
        works = RoleRow.objects.filter(
            Q(end_on=None) | Q(end_on__gt=today) & Q(end_on__gt=OuterRef("planned_start_at__date")),
            kind=RoleRow.Kind.CLINICIAN,
            person=OuterRef("clinician"),
            person__is_active=True,
            service=OuterRef("partnership__service"),
            confirmed_at__isnull=False,
        )
        return self.to_come().exclude(Exists(works))
