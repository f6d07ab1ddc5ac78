from django.db import models
from django.db.models import F, Q

from .key_stages import KeyStage
from .settings import Setting
from .strategy import StrategyPage

NUMBERS = (
    *("used", "reviewed", "happened_yes", "happened_sometimes", "happened_no"),
    *("helped_yes", "helped_a_bit", "helped_no", "helped_too_soon"),
)


class UseCount(models.Model):
    """In how many plans of one school a strategy was used, and what their latest reviews say of it.

    Counts alone, with no key of a plan, a case or a person. Never shown: what may be shown is the sum over
    all schools of the counts as they stood when a view last moved (`services.publishing`). `school` is a
    plain number, because schools are none of the library's business.
    """

    class Stand(models.TextChoices):
        """When the counts were like this. All but the first two are views that readers have."""

        NOW = "now", "Now"
        LOOKED = "looked", "When last asked whether something may be shown"
        USED = "used", "Used in how many plans, as shown"
        TOTAL = "total", "Helped in how many, as shown"
        HAPPENED = "happened", "Did it happen, as shown"
        HELPED = "helped", "Did it help, as shown"
        SETTINGS = "settings", "By setting, as shown"
        STAGES = "stages", "By setting and key stage, as shown"

    strategy = models.ForeignKey(StrategyPage, models.CASCADE, related_name="uses")
    stand = models.CharField(max_length=8, choices=Stand)
    setting = models.CharField(max_length=10, choices=Setting)
    key_stage = models.CharField(max_length=4, choices=KeyStage, blank=True)
    school = models.PositiveBigIntegerField()
    used = models.PositiveIntegerField(default=0)
    reviewed = models.PositiveIntegerField(default=0)
    happened_yes = models.PositiveIntegerField(default=0)
    happened_sometimes = models.PositiveIntegerField(default=0)
    happened_no = models.PositiveIntegerField(default=0)
    helped_yes = models.PositiveIntegerField(default=0)
    helped_a_bit = models.PositiveIntegerField(default=0)
    helped_no = models.PositiveIntegerField(default=0)
    helped_too_soon = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="use_counted_once", fields=["strategy", "stand", "setting", "key_stage", "school"]
            ),
            models.CheckConstraint(
                name="no_more_reviewed_than_used", condition=Q(reviewed__lte=F("used"), used__gt=0)
            ),
            models.CheckConstraint(
                name="no_more_answers_than_reviewed",
                condition=Q(reviewed__gte=F("happened_yes") + F("happened_sometimes") + F("happened_no"))
                & Q(
                    reviewed__gte=F("helped_yes") + F("helped_a_bit") + F("helped_no") + F("helped_too_soon")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_stand_display()}: {self.get_setting_display()}, {self.key_stage or 'no key stage'}"

    @property
    def numbers(self):
        return {name: getattr(self, name) for name in NUMBERS}

    @property
    def all_helped(self):
        return self.helped_yes + self.helped_a_bit

    @property
    def not_helped(self):
        """Reviewed and not said to have helped: no, too soon, or left open."""
        return self.reviewed - self.all_helped

    @property
    def happened_open(self):
        return self.reviewed - self.happened_yes - self.happened_sometimes - self.happened_no

    @property
    def helped_open(self):
        return self.not_helped - self.helped_no - self.helped_too_soon
