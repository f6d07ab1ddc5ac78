"""The school days between two days, for many schools at once. Holidays and closed days are none."""

from datetime import timedelta

from django.db.models import Q

from schools.models import CalendarPeriod

from .calendar import SchoolCalendar

A_DAY = timedelta(days=1)
# A calendar whose first or last term leaves out more than a summer says nothing of the whole time.
A_SUMMER = timedelta(days=60)


def weekdays_between(first_on, last_on):
    return [day for day in days_between(first_on, last_on) if day.weekday() < 5]


def days_between(first_on, last_on):
    return [first_on + A_DAY * number for number in range((last_on - first_on).days + 1)]


class SchoolDays:
    """The calendars of some services and schools, read in one query.

    Each stretch of days is counted once for a service; what a school says itself, on its own days alone.
    """

    def __init__(self, services, schools=()):
        own = Q(school=None) | Q(school__in=schools)
        self.periods = {}
        for period in CalendarPeriod.objects.filter(own, service__in=services).in_order():
            self.periods.setdefault((period.service_id, period.school_id), []).append(period)
        self.found = {}

    @classmethod
    def of_partnerships(cls, partnerships):
        return cls({row.service_id for row in partnerships}, {row.school_id for row in partnerships})

    def of(self, partnership, first_on, last_on):
        """The open days in order; None where the calendar does not cover that time."""
        if not self.covers(partnership.service_id, first_on, last_on):
            return None
        return sorted(self.open_days(partnership, first_on, last_on))

    def open_days(self, partnership, first_on, last_on):
        """The open days as a set: where the calendar says nothing there are none."""
        open_days = set(self.of_service(partnership.service_id, first_on, last_on))
        own = self.periods.get((partnership.service_id, partnership.school_id), [])
        calendar = SchoolCalendar((*own, *self.periods.get((partnership.service_id, None), [])))
        for period in own:
            for day in days_between(max(first_on, period.first_on), min(last_on, period.last_on)):
                (open_days.add if calendar.is_open(day) else open_days.discard)(day)
        return open_days

    def of_service(self, service, first_on, last_on):
        key = service, first_on, last_on
        if key not in self.found:
            calendar = SchoolCalendar(tuple(self.periods.get((service, None), [])))
            self.found[key] = [day for day in weekdays_between(first_on, last_on) if calendar.is_open(day)]
        return self.found[key]

    def covers(self, service, first_on, last_on):
        periods = self.periods.get((service, None), [])
        terms = [p for p in periods if p.kind == CalendarPeriod.Kind.TERM]
        terms = [term for term in terms if term.first_on <= last_on and term.last_on >= first_on]
        return bool(terms) and (
            min(term.first_on for term in terms) <= first_on + A_SUMMER
            and max(term.last_on for term in terms) >= last_on - A_SUMMER
        )


def school_days_of(partnership, first_on, last_on):
    """The school days of one school in order, or the weekdays where its calendar does not cover them."""
    found = SchoolDays.of_partnerships([partnership]).of(partnership, first_on, last_on)
    return weekdays_between(first_on, last_on) if found is None else found
