"""The same fortnights by clinician: for support, so by name and not in any order of merit."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Q

from accounts.models import RoleRow
from schools.coverage import SIGNS, Fortnight, Numbers, State, numbers_of, reasons_of
from web.prepared import padded, prepared

from .coverage import by_monday_of


@dataclass(frozen=True)
class ClinicianCell:
    """A clinician's visits in one fortnight, at whichever schools. Numbers of visits."""

    fortnight: Fortnight
    made: int
    missed: int
    planned: int

    @property
    def states(self):
        """[(state, how many)] of those there are."""
        found = (State.VISITED, self.made), (State.MISSED, self.missed), (State.PLANNED, self.planned)
        return [(state, number) for state, number in found if number]

    @property
    def signs(self):
        return [(SIGNS[state], number) for state, number in self.states]

    @property
    def words(self):
        return ", ".join(f"{state.label} {number}" for state, number in self.states) or State.NOT_DUE.label


@dataclass(frozen=True)
class ClinicianRow:
    person: object
    cells: list
    numbers: Numbers
    reasons: list


def clinician_rows(coverage):
    """A ClinicianRow for each clinician of the service now, and for who had a visit in the span."""
    visits = {}
    for visit in coverage.in_span(by_monday_of(coverage.visits)):
        visits.setdefault(visit.clinician_id, []).append(visit)
    people = _people(coverage.role.service_id, coverage.today, padded(visits))
    return [row_of(person, visits.get(person.pk, []), coverage) for person in people]


@prepared
def _people(service_pk, today, pks):
    """The clinicians of a service, and others by their keys."""
    roles = RoleRow.objects.current(today).filter(kind=RoleRow.Kind.CLINICIAN, service=service_pk)
    people = get_user_model().objects.filter(Q(pk__in=roles.values("person")) | Q(pk__in=pks))
    return people.order_by("first_name", "last_name", "pk")


def row_of(person, visits, coverage):
    today, by_monday = coverage.today, by_monday_of(visits)
    return ClinicianRow(
        person=person,
        cells=[clinician_cell(one, by_monday, today) for one in coverage.fortnights],
        numbers=numbers_of(visits, today),
        reasons=reasons_of(visits, today),
    )


def clinician_cell(fortnight, by_monday, today):
    here = [visit for monday in fortnight.mondays for visit in by_monday.get(monday, ())]
    return ClinicianCell(
        fortnight=fortnight,
        made=sum(visit.is_made for visit in here),
        missed=sum(visit.is_missed(today) for visit in here),
        planned=sum(visit.is_to_come(today) for visit in here),
    )
