"""Who may do what to a record they can see. An unknown role may do nothing."""

from accounts.models import RoleRow

Kind = RoleRow.Kind
CLINICAL = (Kind.CLINICIAN, Kind.SERVICE_LEAD)


def can_list_schools(role, record):
    return role.kind in CLINICAL


def can_read_school(role, partnership):
    return role.kind in CLINICAL


def can_read_visit(role, visit):
    return role.kind in CLINICAL


def can_run_visit(role, visit):
    """Start it, log on it, finish it: the clinician whose visit it is."""
    return role.kind == Kind.CLINICIAN and visit.clinician_id == role.person_id


def can_read_consultation(role, consultation):
    return role.kind in CLINICAL


def can_change_consultation(role, consultation):
    return role.kind == Kind.CLINICIAN


def can_read_clinical_note(role, consultation):
    """A lead gives a reason first, which is logged; until that page is there, clinicians alone."""
    return role.kind == Kind.CLINICIAN


def can_read_case(role, case):
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_read_consent(role, case):
    return role.kind in CLINICAL


def can_record_consent(role, case):
    """Write down an answer, a withdrawal, or whether a child can decide."""
    return role.kind == Kind.CLINICIAN


def can_list_running_out(role, record):
    return role.kind == Kind.CLINICIAN


def can_record_name(role, case):
    """Go on by name with a child who was talked about without one."""
    return role.kind == Kind.CLINICIAN


def can_list_plans(role, record):
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_read_plan(role, plan):
    return role.kind in (*CLINICAL, Kind.LINK_STAFF)


def can_write_plan(role, record):
    """Start or change a plan and send it."""
    return role.kind == Kind.CLINICIAN


def can_agree_plan(role, plan):
    return role.kind == Kind.LINK_STAFF


def can_review_plan(role, plan):
    return role.kind in (Kind.LINK_STAFF, Kind.CLINICIAN)


def owns_draft(role, draft):
    return draft.author_id == role.person_id
