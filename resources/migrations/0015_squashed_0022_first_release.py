"""What pages say of themselves and what was loaded, as of release 0.1.0 (docs/adr/0042)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('resources', '0015_a_topic_says_it_is_taken'),
        ('resources', '0016_pages_by_title'),
        ('resources', '0017_words_changed'),
        ('resources', '0018_when_words_changed'),
        ('resources', '0019_loaded'),
        ('resources', '0020_mark_what_was_loaded'),
        ('resources', '0021_nothing_goes_live_unreviewed'),
        ('resources', '0022_a_review_names_the_service'),
    ]

    dependencies = [
        ('resources', '0014_review_before_publishing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Loaded',
            fields=[
                ('key', models.CharField(max_length=300, primary_key=True, serialize=False)),
            ],
        ),
        migrations.AlterField(
            model_name='strategypage',
            name='reviewed_by',
            field=models.CharField(blank=True, help_text='Name, job and service, as schools know them.', max_length=250),
        ),
        migrations.AddField(
            model_name='strategypage',
            name='words_changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterConstraint(
            model_name='topicpage',
            name='a_topic_for_each_theme',
            constraint=models.UniqueConstraint(fields=('theme',), name='a_topic_for_each_theme', violation_error_code='unique', violation_error_message='There is a topic about this concern already. Change that one instead'),
        ),
        # Wagtail has no index for the order of titles, in which the whole library is listed.
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS resources_pages_by_title ON wagtailcore_page (title, id)",
            "DROP INDEX IF EXISTS resources_pages_by_title",
        ),
    ]
