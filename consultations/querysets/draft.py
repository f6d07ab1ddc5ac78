from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.models import RoleRow
from schools.querysets import partnerships_open_to

Kind = RoleRow.Kind


class DraftQuerySet(models.QuerySet):
    def visible_to(self, role):
        """One's own, while one still works in the partnership it was begun at.

        Link staff: while the case it is about can still be seen, because its line says who that is.
        """
        own = self.filter(author=role.person_id)
        match role.kind:
            case Kind.CLINICIAN:
                return own.filter(partnerships_open_to(role, "partnership__"))
            case Kind.LINK_STAFF:
                cases = apps.get_model("consultations.Case").objects.visible_to(role)
                own = own.filter(Q(case=None) | Q(case__in=cases))
                return own.filter(partnerships_open_to(role, "partnership__"))
        return self.none()

    def for_list(self):
        """The oldest first."""
        return self.select_related("visit", "case", "partnership__school").order_by("started_at", "pk")

    def left_behind(self, service, today):
        """Those of clinicians who left the service: nobody opens them until they are handed over."""
        clinicians = RoleRow.objects.filter(kind=Kind.CLINICIAN, service=service)
        mine = self.filter(partnership__service=service, author__in=clinicians.values("person"))
        return mine.exclude(author__in=clinicians.current(today).values("person"))
