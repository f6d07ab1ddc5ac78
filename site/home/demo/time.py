"""Time that the schools of the demo have free of charge, and what the service says of its money.

Everything is put into the diary before the visits, which draw on these pots.
"""

from collections import Counter
from datetime import timedelta
from functools import partial

from django.utils import timezone

from schools.models import Agreement, year_holding
from schools.services import record_core_offer, set_capacity, set_money_settings, settle_pots

from .buying import put_orders
from .dated import as_of, local
from .diary import visit_days
from .extra_visits import put_extra_visits, put_question
from .money_papers import put_papers
from .places import FIRST_URN
from .terms import school_day_of

HALF_DAYS = 19  # of the core offer: one in every second of 38 school weeks
HALF_DAY, DAY = 180, 390
SPECIAL_URN = 990006  # a special school, whose offer counts in its own days
LEADS = {"Willowmere CAMHS in Schools": "Ruth Calloway"}
CAPACITY = {"Priya Nair": 600, "Owen Pritchard": 540}
SETTINGS = {
    "address": "Mill House\n3 Osier Lane\nWillowmere",
    "ods_code": "X99",
    "contact": "Finance team, 01632 960100",
    "how_to_pay": "By bank transfer. Give the number of the invoice.",
}


class Days:
    """When something happened: counted back from the day of the next visit to Quillbrook."""

    def __init__(self, diary, desks, accounts):
        self.diary, self.accounts = diary, accounts
        self.desks = {desk.place.urn: desk for desk in desks}
        self.service = self.desks[FIRST_URN].partnership.service
        self.focus = school_day_of(diary.today)
        self.set_up_on = min(period.first_on for period in desks[0].calendar.periods) - timedelta(days=6)

    def put(self, at, action, *args, **kwargs):
        """`action` is called with the moment, which it dates its writing with."""
        self.diary.put(at, partial(action, *args, **kwargs))

    def ago(self, days, hour=10):
        """On a weekday, and never today itself, which is for whoever tries the demo."""
        day = min(self.focus - timedelta(days=days), self.diary.today - timedelta(days=1))
        return local(day - timedelta(days=max(0, day.weekday() - 4)), hour)

    def write(self, at, service, /, *args, **kwargs):
        return as_of(at, service, *args, at=at, **kwargs)


def put_time(diary, desks, accounts, past_visits):
    days = Days(diary, desks, accounts)
    ruth = accounts["Ruth Calloway"]
    begun = local(days.set_up_on, 10)
    days.put(begun, lambda at: say_of_money(days, ruth, at))
    years = set()
    for desk in desks:
        years |= put_offers(days, desk, past_visits)
    for last_on in sorted({last_on for _, last_on in years if last_on < diary.today - timedelta(days=1)}):
        diary.put(local(last_on + timedelta(days=1), 3), settle)
    put_orders(days)
    put_extra_visits(days)
    put_question(days)
    put_papers(days)


def say_of_money(days, by, at):
    opened = days.service.version
    as_of(at, set_money_settings, days.service, by=by, opened_version=opened, **SETTINGS)
    days.service.refresh_from_db()
    for name, minutes in CAPACITY.items():
        clinician = days.accounts[name]
        as_of(
            at, set_capacity, days.service, clinician, minutes_a_week=minutes, from_on=at.date(), by=by
        )  # fmt: skip


def settle(at):
    as_of(at, settle_pots, on=timezone.localdate(at), at=at)


def put_offers(days, desk, past_visits):
    """An offer for every academic year with a visit. Returns their first and last days."""
    visits = visit_days(desk.place, desk.calendar, days.diary.today, past_visits)
    in_years = Counter(year_holding(Agreement.Year.ACADEMIC, day) for day in [*visits, days.focus])
    for number, year in enumerate(sorted(in_years)):
        # Work began in the course of the first year: it is given what was visited, and one more.
        half_days = in_years[year] + 1 if number == 0 and len(in_years) > 1 else HALF_DAYS
        at = max(local(days.set_up_on, 11), local(year[0] - timedelta(days=31), 9))
        days.put(at, give, days, desk, year, half_days)
    return set(in_years)


def give(days, desk, year, half_days, at):
    rules = {"granted_minutes": half_days * HALF_DAY}
    if desk.place.urn == SPECIAL_URN:
        rules = {"granted_minutes": (half_days + 1) // 2 * DAY, "unit": "day", "unit_minutes": DAY}
    by = days.accounts[LEADS.get(desk.place.service, "Noor Haddad")]
    first_on, last_on = year
    days.write(at, record_core_offer, desk.partnership, first_on=first_on, last_on=last_on, by=by, **rules)
