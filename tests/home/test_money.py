"""The lead's page of time and money: every pot with the worst first, and what waits, is owed and came in."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.services import save_tracked
from home.reading import capacity_by_week, income_by_month, pots_of_service
from schools.models import Capacity, Invoice, Order, TimeEntry
from schools.services import record_core_offer
from schools.services.ledger import post
from tests.cost import AT_MOST, cost
from tests.filling import main_text, parsed
from tests.places import new_partnership

URL = "/money/"
Kind = TimeEntry.Kind


@pytest.fixture
def offer(admin_person, today):
    """A core offer around today, given so many minutes."""

    def make(partnership, granted_minutes=3420):
        days = {"first_on": today - timedelta(days=180), "last_on": today + timedelta(days=180)}
        given = {"granted_minutes": granted_minutes, "by": admin_person, "at": timezone.now()}
        return record_core_offer(partnership, **days, **given)

    return make


@pytest.fixture
def ordered(admin_person, service):
    def make(pot, number, state="requested"):
        order = Order(
            service=service, number=number, agreement=pot, state=state, quantity=3, unit=pot.unit,
            unit_minutes=pot.unit_minutes, price=Decimal("750.00"),
        )  # fmt: skip
        return save_tracked(order, by=admin_person, reason="Ordered")

    return make


@pytest.fixture
def billed(admin_person, service):
    def make(pot, number, issued_on, total, credits=None):
        invoice = Invoice(
            **{"service": service, "number": number, "agreement": pot, "from_whom": "Willowmere"},
            **{"kind": "credit_note" if credits else "invoice", "credits": credits},
            **{"issued_on": issued_on, "due_on": issued_on, "total": Decimal(total)},
            **{"blocks": [["text", "For the test"]], "made_at": timezone.now(), "made_by": admin_person},
        )
        return save_tracked(invoice, by=admin_person, reason="Issued")

    return make


def tables(page):
    """{caption: rows of cells without their headings}"""
    found = {}
    for table in parsed(page).select("main table"):
        for heading in table.select(".nhsuk-table-responsive__heading"):
            heading.decompose()
        rows = [
            [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
            for row in table.select("tbody tr")
        ]
        found[table.caption.get_text(strip=True)] = rows
    return found


def test_the_worst_pot_stands_first_and_a_shared_one_once(
    client,
    sign_in,
    ruth,
    calendar,
    quillbrook,
    another_school,
    offer,
    make_agreement,
    make_visit,
    priya,
    today,
):
    core = offer(quillbrook)
    pool = make_agreement(schools=[another_school], may_overdraw=True)
    make_visit(pot=pool)
    page = sign_in(client, ruth).get(URL)
    ends = f"{core.last_on:%-d %B %Y}"
    assert tables(page)["Pots of time, the worst first"] == [
        [f"Quillbrook Primary School , bought time until {ends} and the schools with it",
         f"Bought time , agreement {pool.reference}",
         "0 minutes", "0 minutes", "1 half day", "minus 1 half day", ends,
         "1 half day more is used or booked than was bought."],
        [f"Quillbrook Primary School , core offer until {ends}",
         f"Core offer , agreement {core.reference}", "19 half days", "0 minutes",
         "0 minutes", "19 half days", ends,
         "Behind: 9 half days fewer used than expected by now, counted in school days; not used yet."],
    ]  # fmt: skip
    assert "2 pots of time: 1 behind its pace, 0 ahead." in main_text(page)
    assert len(parsed(page).select("tbody .app-time-bar svg[aria-hidden=true]")) == 2
    key = [part.get_text(strip=True) for part in parsed(page).select(".app-time-key li")]
    assert key == ["Used", "Booked", "Free to book", "Over"]


def test_schools_without_a_core_offer_are_listed(role_of, ruth, offer, quillbrook, another_school, today):
    offer(quillbrook)
    assert pots_of_service(role_of(ruth), today).without_core == [another_school.school]


def test_orders_that_wait_for_the_lead_and_time_owed_are_there(
    client, sign_in, ruth, bought, core, ordered, make_visit, priya, quillbrook
):
    ordered(bought, 1), ordered(bought, 2, state="asked"), ordered(bought, 3, state="to_approve")
    details = {"partnership": quillbrook, "by": priya, "at": timezone.now(), "visit": make_visit()}
    post(core, Kind.OWED, 0, owed_minutes=225, **details)
    found = tables(sign_in(client, ruth).get(URL))
    assert found["Orders waiting"] == [["Order 1", "Quillbrook Primary School", "3 half days", "£750.00"]]
    assert found["Time owed"] == [["Quillbrook Primary School , time owed", "1 half day and 45 minutes"]]


def test_what_a_clinician_can_give_is_counted_by_school_week(
    calendar, half_term, role_of, ruth, priya, service, admin_person, make_visit, today
):
    monday = today - timedelta(days=today.weekday())
    row = Capacity(service=service, clinician=priya, minutes_a_week=600, from_on=monday)
    save_tracked(row, by=admin_person, reason="Recorded")
    make_visit(days=(monday + timedelta(days=7) - today).days)
    make_visit(days=(monday + timedelta(days=8) - today).days)
    mondays, [(person, weeks)] = capacity_by_week(role_of(ruth), today)
    assert half_term[0] not in mondays
    assert (len(mondays), person) == (8, priya)
    assert [(week.capacity, week.booked, week.free) for week in weeks[:3]] == [
        (600, 0, 600),
        (600, 360, 240),
        (600, 0, 600),
    ]


def test_a_clinician_whose_capacity_nobody_wrote_down_has_what_is_booked(
    role_of, ruth, priya, make_visit, today
):
    make_visit()
    _, [(person, weeks)] = capacity_by_week(role_of(ruth), today)
    assert (person, weeks[0].capacity, weeks[0].booked, weeks[0].free) == (priya, None, 180, None)


def test_income_is_invoices_less_credit_notes_by_month(role_of, ruth, bought, billed):
    billed(bought, 3, date(2026, 8, 31), "99.00")
    first = billed(bought, 1, date(2026, 9, 30), "750.00")
    billed(bought, 2, date(2026, 10, 1), "250.10")
    billed(bought, 1, date(2026, 10, 31), "-750.00", credits=first)
    assert income_by_month(role_of(ruth), date(2027, 8, 31)) == [
        {"month": date(2026, 10, 1), "invoiced": Decimal("250.10"), "credited": Decimal("-750.00"),
         "income": Decimal("-499.90")},
        {"month": date(2026, 9, 1), "invoiced": Decimal("750.00"), "credited": Decimal("0"),
         "income": Decimal("750.00")},
    ]  # fmt: skip


def test_a_service_with_nothing_says_so(client, sign_in, ruth):
    text = main_text(sign_in(client, ruth).get(URL))
    for words in (
        "No school has a pot of time.",
        "No order waits for you.",
        "No invoice was issued in the last 12 months.",
    ):
        assert words in text


def test_nothing_of_another_service_is_counted(role_of, ruth, offer, other_service_school, today):
    offer(other_service_school)
    found = pots_of_service(role_of(ruth), today)
    assert (found.pots, found.without_core) == ([], [])


@pytest.mark.parametrize("query", ["?from=x", "?from=-1", "?from=9999999999", "?from=²", "?from=%00"])
def test_an_address_that_makes_no_sense_shows_the_first_pots(client, sign_in, ruth, offer, quillbrook, query):
    offer(quillbrook)
    assert len(tables(sign_in(client, ruth).get(URL + query))["Pots of time, the worst first"]) == 1


def test_twenty_six_pots_make_two_pages(client, sign_in, ruth, offer, service, admin_person):
    for number in range(26):
        offer(new_partnership(service, 990200 + number, f"School {number}", by=admin_person))
    first = sign_in(client, ruth).get(URL)
    second = client.get(URL + parsed(first).find("a", string="The next 25")["href"])
    name = "Pots of time, the worst first"
    assert (len(tables(first)[name]), len(tables(second)[name])) == (25, 1)


def test_one_school_costs_what_three_do(
    client, sign_in, ruth, calendar, bought, offer, ordered, billed, make_visit, service, admin_person, today
):
    sign_in(client, ruth)

    def more(number):
        school = new_partnership(service, 990300 + number, f"School {number}", by=admin_person)
        offer(school)
        ordered(bought, number)
        billed(bought, number, today, "10.00")
        make_visit(days=number)

    more(1)
    first = cost(client, URL)
    more(2), more(3)
    assert cost(client, URL) == first <= AT_MOST
