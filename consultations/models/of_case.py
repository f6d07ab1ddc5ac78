from datetime import datetime
from itertools import groupby

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, JSONField

from .chain import CaseChain, CaseLink


class OfCase:
    """A tracked record that belongs to a case: every write of it becomes a link of the case's chain.

    CASE is the way to the case, as a query would name it; "" for the case itself.
    """

    CASE = "case"

    @staticmethod
    def after_writes(written):
        return new_links([(record.case_key(row.id), as_read(row)) for record, row in written])

    def case_key(self, key):
        if not self.CASE:
            return key
        *way, last = self.CASE.split("__")
        record = self
        for name in way:
            record = getattr(record, name)
        return getattr(record, f"{last}_id")


def new_links(rows):
    """Links, not saved yet, for (key of the case, row of history) in their order. The ends are moved on."""
    links = []
    for case_key, of_case in groupby(rows, key=lambda one: one[0]):
        of_case = [row for _, row in of_case]
        chain = CaseChain(case_id=case_key) if opens_case(of_case[0]) else locked_chain(case_key)
        links += add_links(chain, of_case)
    return links


def add_links(chain, rows):
    """Moves the end on by a link for each row. Returns the links, which are not saved yet."""
    links = []
    for row in rows:
        link = CaseLink.after(chain, row)
        chain.length, chain.mac = link.number, link.mac
        links.append(link)
    chain.save(**({"force_insert": True} if chain._state.adding else {"update_fields": ["length", "mac"]}))
    return links


def opens_case(row):
    """Whether this is the opening of a case: nobody else can see the case yet, nor can it have a chain."""
    return row.history_type == "+" and row.instance_type is apps.get_model("consultations.Case")


def locked_chain(case_key):
    """The end of a case's chain, locked after its case: the case is the last lock of every service."""
    chains = CaseChain.objects.select_related("case").filter(pk=case_key)
    chain = chains.select_for_update(of=("case", "self"), no_key=True).first()
    if chain:
        return chain
    apps.get_model("consultations.Case").objects.select_for_update().get(pk=case_key)
    return CaseChain.objects.get_or_create(case_id=case_key)[0]


def as_read(row):
    """A row of history that was just written, as the database will give it back when it is checked.

    It is read again only where a value is not yet of the kind that its column gives.
    """
    fields = row._meta.concrete_fields
    as_it_will_be = all(is_as_read(field, getattr(row, field.attname)) for field in fields)
    return row if as_it_will_be else type(row).objects.get(pk=row.pk)


def is_as_read(field, value):
    if value is None:
        return True
    if isinstance(field, JSONField):
        return False
    if isinstance(field, DateTimeField):
        return isinstance(value, datetime) and value.tzinfo is not None
    try:
        return type(field.to_python(value)) is type(value)
    except ValidationError:
        return False


def chained_models():
    """Every model whose writes are linked, the case first."""
    models = apps.get_app_config("consultations").get_models()
    found = [model for model in models if issubclass(model, OfCase)]
    return sorted(found, key=lambda model: (model.CASE != "", model._meta.label))
