from django.db import models

from .codes import CodesField


class Who(models.TextChoices):
    """Who does what a strategy says."""

    TEACHER = "teacher", "Class teacher or tutor"
    ASSISTANT = "assistant", "Teaching assistant"
    PASTORAL = "pastoral", "Pastoral staff or mentor"
    SENCO = "senco", "SENCO"
    LEADER = "leader", "Head or deputy head"
    LUNCHTIME = "lunchtime", "Lunchtime staff"
    PARENTS = "parents", "Parents or carers"


class WhoField(CodesField):
    CODES = Who
    NONE_CHOSEN = "Select at least one person who does it"
    UNKNOWN = "There is nobody called"
