from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.models import TrackedModel
from schools.querysets import CapacityQuerySet, OrderQuerySet
from web.words import counted

from .agreement import Agreement, InItsUnit
from .partnership import Service

MOST_UNITS = 400


class Order(InItsUnit, TrackedModel):
    """Time that a school asks for. Price and unit are what they were when it was ordered.

    The ledger decides what comes after `agreed`: in use, used up, expired. What is cancelled then leaves
    quantity and price as they were ordered, and is counted in minutes.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        TO_APPROVE = "to_approve", "Waits for an approver"
        REQUESTED = "requested", "Requested"
        OFFERED = "offered", "Less offered"
        AGREED = "agreed", "Agreed"
        IN_USE = "in_use", "In use"
        USED_UP = "used_up", "Used up"
        EXPIRED = "expired", "Expired"
        DECLINED = "declined", "Declined"
        CANCELLED = "cancelled", "Cancelled"

    class Declined(models.TextChoices):
        NO_MONEY = "no_money", "There is no money for it now"
        NOT_NEEDED = "not_needed", "It is not needed now"
        NO_CAPACITY = "no_capacity", "No clinician has the time"
        TOO_LATE = "too_late", "It is too late in the year"
        TALK_FIRST = "talk_first", "Let us talk about it first"

    GRANTED = (State.AGREED, State.IN_USE, State.USED_UP, State.EXPIRED)
    # Of which something may still be left that can be cancelled.
    BOOKABLE = (State.AGREED, State.IN_USE)
    WAITING = (State.ASKED, State.TO_APPROVE, State.REQUESTED, State.OFFERED)

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("counted from 1 in each service, without gaps")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="orders")
    state = models.CharField(max_length=10, choices=State)
    quantity = models.PositiveSmallIntegerField(
        "units", validators=[MinValueValidator(1), MaxValueValidator(MOST_UNITS)]
    )
    unit = models.CharField(max_length=10, choices=Agreement.Unit)
    unit_minutes = models.PositiveSmallIntegerField()
    unit_price = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    price = models.DecimalField("price of all of it", max_digits=10, decimal_places=2)
    wanted_from_on = models.DateField(null=True, blank=True)
    wanted_until_on = models.DateField(null=True, blank=True)
    purchase_order_number = models.CharField(max_length=40, blank=True)
    cancelled_minutes = models.PositiveIntegerField("cancelled after it was agreed", default=0)
    offered_quantity = models.PositiveSmallIntegerField(null=True, blank=True)
    offered_price = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    offered_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.CharField(max_length=12, choices=Declined, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ordered_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who declined or cancelled it",
    )  # fmt: skip
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="order_number_once_per_service", fields=["service", "number"]),
            models.CheckConstraint(name="order_of_something", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="agreed_order_says_who_and_when",
                condition=~Q(state__in=["agreed", "in_use", "used_up", "expired"])
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="no_more_is_cancelled_than_ordered",
                # Two small numbers multiplied are no small number, and PostgreSQL minds.
                condition=Q(
                    cancelled_minutes__lte=Cast("quantity", models.IntegerField()) * F("unit_minutes")
                ),
            ),
            models.CheckConstraint(
                name="declined_order_says_why", condition=~Q(state="declined") | ~Q(declined_because="")
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "-id"]),
            models.Index(fields=["service", "-id"]),
            models.Index(fields=["service", "state", "-id"]),
        ]

    def __str__(self):
        return f"Order {self.number}"

    def get_absolute_url(self):
        return reverse("schools:order", args=[self.number])

    @property
    def minutes(self):
        return self.quantity * self.unit_minutes

    @property
    def kept_minutes(self):
        """What of it is not cancelled, used or not."""
        return self.minutes - self.cancelled_minutes

    @property
    def how_much(self):
        """6 half days"""
        return counted(self.quantity, self.get_unit_display())

    @property
    def offered(self):
        return counted(self.offered_quantity, self.get_unit_display()) if self.offered_quantity else ""


class Capacity(TrackedModel):
    """What a clinician can give to schools in a school week, in minutes."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    minutes_a_week = models.PositiveSmallIntegerField(validators=[MaxValueValidator(3000)])
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    objects = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "capacities"
        constraints = [
            models.UniqueConstraint(
                name="capacity_once_from_a_day", fields=["service", "clinician", "from_on"],
                violation_error_message="There is a number from this day already",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.clinician}, {self.minutes_a_week} minutes a week"
