"""Who read what: of one case (G6), and what was unusual in a week."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.views.generic import TemplateView

from accounts.access import LogsReading, PolicyMixin
from accounts.models import RoleRow
from consultations import doors, policies
from consultations.models import Case
from consultations.reading_log import unusual_readings
from consultations.unusual import Week
from web.keyset import keyset_page

from .closed import MarksWhatIsClosed

PAGE = 25
FIRST_DAY = date(2000, 1, 3)


class CaseAccess(MarksWhatIsClosed, LogsReading, PolicyMixin, TemplateView):
    """G6: who has looked at this case. Opening this page is a reading too: it says whom it is about.

    The school sees that everybody read and when; of the clinicians' own record not which page, nor why.
    """

    policy = policies.can_see_who_looked
    template_name = "consultations/case_access.html"

    def get_visible(self):
        return Case.objects.visible_to(self.role).for_page()

    def get_case(self):
        return self.record

    def get_context_data(self, **kwargs):
        case, clinical = self.record, self.role.kind in policies.CLINICAL
        places = ("role__service", "role__school", "role__partnership__school")
        log = case.readings.select_related("person", *places)
        page = keyset_page(log, self.request.GET, PAGE, by="read_at")
        words = doors.in_words if clinical else doors.in_words_for_the_school
        return super().get_context_data(
            case=case,
            section=case.partnership.school.name,
            page=page,
            rows=[(reading, words(reading.door)) for reading in page.rows],
            shows_reasons=clinical,
            **kwargs,
        )


class UnusualReadings(PolicyMixin, TemplateView):
    """For the lead: readings of a week to ask about. No child's name, only references."""

    policy = policies.can_check_the_service
    template_name = "consultations/unusual_readings.html"
    tab = "readings"

    def get_context_data(self, **kwargs):
        week, newest = self.chosen_week(), Week.of(self.today)
        found = unusual_readings(self.role, week, limit=settings.MANY_CASES_IN_AN_HOUR)
        return super().get_context_data(
            tab=self.tab,
            week=week,
            rows=[self.row(entry) for entry in found],
            newer=self.link(week, +1) if week.monday < newest.monday else "",
            older=self.link(week, -1) if week.monday > FIRST_DAY else "",
            **kwargs,
        )

    def row(self, entry):
        role = RoleRow.Kind(entry.first.kind).label
        return entry, role, sorted({doors.in_words(door) for door in entry.doors})

    def chosen_week(self):
        """The week of the day asked for; the last full week when that is no day, or one to come."""
        try:
            day = date.fromisoformat(self.request.GET.get("week", ""))
        except ValueError:
            return Week.last_full(self.today)
        return Week.of(day) if FIRST_DAY <= day <= self.today else Week.last_full(self.today)

    def link(self, week, weeks):
        day = week.monday + timedelta(weeks=weeks)
        return "?" + urlencode({"week": day.isoformat()})
