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

    def at_service(self, service_id):
        """The role rows that anybody has or had with a service, its schools included."""
        of_partnership = Q(partnership__service=service_id)
        of_school = Q(school__partnerships__service=service_id)
        return self.filter(Q(service=service_id) | of_partnership | of_school)

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


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, role):
        """The e-mails of a service, and of its people, for who leads or administers it."""
        match role.kind:
            case role.Kind.ADMINISTRATOR | role.Kind.SERVICE_LEAD:
                people = role._meta.model.objects.at_service(role.service_id).values("person")
                return self.filter(Q(service=role.service_id) | Q(service=None, person__in=people))
        return self.none()

    def for_list(self):
        """Everything one row of the log shows, the newest first, in one query."""
        return self.select_related("person", "service", "school", "staff").order_by("-queued_at", "-pk")
