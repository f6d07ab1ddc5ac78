from django.db import transaction


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
