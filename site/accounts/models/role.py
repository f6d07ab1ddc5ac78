from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.querysets import RoleRowQuerySet

from .place import AtOnePlace, only_a_budget_holder_approves
from .tracked import TrackedModel


class RoleRow(AtOnePlace, TrackedModel):
    """Who may what, where and from when to when: the only record of it.

    A clinician works in a role for the whole service and sees the partnerships that their
    `link_clinician` rows name; that kind is a link, not a role to sign in with.
    """

    class Kind(models.TextChoices):
        CLINICIAN = "clinician", "Clinician"
        LINK_CLINICIAN = "link_clinician", "Link clinician"
        SERVICE_LEAD = "service_lead", "Service lead"
        LINK_STAFF = "link_staff", "Link staff"
        PLAN_READER = "plan_reader", "Plan reader"
        SAFEGUARDING_LEAD = "safeguarding_lead", "Safeguarding lead"
        BUDGET_HOLDER = "budget_holder", "Budget holder"
        COMMISSIONER = "commissioner", "Commissioner"
        EDITOR = "editor", "Editor"
        ADMINISTRATOR = "administrator", "Administrator"

    SCOPES = {
        Kind.CLINICIAN: "service",
        Kind.LINK_CLINICIAN: "partnership",
        Kind.SERVICE_LEAD: "service",
        Kind.LINK_STAFF: "partnership",
        Kind.PLAN_READER: "partnership",
        Kind.SAFEGUARDING_LEAD: "school",
        Kind.BUDGET_HOLDER: "partnership",
        Kind.COMMISSIONER: "service",
        Kind.EDITOR: "service",
        Kind.ADMINISTRATOR: "service",
    }
    SEES_CASES = frozenset(
        {
            *(Kind.CLINICIAN, Kind.LINK_CLINICIAN, Kind.SERVICE_LEAD),
            *(Kind.LINK_STAFF, Kind.PLAN_READER, Kind.SAFEGUARDING_LEAD),
        }
    )
    # What a question asked for a role depends on: what decides it, and its values (web.prepared).
    ASKED_BY = (
        ("kind", "is_approver"),
        ("id", "person_id", "service_id", "partnership_id", "school_id", "start_on"),
    )
    AT_A_SCHOOL = frozenset({Kind.LINK_STAFF, Kind.PLAN_READER, Kind.SAFEGUARDING_LEAD, Kind.BUDGET_HOLDER})

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    service = models.ForeignKey("schools.Service", models.PROTECT, null=True, blank=True, related_name="+")
    partnership = models.ForeignKey(
        "schools.Partnership", models.PROTECT, null=True, blank=True, related_name="roles"
    )
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    # Of a budget holder alone. An order over the approval limit waits for one of them.
    is_approver = models.BooleanField("approves orders", default=False)
    start_on = models.DateField()
    end_on = models.DateField("sees nothing from this day", null=True, blank=True)
    confirmed_at = models.DateTimeField("in force since", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RoleRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_ends_after_it_starts",
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                violation_error_message="The end of a role must not be before its start.",
            ),
            models.CheckConstraint(
                name="role_has_one_scope",
                condition=(
                    Q(service__isnull=False, partnership__isnull=True, school__isnull=True)
                    | Q(service__isnull=True, partnership__isnull=False, school__isnull=True)
                    | Q(service__isnull=True, partnership__isnull=True, school__isnull=False)
                ),
                violation_error_message="A role is for one service, one partnership or one school.",
            ),
            only_a_budget_holder_approves("role_approves_as_budget_holder"),
        ]
        indexes = [models.Index(fields=["person", "kind"]), models.Index(fields=["partnership", "kind"])]

    def is_over(self, on):
        """As `not_over` has it: what was declined ends on the day it starts."""
        return self.end_on is not None and self.end_on <= max(on, self.start_on)

    def is_waiting(self, on):
        """Given, and neither confirmed nor declined."""
        return self.confirmed_at is None and not self.is_over(on)

    def state(self, on):
        """How the list of users calls it on the day `on`."""
        if self.is_waiting(on):
            return "Waiting"
        if self.is_over(on):
            return "Ended" if self.confirmed_at and self.end_on > self.start_on else "Not given"
        return "Begins later" if self.start_on > on else "In force"
