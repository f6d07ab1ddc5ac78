from .booking import VisitBook
from .people import InviteColleague, InvitePlanReader, People, PersonAdd, PersonChange, PersonLeave
from .school import OfSchool
from .visits import SchoolVisits

__all__ = [
    "InviteColleague",
    "InvitePlanReader",
    "OfSchool",
    "People",
    "PersonAdd",
    "PersonChange",
    "PersonLeave",
    "SchoolVisits",
    "VisitBook",
]
