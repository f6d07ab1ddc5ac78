from django.db import migrations

# accounts.services.roles.REVIEWERS_GROUP, as it was when this was written.
GROUP = "Library reviewers"
# Wagtail shows the list of pages, and what changed in one, to whoever has any permission for pages. This is the
# one that allows nothing here: no page is ever locked by hand.
LOOK = "unlock_page"


def permission(apps, app_label, model, codename):
    # On a fresh database some of Wagtail's permissions are made only after the last migration.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )[0]


def let_them_in(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(permission(apps, "wagtailadmin", "admin", "access_admin"))
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
        group=group, page=root, permission=permission(apps, "wagtailcore", "page", LOOK)
    )


def shut_them_out(apps, schema_editor):
    """Take the permissions away. The group stays, because people may already be in it."""
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group__name=GROUP).delete()
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        group.permissions.clear()


class Migration(migrations.Migration):
    dependencies = [("resources", "0012_clinician_review")]

    operations = [migrations.RunPython(let_them_in, shut_them_out)]
