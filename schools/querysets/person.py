from django.db.models import Q

from accounts.models import RoleRow

from .place import OfPartnershipQuerySet

Kind = RoleRow.Kind


class SchoolPersonQuerySet(OfPartnershipQuerySet):
    def visible_to(self, role):
        """Whoever works in the partnership; the safeguarding lead sees who is who at their school."""
        if role.kind == Kind.SAFEGUARDING_LEAD:
            return self.filter(partnership__school=role.school_id)
        return super().visible_to(role)

    def working(self, on):
        """Those still at the school on the day `on`."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=on)).order_by("name", "pk")

    def safeguarding_leads(self, on):
        return self.working(on).filter(safeguarding_order__isnull=False).order_by("safeguarding_order", "pk")
