from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Task, TaskState

from accounts.models import RoleRow

REVIEWERS = frozenset({RoleRow.Kind.CLINICIAN, RoleRow.Kind.SERVICE_LEAD})
PUBLISHED = ["wagtail.publish", "wagtail.publish.schedule", "wagtail.publish.scheduled"]


class WhatToChange(forms.Form):
    comment = forms.CharField(label="What has to change", widget=forms.Textarea, max_length=2000)


class ClinicianReview(Task):
    """A clinician or service lead, by their roles of today, approves a page or asks for changes.

    While it waits nobody edits it, so what is published is what was read. Whoever wrote any of it since it
    was last published cannot approve it.
    """

    class Meta:
        verbose_name = "review by a clinician"
        verbose_name_plural = "reviews by a clinician"

    @classmethod
    def get_description(cls):
        return "People who have the role of clinician or service lead today approve the page"

    def user_can_access_editor(self, page, user):
        return is_reviewer(user)

    def locked_for_user(self, page, user):
        return True

    def get_actions(self, page, user):
        changes = ("reject", "Ask for changes", True)
        if is_reviewer(user):
            return [changes] if wrote_what_waits(page, user) else [changes, ("approve", "Approve", False)]
        if page.specific_deferred.permissions_for_user(user).may_change():
            return [("take_back", "Take back from review", False)]
        return []

    def get_form_for_action(self, action):
        return WhatToChange if action == "reject" else None

    def on_action(self, task_state, user, action_name, **kwargs):
        """Where the person goes next; None for where they were."""
        if action_name == "take_back":
            task_state.workflow_state.cancel(user=user)
            return None
        try:
            super().on_action(task_state, user, action_name, **kwargs)
        except ValidationError as refusal:
            # Something else changed since it was submitted: its theme has another topic by now, perhaps.
            task_state.refresh_from_db()
            task_state.reject(user=user, comment=could_not_publish(refusal))
        page = Page.objects.get(pk=task_state.revision.object_id)
        return page.url if page.live and action_name == "approve" else reverse("wagtailadmin_home")

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting if is_reviewer(user) else TaskState.objects.none()


def could_not_publish(refusal):
    return f"It could not be published: {' '.join(refusal.messages)}"


def is_reviewer(user):
    rows = RoleRow.objects.usable(user, timezone.localdate())
    return rows.filter(kind__in=REVIEWERS).exists()


def wrote_what_waits(page, user):
    """Whether the person saved any version of the page since the last one that was published."""
    published = PageLogEntry.objects.filter(page=page.pk, action__in=PUBLISHED)
    newest = published.aggregate(newest=Max("revision"))["newest"] or 0
    return page.revisions.filter(user=user, pk__gt=newest).exists()
