from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Frozen, TrackedModel
from schools.querysets import InvoiceLineQuerySet, InvoiceQuerySet, MoneyPaperQuerySet

from .agreement import Agreement
from .order import Order
from .partnership import Service


class MoneyPaper(Frozen, TrackedModel):
    """What statements and invoices share: a number, who made it when, and its words as they were."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("counted from 1 in each service, without gaps")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="%(class)ss")
    blocks = models.JSONField()
    from_whom = models.CharField("the service, as it was called then", max_length=120)
    label = models.CharField("the label at its foot, as it was then", max_length=60, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who; nobody for what falls due by itself",
    )  # fmt: skip

    taken_at = models.DateTimeField("when the school took its first PDF", null=True, blank=True)
    kept_at = models.DateTimeField("when the service took its first PDF", null=True, blank=True)

    objects = MoneyPaperQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_frozen(self):
        return self.pk is not None


class Statement(MoneyPaper):
    """The time of an agreement in a period that is over. What is posted later stands in the next."""

    first_on = models.DateField()
    last_on = models.DateField()
    opening_minutes = models.IntegerField("left before it")
    closing_minutes = models.IntegerField("left after it")
    figures = models.JSONField("its lines with dates and whole minutes, for a spreadsheet", default=list)
    FROZEN = (
        *("service_id", "number", "agreement_id", "first_on", "last_on", "opening_minutes"),
        *("closing_minutes", "figures", "blocks", "from_whom", "label", "made_at", "made_by_id"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="statement_number_once_per_service", fields=["service", "number"]),
            models.UniqueConstraint(name="statement_of_a_day_once", fields=["agreement", "first_on"]),
            models.CheckConstraint(
                name="statement_ends_after_it_starts", condition=Q(last_on__gte=F("first_on"))
            ),
        ]
        indexes = [models.Index(fields=["service", "-id"])]

    def __str__(self):
        return f"Statement {self.number}"

    def get_absolute_url(self):
        return reverse("schools:statement", args=[self.number])


class Invoice(MoneyPaper):
    """An invoice, or a credit note that takes one back. Pounds; the total is the sum of its lines."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", "Invoice"
        CREDIT_NOTE = "credit_note", "Credit note"

    kind = models.CharField(max_length=12, choices=Kind)
    credits = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="credited_by",
        verbose_name="the invoice that it takes back",
    )  # fmt: skip
    issued_on = models.DateField()
    due_on = models.DateField()
    purchase_order_number = models.CharField(max_length=40, blank=True)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    objects = InvoiceQuerySet.as_manager()
    FROZEN = (
        *("service_id", "number", "agreement_id", "kind", "credits_id", "issued_on", "due_on"),
        *("purchase_order_number", "total", "blocks", "from_whom", "label", "made_at", "made_by_id"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invoice_number_once_per_service", fields=["service", "kind", "number"]
            ),
            models.CheckConstraint(
                name="credit_note_takes_one_back",
                condition=Q(kind="invoice", credits__isnull=True, total__gte=0)
                | Q(kind="credit_note", credits__isnull=False, total__lte=0),
            ),
        ]
        indexes = [
            models.Index(fields=["service", "-id"]),
            models.Index(fields=["service", "issued_on", "id"]),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self):
        name = "credit-note" if self.is_credit_note else "invoice"
        return reverse(f"schools:{name}", args=[self.number])

    @property
    def is_credit_note(self):
        return self.kind == self.Kind.CREDIT_NOTE


class InvoiceLine(Frozen, TrackedModel):
    """So much of an order, for so much. A part of an order is billed once, unless it was credited."""

    FROZEN = (
        *("invoice_id", "position", "order_id", "part", "turn", "credits_id"),
        *("words", "quantity", "unit_price", "total"),
    )

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoice_lines")
    part = models.CharField("which part of the order", max_length=20)
    turn = models.PositiveSmallIntegerField("how often this part is billed with this line", default=1)
    credits = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="credited_by",
        verbose_name="the line that it takes back",
    )  # fmt: skip
    words = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    unit_price = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    total = models.DecimalField(max_digits=10, decimal_places=2)

    objects = InvoiceLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="invoice_line_position", fields=["invoice", "position"]),
            models.UniqueConstraint(
                name="part_of_an_order_billed_once",
                fields=["order", "part", "turn"],
                condition=Q(credits__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.words}, £{self.total}"

    def is_frozen(self):
        return self.pk is not None
