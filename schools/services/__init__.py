from .adjustments import ask_adjustment, decide_adjustment
from .agreements import (
    activate_agreement,
    change_agreement,
    draft_agreement,
    end_agreement,
    send_agreement,
    sign_agreement,
    take_back_agreement,
)
from .bank_holidays import add_bank_holidays, bank_holidays, missing_bank_holidays
from .calendar import SchoolCalendar, calendar_as_of, calendar_of, calendars_of
from .calendar_feeds import FeedRevoked, find_feed_role, make_feed, revoke_feed
from .calendar_year import booked_on_closed_days, days_of_year, on_closed_days
from .calling_off import CALLED_OFF, call_off_visit, cost_of, may_be_waived, move_visit, owes, waive_charge
from .cancellations import CANCELS, ask_cancellation, left_to_cancel
from .capacities import end_capacity, set_capacity
from .clashes import Clash, clash_of
from .closed_days import why_closed
from .core_offers import record_core_offer, record_core_offers, schools_without_offer
from .corrections import correct_visit
from .covering import CoverReason, cover_visit, linked_until, who_can_cover
from .downloads import note_download, note_export, take_pdf
from .due import due_parts, terms_of
from .entry_queries import answer_query, ask_about
from .invoices import credit_invoice, invoices_too_many, issue_due_invoices, issue_invoices_of, others_billed
from .moves import calendar_names
from .numbering import next_number
from .orders import (
    accept_offer,
    agree_order,
    approve_order,
    cancel_order,
    decline_order,
    offer_less,
    offer_needs_approver,
    order_time,
)
from .owed import owed_on, owed_to_book
from .pattern_writing import PlanChanged, apply_pattern, digest_of_plan
from .patterns import plan_visits
from .people import add_person, change_person, join_school, record_leaver
from .periods import add_period, change_period, days_in_words, in_words, remove_period
from .set_up import open_service, set_money_settings, start_partnership
from .settling import settle_pots
from .statements import give_out_statement, next_statement_from
from .taking_over import ClashingVisit, Split, clashes_of, lock_work_of, split_pattern, take_over
from .terms_file import BIGGEST, TermsRefused, decoded, read_terms
from .terms_import import import_terms, preview_terms
from .visits import (
    book_visit,
    close_visit,
    core_offer_of,
    drawn_minutes,
    pass_visit_on,
    start_visit,
)

__all__ = [
    "BIGGEST",
    "CALLED_OFF",
    "CANCELS",
    "Clash",
    "ClashingVisit",
    "CoverReason",
    "FeedRevoked",
    "PlanChanged",
    "SchoolCalendar",
    "Split",
    "TermsRefused",
    "accept_offer",
    "activate_agreement",
    "add_bank_holidays",
    "add_period",
    "add_person",
    "agree_order",
    "answer_query",
    "apply_pattern",
    "approve_order",
    "ask_about",
    "ask_adjustment",
    "ask_cancellation",
    "bank_holidays",
    "book_visit",
    "booked_on_closed_days",
    "calendar_as_of",
    "calendar_names",
    "calendar_of",
    "calendars_of",
    "call_off_visit",
    "cancel_order",
    "change_agreement",
    "change_period",
    "change_person",
    "clash_of",
    "clashes_of",
    "close_visit",
    "core_offer_of",
    "correct_visit",
    "cost_of",
    "cover_visit",
    "credit_invoice",
    "days_in_words",
    "days_of_year",
    "decide_adjustment",
    "decline_order",
    "decoded",
    "digest_of_plan",
    "draft_agreement",
    "drawn_minutes",
    "due_parts",
    "end_agreement",
    "end_capacity",
    "find_feed_role",
    "give_out_statement",
    "import_terms",
    "in_words",
    "invoices_too_many",
    "issue_due_invoices",
    "issue_invoices_of",
    "join_school",
    "left_to_cancel",
    "linked_until",
    "lock_work_of",
    "make_feed",
    "may_be_waived",
    "missing_bank_holidays",
    "move_visit",
    "next_number",
    "next_statement_from",
    "note_download",
    "note_export",
    "offer_less",
    "offer_needs_approver",
    "on_closed_days",
    "open_service",
    "order_time",
    "others_billed",
    "owed_on",
    "owed_to_book",
    "owes",
    "pass_visit_on",
    "plan_visits",
    "preview_terms",
    "read_terms",
    "record_core_offer",
    "record_core_offers",
    "record_leaver",
    "remove_period",
    "revoke_feed",
    "schools_without_offer",
    "send_agreement",
    "set_capacity",
    "set_money_settings",
    "settle_pots",
    "sign_agreement",
    "split_pattern",
    "start_partnership",
    "start_visit",
    "take_back_agreement",
    "take_over",
    "take_pdf",
    "terms_of",
    "waive_charge",
    "who_can_cover",
    "why_closed",
]
