from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import EncryptedText, TrackedModel
from consultations.querysets import CompetenceQuerySet
from schools.models import academic_year_of

from .case import Case
from .of_case import OfCase

# Young people of 16 and 17 are presumed able to decide for themselves (check): a rule of England and Wales,
# put here once so that it can be changed in one place. Where no date of birth is known the year group says
# it: in Year 12 a young person turns 17, so everybody in it is 16.
PRESUMED_ABLE_FROM = 16
PRESUMED_ABLE_YEAR = 12


def is_presumed_able(born_on, year_group, on, *, known_on):
    """Whether a young person may answer for themselves on the day `on` without a record of competence.

    `year_group` is the one they were in on the day `known_on`. Where nothing is known the answer is no.
    """
    if born_on:
        had_birthday = (on.month, on.day) >= (born_on.month, born_on.day)
        return on.year - born_on.year - (not had_birthday) >= PRESUMED_ABLE_FROM
    if year_group is None:
        return False
    return year_group + academic_year_of(on) - academic_year_of(known_on) >= PRESUMED_ABLE_YEAR


def can_answer_alone(case, on):
    """`is_presumed_able` of the child of a case."""
    return is_presumed_able(case.date_of_birth, case.year_group, on, known_on=case.opened_on)


class Purpose(models.TextChoices):
    """What a consent is about. Each is asked, given, refused and withdrawn by itself."""

    DISCUSS_BY_NAME = "discuss_by_name", "Discuss by name"
    SHARE_PLAN = "share_plan", "Share the plan with the school"
    OBSERVE = "observe", "Observe in class"
    DIRECT_WORK = "direct_work", "Direct work"
    CONTACT_GP = "contact_gp", "Contact the GP"
    REFER_ON = "refer_on", "Refer on"


class Competence(OfCase, TrackedModel):
    """Whether a child under 16 can decide about one thing: the clinician's conclusion, and why."""

    class Conclusion(models.TextChoices):
        COMPETENT = "competent", "Can decide this"
        NOT_COMPETENT = "not_competent", "Cannot decide this yet"

    QUESTIONS = (
        *("understands_concern", "understands_sharing", "understands_alternatives"),
        *("can_weigh", "free_of_pressure"),
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="competences")
    purpose = models.CharField("the decision", max_length=20, choices=Purpose)
    understands_concern = models.BooleanField("understands the concern")
    understands_sharing = models.BooleanField("understands what will be shared with whom")
    understands_alternatives = models.BooleanField("understands consequences and alternatives")
    can_weigh = models.BooleanField("can weigh it")
    free_of_pressure = models.BooleanField("is free of pressure")
    conclusion = models.CharField(max_length=14, choices=Conclusion)
    notes = EncryptedText("notes, for clinicians only", blank=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assessed_on = models.DateField()

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="competent_needs_all_five",
                condition=~Q(conclusion="competent")
                | Q(
                    understands_concern=True,
                    understands_sharing=True,
                    understands_alternatives=True,
                    can_weigh=True,
                    free_of_pressure=True,
                ),
                violation_error_message="“Can decide this” needs a yes to all five questions.",
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.get_conclusion_display().lower()}"

    @property
    def answers(self):
        """The five as (what was asked, yes or no)."""
        return [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in self.QUESTIONS]
