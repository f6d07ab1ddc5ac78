from django.apps import apps
from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils import timezone

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet

Kind = RoleRow.Kind


def partnerships_open_to(role, path=""):
    """A condition: the partnership at `path` (such as "case__partnership__") is one this role works in.

    None for a role that works in no partnership's records: plan readers, safeguarding leads, commissioners,
    editors, administrators, and any kind not written here.
    """
    match role.kind:
        case Kind.CLINICIAN:
            links = RoleRow.objects.current(timezone.localdate()).filter(
                person_id=role.person_id, kind=Kind.LINK_CLINICIAN
            )
            return Q(**{f"{path}service": role.service_id, f"{path}pk__in": links.values("partnership_id")})
        case Kind.SERVICE_LEAD:
            return Q(**{f"{path}service": role.service_id})
        case Kind.LINK_STAFF | Kind.BUDGET_HOLDER:
            return Q(**{f"{path}pk": role.partnership_id})
    return None


def partnerships_counted_for(role, path=""):
    """A condition: rows of the partnership at `path` may go into a count for this role.

    For counts alone, shown after `web.small_numbers`: a commissioner counts what they can never read.
    """
    match role.kind:
        case Kind.COMMISSIONER | Kind.SERVICE_LEAD:
            return Q(**{f"{path}service": role.service_id})
    return Q(pk__in=[])


class PartnershipQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """The partnerships this role works in. School pages start here."""
        if role.kind == Kind.SAFEGUARDING_LEAD:
            return self.at_school(role.school_id)
        condition = partnerships_open_to(role)
        return self.none() if condition is None else self.filter(condition)

    def to_give_roles_at(self, role):
        """The schools of the service, for those who keep its users. It opens no page of a school."""
        if role.kind in (Kind.ADMINISTRATOR, Kind.SERVICE_LEAD):
            return self.filter(service=role.service_id)
        return self.none()

    def with_calendar_for(self, role):
        """Schools whose own days a role reads in the calendar. It opens no page of them."""
        return self.to_give_roles_at(role) if role.kind == Kind.ADMINISTRATOR else self.visible_to(role)

    def to_hand_cases_to(self, role, on):
        """The schools of a clinician's service, for a child who goes there. It opens no page of them."""
        if role.kind != Kind.CLINICIAN:
            return self.none()
        working = Q(ended_on=None) | Q(ended_on__gt=on)
        return self.filter(working, service=role.service_id).select_related("school").order_by("school__name")

    def at_school(self, school):
        """The one partnership of a school; of a school with two services the older, to have one page."""
        there = self.model.objects.filter(school=school).order_by("pk")
        return self.filter(pk__in=there.values("pk")[:1])

    def for_list(self):
        return self.by_name().select_related("service")

    def by_name(self):
        """The same for a page of one service, whose long texts are then not read for each school."""
        return self.select_related("school").order_by("school__name", "pk")

    def with_next_visit(self, today):
        """Adds `next_visit_at`, the planned start of the next visit not finished; None without one."""
        visits = apps.get_model("schools.Visit").objects.filter(
            partnership=OuterRef("pk"), finished_at=None, planned_end_at__date__gte=today
        )
        return self.annotate(
            next_visit_at=Subquery(visits.order_by("planned_start_at").values("planned_start_at")[:1])
        )

    def with_last_seen(self):
        """Adds `last_seen_at`, the planned start of the last visit that took place or has begun."""
        visits = apps.get_model("schools.Visit").objects.filter(partnership=OuterRef("pk"))
        seen = visits.filter(Q(outcome="done") | Q(outcome="", started_at__isnull=False))
        return self.annotate(
            last_seen_at=Subquery(seen.order_by("-planned_start_at").values("planned_start_at")[:1])
        )

    def with_owed(self):
        """Adds the minutes `owed` to a school in whatever year, and the unit of the newest of these lines."""
        lines = apps.get_model("schools.TimeEntry").objects.filter(partnership=OuterRef("pk"), kind="owed")
        newest = lines.order_by("-pk")
        owed = lines.order_by().values("partnership").annotate(total=Sum("owed_minutes"))
        return self.annotate(
            owed=Subquery(owed.values("total")),
            owed_unit=Subquery(newest.values("agreement__unit")[:1]),
            owed_unit_minutes=Subquery(newest.values("agreement__unit_minutes")[:1]),
        )


class OfPartnershipQuerySet(TrackedQuerySet):
    """Rows that belong to a partnership and are seen by whoever works in it."""

    def visible_to(self, role):
        condition = partnerships_open_to(role, "partnership__")
        return self.none() if condition is None else self.filter(condition)
