"""A statement of the last term and an invoice, given out in the demo."""

from datetime import timedelta

from schools.services import core_offer_of, give_out_statement, issue_due_invoices, next_statement_from

from .buying import bought_by
from .dated import local
from .places import FIRST_URN
from .terms import SIXTH, monday_of


def put_papers(days):
    ruth = days.accounts["Ruth Calloway"]
    term_began = monday_of(days.focus) - timedelta(weeks=SIXTH)
    days.put(
        local(term_began + timedelta(days=2), 10), lambda at: give_statements_out(days, term_began, ruth, at)
    )
    days.put(days.ago(30), lambda at: days.write(at, issue_due_invoices, days.service, on=at.date(), by=ruth))


def give_statements_out(days, term_began, by, at):
    """Of both pots of Quillbrook, up to the end of the term before."""
    desk, last_on = days.desks[FIRST_URN], term_began - timedelta(days=1)
    for pot in (core_offer_of(desk.partnership, last_on), bought_by(desk)):
        first_on = pot and next_statement_from(pot)
        if pot and first_on <= last_on:
            days.write(at, give_out_statement, pot, first_on=first_on, last_on=last_on, by=by)
