from .capacity import capacity_by_week
from .money import (
    WAITING,
    days_of_service,
    income_by_month,
    orders_for_the_lead,
    pots_of_service,
    waits_for_the_lead,
)
from .outcomes import outcomes_of, publishes_terms
from .overview import overview_of
from .periods import Period, periods_for

__all__ = [
    "Period",
    "WAITING",
    "capacity_by_week",
    "days_of_service",
    "income_by_month",
    "orders_for_the_lead",
    "outcomes_of",
    "overview_of",
    "periods_for",
    "pots_of_service",
    "publishes_terms",
    "waits_for_the_lead",
]
