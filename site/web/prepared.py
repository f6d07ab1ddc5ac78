"""Queries that are put together once, because that takes Django longer than the database takes to answer.

    @prepared
    def plans_of_case(role, case_pk):
        return Plan.objects.visible_to(role).filter(case=case_pk).for_list(role)

    plans = plans_of_case(role, case.pk)

The function is asked twice, with two sets of stand-ins for its values, and what differs between the two in
what would be sent to the database is where the values go. After that only they change. Where a query is
another one for other values, it is put together for each: for None, True and False, for each kind of role,
each length of a list, and each day. The reasons and limits: docs/adr/0048.

A record among the values has a class that says in `ASKED_BY` which of its fields decide what is asked, and
which are values (accounts.RoleRow).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import partial, update_wrapper
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from web.kept_plans import keeps_plans

# Numbers that no column of ours holds are left to Django, which knows what to do with them.
BIGGEST = 2**31 - 1
FIRST_DAY = date(2200, 1, 1)


class Name(str):
    """A word that decides what is asked, such as the name of a column, and not one to look for."""

    __slots__ = ()


class CannotPrepare(ValueError):
    """What a function asks does not depend on its values alone, or is put together differently for each."""


@dataclass(frozen=True)
class Value:
    """Stands for one value in the key of a prepared query."""

    kind: type


def prepared(build):
    return update_wrapper(Prepared(build), build)


class Prepared:
    """A function of values that returns a queryset, called for its rows."""

    def __init__(self, build):
        self.build, self.of_day = build, (None, {})

    def __call__(self, *values):
        """The rows, as a list. Values are roles, numbers, words, days, times, UUIDs, None, booleans, Names,
        members of an Enum, and tuples of them. Raises CannotPrepare."""
        told = []
        shape = tuple([shape_of(value, told) for value in values])
        if any(type(value) is int and not -BIGGEST <= value <= BIGGEST for value in told):
            return list(self.build(*values))
        rows = self.question(shape).rows(told)
        if settings.CHECK_PREPARED:
            self.check(rows, values)
        return list(rows) if rows is not None else []

    @property
    def kept(self):
        return self.of_day[1]

    def question(self, shape):
        today = timezone.localdate()
        day, kept = self.of_day
        if day != today:
            # They hold yesterday's date, and who was allowed what on it. A thread that began before midnight
            # keeps what it puts together among yesterday's.
            kept = {}
            self.of_day = today, kept
        if shape not in kept:
            kept[shape] = prepare(self.build, shape)
        return kept[shape]

    def check(self, rows, values):
        """That the database is asked what it would be asked without any of this."""
        asked = sent(self.build(*values))[1:] if rows is not None else None
        ours = (rows.query.sql, tuple(rows.query.params)) if rows is not None else None
        if asked != ours and not is_empty(self.build(*values), rows):
            raise CannotPrepare(f"{self.build.__qualname__}{values} asks {asked}, and prepared {ours}.")


def is_empty(queryset, rows):
    return rows is None and sent(queryset)[0] is None


def shape_of(value, told):
    """What decides about the query; what does not is put into `told`."""
    match value:
        case None | bool() | Enum() | Name():
            return value, type(value)
        case tuple():
            return tuple([shape_of(item, told) for item in value])
    # Not type(): a role in use comes as a lazy object.
    kind = value.__class__
    if not hasattr(kind, "ASKED_BY"):
        told.append(value)
        return Value(kind)
    decide, are_values = kind.ASKED_BY
    decided = tuple([getattr(value, name) for name in decide])
    return kind, decided, tuple([shape_of(getattr(value, name), told) for name in are_values])


def values_of(shape, stand_ins):
    """The values a function is asked with: the shape again, with stand-ins for what was told."""
    match shape:
        case Value():
            return stand_ins.give(shape.kind)
        case (None | bool() | Enum() | Name()) as value, type():
            return value
        case type() as kind, decided, told:
            names, told = [*kind.ASKED_BY[0], *kind.ASKED_BY[1]], values_of(told, stand_ins)
            return kind(**dict(zip(names, [*decided, *told], strict=True)))
    return tuple([values_of(part, stand_ins) for part in shape])


class StandIns:
    """Values that differ from each other, and from those of another series."""

    def __init__(self, series):
        self.series, self.given = series, []

    def give(self, kind):
        # Small enough for every column of numbers.
        number = 20_000 + 2 * len(self.given) + self.series
        day = FIRST_DAY + timedelta(days=number)
        made = {
            int: number,
            str: f"stand-in {number}",
            date: day,
            datetime: datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
            UUID: UUID(int=number),
        }
        if kind not in made:
            raise CannotPrepare(f"No query is prepared for values of {kind}.")
        self.given.append(made[kind])
        return made[kind]


def prepare(build, shape):
    """Raises CannotPrepare when the two differ in anything but the values."""
    first, second = StandIns(0), StandIns(1)
    rows, other = (build(*[values_of(part, stand_ins) for part in shape]) for stand_ins in (first, second))
    compiler, sql, params = sent(rows)
    _, other_sql, others = sent(other)
    if sql != other_sql or len(params) != len(others):
        raise CannotPrepare(f"{build.__qualname__} asks something else for other values.")
    ops = connections[rows.db].ops
    places = [
        place(param, another, first.given, second.given, ops)
        for param, another in zip(params, others, strict=True)
    ]
    question = Question(rows, compiler, sql, places)
    if compiler:
        # That of this thread, which may end before the question does.
        compiler.connection = None
    return question


def sent(queryset):
    """The compiler, the question and its values; no compiler where nothing would be asked."""
    compiler = queryset.query.get_compiler(queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None, "", ()
    return compiler, sql, tuple(params)


def place(param, another, first, second, ops):
    """(number of the value, how it is written for the database), or (None, what always stands there)."""
    if param == another and type(param) is type(another):
        return None, param
    for number, (one, two) in enumerate(zip(first, second, strict=True)):
        for write in ways(param, one, ops):
            if write(one) == param and write(two) == another:
                return number, write
    raise CannotPrepare(f"{param!r} and {another!r} are none of the values that were told.")


def ways(param, value, ops):
    """How a value may be written for this database."""
    match value:
        case datetime():
            return [ops.adapt_datetimefield_value]
        case date():
            return [ops.adapt_datefield_value]
        case UUID():
            return [str, lambda uuid: uuid.hex, lambda uuid: uuid]
        case str():
            return [str, lambda text: f"{ops.prep_for_like_query(text)}%"]
    # A number for PostgreSQL is of a type that says how many bytes it has.
    return [type(param)] if isinstance(param, type(value)) else []


class Question:
    """A query of which all is known but the values."""

    def __init__(self, queryset, compiler, sql, places):
        self.queryset, self.compiler, self.sql, self.places = queryset, compiler, sql, places
        self.converted = places_converted(compiler) if compiler else ()

    def rows(self, told):
        """A queryset that can only be read; None where there is nothing to ask."""
        if self.compiler is None:
            return None
        params = tuple([there if number is None else there(told[number]) for number, there in self.places])
        of = self.queryset
        # Which database is asked is decided each time, as of any queryset.
        rows = QuerySet(of.model, PreparedQuery(self, params), of._db)
        rows._iterable_class, rows._fields = of._iterable_class, of._fields
        rows._prefetch_related_lookups, rows._for_write = of._prefetch_related_lookups, of._for_write
        return rows


class PreparedQuery:
    """What a queryset needs of its query in order to be read."""

    _deferred_filter = None

    def __init__(self, question, params):
        self.compiler, self.sql, self.converted = question.compiler, question.sql, question.converted
        self.params = params

    def __getattr__(self, name):
        return getattr(self.compiler.query, name)

    def get_compiler(self, using):
        """The one that put it together knows which column is which. Each thread has its own connection."""
        compiler = self.compiler.__class__.__new__(self.compiler.__class__)
        compiler.__dict__.update(self.compiler.__dict__)
        connection = compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.sql, self.params)
        compiler.execute_sql = partial(execute, connection, compiler.execute_sql)
        compiler.get_converters = partial(converters_of, compiler.get_converters, self.converted)
        return compiler


def places_converted(compiler):
    """The numbers of the columns whose values are not taken as the database gives them."""
    return tuple(compiler.get_converters([column for column, _, _ in compiler.select]))


def converters_of(find, places, columns):
    """Django asks each column, of which most have none."""
    return {place: found for place in places for found in find([columns[place]]).values()}


def execute(connection, execute_sql, *args, **kwargs):
    with keeps_plans(connection):
        return execute_sql(*args, **kwargs)


def padded(keys):
    """Keys of records as a tuple of one of a few lengths, filled up with keys that no record has."""
    keys = tuple(keys)
    length = 1 << (len(keys) - 1).bit_length() if keys else 0
    return keys + tuple(range(-1, len(keys) - length - 1, -1))


def attach(records, name, read):
    """Reads a relation of records with a prepared function of their keys, and puts the rows where
    prefetch_related would put them: `name` is one of which the other side has the key, such as "versions"."""
    if not records:
        return
    found = read(padded(record.pk for record in records))
    relation = records[0]._meta.get_field(name)
    key, by_record = relation.field, {}
    for row in found:
        by_record.setdefault(getattr(row, key.attname), []).append(row)
    for record in records:
        rows = relation.related_model._default_manager.get_queryset()
        rows._result_cache, rows._prefetch_done = by_record.get(record.pk, []), True
        for row in rows._result_cache:
            key.set_cached_value(row, record)
        if not hasattr(record, "_prefetched_objects_cache"):
            record._prefetched_objects_cache = {}
        record._prefetched_objects_cache[relation.get_accessor_name()] = rows
