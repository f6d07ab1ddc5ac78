from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Referenced, TrackedModel
from schools.querysets import AgreementQuerySet
from web.words import in_units

from .partnership import Partnership, Service


class InItsUnit:
    """What has a unit of time says minutes in it."""

    def in_words(self, minutes):
        """2 half days and 45 minutes"""
        return in_units(minutes, self.unit_in_words, self.unit_minutes)

    @property
    def unit_in_words(self):
        """As get_unit_display says it, which goes through all choices each time."""
        return UNITS.get(self.unit, self.unit)


class TimeRules(InItsUnit, models.Model):
    """What an agreement says of time. Each rule is shown to the buyer as a plain sentence."""

    class Unit(models.TextChoices):
        HALF_DAY = "half_day", "half day"
        SESSION = "session", "session"
        DAY = "day", "day"

    class Rounding(models.TextChoices):
        UP = "up", "Up"
        NEAREST = "nearest", "To the nearest"

    class Notice(models.TextChoices):
        CALENDAR_DAYS = "calendar_days", "days"
        SCHOOL_DAYS = "school_days", "school days"

    class Cost(models.TextChoices):
        USED = "used", "Counts as used"
        GIVEN_BACK = "given_back", "Is given back"

    class CarryOver(models.TextChoices):
        NONE = "none", "Nothing is carried over"
        UP_TO = "up_to", "Up to a limit"
        ALL = "all", "All of it is carried over"

    unit = models.CharField(max_length=10, choices=Unit, default=Unit.HALF_DAY)
    unit_minutes = models.PositiveSmallIntegerField(
        "minutes of a unit", default=180, validators=[MinValueValidator(15), MaxValueValidator(600)]
    )
    counts_writing_up = models.BooleanField("preparation and writing up count", default=True)
    counts_liaison = models.BooleanField("liaison counts", default=True)
    counts_travel = models.BooleanField("travel counts", default=False)
    counts_training = models.BooleanField("staff training counts", default=True)
    rounding = models.CharField(max_length=8, choices=Rounding, default=Rounding.UP)
    rounding_minutes = models.PositiveSmallIntegerField(
        "rounded to minutes", default=15, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    draws_past_planned = models.BooleanField("time past what was planned is drawn too", default=False)
    may_overdraw = models.BooleanField("more may be booked than there is", default=False)
    notice = models.CharField(
        "notice is counted in", max_length=14, choices=Notice, default=Notice.CALENDAR_DAYS
    )
    notice_days = models.PositiveSmallIntegerField(
        "notice of a cancellation", default=7, validators=[MaxValueValidator(60)]
    )
    late_charge_percent = models.PositiveSmallIntegerField(
        "charge for a late cancellation, percent", default=100, validators=[MaxValueValidator(100)]
    )
    no_link_person = models.CharField("nobody to meet", max_length=10, choices=Cost, default=Cost.USED)
    school_closed = models.CharField(
        "the school was closed", max_length=10, choices=Cost, default=Cost.GIVEN_BACK
    )
    carry_over = models.CharField(max_length=6, choices=CarryOver, default=CarryOver.NONE)
    carry_over_minutes = models.PositiveIntegerField("carried over at most", default=0)

    class Meta:
        abstract = True


UNITS = dict(TimeRules.Unit.choices)


class Prices(models.Model):
    """What time costs, as printed and never computed. Pounds. Empty for the core offer."""

    class Schedule(models.TextChoices):
        AT_ONCE = "at_once", "All when the order is agreed"
        TERMLY = "termly", "A third each term"
        TWO_YEARS = "two_years", "7/12 in September, 5/12 in April"
        ON_DELIVERY = "on_delivery", "Each month what was used"

    unit_price = models.DecimalField(
        "price of a unit", max_digits=8, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    early_price = models.DecimalField(
        "early price of a unit", max_digits=8, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    early_until_on = models.DateField("last day of the early price", null=True, blank=True)
    approval_limit = models.DecimalField(
        "orders over this wait for an approver", max_digits=8, decimal_places=2, default=1000
    )
    schedule = models.CharField("invoices", max_length=12, choices=Schedule, default=Schedule.AT_ONCE)
    purchase_order_number = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class Agreement(Referenced, TimeRules, Prices, TrackedModel):
    """A pot of time for a year, and its rules: the core offer of a school, or what is bought.

    A cluster is several schools in one agreement with one that pays. The ledger of a pot is its `entries`;
    whoever writes one holds the lock on this row.
    """

    REFERENCE_LETTER = "A"

    class Kind(models.TextChoices):
        CORE = "core", "Core offer"
        BOUGHT = "bought", "Bought time"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "Sent"
        SIGNED = "signed", "Signed"
        ACTIVE = "active", "Active"
        ENDED = "ended", "Ended"

    # What can be booked and ordered from.
    IN_USE = (State.SIGNED, State.ACTIVE)

    class Year(models.TextChoices):
        ACADEMIC = "academic", "September to August"
        FINANCIAL = "financial", "April to March"

    service = models.ForeignKey(Service, models.PROTECT, related_name="agreements")
    payer = models.ForeignKey(Partnership, models.PROTECT, related_name="agreements_paid")
    schools = models.ManyToManyField(Partnership, through="AgreementSchool", related_name="agreements")
    kind = models.CharField(max_length=6, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    year = models.CharField(max_length=10, choices=Year, default=Year.ACADEMIC)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")
    granted_minutes = models.PositiveIntegerField("minutes of the core offer", null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by_name = models.CharField("who signed", max_length=120, blank=True)
    signed_by_job = models.CharField("their job", max_length=120, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who signed here, or recorded it",
    )  # fmt: skip
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_starts",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message="The last day must not be before the first day",
            ),
            models.CheckConstraint(
                name="core_is_given_and_bought_has_a_price",
                condition=Q(kind="core", granted_minutes__isnull=False, unit_price__isnull=True)
                | Q(kind="bought", granted_minutes__isnull=True, unit_price__isnull=False),
                violation_error_message="The core offer has minutes, bought time has a price",
            ),
            models.CheckConstraint(
                name="early_price_has_a_last_day",
                condition=Q(early_price__isnull=True, early_until_on__isnull=True)
                | Q(early_price__isnull=False, early_until_on__isnull=False),
                violation_error_message="Enter both the early price and its last day, or neither",
            ),
            models.CheckConstraint(
                name="signed_agreement_says_who_and_when",
                condition=Q(kind="core")
                | Q(state__in=["draft", "sent"])
                | (Q(signed_on__isnull=False, signed_by__isnull=False) & ~Q(signed_by_name="")),
                violation_error_message="Enter who signed the agreement, and when",
            ),
            models.CheckConstraint(
                name="carry_over_has_a_limit_or_none",
                condition=Q(carry_over="up_to", carry_over_minutes__gt=0)
                | (~Q(carry_over="up_to") & Q(carry_over_minutes=0)),
                violation_error_message="Enter the minutes that are carried over at most",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "state", "last_on"]),
            models.Index(fields=["state", "last_on"]),
            models.Index(fields=["payer", "kind", "first_on"]),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("schools:agreement", args=[self.reference])

    @property
    def is_core(self):
        return self.kind == self.Kind.CORE


class AgreementSchool(TrackedModel):
    """A school that draws on an agreement. The one that pays is one of them."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="members")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="school_once_per_agreement", fields=["agreement", "partnership"]),
        ]

    def __str__(self):
        return str(self.partnership)


class Package(TrackedModel):
    """So many units together, for a price of their own."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="packages")
    units = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(400)])
    price = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])
    early_price = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="package_once_per_agreement", fields=["agreement", "units"]),
        ]

    def __str__(self):
        return f"{self.units} for £{self.price}"
