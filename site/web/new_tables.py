"""Many changes in one operation of a migration, for the migrations of a release (docs/adr/0042).

Behind every operation Django draws all models anew that hang together, and ours do in a circle with
Wagtail's: one by one it takes minutes.
"""

from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import resolve_relation


class CreateModels(Operation):
    """What a list of CreateModel does, in its order; each may refer to any other.

    The models are drawn once, when all are there.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models):
        self.models = models

    def deconstruct(self):
        return self.__class__.__qualname__, [], {"models": self.models}

    def state_forwards(self, app_label, state):
        draw_later(state)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "Create models " + ", ".join(model.name for model in self.models)


class ChangeTables(Operation):
    """What a list of operations does that add columns, indexes and constraints to tables, or take them away.

    For each the model is drawn with those it refers to. Not for a key that others refer to: they stay as
    they were.
    """

    category = OperationCategory.ALTERATION
    serialization_expand_args = ["operations"]

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return self.__class__.__qualname__, [], {"operations": self.operations}

    def state_forwards(self, app_label, state):
        draw_later(state)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation, before, after in self.steps(app_label, from_state):
            operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation, before, after in reversed(list(self.steps(app_label, to_state))):
            operation.database_backwards(app_label, schema_editor, after, before)

    def steps(self, app_label, state):
        """Each operation with its model before and after it."""
        for operation in self.operations:
            after = state.clone()
            draw_later(after)
            operation.state_forwards(app_label, after)
            key = (app_label, operation.model_name_lower)
            yield operation, part_of(state, key), part_of(after, key)
            state = after

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)


def draw_later(state):
    """Whoever asks next for the models of this state draws them."""
    state.__dict__.pop("apps", None)


def part_of(state, key):
    """The state of one model and of all that it refers to, drawn."""
    found, waiting = {}, [key]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = state.models[key]
            waiting += referred(key, found[key])
    part = ProjectState({key: model.clone() for key, model in found.items()}, state.real_apps)
    # Now, for SQLite sorts the columns of a table by when their fields were drawn.
    part.apps  # noqa: B018
    return part


def referred(key, model):
    names = [base for base in model.bases if isinstance(base, str)]
    for field in model.fields.values():
        if field.is_relation:
            names += [field.remote_field.model, getattr(field.remote_field, "through", None)]
    return [resolve_relation(name, *key) for name in names if name]
