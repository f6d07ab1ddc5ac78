"""How much work a strategy is, how soon it shows, and what is known of it."""

from django.db import models


class Effort(models.TextChoices):
    NO_EXTRA = "no_extra", "No extra time"
    MINUTES = "minutes", "A few minutes a day"
    WEEKLY = "weekly", "A planned time each week"
    PROJECT = "project", "Takes planning with others"


class ShowsIn(models.TextChoices):
    DAYS = "days", "Within days"
    TWO_WEEKS = "two_weeks", "About 2 weeks"
    HALF_TERM = "half_term", "About half a term"
    TERM = "term", "A term or longer"


class Evidence(models.TextChoices):
    GOOD = "good", "Good: several sound studies, or a review of them"
    SOME = "some", "Some: a few studies, or studies of something close to it"
    THIN = "thin", "Thin: practice experience, little or no research"
