"""A matter that was there before is as old as its consultation."""

from django.db import migrations


def fill(apps, schema_editor):
    matters = apps.get_model("consultations", "SafeguardingMatter").objects
    for matter in matters.select_related("consultation"):
        matter.opened_at = matter.consultation.written_at
        matter.save(update_fields=["opened_at"])


class Migration(migrations.Migration):
    dependencies = [("consultations", "0006_told_and_confirmed"), ("consultations", "0008_encrypt_what_is_there")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
