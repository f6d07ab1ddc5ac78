from .booking import VisitBook
from .people import InviteColleague, InvitePlanReader, People, PersonAdd, PersonChange, PersonLeave
from .school import OfSchool
from .time import OwnTime, SchoolTime
from .visits import SchoolVisits

__all__ = [
    "InviteColleague",
    "InvitePlanReader",
    "OfSchool",
    "OwnTime",
    "People",
    "PersonAdd",
    "PersonChange",
    "PersonLeave",
    "SchoolTime",
    "SchoolVisits",
    "VisitBook",
]
