"""What came of the plans, beside the time of an agreement. Counts alone: no child, class or theme.

A review stands beside the agreement whose visit had the last consultation about the case before it. Who
pays reads terms that are over, each published by itself (`web.small_numbers`): a number looked at day after
day, or two that can be subtracted, would tell of a child.
"""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from accounts.models import RoleRow
from consultations.models import Consultation, PlanVersion, Review
from schools.models import Agreement, CalendarPeriod, TimeEntry
from schools.querysets import partnerships_open_to
from web.small_numbers import added_up, published, published_table, total

from .periods import with_holidays

TOO_FEW = "Too few to show"
LABELS = {
    "reviews": "Reviews done",
    "moved": "Reviews that found a goal moved",
    "not_moved": "Reviews that found none moved",
    "left_out": "Reviews that the rule leaves out",
    "plans": "Plans reviewed",
    "higher": "Plans where staff felt more confident than at the start",
    "same": "Plans where they felt as confident",
    "lower": "Plans where they felt less confident",
    "missing": "Plans where one of the two answers is missing",
}
HEADWAY = ("moved", "not_moved", "left_out")
CONFIDENCE = ("higher", "same", "lower", "missing")


@dataclass(frozen=True)
class Outcome:
    """Numbers as they may be shown; None is hidden. `plans` that were reviewed; of a payer, once a term."""

    agreement: Agreement
    used: int
    reviews: int | None
    plans: int | None
    headway: dict
    confidence: dict
    has_parts: bool = True

    @property
    def sentence(self):
        """The goals beside the time, with n; what is hidden is said to be."""
        if not self.has_parts:
            return f"{self.used_in_words} used so far. Numbers are shown when a term of it is over."
        if self.reviews == 0:
            return f"{self.used_in_words} used. No plan was reviewed in that time."
        moved = shown(self.headway["moved"])
        goals = f"{moved} of {self.judged} reviews" if self.judged is not None else TOO_FEW.lower()
        return f"{self.used_in_words} used. Reviews that found a goal moved: {goals}."

    @property
    def rows(self):
        """(what, number in words), for the table."""
        numbers = {"reviews": self.reviews, "plans": self.plans} | self.headway | self.confidence
        return [("Time used", self.used_in_words), *((LABELS[name], shown(numbers[name])) for name in LABELS)]

    @property
    def used_in_words(self):
        return self.agreement.in_words(self.used)

    @property
    def judged(self):
        """How many reviews the headway rule could judge."""
        return total([self.headway["moved"], self.headway["not_moved"]])


def outcomes_of(role, agreements, today):
    """One for each agreement, in three queries."""
    used, reviews = minutes_used(role, agreements), reviews_beside(role, agreements)
    terms = terms_over(agreements, today) if publishes_terms(role) else None
    return [outcome_of(pot, used.get(pot.pk, 0), reviews.get(pot.pk, []), terms) for pot in agreements]


def publishes_terms(role):
    """Whoever pays is shown what is published of terms that are over; the others work with the plans."""
    return role.kind == RoleRow.Kind.BUDGET_HOLDER


def minutes_used(role, agreements):
    lines = TimeEntry.objects.visible_to(role).filter(agreement__in=agreements)
    return {pk: numbers.used for pk, numbers in lines.numbers_by("agreement").items()}


def reviews_beside(role, agreements):
    """{key of an agreement: its reviews within its year, the oldest first}"""
    talks = Consultation.objects.filter(case=OuterRef("plan__case"), held_at__lte=OuterRef("reviewed_at"))
    agreed = PlanVersion.objects.filter(plan=OuterRef("plan"), agreed_at__isnull=False).order_by("agreed_at")
    reviews = Review.objects.filter(partnerships_open_to(role, "plan__partnership__"))
    reviews = reviews.annotate(
        pot=Subquery(talks.order_by("-held_at", "-pk").values("visit__pot")[:1]),
        before=Subquery(agreed.values("confidence")[:1]),
        after=F("confidence"),
    )
    years, found = {pot.pk: (pot.first_on, pot.last_on) for pot in agreements}, {}
    rows = reviews.filter(pot__in=years).order_by("reviewed_at", "pk")
    for row in rows.values("pot", "plan", "moved", "before", "after", "reviewed_at"):
        row["on"] = timezone.localdate(row["reviewed_at"])
        first_on, last_on = years[row["pot"]]
        if first_on <= row["on"] <= last_on:
            found.setdefault(row["pot"], []).append(row)
    return found


def terms_over(agreements, today):
    services = {pot.service_id for pot in agreements}
    terms = CalendarPeriod.objects.filter(service__in=services, school=None, kind=CalendarPeriod.Kind.TERM)
    return [term for term in with_holidays(terms.order_by("first_on", "pk")) if term.last_on < today]


def outcome_of(agreement, used, reviews, terms):
    if terms is None:
        numbers = counted(reviews)
        plans = sum(numbers["confidence"].values())
        return Outcome(agreement, used, len(reviews), plans, **numbers)
    parts = [
        [row for row in reviews if term.first_on <= row["on"] <= term.last_on]
        for term in terms
        if term.first_on <= agreement.last_on and term.last_on >= agreement.first_on
    ]
    return published_outcome(agreement, used, parts)


def published_outcome(agreement, used, parts):
    found = [counted(part) for part in parts] or [counted([])]
    tables = {
        name: added_up([published_table(numbers[name]) for numbers in found])
        for name in ("headway", "confidence")
    }
    reviews = total([published(sum(numbers["headway"].values())) for numbers in found])
    plans = total([published(sum(numbers["confidence"].values())) for numbers in found])
    return Outcome(agreement, used, reviews, plans, **tables, has_parts=bool(parts))


def counted(reviews):
    """How many reviews found a goal moved, and in how many plans staff felt surer at the last one."""
    names = {True: "moved", False: "not_moved", None: "left_out"}
    headway, confidence = dict.fromkeys(HEADWAY, 0), dict.fromkeys(CONFIDENCE, 0)
    plans = {}
    for row in reviews:
        headway[names[row["moved"]]] += 1
        before, after = plans.get(row["plan"], (row["before"], None))
        plans[row["plan"]] = before, after if row["after"] is None else row["after"]
    for before, after in plans.values():
        confidence[change(before, after)] += 1
    return {"headway": headway, "confidence": confidence}


def shown(number):
    return TOO_FEW if number is None else f"{number:,}"


def change(before, after):
    if before is None or after is None:
        return "missing"
    return "higher" if after > before else "lower" if after < before else "same"
