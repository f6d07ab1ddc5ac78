from django.db import migrations

WORKFLOW, TASK = "Review by a clinician", "Review by a clinician"
# accounts.services.roles.EDITORS_GROUP, as it was when this was written.
EDITORS = "Library editors"


def require_review(apps, schema_editor):
    """Every page there is and will be needs the review, for it stands at the root; no editor publishes."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="resources", model="clinicianreview"
    )
    task, _ = apps.get_model("resources", "ClinicianReview").objects.get_or_create(
        name=TASK, defaults={"content_type": content_type}
    )
    workflow, _ = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=WORKFLOW)
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow=workflow, task_id=task.pk, defaults={"sort_order": 0}
    )
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
        page=root, defaults={"workflow": workflow}
    )
    publishing(apps).delete()


def publish_by_hand(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("resources", "ClinicianReview").objects.filter(name=TASK).delete()
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    give_back_workflow(apps, root)
    publish = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="wagtailcore", codename="publish_page"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=EDITORS):
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=publish
        )


def give_back_workflow(apps, root):
    """Which one stood at the root is not written anywhere: the oldest of those in use that are of no page,
    as Wagtail's own is."""
    workflows = apps.get_model("wagtailcore", "Workflow").objects.filter(active=True)
    former = workflows.filter(workflow_pages__isnull=True).order_by("pk").first()
    if former:
        apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
            page=root, defaults={"workflow": former}
        )


def publishing(apps):
    permissions = apps.get_model("wagtailcore", "GroupPagePermission").objects
    return permissions.filter(group__name=EDITORS, permission__codename="publish_page")


class Migration(migrations.Migration):
    dependencies = [("resources", "0013_library_reviewers")]

    operations = [migrations.RunPython(require_review, publish_by_hand)]
