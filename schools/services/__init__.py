from .agreements import activate_agreement, draft_agreement, record_core_offer, sign_agreement
from .calendar import SchoolCalendar, add_period, calendar_of
from .calling_off import CALLED_OFF, call_off_visit, cost_of, move_visit, owes, waive_charge
from .corrections import correct_visit
from .people import add_person, change_person, join_school, record_leaver
from .set_up import open_service, start_partnership
from .visits import (
    book_visit,
    close_visit,
    core_offer_of,
    drawn_minutes,
    owed_to_book,
    pass_visit_on,
    start_visit,
)

__all__ = [
    "owed_to_book",
    "drawn_minutes",
    "core_offer_of",
    "correct_visit",
    "waive_charge",
    "owes",
    "move_visit",
    "cost_of",
    "call_off_visit",
    "CALLED_OFF",
    "SchoolCalendar",
    "activate_agreement",
    "add_period",
    "add_person",
    "book_visit",
    "calendar_of",
    "change_person",
    "close_visit",
    "draft_agreement",
    "join_school",
    "open_service",
    "pass_visit_on",
    "record_core_offer",
    "record_leaver",
    "sign_agreement",
    "start_partnership",
    "start_visit",
]
