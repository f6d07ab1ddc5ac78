"""Who may do what to a school's visits and people."""

from accounts.models import RoleRow

Kind = RoleRow.Kind


def can_read_visits(role, partnership):
    """Dates and minutes only: nothing of a case is on the page."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF, Kind.BUDGET_HOLDER)


def can_book_visit(role, partnership):
    """The clinicians of the school, for themselves and for each other, and their lead."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD)


def can_call_off(role, visit):
    """Cancel or move it: clinician and lead. Link staff say that the school cancels."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF)


def can_move(role, visit):
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD)


def can_waive(role, visit):
    """Leave out, or take back, what a late cancellation costs: the visit's clinician, and the lead."""
    mine = role.kind == Kind.CLINICIAN and visit.clinician_id == role.person_id
    return mine or role.kind == Kind.SERVICE_LEAD


def can_correct(role, visit):
    """The minutes of a finished visit are its clinician's alone."""
    return role.kind == Kind.CLINICIAN and visit.clinician_id == role.person_id


def can_read_people(role, partnership):
    return role.kind in (
        *(Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF),
        *(Kind.BUDGET_HOLDER, Kind.SAFEGUARDING_LEAD),
    )


def can_change_people(role, record):
    """Link staff keep their school's people; so does the clinician who talks with them."""
    return role.kind in (Kind.CLINICIAN, Kind.LINK_STAFF)


def works_case_by_case(role):
    """Clinicians and leads move between a school's pages; the others have theirs in the header."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD)
