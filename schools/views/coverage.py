from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from accounts.access import PolicyMixin, address_of
from schools import policies, services
from schools.coverage import NOT_SEEN_WEEKS, SIGNS, Numbers, State
from schools.forms import CoverageFilter
from schools.reading import Coverage, clinician_rows, span_today
from schools.sheets import clinician_coverage_rows, school_coverage_rows
from web.sheets import as_sheet


class OfCoverage(PolicyMixin):
    """A page or a file about the fortnights of a service, those that are asked for."""

    policy = policies.can_read_coverage
    lag_tolerated = True
    by_school = True

    @cached_property
    def coverage(self):
        return Coverage(self.role, self.today)

    @cached_property
    def filter(self):
        schools = [here.school for here in self.coverage.partnerships] if self.by_school else []
        spans = self.coverage.spans
        return CoverageFilter(
            self.request.GET,
            spans=spans,
            first=span_today(spans, self.today),
            phases=sorted({school.phase for school in schools} - {""}),
            areas=sorted({school.la_name for school in schools} - {""}),
        )

    @cached_property
    def rows(self):
        """None where there is no term: then nobody can say what a fortnight is."""
        return self.rows_of(self.coverage.of(self.filter.chosen)) if self.filter.chosen else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filter_form=self.filter,
            span=self.filter.chosen,
            asked=self.filter.chosen and urlencode(self.filter.asked),
            rows=self.rows,
            fortnights=self.coverage.fortnights if self.filter.chosen else [],
            section=self.role.place,
            **kwargs,
        )

    def sheet(self, rows, name):
        """What is taken out of the product is written down; nothing else changes."""
        name = f"{name}-{self.filter.chosen.key if self.filter.chosen else 'none'}"
        # Read before it is written down: after a write everything comes from the primary.
        content = rows(self.coverage, self.rows or [])
        where = {"at": timezone.now(), "address": address_of(self.request)}
        services.note_export(self.role.service, f"{name} as CSV", by=self.request.user, **where)
        return as_sheet(content, f"{name}.csv")


class OfSchools(OfCoverage):
    def rows_of(self, coverage):
        return [row for row in coverage.rows() if self.filter.takes(row.partnership.school)]


class OfClinicians(OfCoverage):
    by_school = False

    def rows_of(self, coverage):
        return clinician_rows(coverage)


class SchoolCoverage(OfSchools, TemplateView):
    """L1: which school was visited in which fortnight, the worst first, and which was not seen lately."""

    template_name = "schools/coverage.html"

    def get_context_data(self, **kwargs):
        rows = self.rows or []
        not_seen = sorted((row for row in rows if row.is_not_seen), key=lambda row: -row.weeks_since)
        return super().get_context_data(
            numbers=sum((row.numbers for row in rows), Numbers()),
            missed=[row for row in rows if row.reasons],
            not_seen=not_seen,
            not_seen_weeks=NOT_SEEN_WEEKS,
            without_next=[row for row in rows if row.is_worked_with and not row.next_on],
            worked_with=sum(row.is_worked_with for row in rows),
            signs=[(SIGNS[state], state.label) for state in State if SIGNS[state]],
            **kwargs,
        )


class ClinicianCoverage(OfClinicians, TemplateView):
    """L4: the visits of each clinician by fortnight. For support, and says so."""

    template_name = "schools/coverage_clinicians.html"

    def get_context_data(self, **kwargs):
        shown = (State.VISITED, State.MISSED, State.PLANNED)
        return super().get_context_data(
            numbers=sum((row.numbers for row in self.rows or []), Numbers()),
            signs=[(SIGNS[state], state.label) for state in shown],
            **kwargs,
        )


class SchoolCoverageCsv(OfSchools, View):
    def get(self, request, *args, **kwargs):
        return self.sheet(school_coverage_rows, "coverage-of-schools")


class ClinicianCoverageCsv(OfClinicians, View):
    def get(self, request, *args, **kwargs):
        return self.sheet(clinician_coverage_rows, "coverage-by-clinician")
