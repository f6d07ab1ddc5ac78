from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Referenced, TrackedModel
from consultations.querysets import ConsultationQuerySet
from resources.models import Theme
from schools.models import Partnership, SchoolPerson, Visit

from .case import Case
from .of_case import OfCase

LONG_TEXT = 2000


class Consultation(OfCase, Referenced, TrackedModel):
    """What was talked through on one visit about one case. Minutes are whole minutes with staff.

    `held_at` is when it happened; `written_at` when it was first saved as finished.
    """

    REFERENCE_LETTER = "N"

    class Mode(models.TextChoices):
        FACE_TO_FACE = "face_to_face", "Face to face"
        TELEPHONE = "telephone", "Telephone"
        VIDEO = "video", "Video"

    class Risk(models.TextChoices):
        NO = "no", "No"
        TOLD = "told", "Yes, and I have told the safeguarding lead"
        TO_TELL = "to_tell", "Yes, and I still need to tell them"

    class NextStep(models.TextChoices):
        START_PLAN = "start_plan", "Start a plan"
        CHANGE_PLAN = "change_plan", "Change an existing plan"
        NOTHING_MORE = "nothing_more", "Nothing more"
        REFERRAL = "referral", "Suggest a referral"

    class SenStatus(models.TextChoices):
        NONE = "N", "No special educational needs"
        SUPPORT = "K", "SEN support"
        PLAN = "E", "Education, health and care plan"

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="consultations")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField("when it happened")
    written_at = models.DateTimeField("when it was written")
    minutes = models.PositiveSmallIntegerField(
        "how long it took",
        validators=[
            MinValueValidator(5, "Minutes must be between 5 and 240"),
            MaxValueValidator(240, "Minutes must be between 5 and 240"),
        ],
    )
    mode = models.CharField("how you met", max_length=12, choices=Mode, default=Mode.FACE_TO_FACE)
    concern = models.TextField("the concern", max_length=LONG_TEXT)
    agreed = models.TextField("what was agreed", max_length=LONG_TEXT)
    why_now = models.TextField("why now", max_length=LONG_TEXT, blank=True)
    strengths = models.TextField("what is going well", max_length=LONG_TEXT, blank=True)
    since_when = models.CharField("since when", max_length=120, blank=True)
    how_often = models.CharField("how often", max_length=120, blank=True)
    setting = models.CharField("where it happens", max_length=120, blank=True)
    impact = models.PositiveSmallIntegerField(
        "impact, 0 to 10",
        null=True,
        blank=True,
        validators=[MaxValueValidator(10, "The impact must be between 0 and 10")],
    )
    sen_status = models.CharField("special educational needs", max_length=1, choices=SenStatus, blank=True)
    other_agencies = models.TextField("other agencies", max_length=LONG_TEXT, blank=True)
    attendance = models.CharField("attendance", max_length=120, blank=True)
    childs_view = models.TextField("the child's view", max_length=LONG_TEXT, blank=True)
    childs_view_how = models.CharField("how the child's view was gathered", max_length=120, blank=True)
    parents_view = models.TextField("the parents' or carers' view", max_length=LONG_TEXT, blank=True)
    risk = models.CharField("is anyone at risk of harm", max_length=8, choices=Risk)
    next_step = models.CharField("what happens next", max_length=12, choices=NextStep)
    themes = models.ManyToManyField(Theme, through="ConsultationTheme", related_name="+")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consultation_minutes", condition=Q(minutes__gte=5, minutes__lte=240)
            ),
            models.CheckConstraint(
                name="consultation_impact", condition=Q(impact__isnull=True) | Q(impact__lte=10)
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-held_at"]),
            models.Index(fields=["case", "-held_at"]),
        ]

    def get_absolute_url(self):
        return reverse("consultations:consultation", args=[self.reference])


class ConsultationTheme(OfCase, TrackedModel):
    """One of up to three themes of a consultation; the first is the primary one."""

    CASE = "consultation__case"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="theme_rows")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="theme_once", fields=["consultation", "theme"]),
            models.CheckConstraint(name="up_to_3_themes", condition=Q(position__gte=1, position__lte=3)),
        ]

    def __str__(self):
        return str(self.theme)


class ConsultationPerson(OfCase, TrackedModel):
    """Somebody who took part, with name and job as they were that day."""

    CASE = "consultation__case"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="people")
    person = models.ForeignKey(SchoolPerson, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    job = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.name}, {self.job}" if self.job else self.name


class Tried(OfCase, TrackedModel):
    """Something the school has tried, and whether it helped."""

    CASE = "consultation__case"

    class Effect(models.TextChoices):
        HELPED = "helped", "Helped"
        PARTLY = "partly", "Partly"
        NO_EFFECT = "no_effect", "No effect"
        MADE_WORSE = "made_worse", "Made worse"
        NOT_KEPT_UP = "not_kept_up", "Not kept up"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="tried")
    position = models.PositiveSmallIntegerField()
    what = models.CharField("what the school tried", max_length=200)
    effect = models.CharField("did it help", max_length=12, choices=Effect)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.what}: {self.get_effect_display().lower()}"
