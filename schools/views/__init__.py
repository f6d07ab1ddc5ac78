from .booking import VisitBook
from .buying import Buy, BuyCheck, BuyOrderNumber, BuyWhen
from .capacities import Capacities
from .entry_queries import EntryQueries, QueryAnswer, UnansweredQueries
from .order_buttons import OrderAccept, OrderAgree, OrderApprove, OrderCancel, OrderDecline, OrderOffer
from .orders import OrderPage, Orders, OrderSent
from .people import InviteColleague, InvitePlanReader, People, PersonAdd, PersonChange, PersonLeave
from .school import OfSchool
from .time import OwnTime, SchoolTime
from .visits import SchoolVisits

__all__ = [
    "Buy",
    "BuyCheck",
    "BuyOrderNumber",
    "BuyWhen",
    "Capacities",
    "EntryQueries",
    "InviteColleague",
    "InvitePlanReader",
    "OfSchool",
    "OrderAccept",
    "OrderAgree",
    "OrderApprove",
    "OrderCancel",
    "OrderDecline",
    "OrderOffer",
    "OrderPage",
    "OrderSent",
    "Orders",
    "OwnTime",
    "People",
    "PersonAdd",
    "PersonChange",
    "PersonLeave",
    "QueryAnswer",
    "SchoolTime",
    "SchoolVisits",
    "UnansweredQueries",
    "VisitBook",
]
