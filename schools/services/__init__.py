from .agreements import activate_agreement, draft_agreement, record_core_offer, sign_agreement
from .calendar import SchoolCalendar, add_period, calendar_of
from .downloads import note_download, note_export
from .due import due_parts
from .invoices import credit_invoice, issue_due_invoices, issue_invoices_of
from .numbering import next_number
from .people import add_person, change_person, join_school, record_leaver
from .set_up import open_service, start_partnership
from .statements import give_out_statement, next_statement_from
from .visits import book_visit, close_visit, pass_visit_on, start_visit

__all__ = [
    "SchoolCalendar",
    "activate_agreement",
    "add_period",
    "add_person",
    "book_visit",
    "calendar_of",
    "change_person",
    "close_visit",
    "credit_invoice",
    "draft_agreement",
    "due_parts",
    "give_out_statement",
    "issue_due_invoices",
    "issue_invoices_of",
    "join_school",
    "next_number",
    "next_statement_from",
    "note_download",
    "note_export",
    "open_service",
    "pass_visit_on",
    "record_core_offer",
    "record_leaver",
    "sign_agreement",
    "start_partnership",
    "start_visit",
]
