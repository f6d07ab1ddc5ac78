from django.db import migrations

from schools.triggers import lift_triggers, set_triggers


def forwards(apps, schema_editor):
    set_triggers(schema_editor.connection)


def backwards(apps, schema_editor):
    lift_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_one_number_of_other_work_goes")]

    operations = [migrations.RunPython(forwards, backwards)]
