"""Which tables are filled, and what their columns are. Read from the models, so a new one is filled too."""

from functools import cache

from django.apps import apps
from django.db.models import DateField, DateTimeField, UniqueConstraint

APPS = ("schools", "accounts", "consultations")
# Of the moment, or read on pages of their own: what waits to be sent, half-written forms, keys.
LEFT_OUT = {
    *("delivery", "device", "draft", "usedformkey", "visitsaid", "auditevent", "invitation", "calendarfeed"),
    *("historicalinvitation", "historicalcalendarfeed", "registerrun", "registerchange", "schoollink"),
    # A case that was loaded begins its chain with the first write: 20 links for each consultation would be
    # as much again as everything else, and no page reads them.
    *("caselink", "casestub"),
}
# What a service has once, however long it works. Everything else is done anew in each half year.
STANDING = {
    *("service", "school", "partnership", "schoolperson", "user", "rolerow", "calendarperiod", "capacity"),
    *("planrules", "schoolrules", "visitpattern"),
}


@cache
def models():
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if model._meta.model_name not in LEFT_OUT
    ]


@cache
def is_standing(model):
    return tracked(model)._meta.model_name in STANDING


def tracked(model):
    """The model itself, of a history the one whose history it is."""
    return getattr(model, "instance_type", model)


def is_history(model):
    return hasattr(model, "instance_type")


@cache
def references(model):
    """{column: the model it refers to}, of those that are filled; of a history also the record it is of."""
    found = {
        field.column: field.remote_field.model
        for field in model._meta.concrete_fields
        if field.is_relation and field.remote_field.model in models()
    }
    return found | ({"id": model.instance_type} if is_history(model) else {})


@cache
def columns(model):
    return [field.column for field in model._meta.concrete_fields]


@cache
def columns_of_time(model):
    """{column: "date" or "datetime"}"""
    return {
        field.column: "datetime" if isinstance(field, DateTimeField) else "date"
        for field in model._meta.concrete_fields
        if isinstance(field, DateField)
    }


@cache
def is_numbered(model):
    """Whether each service counts its own from 1."""
    rules = tracked(model)._meta.constraints
    return any(
        {"service", "number"} <= {*rule.fields} for rule in rules if isinstance(rule, UniqueConstraint)
    )
