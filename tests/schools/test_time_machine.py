"""Whatever is done to the time of a school, in whatever order: the five numbers are the sum of the lines,
nothing is below 0 that may not be, and reconcile finds nothing."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from schools.billing import price_kept
from schools.models import Agreement, Order, TimeEntry, Visit
from schools.reconciling import differences
from schools.services import (
    ask_cancellation,
    book_visit,
    call_off_visit,
    close_visit,
    correct_visit,
    draft_agreement,
    left_to_cancel,
    move_visit,
    sign_agreement,
    start_visit,
    waive_charge,
)
from schools.services.adjustments import ask_adjustment, decide_adjustment
from schools.services.invoices import credit_invoice, issue_due_invoices
from schools.services.orders import agree_order, order_time
from schools.services.settling import settle_pots
from schools.services.statements import give_out_statement, next_statement_from
from tests.cast import role_of
from tests.records import local, minutes

RULES = st.fixed_dictionaries(
    {
        "rounding": st.sampled_from(Agreement.Rounding.values),
        "rounding_minutes": st.sampled_from([1, 15, 30]),
        "draws_past_planned": st.booleans(),
        "may_overdraw": st.booleans(),
        "notice_days": st.integers(0, 10),
        "late_charge_percent": st.integers(0, 100),
        "no_link_person": st.sampled_from(Agreement.Cost.values),
        "school_closed": st.sampled_from(Agreement.Cost.values),
        "schedule": st.sampled_from(["at_once", "termly", "two_years", "on_delivery"]),
    }
)
WORKED = st.builds(minutes, st.integers(0, 300), writing_up=st.integers(0, 90), travel=st.integers(0, 60))
OUTCOMES = ["school_cancelled", "clinician_cancelled", "school_closed", "no_link_person"]
WAIVED = st.sampled_from(["", "illness"])
# What has to come about somewhere, or the machine proves nothing of it.
EVERYTHING = {*TimeEntry.Kind.values, *Visit.Outcome.values, "release that corrects", "deliver that corrects"}
# What a pattern takes out is nothing that somebody does to a visit: see test_patterns.
EVERYTHING -= {"pattern_changed"}
EVERYTHING |= {"owed that the next year cleared", "cancelled in part", "cancelled whole"}
CARRY = [{}, {"carry_over": "all"}, {"carry_over": "up_to", "carry_over_minutes": 100}]


class TimeMachine(RuleBasedStateMachine):
    def __init__(self, world):
        super().__init__()
        self.world, self.atomic = world, transaction.atomic()
        self.atomic.__enter__()
        self.clock = local(timezone.localdate(), 8)

    def teardown(self):
        self.world.reached.update(TimeEntry.objects.values_list("kind", flat=True))
        self.world.reached.update(Visit.objects.exclude(outcome="").values_list("outcome", flat=True))
        corrected = TimeEntry.objects.exclude(corrects=None).values_list("kind", flat=True)
        self.world.reached.update(f"{kind} that corrects" for kind in corrected)
        if self.next_core.entries.filter(owed_minutes__lt=0).exists():
            self.world.reached["owed that the next year cleared"] += 1
        cancelled = Order.objects.exclude(cancelled_minutes=0)
        self.world.reached.update(f"cancelled {'in part' if o.kept_minutes else 'whole'}" for o in cancelled)
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(
        rules=RULES, core=st.integers(600, 1800), carry=st.sampled_from(CARRY), length=st.integers(30, 200)
    )
    def begin(self, rules, core, carry, length):
        of_core = {name: value for name, value in rules.items() if name != "schedule"}
        self.pots = [
            self.world.make_core(core, **of_core),
            self.world.make_agreement(**rules, **carry),
        ]
        year = self.pots[1].last_on + timedelta(days=1)
        next_year = {"first_on": year, "last_on": year + timedelta(days=300)}
        self.next_core = self.world.make_core(core, **of_core | next_year)
        self.world.sign_next(**next_year)
        self.buy(2)
        self.buy(3)
        for days in (0, 0, 1, 2, 3, 5, 6):
            self.book(pot=days % 2, days=days, length=length, extra=False)
        self.cancel_order(number=1, sure=0)
        self.finish(0, minutes(60))
        self.call_off(0, "no_link_person", "")
        self.call_off(0, "school_closed", "")
        self.call_off(0, "school_cancelled", "")
        self.waive()
        self.call_off(0, "clinician_cancelled", "")

    def visit(self, number, **of):
        visits = list(Visit.objects.filter(**of).order_by("pk"))
        return visits[number % len(visits)] if visits else None

    def who(self, visit):
        return {"by": self.world.priya, "at": self.clock, "opened_version": visit.version}

    def span(self, days, length):
        start = local(timezone.localdate(self.clock) + timedelta(days=days), 9)
        return {"planned_start_at": start, "planned_end_at": start + timedelta(minutes=length)}

    @rule(pot=st.integers(0, 1), days=st.integers(0, 30), length=st.integers(15, 300), extra=st.booleans())
    def book(self, pot, days, length, extra):
        with suppress(ValidationError):
            priya, school = self.world.priya, self.world.quillbrook
            drawn_on = self.pots[1] if pot else self.core_of_today()
            of = {"pot": drawn_on, "clears_owed": extra and pot == 0}
            book_visit(school, priya, by=priya, at=self.clock, **self.span(days, length), **of)

    def core_of_today(self):
        over = timezone.localdate(self.clock) > self.pots[0].last_on
        return self.next_core if over else self.pots[0]

    @rule(length=st.integers(15, 300), worked=WORKED)
    def make_up(self, length, worked):
        """An extra visit, made at once."""
        with suppress(ValidationError), transaction.atomic():
            priya, school = self.world.priya, self.world.quillbrook
            of = {"pot": self.core_of_today(), "clears_owed": True}
            visit = book_visit(school, priya, by=priya, at=self.clock, **self.span(0, length), **of)
            visit = start_visit(visit, by=priya, at=self.clock)
            close_visit(visit, minutes=worked, ended_at=self.clock + timedelta(hours=1), **self.who(visit))

    @rule(
        number=st.integers(0, 9), outcome=st.sampled_from(OUTCOMES), waived=st.sampled_from(["", "illness"])
    )
    def call_off(self, number, outcome, waived):
        if visit := self.visit(number, finished_at=None):
            with suppress(ValidationError):
                call_off_visit(visit, outcome=outcome, waived_because=waived, **self.who(visit))

    @rule(number=st.integers(0, 9), days=st.integers(0, 30), length=st.integers(15, 300))
    def move(self, number, days, length):
        if visit := self.visit(number, finished_at=None):
            with suppress(ValidationError):
                move_visit(visit, **self.span(days, length), **self.who(visit))

    @rule(number=st.integers(0, 9), worked=WORKED)
    def finish(self, number, worked):
        if visit := self.visit(number, finished_at=None):
            with suppress(ValidationError), transaction.atomic():
                visit = start_visit(visit, by=self.world.priya, at=self.clock)
                end = self.clock + timedelta(hours=1)
                close_visit(visit, minutes=worked, ended_at=end, **self.who(visit))

    @rule(number=st.integers(0, 9), worked=WORKED)
    def correct(self, number, worked):
        if visit := self.visit(number, outcome="done"):
            with suppress(ValidationError):
                correct_visit(visit, minutes=worked, reason="typed_wrongly", **self.who(visit))

    @rule()
    def waive(self):
        charge = TimeEntry.objects.filter(kind="late_cancel_charge", corrections=None).first()
        if charge:
            waive_charge(charge, reason="goodwill", by=self.world.ruth, at=self.clock)

    @rule(quantity=st.integers(1, 4))
    def buy(self, quantity):
        price = self.pots[1].unit_price * quantity
        with suppress(ValidationError):
            by = {"by": self.world.hana, "role": role_of(self.world.hana)}
            order = order_time(self.pots[1], quantity=quantity, seen_price=price, at=self.clock, **by)
            agree_order(order, by=self.world.ruth, at=self.clock)

    @rule(pot=st.integers(0, 1), number=st.integers(-200, 200).filter(bool))
    def adjust(self, pot, number):
        said = {"partnership": self.world.quillbrook, "minutes": number, "reason": "goodwill"}
        with suppress(ValidationError), transaction.atomic():
            asked = ask_adjustment(self.pots[pot], by=self.world.ruth, at=self.clock, **said)
            decide_adjustment(asked, agree=True, by=self.world.ada, at=self.clock)
            if Agreement.objects.get(pk=self.pots[pot].pk).state == "ended":
                assert number < 0 or self.pots[pot].entries.balance() <= 0

    @rule(number=st.integers(0, 9), sure=st.integers(0, 2))
    def cancel_order(self, number, sure):
        orders = list(Order.objects.filter(state__in=Order.BOOKABLE).order_by("pk"))
        if sure or not orders:
            return
        order = orders[number % len(orders)]
        said = {"seen_minutes": left_to_cancel(order), "opened_version": order.version}
        with suppress(ValidationError), transaction.atomic():
            asked = ask_cancellation(order, reason="not_needed", by=self.world.ruth, at=self.clock, **said)
            decide_adjustment(asked, agree=True, by=self.world.ada, at=self.clock)

    @rule(days=st.integers(1, 4))
    def time_passes(self, days):
        self.clock += timedelta(days=days)
        settle_pots(on=timezone.localdate(self.clock), at=self.clock)

    @rule()
    def the_year_ends(self):
        self.clock = max(self.clock, local(self.pots[1].last_on + timedelta(days=1), 8))
        settle_pots(on=timezone.localdate(self.clock), at=self.clock)
        self.make_up(60, minutes(60))

    @rule(pot=st.integers(0, 1))
    def state(self, pot):
        yesterday = timezone.localdate(self.clock) - timedelta(days=1)
        first = next_statement_from(self.pots[pot])
        with suppress(ValidationError):
            of = {"first_on": first, "last_on": yesterday}
            give_out_statement(self.pots[pot], by=self.world.ruth, at=self.clock, **of)

    @rule(take_back=st.booleans())
    def bill(self, take_back):
        service, by = self.pots[1].service, {"by": self.world.ruth, "at": self.clock}
        for invoice in issue_due_invoices(service, on=timezone.localdate(self.clock), **by):
            if take_back:
                credit_invoice(invoice, **by)
        if not take_back and timezone.localdate(self.clock) > self.pots[1].last_on:
            self.everything_is_billed()

    def everything_is_billed(self):
        """When the year is over, invoices less credit notes are the price of what was not cancelled."""
        for order in self.pots[1].orders.annotate(billed=Sum("invoice_lines__total")):
            wanted = price_kept(order) if order.state in Order.GRANTED else 0
            assert (order.billed or 0) == wanted

    @invariant()
    def everything_agrees(self):
        assert [str(difference) for difference in differences()] == []
        assert TimeEntry.objects.filter(partnership=self.world.quillbrook).owed() >= 0
        for pot in Agreement.objects.all():
            numbers = pot.entries.numbers()
            assert pot.entries.balance() == numbers.free
            assert numbers.booked >= 0
            assert numbers.free >= 0 or pot.may_overdraw


@pytest.fixture
def sign_next(quillbrook, ruth, today):
    """The agreement of the year after, to which time is carried."""

    def sign(**year):
        fields = {"unit_price": Decimal(250)} | year
        agreement = draft_agreement(quillbrook, schools=[quillbrook], by=ruth, fields=fields)
        signed = {"signed_on": today, "signed_by_name": "Hana Sorensen", "signed_by_job": "Headteacher"}
        return sign_agreement(agreement, by=ruth, at=timezone.now(), **signed)

    return sign


def test_whatever_is_done_everything_agrees(
    make_core, make_agreement, sign_next, quillbrook, priya, ruth, ada, hana
):
    world = SimpleNamespace(
        reached=Counter(), make_core=make_core, make_agreement=make_agreement, sign_next=sign_next,
        quillbrook=quillbrook, priya=priya, ruth=ruth, ada=ada, hana=hana,
    )  # fmt: skip
    calm = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    often = {"max_examples": 30, "stateful_step_count": 15, "derandomize": True}
    run_state_machine_as_test(
        lambda: TimeMachine(world),
        settings=settings(**often, deadline=None, database=None, suppress_health_check=calm),
    )
    assert EVERYTHING - world.reached.keys() == set()
