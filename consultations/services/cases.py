from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import save_tracked
from consultations.models import Case, Purpose
from schools.models import Partnership, academic_year_of

from .consents import NewConsent, record_consent
from .stages import lock_running, require_open, stop_plans

NAMED, OPENED = "Goes on by name", "Opened"


@dataclass(frozen=True)
class NewCase:
    """A case to open. A name makes it a named case, and that needs `consent` to discuss it by name."""

    subject: str
    first_name: str = ""
    last_name: str = ""
    date_of_birth: date | None = None
    year_group: int | None = None
    group_name: str = ""
    pupils: int | None = None
    consent: NewConsent | None = None

    @property
    def lane(self):
        return Case.Lane.NAMED if self.first_name or self.last_name else Case.Lane.NO_NAMES


@transaction.atomic
def open_case(partnership, new, *, by, on):
    """Open a case dated `on`. A case by name is opened with its consent or not at all.

    A class, group or year group that was talked about this academic year keeps its one case.
    """
    return known_group(partnership, new, on) or write_case(partnership, new, by=by, on=on, reason=OPENED)


@transaction.atomic
def promote_case(case, new, *, by, on):
    """Go on by name with a child who was talked about without one. Returns the new case, dated `on`.

    The older case and all that belongs to it stay as they were written, but for a running plan, which stops.
    Raises ValidationError when it is not about one child without a name, goes on by name already, is closed,
    or `new` has no name or no consent.
    """
    running = lock_running(case)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.is_named or case.subject != Case.Subject.CHILD:
        raise ValidationError("Only a record about one child without a name can go on by name.")
    if new.lane != Case.Lane.NAMED or new.subject != Case.Subject.CHILD:
        raise ValidationError("Enter the child's name")
    require_open(case)
    stop_plans(case, running, by=by, on=on, reason=NAMED)
    return write_case(
        case.partnership, new, by=by, on=on, reason=f"Goes on from {case.reference}", promoted_from=case
    )


def write_case(partnership, new, *, by, on, reason, **goes_on_from):
    """Keep a case that opens, with its consent. `goes_on_from` is a column of Case and an older case."""
    case = Case(
        partnership=partnership,
        lane=new.lane,
        subject=new.subject,
        first_name=new.first_name,
        last_name=new.last_name,
        date_of_birth=new.date_of_birth,
        year_group=new.year_group,
        group_name=new.group_name,
        pupils=new.pupils,
        opened_on=on,
        **goes_on_from,
    )
    if case.is_named and not (new.consent and new.consent.carries(Purpose.DISCUSS_BY_NAME)):
        raise ValidationError("Say who agreed that we may talk about this child by name.")
    save_tracked(case, by=by, reason=reason)
    if case.is_named:
        record_consent(case, new.consent, by=by, on=on)
    return case


def known_group(partnership, new, on):
    """The case of a class, group or year group; None. Of this academic year: next September, 4B is other
    children.

    Locks the school's work, so that two who log the same class at once open one case.
    """
    if new.subject in (Case.Subject.CHILD, Case.Subject.STAFF):
        return None
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    first_day = date(academic_year_of(on), 9, 1)
    cases = Case.objects.filter(partnership=partnership, subject=new.subject, opened_on__gte=first_day)
    match new.subject:
        case Case.Subject.CLASS | Case.Subject.GROUP if new.group_name:
            return cases.filter(group_name__iexact=new.group_name).order_by("pk").last()
        case Case.Subject.YEAR_GROUP if new.year_group is not None:
            return cases.filter(year_group=new.year_group).order_by("pk").last()
    return None
