from accounts.models import RoleRow

# A link is no role to work in, and a kind of role that is not known here reads nothing.
READERS = frozenset(RoleRow.Kind) - {RoleRow.Kind.LINK_CLINICIAN}


def can_read_library(role, page):
    """Every role may read every published page; drafts are read in the editing pages only."""
    return bool(role) and role.kind in READERS and page.live
