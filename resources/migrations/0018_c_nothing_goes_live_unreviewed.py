from django.db import migrations
from wagtail.models import TaskState


def stop(apps, schema_editor):
    """Versions that editors set to go live when they could still do so by themselves. The time that stands
    in the page stays; a review sets it anew."""
    approved = apps.get_model("wagtailcore", "TaskState").objects.filter(
        status=TaskState.STATUS_APPROVED,
        task__content_type__app_label="resources",
        task__content_type__model="clinicianreview",
    )
    waiting = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="resources", approved_go_live_at__isnull=False
    )
    waiting.exclude(pk__in=approved.values("revision")).update(approved_go_live_at=None)


class Migration(migrations.Migration):
    dependencies = [("resources", "0017_c_mark_what_was_loaded")]

    operations = [migrations.RunPython(stop, migrations.RunPython.noop)]
