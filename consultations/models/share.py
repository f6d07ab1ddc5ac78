from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Frozen, Referenced, TrackedModel
from consultations.querysets import ShareQuerySet

from .case import Case
from .consent import Consent
from .consultation import Consultation
from .of_case import OfCase
from .plan import Plan, PlanVersion


class Share(OfCase, Frozen, Referenced, TrackedModel):
    """A text frozen for an audience: what, for whom, by whom, when, on what basis; and when it was closed.

    The text of a consultation, and of a copy for parents, stands here as it was written; that of a plan is
    its version, which is frozen when it is sent. Nothing here is ever rewritten but the closing.
    """

    REFERENCE_LETTER = "S"

    class Audience(models.TextChoices):
        LINK_STAFF = "link_staff", "Link staff"
        PLAN_READERS = "plan_readers", "Plan readers"
        PARENTS = "parents", "Parents or carers"

    class Basis(models.TextChoices):
        CONSENT = "consent", "Consent"
        NO_NAMES = "no_names", "No name is recorded"

    class Closing(models.TextChoices):
        RECALLED = "recalled", "Recalled"
        WITHDRAWN = "withdrawn", "Consent withdrawn"
        REPLACED = "replaced", "Replaced by a newer text"

    FROZEN = (
        *("case_id", "partnership_id", "consultation_id", "plan_id", "plan_version_id"),
        *("audience", "number", "text", "basis", "consent_id", "shared_at", "shared_by_id"),
        *("handed_to", "handed_on"),
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="shares")
    partnership = models.ForeignKey("schools.Partnership", models.PROTECT, related_name="+")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="shares"
    )
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="shares")
    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="shares"
    )
    audience = models.CharField(max_length=12, choices=Audience)
    number = models.PositiveSmallIntegerField("which text for this audience, counted from 1")
    text = models.TextField("the text as shared", blank=True)
    basis = models.CharField(max_length=8, choices=Basis)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="shares")
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_to = models.CharField("who was handed the copy", max_length=120, blank=True)
    handed_on = models.DateField("when it was handed over", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closing = models.CharField("how it was closed", max_length=10, choices=Closing, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="share_is_of_one_thing",
                condition=(
                    Q(consultation__isnull=False, plan__isnull=True, plan_version__isnull=True)
                    | Q(consultation__isnull=True, plan__isnull=False, plan_version__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="share_names_its_basis",
                condition=Q(basis="consent", consent__isnull=False)
                | Q(basis="no_names", consent__isnull=True),
            ),
            models.CheckConstraint(
                name="share_has_a_text",
                condition=~Q(text="") | Q(plan_version__isnull=False) & ~Q(audience="parents"),
            ),
            models.CheckConstraint(
                name="parents_copy_says_who_had_it",
                condition=~Q(audience="parents") | ~Q(handed_to="") & Q(handed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="share_closing_says_who_and_why",
                condition=(
                    Q(closed_at__isnull=True, closed_by__isnull=True, closing="")
                    | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closing="")
                ),
            ),
            models.UniqueConstraint(
                name="one_open_text_per_audience",
                fields=["consultation", "audience"],
                condition=Q(closed_at__isnull=True, consultation__isnull=False) & ~Q(audience="parents"),
            ),
            models.UniqueConstraint(
                name="one_open_share_per_version",
                fields=["plan_version", "audience"],
                condition=Q(closed_at__isnull=True, plan_version__isnull=False) & ~Q(audience="parents"),
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "audience", "closed_at"]),
            models.Index(fields=["case", "-shared_at", "-id"]),
        ]

    def is_open(self, on):
        """Whether it may be read on the day `on`. Asks the database, where the rule stands once."""
        return type(self).objects.open_on(on).filter(pk=self.pk).exists()

    @property
    def words(self):
        """Equal for shares that say the same: see `ShareQuerySet.still_said_on`."""
        source = (self.consultation_id, self.plan_version_id)
        return (*source, self.partnership_id, self.audience, self.text, self.handed_to, self.handed_on)

    def get_absolute_url(self):
        return reverse("consultations:share", args=[self.reference])

    def is_frozen(self):
        return self.pk is not None
