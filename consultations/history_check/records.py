"""The records as they stand, against the newest row of their history; and rows of history outside a chain."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Exists, Max, OuterRef

from consultations.models import CaseLink
from consultations.models.seal import values_of

from .rows import UNREADABLE, Finding, by_key, in_batches

GONE = "of a case that is gone"


def check_records(model, case, *, count):
    """Findings about one model, of one case or of all with None. `count(n)` is told of records as read."""
    only = {model.CASE or "id": case.pk} if case else {}
    yield from outside(model, only)
    yield from vanished(model, only)
    keys = model.objects.filter(**only).order_by("pk").values_list("pk", flat=True)
    for batch in in_batches(keys.iterator(chunk_size=500)):
        yield from differing(model, batch)
        count(len(batch))


def outside(model, only):
    """Rows of history that no link names."""
    links = CaseLink.objects.filter(table=model._meta.label, history_id=OuterRef("history_id"))
    rows = model.history.filter(~Exists(links), **only).order_by("history_id")
    for key, at in rows.values_list("id", "history_date").iterator():
        yield finding(model, key, "a row of its history is in no chain: it was slipped in", at)


def vanished(model, only):
    """Records that are gone, and nobody struck them out."""
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    there = model.objects.filter(pk=OuterRef("id"))
    newest = model.history.filter(~Exists(later), ~Exists(there), **only).exclude(history_type="-")
    for key, at in newest.order_by("history_id").values_list("id", "history_date").iterator():
        yield finding(model, key, "the record is gone, and nobody struck it out", at)


def differing(model, keys):
    """Records that do not say what the newest row of their history says."""
    history = model.history.filter(id__in=keys).order_by()
    newest = dict(history.values_list("id").annotate(newest=Max("history_id")))
    rows = by_key(model.history.all(), "history_id", list(newest.values()))
    records = by_key(model.objects.all(), "pk", keys)
    columns = [field.attname for field in model._meta.concrete_fields]
    for key in keys:
        row, record = rows.get(newest.get(key)), records.get(key)
        if row is None:
            yield finding(model, key, "the record has no history")
        elif UNREADABLE in (row, record):
            yield finding(model, key, "its encrypted text cannot be opened")
        elif row.history_type == "-":
            yield finding(model, key, "it was struck out, and it is there", row.history_date)
        elif record and not same(record, row, columns):
            yield finding(model, key, "the record does not say what was written last", row.history_date)


def same(record, row, columns):
    says, said = values_of(record, columns), values_of(row, columns)
    differ = [name for name in columns if says[name] != said[name]]
    return all(says[name] is None and let_go(record, name, said[name]) for name in differ)


def let_go(record, name, key):
    """Whether the database itself emptied a reference, because what it led to was deleted."""
    field = next(field for field in record._meta.concrete_fields if field.attname == name)
    if not field.is_relation or field.remote_field.on_delete is not models.SET_NULL:
        return False
    return not field.related_model._base_manager.filter(pk=key).exists()


def finding(model, key, what, at=None):
    name = str(model._meta.verbose_name)
    return Finding(reference_of(model, key), what, name[:1].upper() + name[1:], at)


def reference_of(model, key):
    """By a link of the record, else by the way from its newest row of history."""
    link = CaseLink.objects.filter(table=model._meta.label, record_pk=key).select_related("case").first()
    if link:
        return link.case.reference
    found = model.history.filter(id=key).order_by("-history_id")
    reference = found.values_list(
        f"{model.CASE}__reference" if model.CASE else "reference", flat=True
    ).first()
    if reference:
        return reference
    try:
        record = model.objects.get(pk=key)
    except ObjectDoesNotExist:
        return GONE
    for name in filter(None, model.CASE.split("__")):
        record = getattr(record, name)
    return record.reference
