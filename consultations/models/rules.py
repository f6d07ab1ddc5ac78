from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import TrackedModel
from schools.models import Partnership, Service, Weekday

ON_THE_SCALE = [MinValueValidator(-2), MaxValueValidator(2)]


class PlanRules(TrackedModel):
    """What a service may set about its plans. A service without a row goes by the defaults."""

    service = models.OneToOneField(Service, models.PROTECT, related_name="plan_rules")
    reviews_without_headway = models.PositiveSmallIntegerField(
        "reviews in a row without headway before a plan has to change",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
    )
    digest_weekday = models.PositiveSmallIntegerField(
        "the day of the weekly e-mail", choices=Weekday, default=Weekday.MONDAY
    )
    digest_at = models.TimeField("the time of the weekly e-mail", default=time(7, 30))
    scale_worse = models.SmallIntegerField("worse", default=-2, validators=ON_THE_SCALE)
    scale_none = models.SmallIntegerField("no change", default=-1, validators=ON_THE_SCALE)
    scale_some = models.SmallIntegerField("some change", default=0, validators=ON_THE_SCALE)
    scale_as_expected = models.SmallIntegerField("as expected", default=1, validators=ON_THE_SCALE)
    scale_better = models.SmallIntegerField("better", default=2, validators=ON_THE_SCALE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="headway_rule_1_to_6",
                condition=Q(reviews_without_headway__gte=1, reviews_without_headway__lte=6),
            ),
            models.CheckConstraint(
                name="scale_rises",
                condition=Q(
                    scale_worse__gte=-2,
                    scale_worse__lte=models.F("scale_none"),
                    scale_none__lte=models.F("scale_some"),
                    scale_some__lte=models.F("scale_as_expected"),
                    scale_as_expected__lte=models.F("scale_better"),
                    scale_better__lte=2,
                ),
                violation_error_message="A better result cannot have a lower number than a worse one.",
            ),
        ]

    def __str__(self):
        return f"Rules of {self.service}"


class SchoolRules(TrackedModel):
    """What a school may set about its plans."""

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="plan_rules")
    uses_scale = models.BooleanField("uses the review scale from -2 to +2", default=False)

    def __str__(self):
        return f"Rules of {self.partnership.school}"
