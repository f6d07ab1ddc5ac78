"""Cancelled orders, visit patterns and calendar feeds, as of release 0.1.0 (docs/adr/0042)."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import simple_history.models
import uuid
import web.new_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('schools', '0062_papers_taken_before'),
        ('schools', '0070_agreed_orders_are_cancelled'),
        ('schools', '0080_visit_patterns'),
        ('schools', '0090_calendar_feeds'),
        ('schools', '0120_staff_trained'),
    ]

    dependencies = [
        ('accounts', '0002_squashed_0130_first_release'),
        ('schools', '0001_squashed_0061_first_release'),
    ]

    operations = [
        web.new_tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='HistoricalVisitPattern',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('history_change_reason', models.TextField(default='')),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday')])),
                        ('every_weeks', models.PositiveSmallIntegerField(choices=[(1, 'Every school week'), (2, 'Every 2 school weeks (a fortnight)'), (3, 'Every 3 school weeks'), (4, 'Every 4 school weeks'), (6, 'Every 6 school weeks')], verbose_name='how often')),
                        ('parity', models.CharField(blank=True, choices=[('first', 'The first week of each fortnight'), ('second', 'The second week of each fortnight')], max_length=6, verbose_name='which week')),
                        ('starts', models.TimeField(verbose_name='start')),
                        ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(30), django.core.validators.MaxValueValidator(420)])),
                        ('from_on', models.DateField(verbose_name='first day')),
                        ('until_on', models.DateField(verbose_name='last day')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('clinician', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('partnership', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.partnership')),
                    ],
                    options={
                        'verbose_name': 'historical visit pattern',
                        'verbose_name_plural': 'historical visit patterns',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='VisitPattern',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday')])),
                        ('every_weeks', models.PositiveSmallIntegerField(choices=[(1, 'Every school week'), (2, 'Every 2 school weeks (a fortnight)'), (3, 'Every 3 school weeks'), (4, 'Every 4 school weeks'), (6, 'Every 6 school weeks')], verbose_name='how often')),
                        ('parity', models.CharField(blank=True, choices=[('first', 'The first week of each fortnight'), ('second', 'The second week of each fortnight')], max_length=6, verbose_name='which week')),
                        ('starts', models.TimeField(verbose_name='start')),
                        ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(30), django.core.validators.MaxValueValidator(420)])),
                        ('from_on', models.DateField(verbose_name='first day')),
                        ('until_on', models.DateField(verbose_name='last day')),
                        ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='patterns', to='schools.partnership')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['partnership', 'until_on'], name='schools_vis_partner_ddabe7_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='pattern_ends_after_it_starts', violation_error_message='The last day must not be before the first day'), models.CheckConstraint(condition=models.Q(models.Q(('every_weeks', 2), models.Q(('parity', ''), _negated=True)), models.Q(models.Q(('every_weeks', 2), _negated=True), ('parity', '')), _connector='OR'), name='pattern_of_two_weeks_says_which', violation_error_message='Select which week of the fortnight'), models.CheckConstraint(condition=models.Q(('weekday__lte', 4)), name='pattern_on_a_weekday')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalCalendarFeed',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('history_change_reason', models.TextField(default='')),
                        ('key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        ('made_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('role', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.rolerow')),
                    ],
                    options={
                        'verbose_name': 'historical calendar feed',
                        'verbose_name_plural': 'historical calendar feeds',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='CalendarFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feeds', to='accounts.rolerow')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('role',), name='one_open_feed_to_a_role', violation_error_message='There is a calendar address for this role already.')],
                    },
                ),
            ],
        ),
        web.new_tables.ChangeTables(
            operations=[
                migrations.AlterField(
                    model_name='adjustment',
                    name='reason',
                    field=models.CharField(choices=[('illness', 'Illness'), ('emergency', 'An emergency at the school'), ('agreed', 'Agreed with the school'), ('told_in_time', 'We were told in time'), ('typed_wrongly', 'The minutes were typed wrongly'), ('left_out', 'Time was left out'), ('not_used', 'Time was counted that was not used'), ('not_needed', 'The school does not need it any more'), ('no_capacity', 'No clinician has the time'), ('earlier_records', 'Brought in from earlier records'), ('goodwill', 'Goodwill'), ('put_right', 'A mistake put right')], max_length=20),
                ),
                migrations.AlterField(
                    model_name='historicaladjustment',
                    name='reason',
                    field=models.CharField(choices=[('illness', 'Illness'), ('emergency', 'An emergency at the school'), ('agreed', 'Agreed with the school'), ('told_in_time', 'We were told in time'), ('typed_wrongly', 'The minutes were typed wrongly'), ('left_out', 'Time was left out'), ('not_used', 'Time was counted that was not used'), ('not_needed', 'The school does not need it any more'), ('no_capacity', 'No clinician has the time'), ('earlier_records', 'Brought in from earlier records'), ('goodwill', 'Goodwill'), ('put_right', 'A mistake put right')], max_length=20),
                ),
                migrations.AlterField(
                    model_name='historicalvisit',
                    name='outcome',
                    field=models.CharField(blank=True, choices=[('done', 'Done'), ('school_cancelled', 'Cancelled by the school'), ('clinician_cancelled', 'Cancelled by the clinician'), ('school_closed', 'School closed'), ('no_link_person', 'Nobody to meet'), ('moved', 'Moved'), ('pattern_changed', 'Pattern changed')], max_length=20),
                ),
                migrations.AlterField(
                    model_name='timeentry',
                    name='reason',
                    field=models.CharField(blank=True, choices=[('illness', 'Illness'), ('emergency', 'An emergency at the school'), ('agreed', 'Agreed with the school'), ('told_in_time', 'We were told in time'), ('typed_wrongly', 'The minutes were typed wrongly'), ('left_out', 'Time was left out'), ('not_used', 'Time was counted that was not used'), ('not_needed', 'The school does not need it any more'), ('no_capacity', 'No clinician has the time'), ('earlier_records', 'Brought in from earlier records'), ('goodwill', 'Goodwill'), ('put_right', 'A mistake put right')], max_length=20),
                ),
                migrations.AlterField(
                    model_name='visit',
                    name='outcome',
                    field=models.CharField(blank=True, choices=[('done', 'Done'), ('school_cancelled', 'Cancelled by the school'), ('clinician_cancelled', 'Cancelled by the clinician'), ('school_closed', 'School closed'), ('no_link_person', 'Nobody to meet'), ('moved', 'Moved'), ('pattern_changed', 'Pattern changed')], max_length=20),
                ),
                migrations.AddField(
                    model_name='adjustment',
                    name='order',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cancellations', to='schools.order', verbose_name='the order that is cancelled, or part of it'),
                ),
                migrations.AddField(
                    model_name='historicaladjustment',
                    name='order',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.order', verbose_name='the order that is cancelled, or part of it'),
                ),
                migrations.AddField(
                    model_name='historicalorder',
                    name='cancelled_minutes',
                    field=models.PositiveIntegerField(default=0, verbose_name='cancelled after it was agreed'),
                ),
                migrations.AddField(
                    model_name='historicalvisit',
                    name='due_on',
                    field=models.DateField(blank=True, null=True, verbose_name='Monday of the week it is due in by its pattern'),
                ),
                migrations.AddField(
                    model_name='historicalvisit',
                    name='pattern',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.visitpattern', verbose_name='the pattern that put it there'),
                ),
                migrations.AddField(
                    model_name='historicalvisit',
                    name='staff_trained',
                    field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of staff trained'),
                ),
                migrations.AddField(
                    model_name='order',
                    name='cancelled_minutes',
                    field=models.PositiveIntegerField(default=0, verbose_name='cancelled after it was agreed'),
                ),
                migrations.AddField(
                    model_name='visit',
                    name='due_on',
                    field=models.DateField(blank=True, null=True, verbose_name='Monday of the week it is due in by its pattern'),
                ),
                migrations.AddField(
                    model_name='visit',
                    name='pattern',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='schools.visitpattern', verbose_name='the pattern that put it there'),
                ),
                migrations.AddField(
                    model_name='visit',
                    name='staff_trained',
                    field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of staff trained'),
                ),
                migrations.AddConstraint(
                    model_name='adjustment',
                    constraint=models.CheckConstraint(condition=models.Q(('order__isnull', True), ('minutes__lt', 0), _connector='OR'), name='cancelling_takes_time_away'),
                ),
                migrations.AddConstraint(
                    model_name='adjustment',
                    constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True), ('order__isnull', False)), fields=('order',), name='order_waits_for_one_cancellation', violation_error_message='This order waits to be cancelled already.'),
                ),
                migrations.AddConstraint(
                    model_name='order',
                    constraint=models.CheckConstraint(condition=models.Q(('cancelled_minutes__lte', django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast('quantity', models.IntegerField()), '*', models.F('unit_minutes')))), name='no_more_is_cancelled_than_ordered'),
                ),
                migrations.AddConstraint(
                    model_name='visit',
                    constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'pattern_changed'), _negated=True), fields=('pattern', 'due_on'), name='pattern_has_one_visit_when_due', violation_error_message='The pattern has a visit for that week already'),
                ),
                migrations.AddConstraint(
                    model_name='visit',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', True), ('pattern__isnull', True)), models.Q(('due_on__isnull', False), ('pattern__isnull', False)), _connector='OR'), name='visit_of_a_pattern_says_when_due'),
                ),
                migrations.AddConstraint(
                    model_name='visit',
                    constraint=models.CheckConstraint(condition=models.Q(('staff_trained__isnull', True), models.Q(('minutes_training__gt', 0), ('staff_trained__gt', 0)), _connector='OR'), name='staff_are_trained_in_minutes', violation_error_message='Enter the minutes of staff training, or no number of staff trained'),
                ),
            ],
        ),
    ]
