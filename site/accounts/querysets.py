from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from simple_history.manager import HistoricalQuerySet


class TrackedQuerySet(models.QuerySet):
    """A queryset that refuses every write that would leave no history.

    Read with it as with any queryset; write one record at a time with `save_tracked`, or new ones together
    with `save_many_tracked`.
    """

    def _refuse(self, *args, **kwargs):
        raise NotImplementedError(f"{self.model.__name__} keeps its history: write it with save_tracked.")

    update = bulk_create = bulk_update = delete = _refuse

    def select_for_update(self, nowait=False, skip_locked=False, of=(), no_key=True):
        """Locked against whoever would change the row or lock it too, not against rows that refer to it.

        With PostgreSQL's stronger lock two who wrote rows of one case, and then each lock it, wait for
        each other: docs/adr/0020. Keys never change here, so nothing needs that one.
        """
        return super().select_for_update(nowait=nowait, skip_locked=skip_locked, of=of, no_key=no_key)


class RefusesRewriting:
    """Mixed into a queryset: the rows of the table are written once, one at a time."""

    def _refuse(self, *args, **kwargs):
        raise NotImplementedError(f"Rows of {self.model._meta.verbose_name} cannot be changed or deleted.")

    update = bulk_create = bulk_update = delete = update_or_create = _refuse


class WrittenOnceQuerySet(RefusesRewriting, models.QuerySet):
    pass


class HistoryQuerySet(RefusesRewriting, HistoricalQuerySet):
    """Read with it what a record was; nothing else."""


class RoleRowQuerySet(TrackedQuerySet):
    def current(self, on):
        """Role rows in force on the day `on`: confirmed, and the end day is no longer part of the role."""
        begun = Q(start_on__lte=on, confirmed_at__isnull=False)
        return self.filter(begun, Q(end_on__isnull=True) | Q(end_on__gt=on))

    def usable(self, person, on):
        """The roles a person may choose to work in today."""
        return self.usable_by(person.pk, on) if person.is_active else self.none()

    def usable_by(self, person_pk, on):
        """The same of somebody who is active."""
        return (
            self.current(on)
            .filter(person=person_pk)
            .exclude(kind=self.model.Kind.LINK_CLINICIAN)
            .select_related("person", "service", "partnership__school", "partnership__service", "school")
            .order_by("pk")
        )

    def visible_to(self, role):
        """Those who keep users: all of their service. Link staff: colleagues and readers of their school."""
        Kind = self.model.Kind
        match role.kind:
            case Kind.ADMINISTRATOR | Kind.SERVICE_LEAD:
                return self.filter(of_service(role.service_id))
            case Kind.LINK_STAFF:
                kinds = (Kind.LINK_STAFF, Kind.PLAN_READER)
                return self.filter(partnership=role.partnership_id, kind__in=kinds)
        return self.none()

    def of(self, service):
        return self.filter(of_service(service))

    def waiting(self, on):
        """Given, and neither confirmed nor declined, the oldest first."""
        return self.not_over(on).filter(confirmed_at__isnull=True)

    def not_over(self, on):
        """In force, to come, or waiting. What was declined ends on the day it starts."""
        lasts = Q(end_on__isnull=True) | (Q(end_on__gt=on) & Q(end_on__gt=F("start_on")))
        return self.filter(lasts).order_by("pk")

    def for_list(self):
        return self.select_related(
            "person", "service", "partnership__school", "partnership__service", "school"
        )


def of_service(service):
    """A condition: the row's place is this service, or a school that it works with."""
    at_its_schools = Q(partnership__service=service) | Q(school__partnerships__service=service)
    return Q(service=service) | at_its_schools


def kept_by(role):
    """Keys of the people with a role, now or once, where this role keeps users."""
    rows = apps.get_model("accounts.RoleRow").objects.visible_to(role)
    return rows.order_by().values("person")


def while_kept_by(role, time):
    """A condition on rows with a `person`: on the day of `time` that person had a role where this one keeps
    users. What they did before and after, elsewhere, is none of its business."""
    rows = apps.get_model("accounts.RoleRow").objects.visible_to(role)
    day = OuterRef(f"{time}__date")
    lasts = Q(end_on__isnull=True) | Q(end_on__gt=day)
    return Exists(rows.order_by().filter(lasts, person=OuterRef("person"), start_on__lte=day))


class UserQuerySet(models.QuerySet):
    def visible_to(self, role):
        """Those who keep users: everybody who has or had a role at their service. Nobody else."""
        Kind = role.Kind
        if role.kind not in (Kind.ADMINISTRATOR, Kind.SERVICE_LEAD):
            return self.none()
        return self.filter(pk__in=kept_by(role))

    def called(self, typed):
        """Whose name or e-mail address holds every word of what was typed."""
        found = self
        for word in typed.replace("\0", "").split()[:6]:
            has = Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            found = found.filter(has)
        return found


class InvitationQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """As roles: of the service, or to colleagues and readers of one's own school."""
        Kind = role.Kind
        match role.kind:
            case Kind.ADMINISTRATOR | Kind.SERVICE_LEAD:
                return self.filter(of_service(role.service_id))
            case Kind.LINK_STAFF:
                kinds = (Kind.LINK_STAFF, Kind.PLAN_READER)
                return self.filter(partnership=role.partnership_id, kind__in=kinds)
        return self.none()

    def unanswered(self):
        """Neither accepted nor revoked, the newest first. One that ran out can be sent again."""
        return self.filter(accepted_at=None, revoked_at=None).order_by("-pk")

    def for_list(self):
        return self.select_related("service", "partnership__school", "school", "invited_by", "acting")


class AuditEventQuerySet(models.QuerySet):
    def visible_to(self, role):
        """Those who keep users: what was done at their service, or at no service by somebody then of theirs.

        A sign-in that was refused to nobody we know belongs to no service; administrators see it.
        """
        Kind = role.Kind
        if role.kind not in (Kind.ADMINISTRATOR, Kind.SERVICE_LEAD):
            return self.none()
        seen = Q(service=role.service_id) | Q(while_kept_by(role, "at"), service=None)
        if role.kind == Kind.ADMINISTRATOR:
            seen |= Q(service=None, person=None)
        return self.filter(seen)


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, role):
        """The e-mails of a service, and of its people at the time, for who leads or administers it."""
        match role.kind:
            case role.Kind.ADMINISTRATOR | role.Kind.SERVICE_LEAD:
                of_its_people = Q(while_kept_by(role, "queued_at"), service=None)
                return self.filter(Q(service=role.service_id) | of_its_people)
        return self.none()

    def for_list(self):
        """Everything one row of the log shows, the newest first, in one query."""
        return self.select_related("person", "service", "school", "staff").order_by("-queued_at", "-pk")
