"""The school days between two days, for many schools at once. Holidays and closed days are none."""

from collections import Counter
from datetime import timedelta

from django.db.models import Q

from schools.fortnights import monday_of
from schools.models import CalendarPeriod
from web.prepared import padded, prepared

from .calendar import SchoolCalendar, weekdays_between

# A calendar whose first or last term leaves out more than a summer says nothing of the whole time.
A_SUMMER = timedelta(days=60)


class SchoolDays:
    """The calendars of some services and schools, from their periods in order.

    Each stretch of days is counted once for a service; what a school says itself, on its own days alone.
    """

    def __init__(self, periods):
        self.periods = {}
        for period in periods:
            self.periods.setdefault((period.service_id, period.school_id), []).append(period)
        self.found, self.weeks = {}, {}

    @classmethod
    def of_partnerships(cls, partnerships):
        """In one query."""
        return cls.of_places(
            {row.service_id for row in partnerships}, {row.school_id for row in partnerships}
        )

    @classmethod
    def of_places(cls, services, schools=()):
        """Of services and schools by their keys, in one query."""
        return cls(_periods(padded(services), padded(schools)))

    def of(self, partnership, first_on, last_on):
        """The open days in order; None where the calendar does not cover that time."""
        if not self.covers(partnership.service_id, first_on, last_on):
            return None
        key = partnership.service_id, partnership.school_id, first_on, last_on
        if key not in self.found:
            self.found[key] = sorted(self.open_days(partnership, first_on, last_on))
        return self.found[key]

    def open_days(self, partnership, first_on, last_on):
        """The open days as a set: where the calendar says nothing there are none."""
        opened, shut = self.own_days(partnership, first_on, last_on)
        return {*self.of_service(partnership.service_id, first_on, last_on), *opened} - shut

    def open_mondays(self, partnership, first_on, last_on):
        """The Mondays of the weeks with an open day, as a set."""
        key = partnership.service_id, first_on, last_on
        if key not in self.weeks:
            self.weeks[key] = Counter(map(monday_of, self.of_service(*key)))
        opened, shut = self.own_days(partnership, first_on, last_on)
        if not (opened or shut):
            return self.weeks[key].keys()
        shared, weeks = set(self.of_service(*key)), self.weeks[key].copy()
        weeks.update(map(monday_of, opened - shared))
        weeks.subtract(map(monday_of, shut & shared))
        return {monday for monday, number in weeks.items() if number}

    def own_days(self, partnership, first_on, last_on):
        """(days on which the school says itself that it is open, days on which it says that it is not)"""
        own = self.periods.get((partnership.service_id, partnership.school_id), [])
        calendar = SchoolCalendar((*own, *self.periods.get((partnership.service_id, None), [])))
        opened, said = set(), set()
        for period in own:
            days = max(first_on, period.first_on), min(last_on, period.last_on)
            opened.update(calendar.open_days(*days))
            said.update(weekdays_between(*days))
        return opened, said - opened

    def of_service(self, service, first_on, last_on):
        """The same of its schools that say nothing themselves; in order."""
        key = service, first_on, last_on
        if key not in self.found:
            calendar = SchoolCalendar(tuple(self.periods.get((service, None), [])))
            self.found[key] = calendar.open_days(first_on, last_on)
        return self.found[key]

    def covers(self, service, first_on, last_on):
        periods = self.periods.get((service, None), [])
        terms = [p for p in periods if p.kind == CalendarPeriod.Kind.TERM]
        terms = [term for term in terms if term.first_on <= last_on and term.last_on >= first_on]
        return bool(terms) and (
            min(term.first_on for term in terms) <= first_on + A_SUMMER
            and max(term.last_on for term in terms) >= last_on - A_SUMMER
        )


@prepared
def _periods(service_pks, school_pks):
    own = Q(school=None) | Q(school__in=school_pks)
    return CalendarPeriod.objects.filter(own, service__in=service_pks).in_order()


def school_days_of(partnership, first_on, last_on):
    """The school days of one school in order, or the weekdays where its calendar does not cover them."""
    found = SchoolDays.of_partnerships([partnership]).of(partnership, first_on, last_on)
    return weekdays_between(first_on, last_on) if found is None else found
