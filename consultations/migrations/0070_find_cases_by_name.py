from django.db import migrations

COLUMNS = ("first_name", "last_name", "group_name")


def index_names(apps, schema_editor):
    """What `istartswith` asks on PostgreSQL. SQLite cannot use an index for it."""
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(
                f"CREATE INDEX case_{column}_begins ON consultations_case (upper({column}) text_pattern_ops)"
            )


def drop_them(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(f"DROP INDEX case_{column}_begins")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0060_case_chain")]
    operations = [migrations.RunPython(index_names, drop_them)]
