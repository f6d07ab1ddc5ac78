"""Many new tables in one operation of a migration, for the migrations of a release (docs/adr/0042)."""

from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """What a list of CreateModel does, in its order; each may refer to any other.

    Behind every operation Django draws all models anew that hang together, and ours do in a circle with
    Wagtail's: one by one it takes minutes. Here they are drawn once, when all are there.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models):
        self.models = models

    def deconstruct(self):
        return self.__class__.__qualname__, [], {"models": self.models}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
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
