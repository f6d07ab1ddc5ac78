"""Who may do what to a school's visits and people."""

from accounts.models import RoleRow

Kind = RoleRow.Kind


def can_read_visits(role, partnership):
    """Dates and minutes only: nothing of a case is on the page."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF, Kind.BUDGET_HOLDER)


def can_read_people(role, partnership):
    return role.kind in (
        *(Kind.CLINICIAN, Kind.SERVICE_LEAD, Kind.LINK_STAFF),
        *(Kind.BUDGET_HOLDER, Kind.SAFEGUARDING_LEAD),
    )


def can_change_people(role, record):
    """Link staff keep their school's people; so does the clinician who talks with them."""
    return role.kind in (Kind.CLINICIAN, Kind.LINK_STAFF)


def can_read_money_papers(role, record):
    """Statements, invoices and credit notes: the school that pays, and the lead."""
    return role.kind in (Kind.SERVICE_LEAD, Kind.BUDGET_HOLDER)


def can_issue_money_papers(role, record):
    return role.kind == Kind.SERVICE_LEAD


def works_case_by_case(role):
    """Clinicians and leads move between a school's pages; the others have theirs in the header."""
    return role.kind in (Kind.CLINICIAN, Kind.SERVICE_LEAD)
