from django.db import migrations


class Migration(migrations.Migration):
    """Wagtail has no index for the order of titles, in which the whole library is listed."""

    dependencies = [("resources", "0015_a_topic_says_it_is_taken")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS resources_pages_by_title ON wagtailcore_page (title, id)",
            "DROP INDEX IF EXISTS resources_pages_by_title",
        )
    ]
