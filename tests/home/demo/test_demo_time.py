"""Time and money in the demo, at Quillbrook above all."""

from io import StringIO

import pytest
from django.core.management import call_command

from schools.models import Agreement, EntryQuery, Invoice, Order, Statement, Visit
from schools.services.owed import owed_to

from .scale import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_every_visit_draws_on_a_pot_that_is_kept_right(demo):
    assert not Visit.objects.filter(pot=None).exists()
    said = StringIO()
    call_command("reconcile", stdout=said)
    assert said.getvalue().strip() == "0 differences."


def test_orders_of_quillbrook_are_in_many_states(demo):
    orders = Order.objects.filter(agreement__payer__school__urn=990001).order_by("number")
    assert [(order.quantity, order.state) for order in orders] == [
        (5, "in_use"),
        (2, "agreed"),
        (10, "declined"),
        (3, "requested"),
        (5, "to_approve"),
        (2, "asked"),
    ]


def test_time_is_owed_a_late_cancellation_was_waived_and_a_question_was_answered(demo):
    core, bought = Agreement.objects.filter(payer__school__urn=990001, last_on__gte=TODAY).order_by("-kind")
    assert (core.kind, bought.kind) == ("core", "bought")
    assert owed_to(core.payer) == 180
    assert bought.entries.filter(reason="illness", kind="release", minutes=180).exists()
    assert EntryQuery.objects.get().answered_at


def test_statements_of_the_last_term_and_invoices_were_given_out(demo):
    assert set(Statement.objects.values_list("agreement__kind", flat=True)) == {"core", "bought"}
    assert {invoice.is_credit_note for invoice in Invoice.objects.all()} == {False}
    special = Agreement.objects.get(payer__school__urn=990006, last_on__gte=TODAY)
    assert (special.unit, special.unit_minutes) == ("day", 390)
    shared = Agreement.objects.get(payer__school__urn=990002, kind="bought")
    assert shared.members.count() == 2
