from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from accounts.models import TrackedModel
from consultations.querysets import ConsentQuerySet
from web.words import longdate

from .case import Case
from .competence import Competence, Purpose
from .of_case import OfCase

# How long before its last day a clinician is told that a consent runs out.
RUNS_OUT_SOON = timedelta(weeks=2)


class Consent(OfCase, TrackedModel):
    """One answer about one purpose: who gave it, how, when, until when; or why it could not wait.

    The newest row of a purpose is the one that counts. In force means given, not withdrawn and not past
    `until`, which is the last day it holds.
    """

    Purpose = Purpose

    class GivenBy(models.TextChoices):
        PARENT = "parent", "A parent or carer with parental responsibility"
        YOUNG_PERSON = "young_person", "The young person"
        COULD_NOT_WAIT = "could_not_wait", "It could not wait"

    class Answer(models.TextChoices):
        GIVEN = "given", "Agreed"
        REFUSED = "refused", "Did not agree"

    class How(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        PHONE = "phone", "By phone"
        WRITTEN = "written", "In writing"

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.DISCUSS_BY_NAME)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.GIVEN)
    given_by = models.CharField("who answered", max_length=16, choices=GivenBy)
    how = models.CharField(max_length=10, choices=How, blank=True)
    given_on = models.DateField("date of the answer", null=True, blank=True)
    until = models.DateField("the last day it holds", null=True, blank=True)
    reason = models.TextField("why it could not wait", max_length=500, blank=True)
    refused_because = models.TextField("why they did not agree", max_length=500, blank=True)
    competence = models.ForeignKey(Competence, models.PROTECT, null=True, blank=True, related_name="consents")
    withdrawn_on = models.DateField("date it was withdrawn", null=True, blank=True)
    withdrawn_at = models.DateTimeField("when the withdrawal was written down", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_is_given_or_has_a_reason",
                condition=(
                    Q(given_by="could_not_wait") & ~Q(reason="")
                    | ~Q(given_by="could_not_wait") & ~Q(how="") & Q(given_on__isnull=False)
                ),
                violation_error_message="Say how and when they agreed, or why it could not wait.",
            ),
            models.CheckConstraint(
                name="a_refusal_says_why",
                condition=~Q(answer="refused") | ~Q(refused_because="") & ~Q(given_by="could_not_wait"),
                violation_error_message="Enter why they did not agree.",
            ),
            models.CheckConstraint(
                name="only_a_given_consent_is_withdrawn",
                condition=Q(withdrawn_at__isnull=True, withdrawn_on__isnull=True)
                | Q(answer="given", withdrawn_at__isnull=False, withdrawn_on__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_ends_after_it_is_given",
                condition=Q(until__isnull=True) | Q(given_on__isnull=True) | Q(until__gte=F("given_on")),
                violation_error_message="The last day must not be before the day they agreed.",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "purpose", "-id"]),
            # Few have a last day.
            models.Index(name="consent_last_day", fields=["until"], condition=Q(until__isnull=False)),
        ]

    def __str__(self):
        if self.given_by == self.GivenBy.COULD_NOT_WAIT:
            return f"It could not wait: {self.reason}"
        return f"{self.get_given_by_display()}, {self.get_how_display().lower()}"

    def in_force(self, on):
        """Whether it carries anything on the day `on`."""
        given = self.answer == self.Answer.GIVEN and self.withdrawn_at is None
        return given and (self.until is None or self.until >= on)

    def runs_out_soon(self, on):
        return self.in_force(on) and self.until is not None and self.until <= on + RUNS_OUT_SOON

    def in_words(self, on):
        """What it comes to on the day `on`, as pages say it."""
        if self.withdrawn_on:
            return f"Withdrawn on {longdate(self.withdrawn_on)}"
        if self.answer == self.Answer.GIVEN and not self.in_force(on):
            return f"Ran out on {longdate(self.until)}"
        return self.as_answered

    @property
    def as_answered(self):
        """The answer as it was given, whatever became of it."""
        if self.given_by == self.GivenBy.COULD_NOT_WAIT:
            day = f", {longdate(self.given_on)}" if self.given_on else ""
            return f"It could not wait{day}: {self.reason}"
        who, how = self.get_given_by_display().lower(), self.get_how_display().lower()
        said = f"{who}, {how}, {longdate(self.given_on)}"
        if self.answer == self.Answer.REFUSED:
            return f"Did not agree: {said}. Why: {self.refused_because}"
        return f"Agreed by {said}" + (f", until {longdate(self.until)}" if self.until else "")
