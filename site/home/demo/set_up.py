"""What is there before the first visit: accounts, services, schools, roles, calendars, staff."""

from datetime import timedelta

from schools.models import CalendarPeriod, School
from schools.services import add_period, add_person, open_service, start_partnership

from .cast import ADA, grant_roles, open_accounts
from .dated import as_of, local
from .places import OTHER_SERVICE, PLACES, SERVICE
from .terms import monday_of, periods, school_day_of


def set_up(today, terms_before):
    """Everything set up by Ada a week before the first term. Returns the accounts and the partnerships."""
    days = periods(today, terms_before)
    at = local(days[0].first_on - timedelta(days=7), 10)
    accounts = open_accounts()
    ada = accounts[ADA.name]
    services = open_services(ada, at)
    partnerships = start_partnerships(services, ada, at)
    grant_roles(accounts, services, partnerships, ada, at)
    enter_calendar(services, days, ada, at)
    enter_own_days(partnerships, monday_of(school_day_of(today)), ada, at)
    for place in PLACES:
        add_staff(place, partnerships[place.urn], accounts, ada, at)
    return accounts, partnerships


def open_services(by, at):
    return {name: as_of(at, open_service, name, by=by) for name in (SERVICE, OTHER_SERVICE)}


def start_partnerships(services, by, at):
    """The partnerships by URN. Schools are rows of the register, which a service of ours does not write."""
    found = {}
    for place in PLACES:
        school, _ = School.objects.update_or_create(
            urn=place.urn,
            defaults={
                "name": place.name, "kind": place.kind, "phase": place.phase, "status": "Open",
                "la_code": "999", "la_name": "Demo authority", "telephone": place.phone, "closed_on": None,
            },
        )  # fmt: skip
        found[place.urn] = as_of(
            at, start_partnership, services[place.service], school, started_on=at.date(), by=by
        )
    return found


def add_staff(place, partnership, accounts, by, at):
    for number, staff in enumerate(place.staff):
        phone = f"{place.phone[:-1]}{number}" if staff.safeguarding else ""
        as_of(
            at, add_person, partnership, name=staff.name, job=staff.job, phone=phone,
            safeguarding_order=staff.safeguarding, account=accounts.get(staff.name), by=by,
        )  # fmt: skip


def enter_calendar(services, periods, by, at):
    for service in services.values():
        for days in periods:
            as_of(at, add_period, service, days.kind, days.first_on, days.last_on, name=days.name, by=by)


def enter_own_days(partnerships, sixth_monday, by, at):
    """Days of one school alone: Tansy Hill lends its hall, Coppermere has an INSET day of its own."""
    kind = CalendarPeriod.Kind
    own = [
        (990002, kind.CLOSED, "Polling station", sixth_monday + timedelta(weeks=1, days=3)),
        (990005, kind.INSET, "Own INSET day", sixth_monday + timedelta(weeks=4, days=4)),
    ]
    for urn, what, name, day in own:
        of = partnerships[urn]
        as_of(at, add_period, of.service, what, day, day, school=of.school, name=name, by=by)
