from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import Referenced, TrackedModel
from consultations.querysets import DiscussionRequestQuerySet
from schools.models import Partnership, YearGroup

from .case import Case
from .consultation import Consultation


class DiscussionRequest(Referenced, TrackedModel):
    """What a school asks to talk about before a visit. Called so because a request is Django's word too.

    No name of a child has a column here: it is about a case the school may open, or about a year group and
    one sentence. It belongs to no visit: whatever waits is on the agenda of the next one.
    """

    REFERENCE_LETTER = "D"

    class HowSoon(models.TextChoices):
        NEXT_VISIT = "next_visit", "At the next visit"
        SOONER = "sooner", "Sooner, phone me"

    class Aware(models.TextChoices):
        YES = "yes", "Yes"
        NOT_YET = "not_yet", "Not yet"
        NO = "no", "No"

    class Because(models.TextChoices):
        WITHDRAWN = "withdrawn", "Withdrawn by the school"
        PHONED = "phoned", "Talked about on the phone"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="requests")
    subject = models.CharField("who it is about", max_length=10, choices=Case.Subject)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="requests")
    year_group = models.SmallIntegerField(choices=YearGroup, null=True, blank=True)
    group_name = models.CharField("name of group", max_length=60, blank=True)
    sentence = models.CharField("what they would like help with", max_length=200)
    tried = models.CharField("what was tried", max_length=200, blank=True)
    parents_aware = models.CharField("whether the parents are aware", max_length=8, choices=Aware)
    how_soon = models.CharField("how soon", max_length=12, choices=HowSoon, default=HowSoon.NEXT_VISIT)
    phone = models.CharField("the number to call", max_length=40, blank=True)
    position = models.PositiveIntegerField("its place in the order of the school")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    discussed_in = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_because = models.CharField("why it was closed", max_length=10, choices=Because, blank=True)

    objects = DiscussionRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_of_a_case_says_no_more_of_it",
                condition=Q(case__isnull=True) | Q(year_group__isnull=True, group_name=""),
            ),
            models.CheckConstraint(
                name="request_about_a_child_names_no_group",
                condition=~Q(subject__in=["child", "year_group", "staff"]) | Q(group_name=""),
            ),
            models.CheckConstraint(
                name="request_keeps_a_number_to_call_sooner",
                condition=Q(how_soon="sooner") | Q(phone=""),
            ),
            models.CheckConstraint(
                name="request_is_closed_by_somebody_for_a_reason",
                condition=Q(closed_at=None, closed_by=None, closed_because="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_because="")),
            ),
            models.CheckConstraint(
                name="request_is_talked_about_or_closed",
                condition=Q(discussed_in=None) | Q(closed_at=None),
            ),
        ]
        indexes = [models.Index(fields=["partnership", "position"])]

    def clean(self):
        if self.case_id and self.case.partnership_id != self.partnership_id:
            raise ValidationError({"case": "That record belongs to another school."})

    @property
    def waits(self):
        return self.discussed_in_id is None and self.closed_at is None

    @property
    def how_it_stands(self):
        if self.discussed_in_id:
            return "Talked about"
        return self.get_closed_because_display() or "Waiting"

    @property
    def year(self):
        return "" if self.year_group is None else YearGroup(self.year_group).label

    @property
    def who(self):
        """Whom it is about, for whoever may open the case it is about, and for agendas: never a name."""
        if self.case_id:
            return self.case.reference
        if self.subject == Case.Subject.YEAR_GROUP:
            return self.year
        said = "A child" if self.subject == Case.Subject.CHILD else self.group_name
        words = [said or self.get_subject_display(), "" if self.year in said else self.year]
        return ", ".join(filter(None, words))
