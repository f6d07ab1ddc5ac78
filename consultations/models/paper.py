from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import Frozen, TrackedModel
from consultations.querysets import PaperQuerySet
from schools.models import Service
from web.words import longdate

from .case import Case
from .of_case import OfCase
from .plan import Plan, PlanVersion
from .share import Share


class Paper(OfCase, Frozen, TrackedModel):
    """A paper that was handed out: its number, its words as they were, for whom. Never rewritten.

    `blocks` is what `consultations.papers` makes and both the page and the PDF are drawn from.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "Plan"
        EVIDENCE = "evidence", "Evidence pack"
        CHRONOLOGY = "chronology", "Chronology"

    class Audience(models.TextChoices):
        SCHOOL = "school", "The school"
        CLINICIANS = "clinicians", "Clinicians only"

    FROZEN = (
        *("service_id", "number", "kind", "audience", "case_id", "plan_id", "plan_version_id"),
        *("title", "blocks", "tells_of_referral", "from_whom", "label", "made_at", "made_by_id"),
    )

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("counted from 1 in each service, without gaps")
    kind = models.CharField(max_length=10, choices=Kind)
    audience = models.CharField(max_length=10, choices=Audience)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="papers")
    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    title = models.CharField(max_length=200)
    blocks = models.JSONField()
    tells_of_referral = models.BooleanField("what was heard of a referral stands in it", default=False)
    from_whom = models.CharField("the service, as it was called then", max_length=120)
    label = models.CharField("the label at its foot, as it was then", max_length=60, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="paper_number_once_per_service", fields=["service", "number"]),
        ]
        indexes = [models.Index(fields=["case", "-made_at", "-id"])]

    def __str__(self):
        return f"No. {self.number}"

    def get_absolute_url(self):
        return reverse("consultations:paper", args=[self.case.reference, self.number])

    @property
    def number_in_words(self):
        return f"Paper {self.number} of {self.from_whom}, handed out on {longdate(self.made_at)}"

    def is_frozen(self):
        return self.pk is not None


class PaperShare(OfCase, Frozen, TrackedModel):
    """A text that a paper repeats. The school reads the paper while the words of every one are open to it."""

    CASE = "paper__case"

    FROZEN = ("paper_id", "share_id")

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="rests_on")
    share = models.ForeignKey(Share, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="paper_rests_on_a_share_once", fields=["paper", "share"]),
        ]

    def __str__(self):
        return f"{self.paper} rests on {self.share.reference}"

    def is_frozen(self):
        return self.pk is not None
