import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

is_web_address = URLValidator(schemes=["http", "https"])


class School(models.Model):
    """A school as the national register has it. Its columns are the register's, not tracked rows.

    Each run of the import keeps its own report of old and new values, so bulk writes are allowed here.
    """

    NOT_IN_FILE = "Not in the register file"

    urn = models.PositiveIntegerField("URN", unique=True)
    name = models.CharField(max_length=200, db_index=True)
    la_code = models.CharField("local authority code", max_length=3, db_index=True)
    la_name = models.CharField("local authority", max_length=100, blank=True)
    establishment_number = models.CharField(max_length=10, blank=True)
    kind = models.CharField("type of establishment", max_length=100, blank=True)
    status = models.CharField(max_length=60)
    phase = models.CharField(max_length=60, blank=True)
    low_age = models.PositiveSmallIntegerField(null=True, blank=True)
    high_age = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    street = models.CharField(max_length=200, blank=True)
    locality = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    website = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    closed_on = models.DateField("closed, or gone from the register, since", null=True, blank=True)

    class Meta:
        ordering = ["name", "urn"]
        constraints = [
            models.CheckConstraint(name="urn_has_six_digits", condition=Q(urn__gte=100000, urn__lte=999999)),
        ]

    def __str__(self):
        return self.name

    @property
    def name_and_place(self):
        """56 schools share one name: the postcode, or the authority, tells them apart."""
        return f"{self.name} ({self.postcode or self.la_name or self.urn})"

    @property
    def website_url(self):
        """The website as an address that is safe to link to, or blank.

        `website` is as printed, and most are printed without a scheme: those get https://. Whatever is not
        a web address after that (javascript:, an e-mail address, "none") gives no link.
        """
        scheme, rest = re.match(r"(?:(https?):/*)?(.*)", self.website, re.IGNORECASE).groups()
        url = f"{scheme or 'https'}://{rest}"
        try:
            is_web_address(url)
        except ValidationError:
            return ""
        return "" if "@" in urlsplit(url).netloc else url
