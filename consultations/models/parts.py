import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Frozen, TrackedModel
from schools.models import SchoolPerson

from .of_case import OfCase
from .plan import OUT_OF_TEN, PlanVersion


class PartOfVersion(Frozen):
    """A goal or a step: frozen with the version it is part of. One that says the same in its columns of
    `SAME` is the same as before."""

    SAME = ()

    @property
    def words(self):
        return tuple(getattr(self, name) for name in self.SAME)

    def is_frozen(self):
        sent = PlanVersion.objects.filter(sent_at__isnull=False)
        before = type(self).objects.filter(pk=self.pk, plan_version__in=sent)
        return sent.filter(pk=self.plan_version_id).exists() or before.exists()


class Goal(OfCase, PartOfVersion, TrackedModel):
    """What should be different, rated 0 to 10. The same goal keeps its `identity` from version to version;
    a goal reworded, at one of its ends too, is a new goal."""

    CASE = "plan_version__plan__case"
    # A rating says nothing without the words at both ends.
    SAME = ("what", "at_zero", "at_ten")

    class RatedBy(models.TextChoices):
        CHILD = "child", "The child or young person"
        PARENT = "parent", "A parent or carer"
        STAFF = "staff", "A member of staff"

    FROZEN = (
        *("plan_version_id", "identity", "position", "what", "at_zero", "at_ten"),
        *("rating", "expected", "rated_by"),
    )

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="goals")
    identity = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField()
    what = models.CharField("goal", max_length=300)
    at_zero = models.CharField("0 means", max_length=60, default="not started")
    at_ten = models.CharField("10 means", max_length=60, default="it is there")
    rating = models.PositiveSmallIntegerField("rating at the start", validators=OUT_OF_TEN)
    expected = models.PositiveSmallIntegerField("expected rating", validators=OUT_OF_TEN)
    rated_by = models.CharField("who gave the rating", max_length=8, choices=RatedBy)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="goal_ratings_0_to_10", condition=Q(rating__lte=10, expected__lte=10)
            ),
            models.CheckConstraint(name="up_to_3_goals", condition=Q(position__gte=1, position__lte=3)),
            models.UniqueConstraint(name="goal_position_once", fields=["plan_version", "position"]),
        ]

    def __str__(self):
        return self.what


class Step(OfCase, PartOfVersion, TrackedModel):
    """What adults agreed to do, who makes sure of it and how often."""

    CASE = "plan_version__plan__case"
    SAME = ("what",)

    class HowOften(models.TextChoices):
        EVERY_DAY = "every_day", "Every day"
        MOST_DAYS = "most_days", "Most days"
        WEEKLY = "weekly", "Weekly"
        WHEN_NEEDED = "when_needed", "When needed"

    # Not `strategy`: a page of the library may be deleted.
    FROZEN = (
        *("plan_version_id", "identity", "position", "what", "note", "who_id", "who_was"),
        *("how_often", "from_on", "strategy_title", "strategy_as_of", "strategy_revision"),
    )

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="steps")
    identity = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField()
    what = models.CharField("what adults will do", max_length=300)
    note = models.CharField("note", max_length=300, blank=True)
    who = models.ForeignKey(SchoolPerson, models.PROTECT, related_name="+", verbose_name="who will do it")
    who_was = models.CharField("who will do it, as they were called then", max_length=250)
    how_often = models.CharField("how often", max_length=12, choices=HowOften)
    from_on = models.DateField("from when")
    strategy = models.ForeignKey(
        "resources.StrategyPage", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    strategy_title = models.CharField("the library page's title as it was", max_length=255, blank=True)
    strategy_as_of = models.DateTimeField("when its words had last changed then", null=True, blank=True)
    # A plain number: a revision may be deleted, and is no part of a plan.
    strategy_revision = models.BigIntegerField("its revision then", null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="step_position_once", fields=["plan_version", "position"]),
        ]

    def __str__(self):
        return self.what

    @property
    def is_from_library(self):
        """Whether it says what the library page was called, and not something in own words."""
        return bool(self.strategy_title) and self.what == self.strategy_title

    @property
    def library_page(self):
        """The page it was taken from as it is now; None when nobody can read that any more."""
        return self.strategy if self.strategy and self.strategy.live else None

    @property
    def page_has_changed(self):
        """Whether the page changed since it was chosen. False where it is not known how it was."""
        now = self.library_page and self.library_page.words_changed_at
        return bool(now and self.strategy_as_of and now > self.strategy_as_of)
