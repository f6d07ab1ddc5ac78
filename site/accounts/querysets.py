from django.db import models
from django.db.models import Q


class TrackedQuerySet(models.QuerySet):
    """A queryset that refuses every write that would leave no history.

    Read with it as with any queryset; write one record at a time with `save_tracked`.
    """

    def _refuse(self, *args, **kwargs):
        raise NotImplementedError(f"{self.model.__name__} keeps its history: write it with save_tracked.")

    update = bulk_create = bulk_update = delete = _refuse


class RoleRowQuerySet(TrackedQuerySet):
    def current(self, on):
        """Role rows in force on the day `on`: confirmed, and the end day is no longer part of the role."""
        begun = Q(start_on__lte=on, confirmed_at__isnull=False)
        return self.filter(begun, Q(end_on__isnull=True) | Q(end_on__gt=on))

    def usable(self, person, on):
        """The roles a person may choose to work in today."""
        if not person.is_active:
            return self.none()
        return (
            self.current(on)
            .filter(person=person)
            .exclude(kind=self.model.Kind.LINK_CLINICIAN)
            .select_related("person", "service", "partnership__school", "partnership__service", "school")
            .order_by("pk")
        )
