"""What the schools have, order and pay for, a marker in every text, through the services of the pages."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from schools import services
from schools.services import book_visit, close_visit, start_visit
from tests.cast import role_of
from tests.records import local, minutes, saved_pattern

from .people import FAR, HERE, NEAR, SERVICES

# What a unit costs, a figure that nothing else comes to: a marker of what is paid.
PRICES = {HERE: "411.37", NEAR: "523.41", FAR: "617.43"}
SIGNED, ORDERED = timedelta(days=30), timedelta(days=20)
IN_FORCE = "agreement in force"


class Till:
    """One school with who buys for it and who works there; `by` is whoever agrees for the service."""

    def __init__(self, world, place, names, by):
        self.words, self.place, self.by = world.words, place, by
        self.partnership, self.service = world.places[place], world.places[place].service
        self.budget, self.link, self.clinician = (world[name].user for name in names)
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.price = Decimal(PRICES[place])
        self.words.figure(PRICES[place], "Agreement.unit_price", place, IN_FORCE)

    def word(self, field, state, place=None):
        return self.words.new(field, place or self.place, state)

    def days(self, first, last):
        return {
            "first_on": self.today + timedelta(days=first),
            "last_on": self.today + timedelta(days=last),
        }

    def core(self):
        year, at = self.days(-180, 180), self.now - SIGNED
        return services.record_core_offer(
            self.partnership, granted_minutes=19 * 180, by=self.by, at=at, **year
        )

    def draft(self, first, last, state, schools=()):
        number = f"{self.word('Agreement.purchase_order_number', state)}-1"
        fields = {"unit_price": self.price, "approval_limit": 5000, "purchase_order_number": number}
        fields |= self.days(first, last)
        schools = [self.partnership, *schools]
        return services.draft_agreement(self.partnership, schools=schools, fields=fields, by=self.by)

    def sign(self, agreement, at, of=None):
        """Sent, signed and in force. Every school of an agreement reads who signed it."""
        agreement = services.send_agreement(agreement, by=self.by, at=at)
        on = timezone.localdate(at)
        signed = {f"signed_by_{name}": self.word(f"Agreement.signed_by_{name}", IN_FORCE, of)
                  for name in ("name", "job")}  # fmt: skip
        agreement = services.sign_agreement(agreement, signed_on=on, by=self.budget, at=at, **signed)
        return services.activate_agreement(agreement, by=self.by, on=on)

    def order(self, agreement, quantity=1, at=None):
        number = f"{self.word('Order.purchase_order_number', IN_FORCE)}-1"
        who = {"by": self.budget, "role": role_of(self.budget), "at": at or self.now}
        told = {"seen_price": self.price * quantity, "purchase_order_number": number}
        return services.order_time(agreement, quantity=quantity, **told, **who)

    def ask_head(self, agreement):
        who = {"by": self.link, "role": role_of(self.link), "at": self.now}
        return services.order_time(agreement, quantity=2, seen_price=None, **who)

    def agreed_order(self, agreement, at):
        return services.agree_order(self.order(agreement, 3, at), by=self.by, at=at)

    def orders_in_every_state(self, agreement):
        by = {"by": self.by, "at": self.now}
        self.ask_head(agreement)
        assert self.order(agreement, 13).state == "to_approve"
        self.order(agreement)
        services.offer_less(self.order(agreement, 2), quantity=1, **by)
        services.decline_order(self.order(agreement), because="no_capacity", **by)
        services.cancel_order(self.order(agreement), by=self.budget, at=self.now)

    def visit(self, pot, days, partnership=None, clinician=None):
        """Booked from a pot so many days from now."""
        day, partnership = self.today + timedelta(days=days), partnership or self.partnership
        hours = {"planned_start_at": local(day, 13), "planned_end_at": local(day, 15)}
        at = min(local(day, 8), self.now)
        clinician = clinician or self.clinician
        return book_visit(partnership, clinician, by=clinician, at=at, pot=pot, **hours)

    def finished(self, visit):
        at = visit.planned_end_at
        visit = start_visit(visit, by=visit.clinician, at=visit.planned_start_at)
        times = {"at": at, "ended_at": at, "opened_version": visit.version}
        return close_visit(visit, by=visit.clinician, minutes=minutes(with_staff=75), **times)

    def late_cancellation(self, pot):
        opened = self.visit(pot, 1)
        said = {"by": self.link, "at": self.now, "opened_version": opened.version}
        services.call_off_visit(opened, outcome="school_cancelled", **said)

    def queries(self, pot):
        """One is answered, one waits."""
        for entry in (pot.entries.get(kind="deliver"), pot.entries.get(kind="late_cancel_charge")):
            words = self.word("EntryQuery.words", IN_FORCE)
            query = services.ask_about(entry, words=words, by=self.link, at=self.now)
        answer = self.word("EntryQuery.answer", IN_FORCE)
        services.answer_query(query, answer=answer, by=self.by, at=self.now)

    def adjustments(self, pot):
        """One is agreed to, one waits."""
        asked = {"partnership": self.partnership, "by": self.by, "at": self.now, "reason": "goodwill"}
        first = services.ask_adjustment(pot, minutes=30, **asked)
        services.decide_adjustment(first, agree=True, by=self.budget, at=self.now)
        services.ask_adjustment(pot, minutes=-15, **asked)

    def cancellations(self, pot):
        """One order is cancelled, and of the first it is asked for."""
        for order in (self.agreed_order(pot, self.now), pot.orders.earliest("number")):
            said = {"seen_minutes": services.left_to_cancel(order), "opened_version": order.version}
            said |= {"reason": "not_needed", "by": self.by, "at": self.now}
            asked = services.ask_cancellation(order, **said)
            if order.number > 1:
                services.decide_adjustment(asked, agree=True, by=self.budget, at=self.now)

    def papers(self, pot, last=-1):
        """A statement; an invoice that was taken back, its credit note, and one that stands."""
        by = {"by": self.by, "at": self.now}
        period = {"first_on": services.next_statement_from(pot), "last_on": self.today + timedelta(days=last)}
        services.give_out_statement(pot, **period, **by)
        if not pot.is_core:
            [invoice] = services.issue_invoices_of(pot, on=self.today, **by)
            services.credit_invoice(invoice, **by)
            services.issue_invoices_of(pot, on=self.today, **by)


def pots(till):
    """A core offer and time that was bought, and all that happens to it; next year's is a draft."""
    core = till.core()
    bought = till.sign(till.draft(-180, 180, IN_FORCE), till.now - SIGNED)
    till.agreed_order(bought, till.now - ORDERED)
    till.finished(till.visit(bought, -7))
    till.late_cancellation(bought)
    till.visit(bought, 14)
    till.orders_in_every_state(bought)
    till.queries(bought)
    till.adjustments(bought)
    till.cancellations(bought)
    till.papers(bought)
    till.papers(core)
    till.draft(181, 540, "agreement in draft")
    # Over already: it is there, and changes no number of visits.
    days = {"from_on": till.today - timedelta(days=60), "until_on": till.today - timedelta(days=30)}
    saved_pattern(till.partnership, till.clinician, **days)
    weekly = {"minutes_a_week": 600, "from_on": till.today - SIGNED, "by": till.by}
    services.set_capacity(till.service, till.clinician, **weekly)


def shared_pot(till, guest, clinician):
    """Last year's, which the till's school paid for and the guest drew on too."""
    pot = till.draft(-390, -190, IN_FORCE, schools=[guest])
    pot = till.sign(pot, till.now - timedelta(days=385), SERVICES[till.place])
    till.agreed_order(pot, till.now - timedelta(days=380))
    till.finished(till.visit(pot, -300))
    till.finished(till.visit(pot, -299, guest, clinician))
    till.papers(pot, -190)


def money(world):
    by = world["ada"].user
    lead = world["ruth"].user
    pots(Till(world, HERE, ("hana", "sam", "priya"), lead))
    near = Till(world, NEAR, ("nina", "nell", "owen"), lead)
    pots(near)
    pots(Till(world, FAR, ("fabian", "faye", "noor"), by))
    shared_pot(near, world.places[HERE], world["priya"].user)
