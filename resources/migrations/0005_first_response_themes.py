from django.db import migrations

FIRST_RESPONSE = ["eating", "self-harm", "trauma"]


def mark(apps, schema_editor):
    apps.get_model("resources", "Theme").objects.filter(slug__in=FIRST_RESPONSE).update(
        first_response_only=True
    )


def unmark(apps, schema_editor):
    apps.get_model("resources", "Theme").objects.update(first_response_only=False)


class Migration(migrations.Migration):
    dependencies = [("resources", "0004_strategies_in_full")]

    operations = [migrations.RunPython(mark, unmark)]
