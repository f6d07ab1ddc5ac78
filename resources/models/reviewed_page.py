from wagtail.locks import WorkflowLock
from wagtail.models.pages import PagePermissionTester

REVIEW_FIELDS = ["reviewed_by", "reviewed_on", "review_due_on"]


class LibraryPermissions(PagePermissionTester):
    """Nobody publishes by hand, a superuser neither: a review does. Whoever edits may take a page out of
    sight at any time."""

    def may_change(self):
        return self.user.is_active and (self.user.is_superuser or "change" in self.permissions)

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_reorder_children(self):
        return False

    def can_unpublish(self):
        """Also while the page waits for a review: harm does not wait."""
        return self.page.live and self.may_change()

    def can_unschedule(self):
        return self.may_change()


class ReviewLock(WorkflowLock):
    """What a clinician reads stays as it is until they have answered."""

    def get_message(self, user):
        return "This page waits for a clinician's review. Nobody can change it until then."

    def get_description(self, user, can_lock=False):
        return "Nobody can change a page while a clinician reads it"


class ReviewedPage:
    """Mixed into every kind of page of the library: published by a clinician's review alone."""

    def permissions_for_user(self, user):
        return LibraryPermissions(user, self)

    def get_lock(self):
        lock = super().get_lock()
        return ReviewLock(self, lock.task) if isinstance(lock, WorkflowLock) else lock
