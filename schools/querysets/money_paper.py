from accounts.querysets import TrackedQuerySet

from .agreement import OfServiceToo


class MoneyPaperQuerySet(OfServiceToo):
    def for_list(self):
        return self.select_related("agreement__payer__school", "service", "made_by").order_by("-pk")


class InvoiceQuerySet(MoneyPaperQuerySet):
    def for_list(self):
        return super().for_list().select_related("credits", "credited_by")

    def issued_in(self, first_on, last_on):
        """Of the days of a period, both included, the oldest first."""
        return self.filter(issued_on__gte=first_on, issued_on__lte=last_on).order_by("issued_on", "pk")


class InvoiceLineQuerySet(TrackedQuerySet):
    def standing(self):
        """Lines of invoices that no credit note took back."""
        return self.filter(credits=None, credited_by=None)
