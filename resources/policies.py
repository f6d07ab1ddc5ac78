from django.conf import settings

from accounts.models import RoleRow

# A link is no role to work in, and a kind of role that is not known here reads nothing.
READERS = frozenset(RoleRow.Kind) - {RoleRow.Kind.LINK_CLINICIAN}


def can_read_library(role, page):
    """Every role may read every published page, and so may everybody where the library is public. Drafts
    are read in the editing pages only."""
    may = role.kind in READERS if role else settings.LIBRARY_PUBLIC
    return may and page.live
