from accounts.querysets import TrackedQuerySet


class CalendarFeedQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """Those of the role in use: nobody sees the address of anybody else, nor of another role."""
        return self.filter(role=role.pk)

    def in_use(self):
        return self.filter(revoked_at__isnull=True)
