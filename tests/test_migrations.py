"""The migrations of a release make a new database, and say what the ones behind them said (docs/adr/0042)."""

from functools import cache
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections, migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from web.new_tables import ChangeTables, CreateModels

pytestmark = pytest.mark.one_database
OURS = {"accounts", "consultations", "resources", "schools"}
# The newest of those that the release replaces.
REPLACED = [
    ("accounts", "0130_emails_about_visits"),
    ("consultations", "0130_record_copies"),
    ("resources", "0022_a_review_names_the_service"),
    ("schools", "0120_staff_trained"),
]
REPLACING = [
    ("accounts", "0002_squashed_0130_first_release"),
    ("consultations", "0110_squashed_0130_first_release"),
    ("resources", "0015_squashed_0022_first_release"),
    ("schools", "0062_squashed_0120_first_release"),
]


@cache
def graph(*, replace):
    return MigrationLoader(None, replace_migrations=replace).graph


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    out = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=out)
    assert out.getvalue() == "No changes detected\n"


def test_each_app_has_one_newest_migration():
    leaves = [app for app, _ in graph(replace=True).leaf_nodes() if app in OURS]
    assert sorted(leaves) == sorted(OURS)


def test_a_new_database_runs_none_of_what_was_replaced():
    nodes = graph(replace=False).nodes
    replaced = {target for (app, _), node in nodes.items() for target in node.replaces if app in OURS}
    assert set(REPLACED) <= replaced
    assert replaced <= set(nodes)
    assert not replaced & set(graph(replace=True).nodes)


def test_a_new_database_has_the_tables_that_an_older_one_has():
    older = graph(replace=False).make_state(nodes=REPLACED)
    newer = graph(replace=False).make_state(nodes=REPLACING)
    ours = [{key: state for key, state in found.models.items() if key[0] in OURS} for found in (older, newer)]
    assert ours[0].keys() == ours[1].keys()
    for key, model in ours[0].items():
        assert list(model.fields) == list(ours[1][key].fields), key
    for one, other in ((older, newer), (newer, older)):
        assert not OURS & set(MigrationAutodetector(one, other)._detect_changes())


@pytest.fixture
def two_models():
    """That refer to each other."""

    def model(name, other):
        key = models.BigAutoField(primary_key=True)
        friend = models.ForeignKey(f"web.{other}", models.PROTECT, null=True, related_name="+")
        return migrations.CreateModel(name, [("id", key), ("friend", friend)])

    return CreateModels([model("Left", "Right"), model("Right", "Left")])


@pytest.fixture
def empty_database(db, tmp_path):
    connection = connections.create_connection("default")
    connection.settings_dict = {**connection.settings_dict, "NAME": tmp_path / "empty.sqlite3"}
    yield connection
    connection.close()


def run(connection, operation, before, after, *, back=False):
    step = operation.database_backwards if back else operation.database_forwards
    with connection.schema_editor() as editor:
        step("web", editor, before, after)


def follow(operation, state):
    after = state.clone()
    operation.state_forwards("web", after)
    return after


def test_new_tables_that_refer_to_each_other_are_made_at_once_and_taken_away_again(
    two_models, empty_database
):
    before, after = ProjectState(), follow(two_models, ProjectState())
    run(empty_database, two_models, before, after)
    assert set(empty_database.introspection.table_names()) == {"web_left", "web_right"}
    run(empty_database, two_models, after, before, back=True)
    assert empty_database.introspection.table_names() == []


def test_tables_that_are_there_are_changed_in_turn_and_back_again(two_models, empty_database):
    minutes, few = models.IntegerField(default=0), models.Q(minutes__lt=9)
    fellow = models.ForeignKey("web.Right", models.PROTECT, related_name="+")
    change = ChangeTables(
        [
            migrations.AddField("left", "minutes", minutes),
            migrations.AddField("left", "fellow", fellow),
            migrations.AddConstraint("left", models.CheckConstraint(condition=few, name="few")),
        ]
    )
    before = follow(two_models, ProjectState())
    after = follow(change, before)
    run(empty_database, two_models, ProjectState(), before)
    made = table(empty_database)
    run(empty_database, change, before, after)
    assert table(empty_database) == (["id", "friend_id", "minutes", "fellow_id"], {"few"})
    run(empty_database, change, after, before, back=True)
    assert table(empty_database) == made == (["id", "friend_id"], set())


def table(connection):
    """The columns and checks of Left."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "web_left")
        constraints = connection.introspection.get_constraints(cursor, "web_left")
    return [column.name for column in columns], {name for name, is_ in constraints.items() if is_["check"]}
