from .agreements import activate_agreement, draft_agreement, record_core_offer, sign_agreement
from .calendar import SchoolCalendar, add_period, calendar_of
from .capacities import set_capacity
from .entry_queries import answer_query, ask_about
from .orders import (
    accept_offer,
    agree_order,
    approve_order,
    cancel_order,
    decline_order,
    offer_less,
    order_time,
)
from .people import add_person, change_person, join_school, record_leaver
from .set_up import open_service, start_partnership
from .visits import book_visit, close_visit, pass_visit_on, start_visit

__all__ = [
    "SchoolCalendar",
    "accept_offer",
    "activate_agreement",
    "add_period",
    "add_person",
    "agree_order",
    "answer_query",
    "approve_order",
    "ask_about",
    "book_visit",
    "calendar_of",
    "cancel_order",
    "change_person",
    "close_visit",
    "decline_order",
    "draft_agreement",
    "join_school",
    "offer_less",
    "open_service",
    "order_time",
    "pass_visit_on",
    "record_core_offer",
    "record_leaver",
    "set_capacity",
    "sign_agreement",
    "start_partnership",
    "start_visit",
]
