from django.db import models

from .codes import CodesField


class Setting(models.TextChoices):
    """Whom a strategy is for. The codes are those of what a consultation is about, but for staff, who are
    part of the whole school."""

    CHILD = "child", "One child"
    GROUP = "group", "A group"
    CLASS = "class", "A class"
    YEAR_GROUP = "year_group", "A year group"
    SCHOOL = "school", "Whole school"


class SettingsField(CodesField):
    CODES = Setting
    NONE_CHOSEN = "Select at least one setting"
    UNKNOWN = "There is no setting called"
