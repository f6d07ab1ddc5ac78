"""Writes a word of its own into every text of every record, so that none can leave unnoticed.

The columns are found, not listed: one that is added tomorrow gets its word as well.
"""

from itertools import count

from django.apps import apps
from django.db import IntegrityError, models, transaction

# Written by nobody: random, or the address of a page.
NOT_TYPED = {"reference", "path"}


def records():
    """Every model that holds something about a child, its history left out."""
    found = apps.get_app_config("consultations").get_models()
    return [model for model in found if not hasattr(model, "history_object")]


def typed_texts(model):
    kinds = (models.CharField, models.TextField, models.JSONField)
    texts = [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]
    return [field.name for field in texts if field.name not in NOT_TYPED]


def write_markers():
    """Returns the words by (model, column). A column that a rule keeps empty in this row stays empty."""
    written, numbers = {}, count(1)
    for model in records():
        for pk in model._base_manager.values_list("pk", flat=True):
            for name in typed_texts(model):
                word = f"zq{next(numbers):04}x"
                # Past the tracked queryset, which would refuse it.
                row = models.QuerySet(model).filter(pk=pk)
                try:
                    with transaction.atomic():
                        row.update(**{name: word})
                except IntegrityError:
                    continue
                written.setdefault((model.__name__, name), []).append(word)
    return written


def references():
    """Every reference of every record: read aloud, it names a child to who knows it."""
    referenced = [
        model for model in records() if any(field.name == "reference" for field in model._meta.fields)
    ]
    return [text for model in referenced for text in model._base_manager.values_list("reference", flat=True)]
