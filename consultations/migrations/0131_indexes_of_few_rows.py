from django.db import migrations, models

COLUMNS = ("first_name", "last_name", "group_name")


def by_school(apps, schema_editor):
    """The names of a school together: a clinician looks in a few schools of many. SQLite cannot use an index
    over a function it is given when it is asked."""
    index(schema_editor, "partnership_id, name_folded({}) text_pattern_ops")


def of_all(apps, schema_editor):
    index(schema_editor, "name_folded({}) text_pattern_ops")


def index(schema_editor, over):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(f"DROP INDEX case_{column}_begins")
            schema_editor.execute(
                f"CREATE INDEX case_{column}_begins ON consultations_case ({over.format(column)})"
            )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0130_record_copies")]
    operations = [
        migrations.RunPython(by_school, of_all),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(until__isnull=False), fields=["until"], name="consent_last_day"
            ),
        ),
        migrations.AddIndex(
            model_name="safeguardingmatter",
            index=models.Index(
                condition=models.Q(told_at__isnull=True), fields=["consultation"], name="matter_to_tell"
            ),
        ),
    ]
