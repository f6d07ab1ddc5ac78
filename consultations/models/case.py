from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Referenced, TrackedModel
from consultations.querysets import CaseQuerySet
from resources.models import Setting
from schools.models import Partnership, YearGroup, key_stage_of, year_group_of, year_group_since

from .of_case import OfCase


class Case(OfCase, Referenced, TrackedModel):
    """One child, group, class, year group or staff matter, over time, at one partnership.

    In the no-names lane nothing that names a child can be stored: the database refuses it.
    """

    CASE = ""

    REFERENCE_LETTER = "C"

    class Lane(models.TextChoices):
        NO_NAMES = "no_names", "No names"
        NAMED = "named", "By name"

    class Subject(models.TextChoices):
        CHILD = "child", "One child"
        GROUP = "group", "A group"
        CLASS = "class", "A class"
        YEAR_GROUP = "year_group", "A year group"
        STAFF = "staff", "Staff or whole school"

    class Stage(models.TextChoices):
        IN_SCHOOL = "in_school", "In school"
        PARENTS_INVOLVED = "parents_involved", "Parents involved"
        LONGER_TERM = "longer_term", "Longer-term input"
        CLOSED = "closed", "Closed"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="cases")
    lane = models.CharField(max_length=8, choices=Lane)
    subject = models.CharField(max_length=10, choices=Subject)
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=60, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    year_group = models.SmallIntegerField(choices=YearGroup, null=True, blank=True)
    group_name = models.CharField("name of group", max_length=60, blank=True)
    pupils = models.PositiveSmallIntegerField("number of pupils", null=True, blank=True)
    opened_on = models.DateField()
    stage = models.CharField(max_length=16, choices=Stage, default=Stage.IN_SCHOOL)
    promoted_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promoted_to",
        verbose_name="the case without a name that this one goes on from",
    )

    moved_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="moved_to",
        verbose_name="the case at the child's school before",
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="no_names_lane_holds_no_name",
                condition=~Q(lane="no_names") | Q(first_name="", last_name="", date_of_birth__isnull=True),
                violation_error_message="A record without a name cannot hold a name or a date of birth.",
            ),
            models.CheckConstraint(
                name="named_lane_is_one_named_child",
                condition=~Q(lane="named") | (Q(subject="child") & ~Q(first_name="")),
                violation_error_message="A record by name is about one child and holds the child's name.",
            ),
            models.CheckConstraint(
                name="only_a_named_case_is_promoted",
                condition=Q(promoted_from__isnull=True) | Q(lane="named"),
            ),
            models.CheckConstraint(
                name="only_a_named_case_moves_school",
                condition=Q(moved_from__isnull=True) | Q(lane="named"),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-opened_on"]),
            models.Index(fields=["partnership", "stage"]),
        ]

    def clean(self):
        if self.lane == self.Lane.NO_NAMES and self.subject == self.Subject.CHILD and self.group_name:
            raise ValidationError("A record about one child has no name of a group.")

    def get_absolute_url(self):
        return reverse("consultations:case", args=[self.reference])

    @property
    def is_named(self):
        return self.lane == self.Lane.NAMED

    @property
    def goes_on(self):
        """Whether it goes on by name or at another school. Costs no query where both were read along."""
        return hasattr(self, "promoted_to") or hasattr(self, "moved_to")

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def full_name_and_year(self):
        year = self.year
        return f"{self.full_name}, {year}" if year else self.full_name

    @property
    def who(self):
        """How pages call the subject: first name only, and never a name in the no-names lane."""
        if self.is_named:
            return self.first_name
        if self.subject == self.Subject.CHILD:
            return "A child"
        if self.subject == self.Subject.YEAR_GROUP:
            return self.year
        return self.group_name or self.get_subject_display()

    def year_group_on(self, day):
        """That of a child goes on each September from the day the case opened, so that one who was held back
        stays behind; by age where none was written. None where unknown or past Year 13."""
        if self.subject != self.Subject.CHILD:
            return self.year_group
        if self.year_group is not None:
            return year_group_since(self.year_group, self.opened_on, day)
        return year_group_of(self.date_of_birth, day) if self.date_of_birth else None

    def key_stage_on(self, day):
        """A plain code; None where the year group is unknown, past Year 13, or of many."""
        year = self.year_group_on(day)
        return key_stage_of(year) if year is not None else None

    @property
    def setting(self):
        """Whom it is about, as the library says it: staff are part of the whole school."""
        return Setting.SCHOOL if self.subject == self.Subject.STAFF else Setting(self.subject)

    @property
    def year(self):
        """The year group of today in words; "" where there is none."""
        number = self.year_group_on(timezone.localdate())
        return YearGroup(number).label if number is not None else ""

    @property
    def whose_view(self):
        """The heading of what the child says, or the children."""
        if self.subject == self.Subject.CHILD:
            return "What the child or young person says"
        return "What the children or young people say"

    @property
    def has_parents(self):
        """Whether there are parents or carers to talk with and to hand a copy to."""
        return self.subject != self.Subject.STAFF

    @property
    def who_and_year(self):
        who, year = self.who, self.year
        return f"{who}, {year}" if year and year not in who else who

    @property
    def who_after_words(self):
        """`who_and_year` in the middle of a sentence. Names keep their capital, our own words do not."""
        ours = not self.is_named and not self.group_name and self.subject != self.Subject.YEAR_GROUP
        text = self.who_and_year
        return text[0].lower() + text[1:] if ours else text
