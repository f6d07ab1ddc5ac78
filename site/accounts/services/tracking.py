from django.db import models, transaction
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from accounts.models import Referenced, WrittenOnce, give_references


def save_tracked(record, *, by, reason):
    """Check the record, save it and keep its history row signed with who and why.

    The version goes up by one on every save but the first. Raises ValidationError when the record breaks
    one of its own rules, ValueError when nobody signs or no reason is given.
    """
    _require_signature(by, reason)
    record.full_clean()
    if record.pk:
        record.version += 1
    return _signed(record, by, reason, record.save)


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
    # As in `_signed`: no savepoint.
    with transaction.atomic(savepoint=False):
        _insert(records)
        _insert([_first_history(record, by, reason) for record in records])
        for record in records:
            record.after_write(record.pk)
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


def _first_history(record, by, reason):
    """As simple-history makes it when a record is saved the first time."""
    history = type(record).history.model
    values = {field.attname: getattr(record, field.attname) for field in history.tracked_fields}
    signed = {"history_user": by, "history_change_reason": reason, "history_date": timezone.now()}
    row = history(history_type="+", **signed, **values)
    pre_create_historical_record.send(sender=history, instance=record, history_instance=row, **signed)
    return row


def _insert(rows):
    """Past the querysets of these models, which refuse it: the one place that may."""
    if rows:
        models.QuerySet(type(rows[0])).bulk_create(rows)


def delete_tracked(record, *, by, reason):
    """Take away a part of a draft (a step struck out). Its history stays."""
    _require_signature(by, reason)
    return _signed(record, by, reason, record.delete)


def _require_signature(by, reason):
    if by is None or not reason:
        raise ValueError("Every write says who made it and why.")


def _signed(record, by, reason, write):
    record._history_user = by
    record._change_reason = reason
    try:
        # No savepoint: a write that fails takes the whole transaction with it, as any failed query does.
        with transaction.atomic(savepoint=False):
            key = record.pk
            write()
            record.after_write(key or record.pk)
    finally:
        # Left on the instance, the name would sign the next save too.
        del record._history_user
        del record._change_reason
    return record
