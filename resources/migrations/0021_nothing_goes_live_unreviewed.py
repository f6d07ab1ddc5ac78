from django.db import migrations


def stop(apps, schema_editor):
    """Versions that editors set to go live when they could still do so by themselves. The time that stands
    in the page stays; a review sets it anew."""
    waiting = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="resources", approved_go_live_at__isnull=False
    )
    waiting.update(approved_go_live_at=None)


class Migration(migrations.Migration):
    dependencies = [("resources", "0020_mark_what_was_loaded")]

    operations = [migrations.RunPython(stop, migrations.RunPython.noop)]
