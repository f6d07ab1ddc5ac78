from django.db import migrations
from django.db.models import F

# How many letters of a page's path are its own.
STEP = 4
FIRST_RESPONSE = ["eating", "self-harm", "trauma"]


def mark(apps, schema_editor):
    apps.get_model("resources", "Theme").objects.filter(slug__in=FIRST_RESPONSE).update(
        first_response_only=True
    )


def unmark(apps, schema_editor):
    """Their table goes with 0004, and with it goes what makes the pages of topics more than an address."""
    apps.get_model("resources", "Theme").objects.update(first_response_only=False)
    topics = apps.get_model("resources", "TopicPage").objects.all()
    parents = [path[:-STEP] for path in topics.values_list("path", flat=True)]
    for path in set(parents):
        library = apps.get_model("wagtailcore", "Page").objects.filter(path=path)
        library.update(numchild=F("numchild") - parents.count(path))
    topics.delete()


class Migration(migrations.Migration):
    dependencies = [("resources", "0004_strategies_in_full")]

    operations = [migrations.RunPython(mark, unmark)]
