from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Until now what a page said was last changed when it was last published, as far as anybody knows."""
    Page, StrategyPage = apps.get_model("wagtailcore", "Page"), apps.get_model("resources", "StrategyPage")
    published = Page.objects.filter(pk=OuterRef("pk")).values("last_published_at")[:1]
    StrategyPage.objects.filter(words_changed_at=None).update(words_changed_at=Subquery(published))


class Migration(migrations.Migration):
    dependencies = [("resources", "0017_words_changed")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
