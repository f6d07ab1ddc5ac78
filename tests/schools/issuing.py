"""A process that gives out papers until it is killed: `python -m tests.schools.issuing <agreement>`.

Each line on its input starts a child, whose number it prints: the child issues one invoice after the other,
takes each second one back and gives out statements, day by day, for as long as it lives.
"""

import os
import sys
from datetime import timedelta
from importlib import import_module


def main(agreement):
    import django

    django.setup()
    # Loaded once and not by each child, which would be killed while it still loads them.
    import_module("schools.services")
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            give_out_for_ever(agreement)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


def give_out_for_ever(key):
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from schools.models import Agreement
    from schools.services import (
        credit_invoice,
        due_parts,
        give_out_statement,
        issue_due_invoices,
        next_statement_from,
    )

    now, by = timezone.now(), get_user_model().objects.order_by("pk").first()
    agreement = Agreement.objects.select_related("service").get(pk=key)
    while True:
        part = due_parts(agreement.service, now.date())[0]
        [invoice] = issue_due_invoices(agreement.service, on=now.date(), by=by, at=now, only={part.key})
        if invoice.number % 2:
            credit_invoice(invoice, by=by, at=now)
        day = next_statement_from(agreement)
        give_out_statement(agreement, first_on=day, last_on=day, by=by, at=now + timedelta(days=9999))


if __name__ == "__main__":
    main(int(sys.argv[1]))
