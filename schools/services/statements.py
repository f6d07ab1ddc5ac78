"""Statements of time: the days of an agreement one after the other, each line in one of them."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min, Sum
from django.utils import timezone

from accounts.services import save_tracked
from schools.models import MINUTES, Order, Statement, Visit
from schools.printed import Told, statement_blocks, statement_figures
from schools.sentences import rule_sentences
from web.words import longdate

from .ledger import lock_pot
from .numbering import next_number
from .owed import owed_on

A_DAY = timedelta(days=1)


def next_statement_from(agreement):
    """The day on which the next statement begins: the one after the last; the first with the first line, or
    with the first day of the agreement when nothing came before it."""
    last = agreement.statements.aggregate(last_on=Max("last_on"))["last_on"]
    if last:
        return last + A_DAY
    first = agreement.entries.aggregate(first_on=Min("posted_on"))["first_on"]
    return min(filter(None, [first, agreement.first_on]))


@transaction.atomic
def give_out_statement(agreement, *, first_on, last_on, by, at):
    """Freeze what happened to the time of an agreement in days that are over, both included.

    What is posted later stands in a later statement. Raises ValidationError when the days are not over, or do
    not follow those of the last statement.
    """
    number = next_number(Statement, agreement.service)
    pot = lock_pot(agreement)
    require_next(pot, first_on, last_on, timezone.localdate(at))
    told = told_of(pot, number, first_on, last_on, timezone.localdate(at))
    figures, service = statement_figures(told), pot.service
    statement = Statement(
        service=service,
        number=number,
        agreement=pot,
        first_on=first_on,
        last_on=last_on,
        opening_minutes=told.opening,
        closing_minutes=told.numbers.left,
        figures=figures,
        blocks=statement_blocks(told, figures),
        from_whom=service.name,
        label=service.paper_label,
        made_at=at,
        made_by=by,
    )
    return save_tracked(statement, by=by, reason="Given out")


def require_next(pot, first_on, last_on, today):
    begins = next_statement_from(pot)
    if first_on != begins:
        raise ValidationError(f"The next statement of {pot} begins on {longdate(begins)}.")
    if last_on < first_on:
        raise ValidationError(f"The last day must be {longdate(first_on)} or later.")
    if last_on >= today:
        raise ValidationError("A statement is of days that are over. The last day must be before today.")


def told_of(pot, number, first_on, last_on, made_on):
    """What a statement of these days says. The pot is locked: no line is added to them meanwhile."""
    until = pot.entries.filter(posted_on__lte=last_on)
    before = pot.entries.filter(posted_on__lt=first_on).moving_what_is_left()
    lines = until.filter(posted_on__gte=first_on).in_order()
    lines = list(lines.select_related("visit__clinician", "partnership__school", "order"))
    # Also one that was cancelled whole since it stood in these days.
    orders = Order.objects.filter(agreement=pot, agreed_at__date__lte=last_on)
    orders = orders.exclude(closed_at__date__lt=first_on)
    return Told(
        agreement=pot,
        number=number,
        first_on=first_on,
        last_on=last_on,
        made_on=made_on,
        opening=before.aggregate(total=Sum("minutes"))["total"] or 0,
        lines=lines,
        numbers=until.numbers(),
        owed=owed_on(pot, last_on),
        stood=minutes_on({line.visit for line in lines if line.visit}, last_on),
        purchase_orders=list(orders.order_by("pk").values_list("purchase_order_number", flat=True)),
        rules=rule_sentences(pot),
    )


def minutes_on(visits, day):
    """{key of a visit: {column: minutes}} as they stood when a day was over. What was put right later stands
    in the statement of its own day."""
    found = {visit.pk: {name: getattr(visit, name) for name in MINUTES} for visit in visits}
    end = timezone.make_aware(datetime.combine(day + A_DAY, time.min))
    then = Visit.history.filter(id__in=found, history_date__lt=end, finished_at__isnull=False)
    for row in then.order_by("history_id").values("id", *MINUTES):
        found[row.pop("id")] = row
    return found
