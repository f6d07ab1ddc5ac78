from django.db import migrations

# accounts.services.roles.EDITORS_GROUP, as it was when this was written.
GROUP = "Library editors"
PAGES = ["add_page", "change_page", "publish_page"]
FILES = {
    "wagtailimages": ("image", ["add_image", "change_image", "choose_image"]),
    "wagtaildocs": ("document", ["add_document", "change_document", "choose_document"]),
}


def permission(apps, app_label, model, codename):
    # On a fresh database some of Wagtail's permissions are made only after the last migration.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )[0]


def open_the_admin(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(permission(apps, "wagtailadmin", "admin", "access_admin"))
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for codename in PAGES:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=permission(apps, "wagtailcore", "page", codename)
        )
    everything = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for app_label, (model, codenames) in FILES.items():
        for codename in codenames:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group,
                collection=everything,
                permission=permission(apps, app_label, model, codename),
            )


def close_the_admin(apps, schema_editor):
    """Take the permissions away. The group stays, because people may already be in it."""
    ours = {"group__name": GROUP}
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(**ours).delete()
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(**ours).delete()
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        group.permissions.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_themes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(open_the_admin, close_the_admin)]
