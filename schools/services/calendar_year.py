"""What an academic year of a calendar comes to, and the booked visits that it shuts out."""

from django.utils import timezone

from schools.models import CalendarPeriod, Visit, academic_year_from

from .calendar import SchoolCalendar
from .school_days import weekdays_between

Kind = CalendarPeriod.Kind


def days_of_year(periods, year):
    """(days open to pupils, INSET days) of the academic year that began in `year`."""
    calendar = SchoolCalendar(tuple(periods))
    days = weekdays_between(*academic_year_from(year))
    return sum(calendar.is_open(day) for day in days), sum(is_inset(calendar, day) for day in days)


def is_inset(calendar, day):
    """Staff alone are in. What a school says itself goes before its service, as everywhere."""
    found = [period for period in calendar.periods if period.first_on <= day <= period.last_on]
    said = [period for period in found if period.school_id] or found
    return any(period.kind == Kind.INSET for period in said) and not calendar.is_shut(day)


def on_closed_days(visits, periods):
    """Those of the visits, all of one service, on a day when their school cannot be visited.

    `periods` are the service's and its schools' from the first of these days on, without an end: what
    comes after says that a day past the last term is no school day.
    """
    calendars, found = {}, []
    for visit in visits:
        school = visit.partnership.school_id
        if school not in calendars:
            own = (period for period in periods if period.school_id in (None, school))
            calendars[school] = SchoolCalendar(tuple(own))
        if not calendars[school].can_be_visited(timezone.localdate(visit.planned_start_at)):
            found.append(visit)
    return found


def booked_on_closed_days(service, first_on, last_on, *, today, school=None):
    """The visits to come on these days, at this school or at any of the service, that it shuts out."""
    visits = Visit.objects.ahead(today).filter(partnership__service=service)
    visits = visits.filter(planned_start_at__date__range=(first_on, last_on))
    if school:
        visits = visits.filter(partnership__school=school)
    periods = CalendarPeriod.objects.filter(service=service, last_on__gte=first_on)
    return on_closed_days(visits, list(periods))
