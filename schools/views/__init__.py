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
from .buy_check import BuyCheck
from .buy_steps import Buy, BuyOrderNumber, BuyWhen
from .calendar import BankHolidaysAdd, Calendar
from .calendar_feeds import CalendarAddress, CalendarAddressMake, CalendarAddressStop, CalendarFeedFile
from .calendar_import import CalendarImport
from .capacities import Capacities
from .core_offers import CoreOffers
from .coverage import ClinicianCoverage, ClinicianCoverageCsv, SchoolCoverage, SchoolCoverageCsv
from .entry_queries import EntryQueries, QueryAnswer, UnansweredQueries
from .invoices import (
    AccountsExport,
    CreditNoteCsv,
    CreditNotePage,
    CreditNotePdf,
    InvoiceCredit,
    InvoiceCsv,
    InvoicePage,
    InvoicePdf,
    Invoices,
    InvoicesIssue,
)
from .money_settings import MoneySettings
from .order_buttons import OrderAccept, OrderAgree, OrderApprove, OrderCancel, OrderDecline, OrderOffer
from .order_cancelling import OrderCancelAsk
from .orders import OrderPage, Orders, OrderSent
from .patterns import PatternAdd, PatternChange
from .people import InviteColleague, InvitePlanReader, People, PersonAdd, PersonChange, PersonLeave
from .periods import PeriodAdd, PeriodChange, PeriodRemove
from .school import OfSchool
from .statements import StatementCsv, StatementPage, StatementPdf, Statements, StatementsGiveOut
from .time import OwnTime, SchoolTime
from .visits import SchoolVisits

__all__ = [
    "AccountsExport",
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
    "BankHolidaysAdd",
    "Buy",
    "BuyCheck",
    "BuyOrderNumber",
    "BuyWhen",
    "Calendar",
    "CalendarAddress",
    "CalendarAddressMake",
    "CalendarAddressStop",
    "CalendarFeedFile",
    "CalendarImport",
    "Capacities",
    "ClinicianCoverage",
    "ClinicianCoverageCsv",
    "CoreOffers",
    "CreditNoteCsv",
    "CreditNotePage",
    "CreditNotePdf",
    "EntryQueries",
    "InviteColleague",
    "InvitePlanReader",
    "InvoiceCredit",
    "InvoiceCsv",
    "InvoicePage",
    "InvoicePdf",
    "Invoices",
    "InvoicesIssue",
    "MoneySettings",
    "OfSchool",
    "OrderAccept",
    "OrderAgree",
    "OrderApprove",
    "OrderCancel",
    "OrderCancelAsk",
    "OrderDecline",
    "OrderOffer",
    "OrderPage",
    "OrderSent",
    "Orders",
    "OwnTime",
    "PatternAdd",
    "PatternChange",
    "People",
    "PeriodAdd",
    "PeriodChange",
    "PeriodRemove",
    "PersonAdd",
    "PersonChange",
    "PersonLeave",
    "QueryAnswer",
    "SchoolCoverage",
    "SchoolCoverageCsv",
    "SchoolTime",
    "SchoolVisits",
    "StatementCsv",
    "StatementPage",
    "StatementPdf",
    "Statements",
    "StatementsGiveOut",
    "UnansweredQueries",
    "VisitBook",
]
