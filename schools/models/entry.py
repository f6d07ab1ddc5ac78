from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import TrackedModel, WrittenOnce
from schools.querysets import EntryQueryQuerySet, OfAgreementQuerySet, TimeEntryQuerySet

from .agreement import Agreement
from .partnership import Partnership
from .visit import Visit


class Reason(models.TextChoices):
    """Why a line is there that no rule made. From a list: it is printed, and nothing personal may be."""

    ILLNESS = "illness", "Illness"
    EMERGENCY = "emergency", "An emergency at the school"
    AGREED = "agreed", "Agreed with the school"
    TOLD_IN_TIME = "told_in_time", "We were told in time"
    TYPED_WRONGLY = "typed_wrongly", "The minutes were typed wrongly"
    LEFT_OUT = "left_out", "Time was left out"
    NOT_USED = "not_used", "Time was counted that was not used"
    NOT_NEEDED = "not_needed", "The school does not need it any more"
    NO_CAPACITY = "no_capacity", "No clinician has the time"
    EARLIER_RECORDS = "earlier_records", "Brought in from earlier records"
    GOODWILL = "goodwill", "Goodwill"
    PUT_RIGHT = "put_right", "A mistake put right"


class TimeEntry(WrittenOnce):
    """One line of a pot's ledger, in whole minutes, written once: a correction is a new line.

    `minutes` is what the line does to the time that is free to book: the balance is the sum. What a service
    owes a school changes no balance and has its own column. The database refuses changing and deleting
    (`schools.triggers`). `posted_on` decides in which statement it stands.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", "Time given"
        RESERVE = "reserve", "Booked"
        RELEASE = "release", "Given back"
        DELIVER = "deliver", "Used"
        OWED = "owed", "Owed to the school"
        LATE_CANCEL_CHARGE = "late_cancel_charge", "Charged for a late cancellation"
        CARRY_IN = "carry_in", "Brought over"
        CARRY_OUT = "carry_out", "Carried over"
        EXPIRE = "expire", "Expired"
        ADJUST = "adjust", "Adjusted"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField("counted from 1 in each agreement, without gaps")
    kind = models.CharField(max_length=20, choices=Kind)
    minutes = models.IntegerField()
    owed_minutes = models.IntegerField(default=0)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="time_entries")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="entries")
    order = models.ForeignKey("schools.Order", models.PROTECT, null=True, blank=True, related_name="entries")
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections",
        verbose_name="the line it corrects or waives, or the other side of what is carried over",
    )  # fmt: skip
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who; nobody for what the calendar does",
    )  # fmt: skip
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    posted_on = models.DateField()

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "time entries"
        constraints = [
            models.UniqueConstraint(name="entry_number_once_per_agreement", fields=["agreement", "number"]),
            models.UniqueConstraint(
                name="charge_is_waived_once",
                fields=["corrects"],
                condition=Q(kind="release", corrects__isnull=False),
                violation_error_message="This charge is waived already.",
            ),
            models.CheckConstraint(
                name="entry_gives_or_takes",
                condition=Q(kind__in=["grant", "carry_in", "release"], minutes__gt=0)
                | Q(kind__in=["reserve", "late_cancel_charge", "carry_out", "expire"], minutes__lt=0)
                | (Q(kind="adjust") & ~Q(minutes=0))
                | (Q(kind="deliver") & (Q(minutes__lte=0) | Q(corrects__isnull=False)))
                | Q(kind="owed", minutes=0),
            ),
            models.CheckConstraint(
                name="entry_owes_by_its_own_kind",
                condition=(Q(kind="owed") & ~Q(owed_minutes=0)) | (~Q(kind="owed") & Q(owed_minutes=0)),
            ),
            models.CheckConstraint(
                name="entry_of_a_visit_names_it",
                condition=~Q(kind__in=["reserve", "deliver", "late_cancel_charge", "owed"])
                | Q(visit__isnull=False),
            ),
            models.CheckConstraint(
                name="entry_adjusted_by_two_people",
                condition=~Q(kind="adjust")
                | (Q(by__isnull=False, approver__isnull=False) & ~Q(by=F("approver")) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="entry_that_corrects_says_why",
                condition=Q(corrects__isnull=True) | Q(kind__in=["carry_in"]) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "posted_on", "number"]),
            models.Index(fields=["partnership", "-id"]),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.minutes} minutes"

    @property
    def is_used(self):
        """As `querysets.USED`: delivered, charged, or a charge that was taken back."""
        waiver = self.kind == self.Kind.RELEASE and self.corrects_id
        return bool(waiver) or self.kind in (self.Kind.DELIVER, self.Kind.LATE_CANCEL_CHARGE)

    @property
    def is_brought(self):
        """As `querysets.BROUGHT`: brought over, or adjusted and of no order."""
        return self.kind == self.Kind.CARRY_IN or (self.kind == self.Kind.ADJUST and not self.order_id)

    @property
    def moves_what_is_left(self):
        """As `moving_what_is_left` of the queryset."""
        return self.is_used or self.kind not in (self.Kind.RESERVE, self.Kind.RELEASE, self.Kind.OWED)


class Adjustment(TrackedModel):
    """A line that one person asks for and a second agrees to. Agreed, it stands in the ledger.

    With an `order` it cancels so much of that order.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="adjustments")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    order = models.ForeignKey(
        "schools.Order", models.PROTECT, null=True, blank=True, related_name="cancellations",
        verbose_name="the order that is cancelled, or part of it",
    )  # fmt: skip
    minutes = models.IntegerField()
    reason = models.CharField(max_length=20, choices=Reason)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    entry = models.OneToOneField(
        TimeEntry, models.PROTECT, null=True, blank=True, related_name="adjustment",
        verbose_name="the line it became; none when it was declined",
    )  # fmt: skip

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="adjustment_decided_by_another",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, entry__isnull=True)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by"))),
                violation_error_message="Somebody else has to agree to it",
            ),
            models.CheckConstraint(name="adjustment_changes_something", condition=~Q(minutes=0)),
            models.CheckConstraint(
                name="cancelling_takes_time_away", condition=Q(order__isnull=True) | Q(minutes__lt=0)
            ),
            models.UniqueConstraint(
                name="order_waits_for_one_cancellation",
                fields=["order"],
                condition=Q(order__isnull=False, decided_at__isnull=True),
                violation_error_message="This order waits to be cancelled already.",
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "-id"]),
            models.Index(name="adjustment_waits", fields=["id"], condition=Q(decided_at=None)),
        ]

    def __str__(self):
        return f"Adjustment by {self.minutes} minutes"


class EntryQuery(TrackedModel):
    """ "Something looks wrong": a question about a line, and the answer in the same place. Never printed."""

    entry = models.ForeignKey(TimeEntry, models.PROTECT, related_name="queries")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.TextField(max_length=500)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=500, blank=True)

    objects = EntryQueryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entry queries"
        constraints = [
            models.CheckConstraint(
                name="query_answered_by_somebody",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [models.Index(name="query_waits", fields=["-id"], condition=Q(answered_at=None))]

    def __str__(self):
        return f"Query about {self.entry}"
