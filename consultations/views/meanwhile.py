"""What became of a plan while a form about it was open."""

from accounts.access import posted_number
from consultations import reading
from consultations.plan_changes import differences


class SavedMeanwhile:
    """Goes before VisiblePlans. `version_before` is the version of the plan that was opened first: once both
    stood side by side the page carries a newer one."""

    @property
    def version_before(self):
        return posted_number(self.request, "version_before") or self.opened_version

    def when_opened(self):
        """When the plan came to be as it was seen; None where that version is not known."""
        row = self.record.history.filter(version=self.version_before).first()
        return row.history_date if row else None

    def newest_review(self):
        """The newest review of the plan that was saved since."""
        since, reviews = self.when_opened(), reading.reviews_of_case(self.record, self.role)
        new = [
            review
            for review in reviews
            if review.plan_id == self.record.pk and (since is None or review.reviewed_at > since)
        ]
        return new[-1] if new else None

    def meanwhile(self):
        """The newest review, and the version that came into force with what it changed."""
        self.versions = reading.versions_of(self.record, self.role)
        since, version = self.when_opened(), reading.in_force(self.versions)
        found = {"newest_review": self.newest_review(), "version_before": self.version_before}
        if since is None or version is None or version.agreed_at <= since:
            return found
        before = reading.in_force_at(self.versions, since)
        changes = differences(before, version) if before else []
        return found | {"new_version": version, "version_changes": changes}
