from django.conf import settings
from django.db import models

from accounts.models import WrittenOnce

from .seal import columns_of, is_signed, sign, values_of


class CaseChain(models.Model):
    """The end of a case's chain: how many links it has, and the signature of the last.

    Whoever adds a link holds the lock on the case and then on this row.
    """

    case = models.OneToOneField("consultations.Case", models.PROTECT, primary_key=True, related_name="chain")
    length = models.PositiveIntegerField(default=0)
    mac = models.CharField("signature of the last link", max_length=64, blank=True)

    def __str__(self):
        return f"Chain of case {self.case_id}, {self.length} links"


class CaseLink(WrittenOnce):
    """One write of a case, signed together with the link before it.

    Signed are the values of the row of history in `columns`, decrypted: who, when and why among them. The
    columns stand here, so that one that a table is given later leaves the older links whole.
    """

    case = models.ForeignKey("consultations.Case", models.PROTECT, related_name="links", db_index=False)
    number = models.PositiveIntegerField("counted from 1 in each case, without gaps")
    table = models.CharField("the model that was written", max_length=60)
    record_pk = models.BigIntegerField("key of the record")
    history_id = models.BigIntegerField("key of the row of its history")
    columns = models.TextField("the columns that are signed, with spaces")
    key_id = models.CharField("fingerprint of the key", max_length=16)
    mac = models.CharField("signature", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="link_number_once_per_case", fields=["case", "number"]),
            models.UniqueConstraint(name="history_row_in_one_link", fields=["table", "history_id"]),
        ]

    def __str__(self):
        return f"Link {self.number} of case {self.case_id}"

    @classmethod
    def after(cls, chain, row):
        """The next link, not saved yet. `chain` is as it stood before, `row` as the database has it."""
        link = cls(
            case_id=chain.case_id,
            number=chain.length + 1,
            table=row.instance_type._meta.label,
            record_pk=row.id,
            history_id=row.history_id,
            columns=" ".join(columns_of(row)),
        )
        link.key_id, link.mac = sign(link.message(chain.mac, row))
        return link

    def message(self, before, row):
        """What is signed; `before` is the signature of the link before, "" for the first."""
        place = [before, self.case_id, self.number, self.table, self.record_pk, self.history_id]
        return [*place, values_of(row, self.columns.split())]

    def is_right(self, before, row):
        return is_signed(self.message(before, row), self.key_id, self.mac)


class CaseStub(WrittenOnce):
    """What is left of a case that was destroyed when its time was over: nothing that was in it.

    It refers to no case, because there is none any more. `leave_stub` writes it.
    """

    reference = models.CharField("reference of the case", max_length=10, unique=True)
    length = models.PositiveIntegerField("how many links its chain had")
    last_mac = models.CharField("signature of the last link", max_length=64, blank=True)
    destroyed_at = models.DateTimeField()
    destroyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    certificate = models.CharField("number of the certificate", max_length=40)
    key_id = models.CharField("fingerprint of the key", max_length=16)
    mac = models.CharField("signature", max_length=64)

    SIGNED = ("reference", "length", "last_mac", "destroyed_at", "destroyed_by_id", "certificate")

    def __str__(self):
        return f"{self.reference}, destroyed on {self.destroyed_at:%d %B %Y}"

    def sign(self):
        self.key_id, self.mac = sign(["stub", values_of(self, self.SIGNED)])
        return self

    def is_right(self):
        return is_signed(["stub", values_of(self, self.SIGNED)], self.key_id, self.mac)
