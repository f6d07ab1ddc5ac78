"""What is printed of a visit to take along: references and dates, and nothing that the school typed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import RoleRow
from consultations.agenda import Kind, agenda_of, days_old
from schools.models import Visit
from web.words import clock, longdate

# So many at most stand on one page, whatever there is.
STAFF, LINES = 8, 8


@dataclass(frozen=True)
class SheetFacts:
    """`staff` are names of link staff, `lines` (reference, why it is on the agenda), `hidden` how many more
    stand on the screen alone. Of the first two so many are shown as fit on the page."""

    visit: Visit
    staff: list
    lines: list
    hidden: int
    printed_on: date
    staff_shown: int = STAFF
    lines_shown: int = LINES

    @property
    def rows(self):
        """What stands at the head of the sheet."""
        visit = self.visit
        hours = f"{clock(visit.planned_start_at)} to {clock(visit.planned_end_at)}"
        day = timezone.localtime(visit.planned_start_at)
        return [
            ["School", f"{visit.partnership.school}, URN {visit.partnership.school.urn}"],
            ["Date and time", f"{day:%A} {longdate(day)}, {hours}"],
            ["Clinician", str(visit.clinician)],
            ["Link staff", self.staff_in_words],
            ["Printed on", longdate(self.printed_on)],
        ]

    @property
    def staff_in_words(self):
        words, more = ", ".join(self.staff[: self.staff_shown]), len(self.staff) - self.staff_shown
        if more > 0:
            return f"{words} and {more} more" if words else f"{more} people"
        return words or "Nobody yet"

    @property
    def agenda(self):
        shown = [f"{reference}: {why}" for reference, why in self.lines[: self.lines_shown]]
        more = len(self.lines) + self.hidden - len(shown)
        if more:
            return [*shown, f"and {more} more on the screen" if shown else f"{more} on the screen"]
        return shown or ["Nothing waits."]


def sheet_facts(visit, role, today):
    """For the clinician of the visit. 6 queries."""
    agenda = [] if visit.finished_at else agenda_of(visit.partnership, role, today)
    lines = [on_paper(line, today) for line in agenda if line.kind != Kind.SAFETY]
    return SheetFacts(visit, link_staff_of(visit), lines, len(agenda) - len(lines), today)


def on_paper(line, today):
    """A sheet lies on a desk in the school: what the school typed stays on the screen, and so do the lines
    about safety, which link staff never see."""
    if line.request:
        about = line.request.case.reference if line.request.case_id else line.request.reference
        return about, f"the school asked, {days_old(line.since, today)}"
    return line.key, line.says


def link_staff_of(visit):
    day = timezone.localdate(visit.planned_start_at)
    roles = RoleRow.objects.current(day).filter(
        partnership=visit.partnership_id, kind=RoleRow.Kind.LINK_STAFF, person__is_active=True
    )
    names = roles.select_related("person").order_by("person__first_name", "person__last_name", "pk")
    return [str(role.person) for role in names]
