from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q


def only_a_budget_holder_approves(name):
    return CheckConstraint(
        name=name,
        condition=Q(is_approver=False) | Q(kind="budget_holder"),
        violation_error_message="Only a budget holder approves orders.",
    )


class AtOnePlace:
    """What a role row and an invitation share: a kind, and the one place that the kind is for."""

    def __str__(self):
        approves = ", approves orders" if self.is_approver else ""
        return f"{self.get_kind_display()}{approves}, {self.place}"

    def clean(self):
        super().clean()
        scope = self.SCOPES.get(self.kind)
        if scope and getattr(self, f"{scope}_id") is None:
            raise ValidationError(f"{self.get_kind_display()} is a role at one {scope}.")

    @property
    def the_place(self):
        return self.partnership or self.school or self.service

    @property
    def place(self):
        """What the page title says: the school's name, or the service's."""
        if self.partnership_id:
            return self.partnership.school.name
        return (self.school or self.service).name

    @property
    def the_service(self):
        """The service this belongs to; None for a role at a school as such."""
        return self.partnership.service if self.partnership_id else self.service
