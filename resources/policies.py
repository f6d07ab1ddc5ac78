from django.conf import settings

from accounts.models import RoleRow
from resources.models.clinician_review import REVIEWERS

# A link is no role to work in, and a kind of role that is not known here reads nothing.
READERS = frozenset(RoleRow.Kind) - {RoleRow.Kind.LINK_CLINICIAN}


def can_read_library(role, page):
    """Every role may read every published page, and so may everybody where the library is public. Drafts
    are read in the editing pages only."""
    may = role.kind in READERS if role else settings.LIBRARY_PUBLIC
    return may and page.live


def can_review(role, page):
    """Clinicians and service leads. What they wrote themselves is for somebody else: `ClinicianReview`."""
    return bool(role) and role.kind in REVIEWERS


def can_start_review(role, page):
    """Whoever reviews, and whoever edits, may ask for a review of a published page as it stands."""
    return can_review(role, page) or (bool(role) and role.kind == RoleRow.Kind.EDITOR)
