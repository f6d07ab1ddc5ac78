from .adjustments import AdjustmentAgree, AdjustmentAsk, AdjustmentDecline
from .agreement_writing import (
    AgreementAdd,
    AgreementChange,
    AgreementEnd,
    AgreementSend,
    AgreementSign,
    AgreementTakeBack,
)
from .agreements import AgreementPage, Agreements
from .booking import VisitBook
from .core_offers import CoreOffers
from .money_settings import MoneySettings
from .people import InviteColleague, InvitePlanReader, People, PersonAdd, PersonChange, PersonLeave
from .school import OfSchool
from .visits import SchoolVisits

__all__ = [
    "AdjustmentAgree",
    "AdjustmentAsk",
    "AdjustmentDecline",
    "AgreementAdd",
    "AgreementChange",
    "AgreementEnd",
    "AgreementPage",
    "AgreementSend",
    "AgreementSign",
    "AgreementTakeBack",
    "Agreements",
    "CoreOffers",
    "InviteColleague",
    "InvitePlanReader",
    "MoneySettings",
    "OfSchool",
    "People",
    "PersonAdd",
    "PersonChange",
    "PersonLeave",
    "SchoolVisits",
    "VisitBook",
]
