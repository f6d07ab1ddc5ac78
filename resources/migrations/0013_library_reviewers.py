from importlib import import_module

from django.db import migrations

EDITORS = import_module("resources.migrations.0003_library_editors")

# accounts.services.roles.REVIEWERS_GROUP, as it was when this was written.
GROUP = "Library reviewers"
# Wagtail shows the list of pages, and what changed in one, to whoever has any permission for pages. This is the
# one that allows nothing here: no page is ever locked by hand.
LOOK = "unlock_page"


def let_them_in(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(EDITORS.permission(apps, "wagtailadmin", "admin", "access_admin"))
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
        group=group, page=root, permission=EDITORS.permission(apps, "wagtailcore", "page", LOOK)
    )


def shut_them_out(apps, schema_editor):
    """Take the permissions away. The group stays, because people may already be in it."""
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group__name=GROUP).delete()
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        group.permissions.clear()


class Migration(migrations.Migration):
    dependencies = [("resources", "0004_squashed_0012_first_release")]

    operations = [migrations.RunPython(let_them_in, shut_them_out)]
