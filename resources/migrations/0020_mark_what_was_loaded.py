from django.db import migrations

from resources.services.texts import read_synonyms, read_texts, read_topics

# Loaded wherever there is a library, though an editor may have deleted or renamed one since.
FIRST_RELEASE = [
    *("calm-start-in-a-new-school", "shared-job-with-two-others", "small-brave-steps"),
    *("begin-with-what-they-can-do", "name-the-worry-and-plan-one-step", "spot-it-early-and-step-out"),
    *("same-start-same-signal-same-words", "way-back-in-one-step-at-a-time", "short-tasks-and-planned-moves"),
    "show-what-comes-next",
]


def mark(apps, schema_editor):
    if not apps.get_model("resources", "LibraryPage").objects.exists():
        return
    keys = {f"strategy:{slug}" for slug in FIRST_RELEASE}
    keys |= there(apps, "strategy", ("StrategyPage", "slug"), {text["slug"] for text in read_texts()})
    keys |= there(apps, "topic", ("TopicPage", "slug"), {topic["slug"] for topic in read_topics()})
    keys |= there(apps, "synonym", ("Synonym", "typed"), {text["typed"] for text in read_synonyms()})
    Loaded = apps.get_model("resources", "Loaded")
    Loaded.objects.bulk_create([Loaded(key=key) for key in sorted(keys)], ignore_conflicts=True)


def there(apps, kind, column, ours):
    model, name = column
    found = apps.get_model("resources", model).objects.values_list(name, flat=True)
    return {f"{kind}:{value}" for value in ours.intersection(found)}


class Migration(migrations.Migration):
    dependencies = [("resources", "0019_loaded")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
