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
from .people import InviteColleague, InvitePlanReader, People, PersonAdd, PersonChange, PersonLeave
from .school import OfSchool
from .statements import StatementCsv, StatementPage, StatementPdf, Statements, StatementsGiveOut
from .visits import SchoolVisits

__all__ = [
    "AccountsExport",
    "CreditNoteCsv",
    "CreditNotePage",
    "CreditNotePdf",
    "InviteColleague",
    "InvitePlanReader",
    "InvoiceCredit",
    "InvoiceCsv",
    "InvoicePage",
    "InvoicePdf",
    "Invoices",
    "InvoicesIssue",
    "OfSchool",
    "People",
    "PersonAdd",
    "PersonChange",
    "PersonLeave",
    "SchoolVisits",
    "StatementCsv",
    "StatementPage",
    "StatementPdf",
    "Statements",
    "StatementsGiveOut",
]
