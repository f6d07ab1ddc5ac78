from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import TrackedModel
from consultations.querysets import ReviewQuerySet
from web.words import longdate

from .of_case import OfCase
from .parts import Goal, Step
from .plan import OUT_OF_TEN, Plan, PlanVersion


class Review(OfCase, TrackedModel):
    """How a plan is going, by link staff or clinician. Never edited: a second look is a second review."""

    CASE = "plan__case"

    class Overall(models.TextChoices):
        GOING_WELL = "going_well", "Going well, carry on"
        SOME_PROGRESS = "some_progress", "Some progress, carry on"
        NOT_WORKING = "not_working", "Not working, change it"
        FINISHED = "finished", "Finished, goals met"
        STOPPED = "stopped", "Stopped"

    class WhatNext(models.TextChoices):
        """What is done when reviews in a row found no goal moved: a plan cannot go on unchanged."""

        STRATEGY = "strategy", "Change the strategy"
        PARENTS = "parents", "Meet the parents or carers"
        LONGER_TERM = "longer_term", "Seek longer-term input"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="reviews")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    overall = models.CharField("how the plan is going", max_length=14, choices=Overall)
    note = models.TextField("note", max_length=1000, blank=True)
    talk_at_next_visit = models.BooleanField("talk about it at the next visit", default=False)
    next_review_on = models.DateField("next review date", null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(
        "how confident staff feel now", null=True, blank=True, validators=OUT_OF_TEN
    )
    moved = models.BooleanField("a goal moved; unknown when it does not count", null=True, editable=False)
    what_next = models.CharField("what will be done", max_length=12, choices=WhatNext, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["reviewed_at", "pk"]
        constraints = [
            models.CheckConstraint(name="review_confidence_0_to_10", condition=Q(confidence__lte=10)),
            models.CheckConstraint(
                name="review_has_next_date_or_ends",
                condition=(
                    Q(overall__in=["finished", "stopped"], next_review_on__isnull=True)
                    | (~Q(overall__in=["finished", "stopped"]) & Q(next_review_on__isnull=False))
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_overall_display()}, {longdate(self.reviewed_at)}"


class GoalRating(OfCase, TrackedModel):
    """Where one goal was at one review, 0 to 10."""

    CASE = "review__plan__case"

    review = models.ForeignKey(Review, models.CASCADE, related_name="ratings")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="ratings")
    rating = models.PositiveSmallIntegerField(validators=OUT_OF_TEN)

    class Meta:
        constraints = [
            models.CheckConstraint(name="rating_0_to_10", condition=Q(rating__lte=10)),
            models.UniqueConstraint(name="one_rating_per_review", fields=["review", "goal"]),
        ]

    def __str__(self):
        return str(self.rating)


class HowItWent(models.Model):
    """The two questions about a step, in the only words for them. Either may be left open."""

    class Happened(models.TextChoices):
        YES = "yes", "Yes"
        SOMETIMES = "sometimes", "Sometimes"
        NO = "no", "No"

    class Helped(models.TextChoices):
        YES = "yes", "Yes"
        A_BIT = "a_bit", "A bit"
        NO = "no", "No"
        TOO_SOON = "too_soon", "Too soon to say"

    QUESTIONS = {"happened": "Did it happen?", "helped": "Did it help?"}
    TOLD = {
        "happened": {"yes": "it happened", "sometimes": "it happened sometimes", "no": "it did not happen"},
        "helped": {
            **{"yes": "it helped", "a_bit": "it helped a bit", "no": "it did not help"},
            "too_soon": "it is too soon to say if it helped",
        },
    }

    happened = models.CharField(max_length=10, choices=Happened, blank=True)
    helped = models.CharField(max_length=10, choices=Helped, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.get_happened_display()}, {self.get_helped_display()}"

    @property
    def told(self):
        """ "it happened sometimes, it helped a bit": what was answered, as part of a sentence."""
        answers = ((name, getattr(self, name)) for name in self.QUESTIONS)
        return ", ".join(self.TOLD[name][answer] for name, answer in answers if answer)

    @property
    def in_words(self):
        """ "Did it happen? Sometimes. Did it help? A bit." """
        shown = ((name, getattr(self, f"get_{name}_display")()) for name in self.QUESTIONS)
        return " ".join(f"{self.QUESTIONS[name]} {words}." for name, words in shown if words)


class StepAnswer(OfCase, HowItWent, TrackedModel):
    """Whether one step happened and helped, at one review."""

    CASE = "review__plan__case"

    review = models.ForeignKey(Review, models.CASCADE, related_name="answers")
    step = models.ForeignKey(Step, models.PROTECT, related_name="answers")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_answer_per_review", fields=["review", "step"]),
        ]
