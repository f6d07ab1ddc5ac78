"""What a clinician who leaves hands over, to whom, and what stays to be decided. Nothing is written here."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.utils import timezone

from accounts.models import RoleRow
from accounts.services import digest_of
from consultations.models import DUE_BEFORE, Case, DiscussionRequest, Plan
from schools.models import Adjustment, CalendarFeed, Partnership
from schools.services import calendars_of, clashes_of, split_pattern
from web.words import counted

Kind = RoleRow.Kind
# What is told of a school, in the order of the page.
NUMBERS = ("visits", "to decide", "patterns", "cases", "reviews due", "requests", "drafts")


@dataclass
class AtSchool:
    """What changes hands at one school. `clashes` stay with who leaves until somebody decides."""

    partnership: Partnership
    to: object
    is_linked: bool
    # Whether who leaves is linked to it: its people are told then.
    was_worked_at: bool
    cases: int
    reviews: int
    requests: int
    visits: list = field(default_factory=list)
    clashes: list = field(default_factory=list)
    splits: list = field(default_factory=list)
    drafts: list = field(default_factory=list)

    def numbers(self):
        """{what: how many}, as NUMBERS has it."""
        counts = len(self.visits), len(self.clashes), len(self.splits)
        counts += self.cases, self.reviews, self.requests, len(self.drafts)
        return dict(zip(NUMBERS, counts, strict=True))

    def figures(self):
        return "-".join(str(number) for number in self.numbers().values())

    def lines(self):
        """All that is going to happen here, to compare with what somebody was shown."""
        yield self.partnership.pk, self.to.pk, self.is_linked, *self.numbers().values()
        for one in self.visits:
            yield "visit", one.pk, one.planned_start_at, one.planned_end_at
        for one in self.clashes:
            yield "clash", one.visit.pk, one.other.pk, one.other.planned_start_at
        for one in self.splits:
            yield "pattern", one.pattern.pk, one.pattern.version, one.until_on, one.from_on


@dataclass
class LeavingPlan:
    """Everything the act does. `feeds` are addresses of calendars that stop, `asked` changes of time that
    who leaves asked for and somebody else has to agree to: these stay as they are."""

    service: object
    from_on: date
    roles: list
    schools: list
    feeds: int
    asked: int

    @property
    def is_empty(self):
        return not self.roles and not self.schools

    def names(self):
        """Who goes on, each once."""
        return ", ".join({str(school.to): None for school in self.schools})

    def count(self, name):
        return sum(len(getattr(school, name)) for school in self.schools)

    def in_words(self):
        said = [counted(len(self.roles), "role"), counted(self.count("drafts"), "draft")]
        said += [counted(self.count("visits"), "visit"), counted(self.count("splits"), "visit pattern")]
        left = self.count("clashes")
        return ", ".join(said) + (f". To decide: {counted(left, 'visit')}" if left else "")

    def seen(self):
        """What stands in the page that asks: a digest of everything, and the numbers of each school."""
        schools = [f"{one.partnership.pk}:{one.figures()}" for one in self.schools]
        return " ".join([self.digest(), *schools])

    def digest(self):
        lines = [("role", row.pk, row.version) for row in self.roles]
        lines += [("feeds", self.feeds), ("asked", self.asked), ("from", self.from_on)]
        return digest_of(repr(lines + [line for school in self.schools for line in school.lines()]))

    def is_as(self, seen):
        return seen.split(" ", 1)[0] == self.digest()

    def changes(self, seen):
        """[(school, what, how many before, how many now)] of each number that is not as it was seen."""
        for school in self.schools:
            before = numbers_seen(seen, school.partnership)
            for name, now in school.numbers().items():
                if before.get(name) != now:
                    yield school.partnership.school, name, before.get(name, 0), now


def numbers_seen(seen, partnership):
    found = re.search(rf"\b{partnership.pk}:(\d{{1,6}}(?:-\d{{1,6}}){{{len(NUMBERS) - 1}}})\b", seen)
    return dict(zip(NUMBERS, map(int, found[1].split("-")), strict=True)) if found else {}


def who_goes_on(work, to, instead=None):
    """{key of a partnership: who goes on there}"""
    return {row.pk: (instead or {}).get(row.pk, to) for row in work.partnerships}


def plan_leaving(acting, person, work, successors, *, from_on, at):
    """What would happen to the `work` at each school, where `successors`, of `who_goes_on`, takes it over.

    A fixed number of queries for any number of schools and visits.
    """
    today = timezone.localdate(at)
    clashes = clashes_of(work.visits, successors, now=at)
    stay = {one.visit.pk for one in clashes}
    linked = linked_to(work.partnerships, from_on, today)
    counts = [count_by_school(rows, work) for rows in counted_for(today)]
    splits = splits_of(work.patterns, from_on)
    schools = [
        AtSchool(
            place,
            successors[place.pk],
            (place.pk, successors[place.pk].pk) in linked,
            place.pk in work.worked_at,
            *(found.get(place.pk, 0) for found in counts),
            visits=[one for one in work.visits if one.partnership_id == place.pk and one.pk not in stay],
            clashes=[one for one in clashes if one.visit.partnership_id == place.pk],
            splits=[one for one in splits if one.pattern.partnership_id == place.pk],
            drafts=[key for key, of in work.drafts if of == place.pk],
        )
        for place in work.partnerships
    ]
    asked = Adjustment.objects.filter(asked_by=person, decided_at=None, agreement__service=acting.service)
    feeds = CalendarFeed.objects.in_use().filter(role__in=work.roles)
    return LeavingPlan(acting.service, from_on, work.roles, schools, feeds.count(), asked.count())


def splits_of(patterns, from_on):
    calendars = calendars_of([row.partnership for row in patterns])
    return [split_pattern(one, calendars[one.partnership_id], on=from_on) for one in patterns]


def counted_for(today):
    """Of the school and not of the clinician: whoever is linked to it goes on with them."""
    yield Case.objects.exclude(stage=Case.Stage.CLOSED)
    yield Plan.objects.due_by(today + DUE_BEFORE)
    yield DiscussionRequest.objects.waiting()


def count_by_school(rows, work):
    """{key of a partnership: how many}"""
    counts = rows.order_by().filter(partnership__in=work.places()).values("partnership")
    return dict(counts.annotate(number=Count("pk", distinct=True)).values_list("partnership", "number"))


def linked_to(partnerships, from_on, today):
    """{(partnership, person)} of those who see a school today, and still on the day."""
    links = RoleRow.objects.current(today).not_over(from_on)
    links = links.filter(kind=Kind.LINK_CLINICIAN, partnership__in=partnerships)
    return set(links.values_list("partnership", "person"))
