"""What a record is sure of without the database is what the database says, of every constraint of ours."""

import datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import RoleRow, TrackedModel
from accounts.models.sure import CannotTell, SureOfItself, is_true, surely_holds

OURS = [
    model
    for model in apps.get_models()
    if issubclass(model, SureOfItself) and model._meta.constraints and not hasattr(model, "instance_type")
]
NOON = timezone.make_aware(datetime.datetime(2026, 9, 1, 12))
SOME = {
    "BooleanField": [True, False],
    "DateField": [NOON.date(), NOON.date() + datetime.timedelta(days=1)],
    "DateTimeField": [NOON, NOON + datetime.timedelta(hours=1)],
    "DecimalField": [Decimal("0.00"), Decimal("12.50"), Decimal("-1.00")],
    "ForeignKey": [1, 2],
    "OneToOneField": [1, 2],
    "TimeField": [datetime.time(9), datetime.time(12)],
}
NUMBERS = [-1, 0, 1, 2, 5, 10, 11, 700]


def some_of(field):
    if field.choices:
        values = [key for key, _ in field.flatchoices] + ["", "another"]
    elif "Integer" in type(field).__name__ or type(field).__name__ == "BigAutoField":
        values = NUMBERS
    else:
        values = SOME.get(type(field).__name__, ["", "text"])
    return st.sampled_from([None, *values])


def used_in(condition):
    for child in condition.children if isinstance(condition, Q) else [condition]:
        if isinstance(child, Q):
            yield from used_in(child)
        else:
            yield child[0].split("__")[0]
            yield from (part.name for part in parts_of(child[1]) if hasattr(part, "name"))


def parts_of(value):
    return value.flatten() if hasattr(value, "flatten") else [value]


CONDITIONS = [
    pytest.param(model, constraint.condition, id=constraint.name)
    for model in OURS
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint | UniqueConstraint) and constraint.condition
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "condition"), CONDITIONS)
@settings(
    max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_told_here_is_what_the_database_tells(db, model, condition, data):
    fields = [model._meta.get_field(name) for name in sorted(set(used_in(condition)))]
    record = model(**{field.attname: data.draw(some_of(field), field.name) for field in fields})
    try:
        told = is_true(condition, record)
    except CannotTell:
        return
    against = record._get_field_expression_map(meta=model._meta)
    # The database lets pass what it cannot compare.
    assert (told is not False) == Q(condition).check(against)


def test_most_of_our_constraints_are_told_here():
    """Of a record as it begins; what cannot be told is asked of the database, and costs time."""
    asked = []
    for case in CONDITIONS:
        model, condition = case.values
        try:
            is_true(condition, model())
        except (CannotTell, FieldError):
            asked.append(case.id)
    assert len(asked) < 8, asked


@pytest.mark.django_db
def test_a_record_that_keeps_its_rules_asks_only_whether_it_is_the_only_one(
    priya, service, today, django_assert_num_queries
):
    row = RoleRow(person=priya, kind=RoleRow.Kind.SERVICE_LEAD, service=service, start_on=today)
    check = [one for one in RoleRow._meta.constraints if isinstance(one, CheckConstraint)]
    assert check
    assert all(surely_holds(one, row) for one in check)
    with django_assert_num_queries(0):
        row.clean_fields()


def test_a_text_where_a_number_belongs_is_left_to_the_database():
    class Numbered:
        version = "3"
        _meta = TrackedModel._meta

    with pytest.raises(CannotTell):
        is_true(Q(version__gt=2), Numbered())
