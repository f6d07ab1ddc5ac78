"""Strategies in full and topics, as of release 0.1.0 (docs/adr/0042)."""

import django.db.models.deletion
import django.db.models.expressions
import resources.models.facets
import resources.models.settings
import resources.models.sources
import resources.models.who
import wagtail.fields
import web.new_tables
from django.db import migrations, models
from django.db.models import F
from importlib import import_module

EDITORS = import_module("resources.migrations.0003_library_editors")
CODENAMES = ["add_synonym", "change_synonym", "delete_synonym", "view_synonym"]

# How many letters of a page's path are its own.
STEP = 4
FIRST_RESPONSE = ["eating", "self-harm", "trauma"]


def mark(apps, schema_editor):
    apps.get_model("resources", "Theme").objects.filter(slug__in=FIRST_RESPONSE).update(
        first_response_only=True
    )


def unmark(apps, schema_editor):
    """The tables of this release go, and with them goes what makes the pages of topics more than an address."""
    apps.get_model("resources", "Theme").objects.update(first_response_only=False)
    topics = apps.get_model("resources", "TopicPage").objects.all()
    parents = [path[:-STEP] for path in topics.values_list("path", flat=True)]
    for path in set(parents):
        library = apps.get_model("wagtailcore", "Page").objects.filter(path=path)
        library.update(numchild=F("numchild") - parents.count(path))
    topics.delete()


def open_synonyms(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=EDITORS.GROUP)
    group.permissions.add(
        *(EDITORS.permission(apps, "resources", "synonym", codename) for codename in CODENAMES)
    )


def close_synonyms(apps, schema_editor):
    ours = {"codename__in": CODENAMES, "content_type__app_label": "resources"}
    for group in apps.get_model("auth", "Group").objects.filter(name=EDITORS.GROUP):
        group.permissions.remove(*apps.get_model("auth", "Permission").objects.filter(**ours))


