from collections import defaultdict

from django.db import migrations

from resources.models.facets import join_facets
from resources.models.words import words_in

LINES = ("when_to_use", "steps", "tweaks", "whom_to_tell", "where_help_is", "watch_for")


def fill(apps, schema_editor):
    """For pages that were there before. Each page writes its own from now on."""
    StrategyPage, Theme = apps.get_model("resources", "StrategyPage"), apps.get_model("resources", "Theme")
    slugs, words = defaultdict(list), set()
    names = dict(Theme.objects.values_list("pk", "slug"))
    for page, theme in StrategyPage.themes.through.objects.values_list("strategypage", "theme"):
        slugs[page].append(names[theme])
    for page in StrategyPage.objects.all():
        facets = join_facets(sorted(slugs[page.pk]), page.key_stages, page.settings, page.who)
        StrategyPage.objects.filter(pk=page.pk).update(facets=facets)
        if page.live:
            lines = [str(block["value"]) for name in LINES for block in getattr(page, name).raw_data]
            words |= set(words_in(" ".join([page.title, page.summary, *lines])))
    Word = apps.get_model("resources", "Word")
    # They stay on the way back, with those of pages that are gone, and may be there already.
    new = [Word(text=word) for word in sorted(words) if 3 <= len(word) <= 40]
    Word.objects.bulk_create(new, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("resources", "0008_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
