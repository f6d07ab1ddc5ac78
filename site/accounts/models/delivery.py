from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from accounts.querysets import DeliveryQuerySet

from .encrypted import EncryptedText
from .role import RoleRow
from .said import SaidOfTime, from_lists

TO_A_SCHOOL = ("person", "role", "service", "school", "about")
WHAT_IS_LEFT = ("pot", "left_minutes", "unit", "unit_minutes")


class Delivery(SaidOfTime):
    """One e-mail to one person: what it may say, and how sending it went.

    What it says is made of these columns alone when it is sent. None of them holds a text that somebody
    wrote, or points at a case, so there is no place where a child could stand.
    """

    class Kind(models.TextChoices):
        PLAN_READY = "plan_ready", "Plan ready"
        REVIEWS_DUE = "reviews_due", "Reviews due"
        INVITED = "invited", "Invited"
        NEW_DEVICE = "new_device", "New sign-in"
        PASSWORD_RESET = "password_reset", "Password reset"
        SECOND_STEP = "second_step", "Second step forgotten"
        VISIT_CHANGED = "visit_changed", "Visit changed"
        TIME_USED = "time_used", "Visit summary"
        TIME_LOW = "time_low", "Time low"
        ORDER = "order", "Order"
        AGREEMENT = "agreement", "Agreement to sign"
        ADJUSTMENT = "adjustment", "Adjustment to agree"
        VISIT_REMINDER = "visit_reminder", "Visit reminder"
        PHONE_SCHOOL = "phone_school", "Phone the school"
        VISITS_CHANGED = "visits_changed", "Visits changed"
        VISIT_COVERED = "visit_covered", "Visit passed on"
        CLINICIAN_NEW = "clinician_new", "New clinician"
        TOOK_OVER = "took_over", "Visits taken over"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        GIVEN_UP = "given_up", "Given up"

    # What each kind must say, and what it may say besides. Everything else stays empty.
    NEEDS = {
        Kind.PLAN_READY: {"person", "role", "service", "school", "count", "about"},
        Kind.REVIEWS_DUE: {"person", "role", "service", "count", "due_on", "about"},
        Kind.INVITED: {"address", "service", "staff", "role_kind", "due_on", "link"},
        Kind.NEW_DEVICE: {"person", "happened_at"},
        Kind.PASSWORD_RESET: {"person", "link"},
        Kind.SECOND_STEP: {"person", "service", "staff", "happened_at"},
        Kind.VISIT_CHANGED: {*TO_A_SCHOOL, "happened_at", "change"},
        Kind.TIME_USED: {*TO_A_SCHOOL, "happened_at", "minutes", *WHAT_IS_LEFT},
        Kind.TIME_LOW: {*TO_A_SCHOOL, *WHAT_IS_LEFT},
        Kind.ORDER: {*TO_A_SCHOOL, "number", "count", "unit", "order_state"},
        Kind.AGREEMENT: {*TO_A_SCHOOL},
        Kind.ADJUSTMENT: {*TO_A_SCHOOL},
        Kind.VISIT_REMINDER: {*TO_A_SCHOOL, "staff", "happened_at"},
        Kind.PHONE_SCHOOL: {*TO_A_SCHOOL},
        Kind.VISITS_CHANGED: {*TO_A_SCHOOL, "staff"},
        Kind.VISIT_COVERED: {*TO_A_SCHOOL, "staff", "happened_at"},
        Kind.CLINICIAN_NEW: {*TO_A_SCHOOL, "staff", "due_on"},
        Kind.TOOK_OVER: {"person", "role", "service", "staff", "due_on", "count", "about"},
    }
    MAY_SAY = {
        Kind.REVIEWS_DUE: {"school"},
        Kind.INVITED: {"school"},
        Kind.NEW_DEVICE: {"service", "staff"},
        Kind.VISIT_CHANGED: {"moved_to_at", "moved_until_at", "calendar_uid", "calendar_sequence"},
        Kind.VISIT_COVERED: {"moved_until_at", "calendar_uid", "calendar_sequence"},
        Kind.TIME_LOW: {"until_on"},
        Kind.ORDER: {"amount", "declined_because"},
        Kind.CLINICIAN_NEW: {"count"},
    }
    # It tells of several visits, or may: see VisitSaid.
    WITH_VISITS = (Kind.VISITS_CHANGED,)
    BRINGS_VISITS = (*WITH_VISITS, Kind.TOOK_OVER)
    WITH_TOKEN = (Kind.INVITED, Kind.PASSWORD_RESET)

    # Drawn at random; the message bears it, so that a second copy is known as one.
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.EmailField("address of somebody without an account", blank=True)
    role = models.ForeignKey(
        RoleRow, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="the role it goes to"
    )

    service = models.ForeignKey("schools.Service", models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="the member of staff it names",
    )  # fmt: skip
    role_kind = models.CharField(max_length=20, choices=RoleRow.Kind, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    # With a token in it. Gone as soon as the e-mail is sent or given up.
    link = EncryptedText(blank=True, default="")
    about = models.CharField("digest of what it is sent once about", max_length=64, blank=True)

    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(
        "what kind of error it was", max_length=60, blank=True, validators=[RegexValidator(r"\A\w+\Z")]
    )
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["-queued_at", "-id"]),
            models.Index(fields=["service", "-queued_at", "-id"]),
            models.Index(fields=["person", "-queued_at", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_to_one", condition=Q(person=None) ^ Q(address=""),
                violation_error_message="An e-mail goes to a person or to an address.",
            ),
            models.CheckConstraint(
                name="delivery_sent_at_when_sent",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                violation_error_message="Only an e-mail that was sent was sent at a time.",
            ),
            models.CheckConstraint(
                name="delivery_keeps_no_token",
                condition=Q(link="") | Q(state="waiting", kind__in=["invited", "password_reset"]),
                violation_error_message="A link with a token is kept until it is sent, and no longer.",
            ),
            models.CheckConstraint(
                name="delivery_says_words_from_lists", condition=from_lists(),
                violation_error_message="An e-mail says no word that is not in its list.",
            ),
            models.UniqueConstraint(
                name="delivery_once_about", fields=["kind", "person", "about"], condition=~Q(about=""),
                violation_error_message="This e-mail was sent to this person before.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()}, {self.get_state_display().lower()}"

    @property
    def to(self):
        """The address it goes to."""
        return self.person.email if self.person_id else self.address

    def clean(self):
        """Nothing is said but what this kind of e-mail says."""
        needs = self.NEEDS.get(self.kind, set())
        may_say = needs | self.MAY_SAY.get(self.kind, set())
        said = {name for names in (*self.NEEDS.values(), *self.MAY_SAY.values()) for name in names}
        filled = {name for name in said if getattr(self, name) not in (None, "")}
        if self.state != self.State.WAITING:
            needs = needs - {"link"}
        if not needs <= filled <= may_say:
            raise ValidationError(f"“{self.get_kind_display()}” is made of {', '.join(sorted(may_say))}.")
