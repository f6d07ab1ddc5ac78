from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import groupby

from django.db import models, transaction
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from accounts.models import Referenced, WrittenOnce, give_references

_waiting = ContextVar("written and not told of yet", default=None)


@contextmanager
def written_together():
    """What is written in here, deleting included, is told of together at the end, in the order of writing:
    ten records of a case cost its chain the questions of one.

    Inside a transaction that fails as a whole, and what is locked later than the case comes after it: until
    the end, a write in here does not lock the case.
    """
    if _waiting.get() is not None:
        yield
        return
    written = []
    before = _waiting.set(written)
    try:
        yield
    finally:
        _waiting.reset(before)
    _tell(written)


def _tell(written):
    """`written` are (record, row of its history). Says so to the models, or keeps it for later."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting += written
        return
    for after_writes, together in groupby(written, key=lambda one: type(one[0]).after_writes):
        _insert(after_writes(list(together)))


def save_tracked(record, *, by, reason):
    """Check the record, save it and keep its history row signed with who and why.

    The version goes up by one on every save but the first. Raises ValidationError when the record breaks
    one of its own rules, ValueError when nobody signs or no reason is given.
    """
    _require_signature(by, reason)
    record.full_clean()
    if record.pk:
        record.version += 1
    kind = "+" if record._state.adding else "~"
    # The row of history is written here and not by simple-history: it is needed for what comes after.
    record.skip_history_when_saving = True
    try:
        # No savepoint: a write that fails takes the whole transaction with it, as any failed query does.
        with transaction.atomic(savepoint=False):
            record.save()
            _keep([record], kind, by, reason)
    finally:
        # Left on the instance, it would keep the next save out of the history.
        del record.skip_history_when_saving
    return record


def save_many_tracked(records, *, by, reason):
    """Check new records of one model and save all of them or none, with their history, in 4 questions.

    What is written is what `save_tracked` would write of each. What has to be the only one is left to the
    database, which refuses all with IntegrityError. Raises ValidationError or ValueError as `save_tracked`.
    """
    _require_signature(by, reason)
    if any(record.pk or type(record).save is not models.Model.save for record in records):
        raise ValueError("Saved together are new records of a model that saves in no way of its own.")
    if any(isinstance(record, Referenced) for record in records):
        give_references(records)
    _check(records)
    # As in `save_tracked`: no savepoint.
    with transaction.atomic(savepoint=False):
        _insert(records)
        _keep(records, "+", by, reason)
    return records


def write_new(rows):
    """Check new rows of a model that is written once, and write them in one question, or none of them."""
    if any(row.pk or not isinstance(row, WrittenOnce) for row in rows):
        raise ValueError("Written this way are new rows of a model that is written once.")
    _check(rows)
    _insert(rows)


def _check(rows):
    for row in rows:
        row.full_clean_alone()


def _keep(records, kind, by, reason):
    """Writes the history of records of one model that were saved."""
    rows = [_history_row(record, kind, by, reason) for record in records]
    _insert(rows)
    _tell(list(zip(records, rows, strict=True)))


@cache
def _history_of(model):
    """simple-history makes a manager of a class of its own each time it is asked."""
    return model.history.model


def _history_row(record, kind, by, reason):
    """As simple-history makes it of a record."""
    history = _history_of(type(record))
    values = {field.attname: getattr(record, field.attname) for field in history.tracked_fields}
    signed = {"history_user": by, "history_change_reason": reason, "history_date": timezone.now()}
    row = history(history_type=kind, **signed, **values)
    pre_create_historical_record.send(sender=history, instance=record, history_instance=row, **signed)
    return row


def _insert(rows):
    """Past the querysets of these models, which refuse it: the one place that may."""
    if rows:
        models.QuerySet(type(rows[0])).bulk_create(rows)


def delete_tracked(record, *, by, reason):
    """Take away a part of a draft (a step struck out). Its history stays."""
    _require_signature(by, reason)
    record._history_user = by
    record._change_reason = reason
    try:
        with transaction.atomic(savepoint=False):
            key = record.pk
            record.delete()
            _tell([(record, type(record).history.filter(id=key).latest("history_id"))])
    finally:
        # Left on the instance, the name would sign the next save too.
        del record._history_user
        del record._change_reason
    return record


def _require_signature(by, reason):
    if by is None or not reason:
        raise ValueError("Every write says who made it and why.")
