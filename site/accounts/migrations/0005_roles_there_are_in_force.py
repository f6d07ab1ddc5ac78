"""Roles given before confirming was asked for stay in force, since they were given."""

from datetime import datetime, time

from django.db import migrations
from django.utils import timezone


def confirm(apps, schema_editor):
    for row in apps.get_model("accounts", "RoleRow").objects.filter(confirmed_at=None):
        row.confirmed_at = timezone.make_aware(datetime.combine(row.start_on, time()))
        row.save(update_fields=["confirmed_at"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_audit_and_confirmed_roles")]
    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
