"""What is done to time in a simulated year, and what each thing brings after it."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from schools.models import Agreement, TimeEntry, Visit
from schools.prices import quote
from schools.services import (
    accept_offer,
    agree_order,
    approve_order,
    ask_adjustment,
    book_visit,
    call_off_visit,
    cancel_order,
    close_visit,
    correct_visit,
    credit_invoice,
    decide_adjustment,
    decline_order,
    draft_agreement,
    give_out_statement,
    issue_due_invoices,
    move_visit,
    next_statement_from,
    offer_less,
    order_time,
    record_core_offer,
    settle_pots,
    sign_agreement,
    start_visit,
    waive_charge,
)
from tests.records import local, minutes

from .world_of_a_year import FIRST_ON, LAST_ON, NEXT_FIRST_ON, NEXT_LAST_ON

THIS_YEAR = {"first_on": FIRST_ON, "last_on": LAST_ON}
NEXT_YEAR = {"first_on": NEXT_FIRST_ON, "last_on": NEXT_LAST_ON}
UNITS = [("half_day", 180), ("session", 60), ("day", 360)]
CARRY = [{}, {"carry_over": "all"}, {"carry_over": "up_to", "carry_over_minutes": 200}]
SCHEDULES = list(Agreement.Schedule.values)
VISITS = 19
OWED_TO_NEXT_YEAR = date(2027, 1, 25)
HOW = {
    "finish": 60, "cancel_in_time": 8, "cancel_late": 6, "cancel_late_and_waived": 3, "clinician_cancels": 8,
    "close_school": 3, "meet_nobody": 4, "move": 8,
}  # fmt: skip


class Work:
    def __init__(self, world, diary):
        self.world, self.diary, self.chance = world, diary, world.chance

    def plan(self):
        """The dates that stand from the beginning."""
        world, add = self.world, self.diary.add
        for school in world.schools:
            add(local(date(2026, 7, 1), 9), self.give_core, school, THIS_YEAR)
            add(local(date(2027, 7, 1), 9), self.give_core, school, NEXT_YEAR)
        for number, (payer, members) in enumerate(self.clusters()):
            self.plan_bought(number, payer, members)
        for day in (date(2026, 9, 1), date(2027, 9, 1), date(2027, 12, 1)):
            add(local(day, 1), self.settle)
        for day in (date(2027, 1, 2), date(2027, 4, 10), date(2027, 9, 2), date(2027, 12, 2)):
            add(local(day, 6), self.state)
        for number in range(16):
            year, month = divmod(8 + number, 12)
            add(local(date(2026 + year, month + 1, 3), 7), self.bill, True)
        # What is ordered in the next year is billed to its end.
        add(local(date(2028, 10, 3), 7), self.bill, False)

    def clusters(self):
        """Two schools in ten share an agreement, one in ten buys nothing."""
        schools = self.world.schools
        for number, school in enumerate(schools):
            if number % 10 == 7 and number + 1 < len(schools):
                yield school, [school, schools[number + 1]]
            elif number % 10 not in (8, 9):
                yield school, [school]

    def plan_bought(self, number, payer, members):
        unit, length = UNITS[number % 3]
        terms = {
            "unit": unit, "unit_minutes": length,
            "unit_price": Decimal(self.chance.randrange(9999, 39999)) / 100,
            "schedule": SCHEDULES[number % 4], **self.chance.choice(CARRY), **self.rules(),
        }  # fmt: skip
        if self.world.is_so(40):
            terms |= {"early_price": terms["unit_price"] - 10, "early_until_on": date(2026, 10, 31)}
        add = self.diary.add
        add(local(date(2026, 7, 10), 9), self.sign, payer, members, THIS_YEAR | terms)
        if self.world.is_so(70):
            later = {name: value for name, value in terms.items() if not name.startswith("early")}
            day = self.chance.choice([date(2027, 7, 10), date(2027, 10, 5)])
            add(local(day, 9), self.sign, payer, members, later | NEXT_YEAR)

    def rules(self):
        chance = self.chance
        return {
            "rounding": chance.choice(["up", "nearest"]),
            "rounding_minutes": chance.choice([1, 15, 30]),
            "counts_travel": self.world.is_so(30),
            "draws_past_planned": self.world.is_so(30),
            "may_overdraw": self.world.is_so(10),
            "notice_days": chance.randrange(3, 11),
            "late_charge_percent": chance.choice([100, 50, 33, 0]),
            "no_link_person": chance.choice(["used", "given_back"]),
            "school_closed": chance.choice(["used", "given_back"]),
        }

    # Agreements and orders

    def give_core(self, at, school, year):
        size = VISITS * 180 + self.chance.choice([0, 0, 180, 45])
        pot = record_core_offer(
            school, granted_minutes=size, by=self.world.ruth, at=at, **year, **self.rules()
        )
        if year is THIS_YEAR:
            first = self.chance.randrange(10)
            for number in range(VISITS):
                day = FIRST_ON + timedelta(days=6 + 14 * number + first % 5 + 7 * (first // 5))
                self.plan_visit(day, school, pot, 180)
            self.plan_adjustments(school, pot)

    def sign(self, at, payer, members, fields):
        packages = [(4, fields["unit_price"] * 4 - 25, None)] if self.world.is_so(50) else []
        by = self.world.ruth
        pot = draft_agreement(payer, schools=members, by=by, fields=fields, packages=packages)
        signed = {
            "signed_on": timezone.localdate(at),
            "signed_by_name": "Hana Sorensen",
            "signed_by_job": "Head",
        }
        pot = sign_agreement(pot, by=by, at=at, **signed)
        first, days = (
            (at + timedelta(days=60), 200) if pot.first_on == FIRST_ON else (at + timedelta(days=60), 1)
        )
        for _ in range(self.chance.randrange(1, 4) if days > 1 else 1):
            self.diary.add(first + timedelta(days=self.chance.randrange(days)), self.order, pot, members)
        if pot.first_on == FIRST_ON:
            self.plan_adjustments(payer, pot)

    def order(self, at, pot, members):
        by, role = self.world.heads[pot.payer]
        quantity = self.chance.choice([1, 2, 3, 4, 6, 9])
        number = self.chance.choice(["", "", "PO-77"])
        if self.world.is_so(25):
            asker, asks = self.world.sencos[pot.payer]
            order = order_time(pot, quantity=quantity, seen_price=None, by=asker, role=asks, at=at)
            order = approve_order(order, by=by, role=role, at=at)
        else:
            price = quote(pot, quantity, timezone.localdate(at)).price
            said = {"seen_price": price, "purchase_order_number": number}
            order = order_time(pot, quantity=quantity, by=by, role=role, at=at, **said)
        self.diary.add(at + timedelta(days=self.chance.randrange(1, 6)), self.answer, order, members)

    def answer(self, at, order, members):
        ruth, (head, role) = self.world.ruth, self.world.heads[order.agreement.payer]
        match self.chance.randrange(10):
            case 0:
                decline_order(order, because="no_capacity", by=ruth, at=at)
            case 1:
                cancel_order(order, by=head, at=at)
            case 2 | 3 if order.quantity > 1:
                order = offer_less(order, quantity=order.quantity - 1, by=ruth, at=at)
                self.plan_bought_visits(at, accept_offer(order, by=head, at=at, role=role), members)
            case _:
                self.plan_bought_visits(at, agree_order(order, by=ruth, at=at), members)

    def plan_bought_visits(self, at, order, members):
        pot = order.agreement
        if pot.first_on != FIRST_ON:
            return
        for _ in range(order.quantity):
            day = timezone.localdate(at) + timedelta(days=self.chance.randrange(35, 150))
            if self.world.is_so(85) and day <= LAST_ON:
                self.plan_visit(day, self.chance.choice(members), pot, order.unit_minutes)

    def plan_adjustments(self, school, pot):
        for _ in range(self.chance.randrange(3)):
            at = local(FIRST_ON + timedelta(days=self.chance.randrange(20, 350)), 10)
            self.diary.add(at, self.adjust, school, pot)

    def adjust(self, at, school, pot):
        number = self.chance.choice([-90, -45, -7, 15, 60, 180])
        asked = {"partnership": school, "minutes": number, "reason": "goodwill"}
        adjustment = ask_adjustment(pot, by=self.world.ruth, at=at, **asked)
        decide_adjustment(adjustment, agree=self.world.is_so(85), by=self.world.ada, at=at)

    # Visits

    def plan_visit(self, day, school, pot, length, **of):
        at = local(day, 9) - timedelta(days=self.chance.randrange(14, 30))
        self.diary.add(at, self.book, day, school, pot, length, of)

    def book(self, at, day, school, pot, length, of):
        by, start = self.world.clinicians[school], local(day, 9)
        times = {"planned_start_at": start, "planned_end_at": start + timedelta(minutes=length)}
        visit = book_visit(school, by, by=by, at=at, pot=pot, **times, **of)
        [how] = self.chance.choices(list(HOW), HOW.values())
        self.go_on(visit, how)

    def go_on(self, visit, how):
        start, day = visit.planned_start_at, timedelta(days=1)
        before = {
            "cancel_in_time": 12 * day,
            "cancel_late": day,
            "cancel_late_and_waived": 2 * day,
            "move": 3 * day,
        }
        before |= {"clinician_cancels": timedelta(hours=3), "close_school": timedelta(hours=4)}
        self.diary.add(start - before.get(how, timedelta()), getattr(self, how), visit.pk)

    def who(self, key, at):
        visit = Visit.objects.select_related("clinician").get(pk=key)
        return visit, {"by": visit.clinician, "at": at, "opened_version": visit.version}

    def finish(self, at, key):
        visit, _ = self.who(key, at)
        start_visit(visit, by=visit.clinician, at=at)
        visit, who = self.who(key, at)
        end = visit.planned_end_at
        visit = close_visit(visit, minutes=self.worked(visit), ended_at=end, **who | {"at": end})
        if self.world.is_so(12):
            self.diary.add(end + timedelta(days=self.chance.randrange(1, 60)), self.correct, key)

    def worked(self, visit):
        most = visit.planned_minutes
        other = {"writing_up": self.chance.randrange(60), "travel": self.chance.randrange(50)}
        return minutes(self.chance.randrange(most // 2, most + 31), **other)

    def correct(self, at, key):
        visit, who = self.who(key, at)
        correct_visit(visit, minutes=self.worked(visit), reason="typed_wrongly", **who)

    def call_off(self, at, key, outcome, **more):
        visit, who = self.who(key, at)
        return call_off_visit(visit, outcome=outcome, **who, **more)

    def cancel_in_time(self, at, key):
        self.call_off(at, key, "school_cancelled")

    def cancel_late(self, at, key):
        self.call_off(at, key, "school_cancelled")
        if self.world.is_so(30):
            self.diary.add(at + timedelta(days=5), self.waive, key)

    def cancel_late_and_waived(self, at, key):
        self.call_off(at, key, "school_cancelled", waived_because="illness")

    def waive(self, at, key):
        for charge in TimeEntry.objects.filter(kind="late_cancel_charge", visit=key):
            waive_charge(charge, reason="goodwill", by=self.world.ruth, at=at)

    def clinician_cancels(self, at, key):
        visit = self.call_off(at, key, "clinician_cancelled")
        day = timezone.localdate(visit.planned_start_at)
        # What is owed late in the year is made up for in the next one, from the core offer of that day.
        day += timedelta(days=35) if day < OWED_TO_NEXT_YEAR else NEXT_FIRST_ON - OWED_TO_NEXT_YEAR
        if visit.pot.is_core and not visit.clears_owed:
            self.plan_visit(day, visit.partnership, None, 180, clears_owed=True)

    def close_school(self, at, key):
        self.call_off(at, key, "school_closed")

    def meet_nobody(self, at, key):
        self.call_off(at, key, "no_link_person")

    def move(self, at, key):
        visit, who = self.who(key, at)
        start, length = visit.planned_start_at, self.chance.choice([0, 0, -30, 15])
        start = local(timezone.localdate(start) + timedelta(days=self.chance.choice([1, 2, 7])), 13)
        end = start + timedelta(minutes=visit.planned_minutes + length)
        self.go_on(move_visit(visit, planned_start_at=start, planned_end_at=end, **who), "finish")

    # The calendar

    def settle(self, at):
        done = settle_pots(on=timezone.localdate(at), at=at)
        self.diary.done.update({f"pots {name}": number for name, number in done.items()})

    def state(self, at):
        last_on = timezone.localdate(at) - timedelta(days=1)
        for pot in Agreement.objects.exclude(state__in=("draft", "sent")).order_by("pk"):
            if (first_on := next_statement_from(pot)) <= last_on:
                give_out_statement(pot, first_on=first_on, last_on=last_on, by=self.world.ruth, at=at)

    def bill(self, at, may_take_back):
        by = {"by": self.world.ruth, "at": at}
        for invoice in issue_due_invoices(self.world.service, on=timezone.localdate(at), **by):
            if may_take_back and self.world.is_so(8):
                credit_invoice(invoice, **by)
