from django.db import models

from accounts.models import TrackedModel
from schools.querysets import PartnershipQuerySet

from .school import School


class Service(TrackedModel):
    """A CAMHS team with its own schools, staff, prices and rules. Nothing crosses services."""

    name = models.CharField(max_length=120, unique=True)
    what_a_plan_is = models.TextField(
        "what this is (on every plan)",
        default=(
            "This records a consultation between school staff and a mental health clinician. "
            "It is not an assessment of the child, a diagnosis or statutory advice."
        ),
    )
    if_things_get_worse = models.TextField(
        "what to do if things get worse (on every plan)",
        default=(
            "If somebody is in danger now, call 999. If you are worried that a child is at risk of harm, "
            "tell the safeguarding lead today, in person or by phone. Do not wait for the next visit."
        ),
    )
    about_an_adult = models.TextField(
        "whom to tell when it is about an adult who works at the school",
        default="Tell the headteacher. If it is about the headteacher, tell the chair of governors.",
    )
    cannot_reach_them = models.TextField(
        "what to do when no safeguarding lead can be reached",
        default=(
            "Stay at the school until an adult in charge knows. Ring your own team's duty line, then the "
            "children's social care team of the local authority. If a child is in danger now, call 999."
        ),
    )
    paper_label = models.CharField(
        "label at the foot of papers", max_length=60, default="Official-sensitive when completed"
    )
    address = models.TextField("address, on papers about money", blank=True, max_length=300)
    ods_code = models.CharField("ODS code", max_length=10, blank=True)
    contact = models.CharField("whom to ask about money", max_length=200, blank=True)
    vat_words = models.CharField(
        "line about VAT, in the service's own words", max_length=300, blank=True, default="No VAT is charged."
    )
    how_to_pay = models.TextField("how to pay, on invoices", blank=True, max_length=500)
    payment_days = models.PositiveSmallIntegerField("days to pay", default=30)

    def __str__(self):
        return self.name


class Partnership(TrackedModel):
    """The standing arrangement of one service with one school. Cases, visits and time belong to it."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="partnerships")
    school = models.ForeignKey(School, models.PROTECT, related_name="partnerships")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_partnership_per_school", fields=["service", "school"]),
        ]

    def __str__(self):
        return f"{self.school} with {self.service}"