class Migration(migrations.Migration):

    replaces = [
        ('resources', '0004_strategies_in_full'),
        ('resources', '0005_first_response_themes'),
        ('resources', '0006_facets'),
        ('resources', '0007_synonyms'),
        ('resources', '0008_words'),
        ('resources', '0009_fill_facets_and_words'),
        ('resources', '0010_editors_keep_synonyms'),
        ('resources', '0011_use_counts'),
        ('resources', '0012_clinician_review'),
    ]

    dependencies = [
        ('resources', '0003_library_editors'),
    ]

    operations = [
        web.new_tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='TopicPage',
                    fields=[
                        ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                        ('summary', models.CharField(max_length=250, verbose_name='what it is about, in one sentence')),
                        ('intro', wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Line', 'max_length': 400, 'rows': 2})}, help_text='2 or 3 short paragraphs: what adults may see, what helps first.')),
                        ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.theme')),
                    ],
                    options={
                        'verbose_name': 'topic',
                        'constraints': [models.UniqueConstraint(fields=('theme',), name='a_topic_for_each_theme')],
                    },
                    bases=('wagtailcore.page',),
                ),
                migrations.CreateModel(
                    name='Synonym',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('typed', models.CharField(error_messages={'unique': 'This word is in the list already. Change that one'}, help_text='One word, or a few words in a row, such as “kicking off”.', max_length=60, unique=True, verbose_name='what people type')),
                        ('means', models.CharField(help_text='Words of the strategies, with a comma between them, such as “anger, behaviour”.', max_length=250, verbose_name='what the library says')),
                    ],
                    options={
                        'ordering': ['typed'],
                    },
                ),
                migrations.CreateModel(
                    name='Word',
                    fields=[
                        ('text', models.CharField(max_length=40, primary_key=True, serialize=False)),
                    ],
                ),
                migrations.CreateModel(
                    name='UseCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stand', models.CharField(choices=[('now', 'Now'), ('looked', 'When last asked whether something may be shown'), ('used', 'Used in how many plans, as shown'), ('total', 'Helped in how many, as shown'), ('happened', 'Did it happen, as shown'), ('helped', 'Did it help, as shown'), ('settings', 'By setting, as shown'), ('stages', 'By setting and key stage, as shown')], max_length=8)),
                        ('setting', models.CharField(choices=[('child', 'One child'), ('group', 'A group'), ('class', 'A class'), ('year_group', 'A year group'), ('school', 'Whole school')], max_length=10)),
                        ('key_stage', models.CharField(blank=True, choices=[('EYFS', 'Early years (Nursery and Reception)'), ('KS1', 'Key stage 1 (Years 1 and 2)'), ('KS2', 'Key stage 2 (Years 3 to 6)'), ('KS3', 'Key stage 3 (Years 7 to 9)'), ('KS4', 'Key stage 4 (Years 10 and 11)'), ('KS5', 'Key stage 5 (Years 12 and 13)')], max_length=4)),
                        ('school', models.PositiveBigIntegerField()),
                        ('used', models.PositiveIntegerField(default=0)),
                        ('reviewed', models.PositiveIntegerField(default=0)),
                        ('happened_yes', models.PositiveIntegerField(default=0)),
                        ('happened_sometimes', models.PositiveIntegerField(default=0)),
                        ('happened_no', models.PositiveIntegerField(default=0)),
                        ('helped_yes', models.PositiveIntegerField(default=0)),
                        ('helped_a_bit', models.PositiveIntegerField(default=0)),
                        ('helped_no', models.PositiveIntegerField(default=0)),
                        ('helped_too_soon', models.PositiveIntegerField(default=0)),
                        ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='resources.strategypage')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('strategy', 'stand', 'setting', 'key_stage', 'school'), name='use_counted_once'), models.CheckConstraint(condition=models.Q(('reviewed__lte', models.F('used')), ('used__gt', 0)), name='no_more_reviewed_than_used'), models.CheckConstraint(condition=models.Q(('reviewed__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('happened_yes'), '+', models.F('happened_sometimes')), '+', models.F('happened_no'))), ('reviewed__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('helped_yes'), '+', models.F('helped_a_bit')), '+', models.F('helped_no')), '+', models.F('helped_too_soon')))), name='no_more_answers_than_reviewed')],
                    },
                ),
                migrations.CreateModel(
                    name='ClinicianReview',
                    fields=[
                        ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                    ],
                    options={
                        'verbose_name': 'review by a clinician',
                        'verbose_name_plural': 'reviews by a clinician',
                    },
                    bases=('wagtailcore.task',),
                ),
            ],
        ),
        web.new_tables.ChangeTables(
            operations=[
                migrations.AddField(
                    model_name='strategypage',
                    name='effort',
                    field=models.CharField(blank=True, choices=[('no_extra', 'No extra time'), ('minutes', 'A few minutes a day'), ('weekly', 'A planned time each week'), ('project', 'Takes planning with others')], max_length=8),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='evidence',
                    field=models.CharField(choices=[('good', 'Good: several sound studies, or a review of them'), ('some', 'Some: a few studies, or studies of something close to it'), ('thin', 'Thin: practice experience, little or no research')], default='', max_length=4),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='evidence_says',
                    field=models.TextField(default='', help_text='What is known and what is not. Where little is known, say so.', max_length=800, verbose_name='the evidence, in words'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='review_due_on',
                    field=models.DateField(blank=True, null=True, verbose_name='review due on'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='seek_help',
                    field=wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Line', 'max_length': 400, 'rows': 2})}, default=list, help_text='And whom to ask.', verbose_name='signs to seek more help'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='settings',
                    field=resources.models.settings.SettingsField(default=list, help_text='Tick everyone this can be done with.', max_length=80, verbose_name='setting'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='shows_in',
                    field=models.CharField(blank=True, choices=[('days', 'Within days'), ('two_weeks', 'About 2 weeks'), ('half_term', 'About half a term'), ('term', 'A term or longer')], max_length=9, verbose_name='time until it shows'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='sources',
                    field=wagtail.fields.StreamField([('source', 4)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 250}), 1: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 2: ('wagtail.blocks.IntegerBlock', (), {'min_value': 1900, 'validators': [resources.models.sources.this_year_at_most]}), 3: ('wagtail.blocks.URLBlock', (), {'label': 'Web address', 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('title', 0), ('publisher', 1), ('year', 2), ('url', 3)]], {})}, default=list, help_text='Publications that exist, as somebody would look them up.'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='tweaks',
                    field=wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Line', 'max_length': 400, 'rows': 2})}, default=list, help_text='Small changes that make it fit one child, one room or one adult.', verbose_name='small tweaks'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='watch_for',
                    field=wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Line', 'max_length': 400, 'rows': 2})}, default=list, help_text='While it is being done.', verbose_name='what to watch for'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='when_not',
                    field=wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Line', 'max_length': 400, 'rows': 2})}, default=list, help_text='When something else is needed first, or this could do harm.', verbose_name='when not to use it'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='when_to_use',
                    field=wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Line', 'max_length': 400, 'rows': 2})}, default=list, help_text='2 or 3 lines.', verbose_name='when to use it'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='where_help_is',
                    field=wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Line', 'max_length': 400, 'rows': 2})}, default=list, help_text='Only on pages about what staff do first.', verbose_name='where help is'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='who',
                    field=resources.models.who.WhoField(default=list, max_length=80, verbose_name='who does it'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='whom_to_tell',
                    field=wagtail.fields.StreamField([('line', 0)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Line', 'max_length': 400, 'rows': 2})}, default=list, help_text='Only on pages about what staff do first. Say how soon.', verbose_name='whom to tell'),
                ),
                migrations.AddField(
                    model_name='strategypage',
                    name='facets',
                    field=resources.models.facets.FacetsField(blank=True, default='', editable=False),
                ),
                migrations.AddField(
                    model_name='theme',
                    name='first_response_only',
                    field=models.BooleanField(default=False, help_text='Library pages hold only what staff do first, whom they tell and where help is.'),
                ),
            ],
        ),
        migrations.RunPython(mark, unmark),
        migrations.RunPython(open_synonyms, close_synonyms),
    ]
