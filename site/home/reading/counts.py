"""Counts of one service over a period, one query each, whatever the number of its parts."""

from django.db.models import Case as FirstOf
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Sum, Value, When

from consultations.models import Consultation, ConsultationTheme, Plan, PlanVersion, Review
from schools.models import Visit
from schools.querysets import partnerships_counted_for
from web.small_numbers import published, total
from web.wall_clock import midnight

from .periods import A_DAY


class Counts:
    """A number is published part by part; lists of rows have one entry for each part of the period."""

    def __init__(self, role, period):
        self.role, self.period = role, period

    def of(self, model, path="partnership__"):
        return model.objects.filter(partnerships_counted_for(self.role, path))

    def visits(self):
        """Visits that took place, those of them with staff training, and what is hidden where these are: the
        minutes of each, and the staff trained."""
        done = self.within(self.of(Visit).filter(outcome=Visit.Outcome.DONE), "planned_start_at")
        trained = {
            "trained": Count("pk", filter=Q(minutes_training__gt=0)),
            "training": Sum("minutes_training"),
        }
        done = done.annotate(
            number=Count("pk"), spent=Sum("minutes_with_staff"), staff=Sum("staff_trained"), **trained
        )
        parts = self.parts(done)
        visits, trainings = (self.shown(parts, name) for name in ("number", "trained"))
        return {
            "visits": visits,
            "minutes": None if visits is None else summed(parts, "spent"),
            "trainings": trainings,
            "training_minutes": None if trainings is None else summed(parts, "training"),
            "staff_trained": None if trainings is None else self.shown(parts, "staff"),
        }

    def consultations(self):
        talks = self.within(self.of(Consultation), "held_at", "case__subject", "partnership__school__phase")
        return self.parts(talks.annotate(number=Count("pk"), spent=Sum("minutes")))

    def themes(self):
        """A consultation of several themes, and its minutes, count in each of them."""
        rows = self.of(ConsultationTheme, "consultation__partnership__")
        rows = self.within(rows, "consultation__held_at", "theme")
        return self.parts(rows.annotate(number=Count("pk"), spent=Sum("consultation__minutes")))

    def agreed(self):
        """Plans agreed for the first time."""
        before = PlanVersion.objects.filter(plan=OuterRef("plan"), agreed_at__lt=OuterRef("agreed_at"))
        first = self.of(PlanVersion, "plan__partnership__").filter(~Exists(before))
        return self.published(self.within(first, "agreed_at").annotate(number=Count("plan", distinct=True)))

    def reviews(self):
        reviews = self.within(self.of(Review, "plan__partnership__"), "reviewed_at")
        return self.published(reviews.annotate(number=Count("pk")))

    def finished(self):
        """Children and groups, each counted once in a term."""
        met = self.of(Plan).filter(ending=Plan.Ending.FINISHED)
        return self.published(self.within(met, "ended_on").annotate(number=Count("case", distinct=True)))

    def within(self, rows, column, *by):
        """Groups rows of the period by the part they fall in, and `by`."""
        is_date = column.endswith("_on")
        days = [(part.first_on, part.last_on + A_DAY) for part in self.period.parts]
        limits = days if is_date else [tuple(map(midnight, pair)) for pair in days]
        whens = [
            When(**{f"{column}__gte": start, f"{column}__lt": end}, then=Value(number))
            for number, (start, end) in enumerate(limits)
        ]
        inside = {f"{column}__gte": limits[0][0], f"{column}__lt": limits[-1][1]}
        part = FirstOf(*whens, output_field=IntegerField())
        # A grouped query drops Meta.ordering only when it is told to.
        return rows.filter(**inside).annotate(part=part).values("part", *by).order_by()

    def parts(self, rows):
        found = [[] for _ in self.period.parts]
        for row in rows:
            if row["part"] is not None:
                found[row["part"]].append(row)
        return found

    def published(self, rows):
        return self.shown(self.parts(rows), "number")

    def shown(self, parts, name):
        """The sum of one number, each part of it published by itself."""
        return total([published(summed([part], name)) for part in parts])


def summed(parts, name):
    return sum(row[name] or 0 for part in parts for row in part)
