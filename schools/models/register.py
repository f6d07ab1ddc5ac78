from django.db import models


class RegisterRun(models.Model):
    """One reading of a schools file: what it was and what it did."""

    file_name = models.CharField(max_length=255)
    run_at = models.DateTimeField(auto_now_add=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    closed_or_left = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-run_at", "-pk"]

    def __str__(self):
        return f"{self.file_name}, {self.run_at:%Y-%m-%d}"


class RegisterChange(models.Model):
    """One value that a run changed, or a row it refused (with the line number and why)."""

    run = models.ForeignKey(RegisterRun, models.CASCADE, related_name="changes")
    urn = models.CharField(max_length=20)
    field = models.CharField(max_length=40)
    old = models.CharField(max_length=300, blank=True)
    new = models.CharField(max_length=300, blank=True)

    def __str__(self):
        return f"{self.urn} {self.field}: {self.old} to {self.new}"


class SchoolLink(models.Model):
    """A predecessor or successor of a school, as the register has it. Either URN may be unknown here."""

    urn = models.PositiveIntegerField("URN", db_index=True)
    linked_urn = models.PositiveIntegerField("linked URN", db_index=True)
    linked_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField("type of link", max_length=100)
    established_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="link_once", fields=["urn", "linked_urn", "kind"]),
        ]

    def __str__(self):
        return f"{self.urn} {self.kind} {self.linked_urn}"
