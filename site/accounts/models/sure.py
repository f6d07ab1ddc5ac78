"""Which check constraints a record surely keeps, worked out here.

Django asks the database about each, between two savepoints, and about each key: 23 questions before a version
of a plan is saved, 14 before a case. The database refuses a row that breaks one in any case; asked it is only
where this cannot tell, and about what has to be the only one: 4 and 1. See docs/adr/0036.
"""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q, UniqueConstraint


class CannotTell(Exception):
    pass


class SureOfItself:
    """Mixed into a model: its validation leaves out the constraints that surely hold.

    `NEVER_CHANGED` names columns that stay as they were first saved: what has to be the only one with them is
    asked about once. The database would refuse another in any case.
    """

    NEVER_CHANGED = ()

    def get_constraints(self):
        return [
            (model, [constraint for constraint in constraints if not self.surely_keeps(constraint)])
            for model, constraints in super().get_constraints()
        ]

    def surely_keeps(self, constraint):
        asked_before = isinstance(constraint, UniqueConstraint) and not self._state.adding
        if asked_before and constraint.fields and set(constraint.fields) <= set(self.NEVER_CHANGED):
            return True
        return surely_holds(constraint, self)

    def full_clean_alone(self):
        """Whether the record keeps its own rules, without a look at any other row.

        What has to be the only one is left to the database: of rows that are written together. Raises
        ValidationError.
        """
        self.full_clean(validate_unique=False, validate_constraints=False)
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                if isinstance(constraint, CheckConstraint):
                    constraint.validate(model, self)

    def clean_fields(self, exclude=None):
        """A record that this one refers to is there: the database itself refuses a key of none."""
        keys = {field.name for field in self._meta.concrete_fields if field.is_relation}
        given = {name for name in keys if getattr(self, self._meta.get_field(name).attname) is not None}
        super().clean_fields(exclude=set(exclude or ()) | given)


def surely_holds(constraint, record):
    """Whether the database need not be asked. A unique constraint is none of a row outside its condition."""
    try:
        if isinstance(constraint, CheckConstraint):
            return is_true(constraint.condition, record) is not False
        if isinstance(constraint, UniqueConstraint) and constraint.condition:
            return is_true(constraint.condition, record) is False
    except CannotTell:
        pass
    return False


def is_true(condition, record):
    """True, False, or None as SQL has it for what compares with nothing. Raises CannotTell."""
    if isinstance(condition, tuple):
        return compared(*condition, record)
    if not isinstance(condition, Q) or condition.connector not in (Q.AND, Q.OR):
        raise CannotTell
    answers = [is_true(child, record) for child in condition.children]
    decides = condition.connector == Q.OR
    answer = decides if decides in answers else None if None in answers else not decides
    return answer if answer is None else answer != condition.negated


def compared(asked, wanted, record):
    name, _, how = asked.partition("__")
    value = value_of(record, name)
    if how == "isnull" or wanted is None and not how:
        return (value is None) == (wanted if how else True)
    if isinstance(wanted, F):
        wanted = value_of(record, wanted.name)
    if how not in COMPARED or hasattr(wanted, "resolve_expression") or is_several(wanted) != (how == "in"):
        raise CannotTell
    if value is None or wanted is None:
        return None
    try:
        return COMPARED[how](value, wanted)
    except TypeError:
        raise CannotTell from None


COMPARED = {
    "": lambda value, wanted: value == wanted,
    "in": lambda value, wanted: value in wanted,
    "gt": lambda value, wanted: value > wanted,
    "gte": lambda value, wanted: value >= wanted,
    "lt": lambda value, wanted: value < wanted,
    "lte": lambda value, wanted: value <= wanted,
}


def is_several(wanted):
    """Whether `wanted` is a list of values, none of them nothing or out of the database."""
    if not isinstance(wanted, (list, tuple, set, frozenset)):
        return False
    if any(value is None or hasattr(value, "resolve_expression") for value in wanted):
        raise CannotTell
    return True


def value_of(record, name):
    """As the database will have it: only of a plain field, whose value is of the field's own kind."""
    field = record._meta.pk if name == "pk" else record._meta.get_field(name)
    value = getattr(record, field.attname)
    plain = type(field).__module__.startswith("django.") and not hasattr(value, "resolve_expression")
    if not plain or not (value is None or field.is_relation or is_of(field, value)):
        raise CannotTell
    return value


def is_of(field, value):
    """Whether the field reads `value` as it is: of a text "3" a column of numbers makes something else."""
    try:
        return type(field.to_python(value)) is type(value)
    except ValidationError:
        return False
