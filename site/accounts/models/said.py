"""The words an e-mail about time may say, each from a list, and the columns of Delivery that hold them."""

from django.db import models


class Change(models.TextChoices):
    """Why a visit is not at its time: the outcomes of schools.models.Visit that say so."""

    MOVED = "moved", "The visit was moved"
    SCHOOL_CANCELLED = "school_cancelled", "The school cancelled"
    CLINICIAN_CANCELLED = "clinician_cancelled", "The clinician cancelled"
    SCHOOL_CLOSED = "school_closed", "The school was closed"
    NO_LINK_PERSON = "no_link_person", "There was nobody to meet"


class Unit(models.TextChoices):
    HALF_DAY = "half_day", "half day"
    SESSION = "session", "session"
    DAY = "day", "day"


class Pot(models.TextChoices):
    CORE = "core", "core offer"
    BOUGHT = "bought", "bought time"


class OrderState(models.TextChoices):
    ASKED = "asked", "asked for"
    TO_APPROVE = "to_approve", "waits for an approver"
    RECEIVED = "requested", "received"
    OFFERED = "offered", "less offered"
    AGREED = "agreed", "agreed"
    DECLINED = "declined", "declined"
    CANCELLED = "cancelled", "cancelled"
    CANCELLED_IN_PART = "in_part", "cancelled in part"


class Declined(models.TextChoices):
    NO_MONEY = "no_money", "There is no money for it now"
    NOT_NEEDED = "not_needed", "It is not needed now"
    NO_CAPACITY = "no_capacity", "No clinician has the time"
    TOO_LATE = "too_late", "It is too late in the year"
    TALK_FIRST = "talk_first", "Let us talk about it first"


class SaidOfTime(models.Model):
    """What an e-mail about visits, time and orders says. Numbers, dates and words from lists."""

    change = models.CharField("why the visit changed", max_length=20, choices=Change, blank=True)
    moved_to_at = models.DateTimeField(null=True, blank=True)
    moved_until_at = models.DateTimeField(null=True, blank=True)
    calendar_uid = models.UUIDField("what calendar programs call the visit", null=True, blank=True)
    calendar_sequence = models.PositiveIntegerField(
        "how often the visit has changed for them", null=True, blank=True
    )
    minutes = models.PositiveIntegerField("minutes used", null=True, blank=True)
    pot = models.CharField(max_length=6, choices=Pot, blank=True)
    left_minutes = models.IntegerField(null=True, blank=True)
    unit = models.CharField(max_length=10, choices=Unit, blank=True)
    unit_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    until_on = models.DateField("when the time is used up at this rate", null=True, blank=True)
    number = models.PositiveIntegerField("number of the order", null=True, blank=True)
    amount = models.DecimalField("pounds", max_digits=10, decimal_places=2, null=True, blank=True)
    order_state = models.CharField(max_length=10, choices=OrderState, blank=True)
    declined_because = models.CharField(max_length=12, choices=Declined, blank=True)

    class Meta:
        abstract = True


def from_lists():
    """A condition: the database itself keeps no word in these columns that is not in its list."""
    lists = {"change": Change, "pot": Pot, "unit": Unit}
    lists |= {"order_state": OrderState, "declined_because": Declined}
    condition = models.Q()
    for name, choices in lists.items():
        condition &= models.Q(**{f"{name}__in": ["", *choices.values]})
    return condition
