from datetime import timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, When

from accounts.models import RoleRow
from accounts.querysets import TrackedQuerySet

from .entry import booked_at
from .place import partnerships_open_to

Kind = RoleRow.Kind
A_DAY = timedelta(days=1)
DRAFT, SENT, SIGNED, ACTIVE, ENDED = "draft", "sent", "signed", "active", "ended"
LEFT = Sum("entries__minutes", default=0)


class AgreementQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """The agreements of the role's own schools. A school sees one from the day it was sent.

        Whoever shares a pool sees it; what was paid for it is its payer's: see `policies`.
        """
        open_to = partnerships_open_to(role, "partnership__")
        if open_to is None:
            return self.none()
        schools = self.model.schools.through.objects.filter(open_to, agreement=OuterRef("pk"))
        seen = self.filter(Exists(schools))
        return seen.exclude(state=DRAFT) if role.kind in (Kind.LINK_STAFF, Kind.BUDGET_HOLDER) else seen

    def of_school(self, partnership):
        """The pots a school may draw on, its own and those it shares."""
        through = self.model.schools.through.objects.filter(partnership=partnership, agreement=OuterRef("pk"))
        return self.filter(Exists(through))

    def in_force(self, on):
        """Signed, and `on` lies in its year."""
        return self.filter(state__in=(SIGNED, ACTIVE), first_on__lte=on, last_on__gte=on)

    def to_book_from(self, today):
        """What visits of today or later can draw on; the core offer first, then what ends first."""
        return self.filter(state__in=(SIGNED, ACTIVE), last_on__gte=today).order_by(
            Case(When(kind="core", then=0), default=1), "last_on", "pk"
        )

    def meeting(self, first_on, last_on):
        """Sent, signed or active, with a day in common with these days, both included."""
        meets = Q(first_on__lte=last_on, last_on__gte=first_on)
        return self.filter(meets, state__in=(SENT, SIGNED, ACTIVE))

    def over(self, today):
        """Signed once, and ended or past their last day."""
        return self.filter(Q(state=ENDED) | Q(state__in=(SIGNED, ACTIVE), last_on__lt=today))

    def with_what_is_left(self, since):
        """Those with minutes `free` whose last day was `since` a day, and any with less than nothing.

        Adds these, what visits not finished still have `held`, what was `carried_before`, and `is_shared`.
        """
        others = self.model.schools.through.objects.filter(agreement=OuterRef("pk"))
        return self.filter(pk__in=self._with_something_left(since)).annotate(
            free=LEFT,
            held=-Sum("entries__minutes", default=0, filter=booked_at("entries__")),
            carried_before=-Sum("entries__minutes", default=0, filter=Q(entries__kind="carry_out")),
            is_shared=Exists(others.exclude(partnership=OuterRef("payer"))),
        )

    def _with_something_left(self, since):
        """Their keys. Summed over keys alone: to put whole agreements in order beside each entry of ten years
        takes the longest (docs/benchmark.md)."""
        kept = Q(free__gt=0, last_on__gte=since) | Q(free__lt=0)
        return self.values("pk").annotate(free=LEFT).filter(kept).values("pk")

    def for_list(self):
        return self.select_related("payer__school", "service").order_by("-first_on", "kind", "-pk")

    def waiting_for_statements(self, today):
        """Signed, with a day that is over and in no statement, by school; `stated_until` is None before the
        first statement. After its last day it is listed until that is stated, and when a line came later."""
        stated = Subquery(
            self.model.statements.rel.related_model.objects.filter(agreement=OuterRef("pk"))
            .order_by("-last_on")
            .values("last_on")[:1]
        )
        later = self.model.entries.rel.related_model.objects.filter(
            agreement=OuterRef("pk"), posted_on__gt=OuterRef("stated_until")
        )
        open_days = Q(stated_until__lt=today - A_DAY)
        over = Q(stated_until=None) | (open_days & (Q(stated_until__lt=F("last_on")) | Exists(later)))
        begun = self.exclude(state__in=(DRAFT, SENT)).filter(first_on__lt=today)
        found = begun.annotate(stated_until=stated).filter(over).select_related("payer__school", "service")
        return found.order_by("payer__school__name", "kind", "first_on", "pk")


class OfAgreementQuerySet(TrackedQuerySet):
    """What is asked, ordered and billed under an agreement: the lead's, and the school's that pays."""

    def visible_to(self, role):
        match role.kind:
            case Kind.SERVICE_LEAD:
                return self.filter(agreement__service=role.service_id)
            case Kind.BUDGET_HOLDER:
                return self.filter(agreement__payer=role.partnership_id).exclude(agreement__state=DRAFT)
        return self.none()


class OfServiceToo(OfAgreementQuerySet):
    """What bears the service of its agreement itself: the lead's list is read along that column."""

    def visible_to(self, role):
        if role.kind == Kind.SERVICE_LEAD:
            return self.filter(service=role.service_id)
        return super().visible_to(role)


class OrderQuerySet(OfServiceToo):
    def visible_to(self, role):
        """Link staff see what they themselves, or a colleague, asked the head for."""
        if role.kind == Kind.LINK_STAFF:
            return self.filter(agreement__payer=role.partnership_id, asked_at__isnull=False)
        return super().visible_to(role)

    def for_list(self):
        return self.select_related(
            "agreement__payer__school", "agreement__service", "ordered_by", "asked_by"
        ).order_by("-pk")


class EntryQueryQuerySet(TrackedQuerySet):
    """Queries about a line: the school that asks, and the lead who answers."""

    def visible_to(self, role):
        match role.kind:
            case Kind.SERVICE_LEAD:
                return self.filter(entry__agreement__service=role.service_id)
            case Kind.BUDGET_HOLDER | Kind.LINK_STAFF:
                return self.filter(entry__partnership=role.partnership_id)
        return self.none()


class CapacityQuerySet(TrackedQuerySet):
    def visible_to(self, role):
        """The lead: of their own service."""
        return self.filter(service=role.service_id) if role.kind == Kind.SERVICE_LEAD else self.none()

    def on(self, day):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)
