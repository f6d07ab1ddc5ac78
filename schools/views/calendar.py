from django.db.models import Max, Min
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.access import ButtonView, PolicyMixin, posted_number
from accounts.models import RoleRow
from schools import policies, services
from schools.forms import CalendarFilter, year_name, years_around
from schools.models import CalendarPeriod, Partnership, Visit, academic_year_from, academic_year_of
from web.words import counted

INSET_DAYS = 5  # of a school in a year (docs/adr/0031-calendars.md)
SHOWN = 25


def service_of(role):
    return role.service or role.partnership.service


def calendar_url(year=None, school=None):
    asked = [f"year={year}"] if year else []
    asked += [f"school={school.urn}"] if school else []
    return reverse("schools:calendar") + ("?" + "&".join(asked) if asked else "")


def schools_of(role):
    """(URN, name) of the schools whose own days the role reads."""
    places = Partnership.objects.with_calendar_for(role).select_related("school")
    return [(here.school.urn, here.school.name_and_place) for here in places.order_by("school__name", "pk")]


class Calendar(PolicyMixin, TemplateView):
    """L7: one academic year of a service, and the days on which one of its schools differs."""

    policy = policies.can_read_calendar
    template_name = "schools/calendar.html"

    def get_context_data(self, **kwargs):
        form = self.filter()
        first_on, last_on = academic_year_from(form.year)
        known = CalendarPeriod.objects.visible_to(self.role).select_related("school").in_order()
        known = list(known.filter(last_on__gte=first_on))
        shown = [
            period
            for period in known
            if period.first_on <= last_on and (not period.school or period.school.urn == form.urn)
        ]
        return super().get_context_data(
            filter_form=form,
            year=form.year,
            years=year_name(form.year),
            school=dict(self.schools).get(form.urn),
            urn_text=str(form.urn or ""),
            common=[period for period in shown if not period.school_id],
            own=[period for period in shown if period.school_id],
            closed_visits=self.closed_visits(known, first_on, last_on),
            links_visits=policies.works_case_by_case(self.role),
            **self.counts(shown, form.year),
            **self.keeping(form.year),
            **kwargs,
        )

    def filter(self):
        self.schools = schools_of(self.role)
        return CalendarFilter(
            self.request.GET,
            years=self.years(),
            schools=self.schools,
            today=self.today,
            needs_school=self.role.kind == RoleRow.Kind.LINK_STAFF,
        )

    def years(self):
        """From the first that has days to the last, and those beside this one."""
        this, around = academic_year_of(self.today), years_around(self.today)
        found = CalendarPeriod.objects.visible_to(self.role).aggregate(Min("first_on"), Max("last_on"))
        ends = [academic_year_of(day) for day in found.values() if day]
        first, last = min([this - 1, *ends]), max([this + 1, *ends])
        return range(max(first, around[0]), min(last, around[-1]) + 1)

    def counts(self, shown, year):
        open_days, inset_days = services.days_of_year(shown, year)
        return {
            "has_terms": any(period.kind == CalendarPeriod.Kind.TERM for period in shown),
            "open_days": counted(open_days, "school day"),
            "inset_days": counted(inset_days, "INSET day"),
            "many_inset_days": inset_days > INSET_DAYS,
        }

    def closed_visits(self, known, first_on, last_on):
        visits = Visit.objects.visible_to(self.role).ahead(self.today)
        visits = visits.filter(partnership__service=service_of(self.role))
        visits = visits.filter(planned_start_at__date__range=(first_on, last_on))
        return services.on_closed_days(visits, known)[:SHOWN]

    def keeping(self, year):
        if not policies.can_keep_calendar(self.role, None):
            return {}
        missing = services.missing_bank_holidays(service_of(self.role), year)
        return {"can_keep": True, "bank_holidays": [name for _, name in missing]}


class BankHolidaysAdd(ButtonView):
    """Those of England that the year does not have yet. A second press finds none."""

    policy = policies.can_keep_calendar

    @property
    def year(self):
        year = posted_number(self.request, "year")
        return year if year in years_around(self.today) else academic_year_of(self.today)

    def press(self, record):
        added = services.add_bank_holidays(service_of(self.role), self.year, by=self.request.user)
        if not added:
            return f"The bank holidays of {year_name(self.year)} are all there."
        return f"{counted(len(added), 'bank holiday')} of {year_name(self.year)} added."

    def get_return_url(self):
        return calendar_url(self.year)
