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
from .calendar import SchoolCalendar, add_period, calendar_of
from .calling_off import CALLED_OFF, call_off_visit, cost_of, move_visit, owes, waive_charge
from .core_offers import record_core_offer, record_core_offers, schools_without_offer
from .corrections import correct_visit
from .people import add_person, change_person, join_school, record_leaver
from .set_up import open_service, set_money_settings, start_partnership
from .settling import settle_pots
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
    "ask_adjustment",
    "book_visit",
    "calendar_of",
    "change_agreement",
    "change_person",
    "close_visit",
    "decide_adjustment",
    "draft_agreement",
    "end_agreement",
    "join_school",
    "open_service",
    "pass_visit_on",
    "record_core_offer",
    "record_core_offers",
    "record_leaver",
    "schools_without_offer",
    "send_agreement",
    "set_money_settings",
    "settle_pots",
    "sign_agreement",
    "start_partnership",
    "start_visit",
    "take_back_agreement",
]
