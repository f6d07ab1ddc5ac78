"""A prepared question asks what the function asks, for each set of values, and says so where it cannot."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import RoleRow, User
from consultations.models import Draft, Plan, PlanVersion
from tests.cast import role_of
from web.prepared import CannotPrepare, Name, attach, padded, prepared


@prepared
def people_called(address):
    return User.objects.filter(email=address).order_by("pk")


@prepared
def people_beginning_with(letters):
    return User.objects.filter(email__startswith=letters).order_by("pk")


@prepared
def roles(person_pk, kind, since):
    rows = RoleRow.objects.filter(person=person_pk, kind=kind).select_related("person", "partnership__school")
    return rows.filter(start_on__lte=since) if since else rows


@prepared
def plans(role, order):
    return Plan.objects.visible_to(role).for_list(role).order_by(order)[:5]


@pytest.fixture
def built(monkeypatch):
    """Counts how often a function is asked for its queryset."""

    def count(function):
        asked, build = [], function.build
        function.kept.clear()
        monkeypatch.setattr(function, "build", lambda *values: asked.append(values) or build(*values))
        return asked

    return count


def test_rows_are_those_of_the_values_and_not_of_those_before(priya, sam):
    assert people_called(priya.email) == [priya]
    assert people_called(sam.email) == [sam]
    assert people_called("Nobody at all") == []


def test_a_beginning_is_looked_for_and_no_sign_in_it_stands_for_others(priya, sam):
    assert people_beginning_with(priya.email[:-1]) == [priya]
    assert people_beginning_with(sam.email[:-1]) == [sam]
    assert people_beginning_with("%") == people_beginning_with("_") == []


def test_it_is_put_together_once_for_values_of_one_kind(priya, sam, built, settings):
    settings.CHECK_PREPARED = False
    asked = built(people_called)
    people_called(priya.email)
    people_called(sam.email)
    assert len(asked) == 2  # two stand-ins, and none of them is a name
    assert not {priya.email, sam.email} & {value for values in asked for value in values}


def test_none_an_enum_and_a_name_make_another_question(sam, built, settings):
    settings.CHECK_PREPARED = False
    asked = built(roles)
    day = timezone.localdate() - timedelta(days=9000)
    assert [row.kind for row in roles(sam.pk, RoleRow.Kind.LINK_STAFF, None)] == ["link_staff"]
    assert roles(sam.pk, RoleRow.Kind.CLINICIAN, None) == []
    assert roles(sam.pk, RoleRow.Kind.LINK_STAFF, day) == []
    assert len(asked) == 6


def test_what_was_selected_beside_is_there_without_a_question(sam, django_assert_num_queries):
    with django_assert_num_queries(1):
        (row,) = roles(sam.pk, RoleRow.Kind.LINK_STAFF, None)
        assert row.person == sam
        assert row.partnership.school.name


def test_each_role_sees_what_it_sees(make_plan, priya, sam, noor):
    agreed, draft = make_plan("agreed"), make_plan("draft")
    assert plans(role_of(priya), Name("-pk")) == [draft, agreed]
    assert plans(role_of(priya), Name("pk")) == [agreed, draft]
    assert plans(role_of(sam), Name("-pk")) == [agreed]
    assert plans(role_of(noor), Name("-pk")) == []
    assert plans(role_of(priya), Name("-pk"))[1].goal


def test_what_a_role_may_never_see_is_not_asked(make_plan, role_ada, django_assert_num_queries):
    make_plan("agreed")
    with django_assert_num_queries(0):
        assert plans(role_ada, Name("pk")) == []


@pytest.fixture
def role_ada(ada):
    return role_of(ada)


def test_tomorrow_asks_with_tomorrows_date(sam, monkeypatch):
    @prepared
    def current(person_pk):
        return RoleRow.objects.current(timezone.localdate()).filter(person=person_pk)

    assert len(current(sam.pk)) == 1
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2000, 1, 1))
    assert current(sam.pk) == []


@pytest.mark.parametrize(
    ("build", "values"),
    [
        (lambda pk: Plan.objects.filter(first_sent_at__lt=timezone.now(), pk=pk), [1]),
        (lambda year: Plan.objects.filter(cycle=year - 1), [2026]),
        (lambda most: Plan.objects.order_by("pk")[:most], [5]),
        (lambda name: User.objects.filter(email__contains=name), ["Sam"]),
        (lambda thing: User.objects.filter(pk=1), [object()]),
    ],
)
def test_what_cannot_be_prepared_says_so(db, build, values):
    with pytest.raises(CannotPrepare):
        prepared(build)(*values)


def test_the_check_of_the_tests_sees_a_question_that_differs(priya, sam, monkeypatch):
    @prepared
    def person(pk):
        return User.objects.filter(pk=pk)

    assert person(priya.pk) == [priya]
    monkeypatch.setattr(person, "build", lambda pk: User.objects.filter(pk=pk, is_active=True))
    with pytest.raises(CannotPrepare):
        person(sam.pk)


def test_a_number_that_no_column_holds_finds_nothing(db):
    assert prepared(lambda pk: Plan.objects.filter(pk=pk))(10**30) == []


def test_days_times_and_uuids_are_written_as_the_database_wants_them(make_plan):
    plan = make_plan("agreed")
    since = prepared(lambda at, day: Plan.objects.filter(first_sent_at__gte=at, review_on__gte=day))
    assert since(datetime(2020, 1, 1, tzinfo=UTC), date(2020, 1, 1)) == [plan]
    assert since(timezone.now() + timedelta(days=3), date(2020, 1, 1)) == []
    assert prepared(lambda key: Draft.objects.filter(key=key))(UUID(int=7)) == []


def test_lists_of_keys_are_filled_up_to_few_lengths():
    assert padded([]) == ()
    assert padded([7]) == (7,)
    assert padded([7, 8, 9]) == (7, 8, 9, -1)
    assert padded(range(1, 6)) == (1, 2, 3, 4, 5, -1, -2, -3)


def test_rows_are_attached_as_a_prefetch_does(make_plan, django_assert_num_queries):
    of_plans = prepared(lambda keys: PlanVersion.objects.filter(plan__in=keys).order_by("number"))
    made = [make_plan("agreed"), make_plan("draft")]
    found = list(Plan.objects.order_by("pk"))
    attach(found, "versions", of_plans)
    with django_assert_num_queries(0):
        assert [[version.number for version in plan.versions.all()] for plan in found] == [[1], [1]]
        assert found[0].versions.all()[0].plan is found[0]
    assert found == made


def test_a_thread_asks_on_its_own_connection(priya):
    people_called(priya.email)
    seen = []

    def ask():
        with CaptureQueriesContext(connection) as asked:
            people_called("nobody@demo.example")
        seen.append(len(asked))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [1]


def test_what_a_thread_put_together_across_midnight_is_not_asked_the_next_day(sam, monkeypatch, settings):
    days = [date(2026, 1, 1)]
    monkeypatch.setattr(timezone, "localdate", lambda *_: days[0])
    built = []

    def roles(pk):
        """Built twice to be compared. Then somebody else asks, after midnight, before it is kept."""
        today = days[0]
        built.append(today)
        if len(built) == 2:
            days[0] = date(2026, 1, 2)
            asked(Name("another"), sam.pk)
        return RoleRow.objects.annotate(day=Value(str(today))).filter(person=pk, day="2026-01-02")

    asked = prepared(lambda word, pk: roles(pk))
    settings.CHECK_PREPARED = False
    assert asked(Name("one"), sam.pk) == []
    assert len(asked(Name("one"), sam.pk)) == 1


def kept_by_the_server():
    """The questions that this connection has prepared; SQLite works out each anew."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def test_postgresql_keeps_a_prepared_question_and_no_other(priya, sam):
    assert [people_called(one.email) for one in (priya, sam, priya)] == [[priya], [sam], [priya]]
    assert User.objects.get(email=sam.email) == sam
    with CaptureQueriesContext(connection) as asked:
        assert people_called(priya.email) == [priya]
    assert '"email"' in asked[0]["sql"]
    kept = [statement for statement in kept_by_the_server() if '"email" = $1' in statement]
    assert len(kept) == (connection.vendor == "postgresql")


def test_behind_a_pooler_nothing_is_kept(priya, monkeypatch):
    options = connection.settings_dict["OPTIONS"] | {"prepare_threshold": None}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    before = kept_by_the_server()
    assert people_called(priya.email) == [priya]
    assert kept_by_the_server() == before


@pytest.mark.django_db(transaction=True)
def test_a_migration_may_change_a_column_while_pages_are_read(django_user_model):
    ruth = django_user_model.objects.create_user("ruth@cast.example", "x")
    assert people_called(ruth.email) == [ruth]
    if connection.vendor == "postgresql":
        # As a migration does it, by a connection of its own.
        another = connection.copy()
        try:
            for length in (200, 150):
                with another.cursor() as cursor:
                    cursor.execute(f"ALTER TABLE accounts_user ALTER first_name TYPE varchar({length})")
                assert people_called(ruth.email) == [ruth]
        finally:
            another.close()
    assert people_called(ruth.email) == [ruth]
