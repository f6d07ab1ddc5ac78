from importlib import import_module

from django.db import migrations

EDITORS = import_module("resources.migrations.0003_library_editors")
CODENAMES = ["add_synonym", "change_synonym", "delete_synonym", "view_synonym"]


def open_synonyms(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=EDITORS.GROUP)
    group.permissions.add(
        *(EDITORS.permission(apps, "resources", "synonym", codename) for codename in CODENAMES)
    )


def close_synonyms(apps, schema_editor):
    ours = {"codename__in": CODENAMES, "content_type__app_label": "resources"}
    for group in apps.get_model("auth", "Group").objects.filter(name=EDITORS.GROUP):
        group.permissions.remove(*apps.get_model("auth", "Permission").objects.filter(**ours))


class Migration(migrations.Migration):
    dependencies = [("resources", "0009_fill_facets_and_words")]

    operations = [migrations.RunPython(open_synonyms, close_synonyms)]
