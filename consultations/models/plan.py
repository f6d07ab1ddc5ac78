from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Frozen, Referenced, TrackedModel
from consultations.querysets import PlanQuerySet, PlanVersionQuerySet
from schools.models import Partnership
from web.words import longdate

from .case import Case
from .consultation import LONG_TEXT, Consultation
from .of_case import OfCase

OUT_OF_TEN = [MaxValueValidator(10, "The rating must be a whole number from 0 to 10")]

# A plan is shown as due in the week before its review date.
DUE_BEFORE = timedelta(days=7)


class PlanStatus(models.TextChoices):
    """What a tag says about a plan. Computed, never stored."""

    DRAFT = "draft", "Draft"
    TO_AGREE = "to_agree", "To agree"
    WITH_CLINICIAN = "with_clinician", "With the clinician"
    TAKEN_BACK = "taken_back", "Taken back"
    CHANGE_ASKED = "change_asked", "Change asked for"
    AGREED = "agreed", "Agreed"
    CHANGE_NEEDED = "change_needed", "Change needed"
    REVIEW_DUE = "review_due", "Review due"
    OVERDUE = "overdue", "Overdue"
    FINISHED = "finished", "Finished"
    STOPPED = "stopped", "Stopped"


# By what became of the version that was sent last.
NEVER_AGREED = {"sent_back": PlanStatus.CHANGE_ASKED, "taken_back": PlanStatus.TAKEN_BACK}


class Plan(OfCase, Referenced, TrackedModel):
    """One numbered cycle of assess, plan, do, review. What was agreed stands in its versions.

    `review_on` is the review date in force, as the last agreed version or the last review set it.
    """

    REFERENCE_LETTER = "P"
    NEVER_CHANGED = ("case", "cycle")

    class Ending(models.TextChoices):
        FINISHED = "finished", "Finished"
        STOPPED = "stopped", "Stopped"

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="plans"
    )
    cycle = models.PositiveSmallIntegerField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_sent_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField("review date", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    without_headway = models.PositiveSmallIntegerField(
        "reviews in a row without a goal moving, since something was done about it", default=0
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cycle_once_per_case", fields=["case", "cycle"]),
            models.CheckConstraint(
                name="ended_says_how",
                condition=Q(ended_on__isnull=True, ending="") | (Q(ended_on__isnull=False) & ~Q(ending="")),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-id"]),
            models.Index(fields=["partnership", "review_on"]),
            models.Index(fields=["partnership", "-without_headway"]),
        ]

    def get_absolute_url(self):
        return reverse("consultations:plan", args=[self.reference])

    @property
    def ended_in_words(self):
        return f"This plan ended on {longdate(self.ended_on)}: {self.get_ending_display().lower()}."

    @property
    def takes_meetings(self):
        """Whether one with parents or carers can be recorded on it: while it runs, from the day it was sent;
        earlier where a run of reviews without headway came with it from the cycle before."""
        return not self.ended_on and bool(self.first_sent_at or self.without_headway)

    def status_on(self, today):
        """The plan's status for a row read `with_status`."""
        if self.ended_on:
            return PlanStatus(self.ending)
        if self.sent_number:
            return PlanStatus.WITH_CLINICIAN if self.sent_from_school else PlanStatus.TO_AGREE
        if not self.agreed_number:
            return NEVER_AGREED.get(self.last_answer, PlanStatus.DRAFT)
        if self.without_headway >= self.headway_limit:
            return PlanStatus.CHANGE_NEEDED
        if self.review_on < today:
            return PlanStatus.OVERDUE
        return PlanStatus.REVIEW_DUE if self.review_on <= today + DUE_BEFORE else PlanStatus.AGREED


class PlanVersion(OfCase, Frozen, TrackedModel):
    """What a plan says: draft, then sent, then agreed, then replaced by the next; or sent back, taken back,
    or discarded before it was sent.

    Its content is frozen when it is sent. A change is a new version.
    """

    CASE = "plan__case"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "Sent"
        AGREED = "agreed", "Agreed"
        REPLACED = "replaced", "Replaced"
        SENT_BACK = "sent_back", "Sent back"
        TAKEN_BACK = "taken_back", "Taken back"
        DISCARDED = "discarded", "Discarded"

    class ParentsKnow(models.TextChoices):
        YES = "yes", "Yes"
        NOT_YET = "not_yet", "Not yet"
        NO = "no", "No"

    # Not the answer to it: agreed, sent back, taken back or replaced.
    FROZEN = (
        *("plan_id", "number", "why_changed", "concern", "strengths", "tried", "childs_view"),
        *("parents_view", "parents_know", "parents_why", "if_not_reached", "review_on"),
        *("written_at", "written_by_id", "sent_at", "sent_by_id", "from_school", "confidence"),
    )

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    why_changed = models.TextField("why the plan was changed", max_length=500, blank=True)
    concern = models.TextField("the concern", max_length=LONG_TEXT)
    strengths = models.TextField("what is going well", max_length=LONG_TEXT, blank=True)
    tried = models.TextField("what has been tried", max_length=LONG_TEXT, blank=True)
    childs_view = models.TextField("the child's view", max_length=LONG_TEXT, blank=True)
    parents_view = models.TextField("the parents' or carers' view", max_length=LONG_TEXT, blank=True)
    parents_know = models.CharField("do the parents know", max_length=8, choices=ParentsKnow)
    parents_why = models.TextField("why the parents do not know", max_length=500, blank=True)
    if_not_reached = models.TextField("what happens if it is not reached", max_length=500)
    review_on = models.DateField("review date")
    confidence = models.PositiveSmallIntegerField(
        "how confident staff feel at the start", null=True, blank=True, validators=OUT_OF_TEN
    )
    from_school = models.BooleanField("written by the school, for the clinician to agree", default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_by_job = models.CharField("their job that day", max_length=120, blank=True)
    change_asked = models.TextField("the change asked for", max_length=500, blank=True)
    change_asked_at = models.DateTimeField(null=True, blank=True)
    change_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="confidence_0_to_10", condition=Q(confidence__lte=10)),
            models.CheckConstraint(
                name="taken_back_says_who_and_when",
                condition=~Q(status="taken_back")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="discarded_says_who_and_when",
                condition=~Q(status="discarded")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, sent_at__isnull=True),
            ),
            models.UniqueConstraint(name="version_once_per_plan", fields=["plan", "number"]),
            models.UniqueConstraint(name="one_agreed_version", fields=["plan"], condition=Q(status="agreed")),
            models.UniqueConstraint(
                name="one_open_version", fields=["plan"], condition=Q(status__in=["draft", "sent"])
            ),
            models.CheckConstraint(
                name="agreed_says_who_and_when",
                condition=~Q(status__in=["agreed", "replaced"])
                | Q(agreed_at__isnull=False, agreed_by__isnull=False, agreed_at__gte=F("sent_at")),
            ),
        ]

    def __str__(self):
        return f"{self.plan.reference} version {self.number}"

    def is_frozen(self):
        return type(self).objects.filter(pk=self.pk, sent_at__isnull=False).exists()
