from django.db import migrations


def write_who_told(apps, schema_editor):
    """Of matters told before the column was there: whoever wrote the telling down, as history has it."""
    matter = apps.get_model("consultations", "SafeguardingMatter")
    history = apps.get_model("consultations", "HistoricalSafeguardingMatter")
    for row in matter.objects.filter(told_at__isnull=False, told_by=None).iterator():
        told = history.objects.filter(id=row.pk, told_at__isnull=False).order_by("history_id").first()
        if told:
            matter.objects.filter(pk=row.pk).update(told_by=told.history_user_id)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0011_who_told")]

    operations = [migrations.RunPython(write_who_told, migrations.RunPython.noop)]
