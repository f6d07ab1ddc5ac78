"""Requests, the agenda and copies of a record, as of release 0.1.0 (docs/adr/0042)."""

import accounts.models.sure
import consultations.models.of_case
import django.db.models.deletion
import simple_history.models
import web.new_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('consultations', '0110_requests'),
        ('consultations', '0130_record_copies'),
    ]

    dependencies = [
        ('consultations', '0001_squashed_0100_first_release'),
        ('schools', '0062_squashed_0120_first_release'),
    ]

    operations = [
        web.new_tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='HistoricalDiscussionRequest',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('history_change_reason', models.TextField(default='')),
                        ('reference', models.CharField(db_index=True, editable=False, max_length=10)),
                        ('subject', models.CharField(choices=[('child', 'One child'), ('group', 'A group'), ('class', 'A class'), ('year_group', 'A year group'), ('staff', 'Staff or whole school')], max_length=10, verbose_name='who it is about')),
                        ('year_group', models.SmallIntegerField(blank=True, choices=[(-1, 'Nursery'), (0, 'Reception'), (1, 'Year 1'), (2, 'Year 2'), (3, 'Year 3'), (4, 'Year 4'), (5, 'Year 5'), (6, 'Year 6'), (7, 'Year 7'), (8, 'Year 8'), (9, 'Year 9'), (10, 'Year 10'), (11, 'Year 11'), (12, 'Year 12'), (13, 'Year 13')], null=True)),
                        ('group_name', models.CharField(blank=True, max_length=60, verbose_name='name of group')),
                        ('sentence', models.CharField(max_length=200, verbose_name='what they would like help with')),
                        ('tried', models.CharField(blank=True, max_length=200, verbose_name='what was tried')),
                        ('parents_aware', models.CharField(choices=[('yes', 'Yes'), ('not_yet', 'Not yet'), ('no', 'No')], max_length=8, verbose_name='whether the parents are aware')),
                        ('how_soon', models.CharField(choices=[('next_visit', 'At the next visit'), ('sooner', 'Sooner, phone me')], default='next_visit', max_length=12, verbose_name='how soon')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='the number to call')),
                        ('position', models.PositiveIntegerField(verbose_name='its place in the order of the school')),
                        ('raised_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_because', models.CharField(blank=True, choices=[('withdrawn', 'Withdrawn by the school'), ('phoned', 'Talked about on the phone')], max_length=10, verbose_name='why it was closed')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='consultations.case')),
                        ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('discussed_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='consultations.consultation')),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('partnership', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.partnership')),
                        ('raised_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical discussion request',
                        'verbose_name_plural': 'historical discussion requests',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='DiscussionRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('reference', models.CharField(editable=False, max_length=10, unique=True)),
                        ('subject', models.CharField(choices=[('child', 'One child'), ('group', 'A group'), ('class', 'A class'), ('year_group', 'A year group'), ('staff', 'Staff or whole school')], max_length=10, verbose_name='who it is about')),
                        ('year_group', models.SmallIntegerField(blank=True, choices=[(-1, 'Nursery'), (0, 'Reception'), (1, 'Year 1'), (2, 'Year 2'), (3, 'Year 3'), (4, 'Year 4'), (5, 'Year 5'), (6, 'Year 6'), (7, 'Year 7'), (8, 'Year 8'), (9, 'Year 9'), (10, 'Year 10'), (11, 'Year 11'), (12, 'Year 12'), (13, 'Year 13')], null=True)),
                        ('group_name', models.CharField(blank=True, max_length=60, verbose_name='name of group')),
                        ('sentence', models.CharField(max_length=200, verbose_name='what they would like help with')),
                        ('tried', models.CharField(blank=True, max_length=200, verbose_name='what was tried')),
                        ('parents_aware', models.CharField(choices=[('yes', 'Yes'), ('not_yet', 'Not yet'), ('no', 'No')], max_length=8, verbose_name='whether the parents are aware')),
                        ('how_soon', models.CharField(choices=[('next_visit', 'At the next visit'), ('sooner', 'Sooner, phone me')], default='next_visit', max_length=12, verbose_name='how soon')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='the number to call')),
                        ('position', models.PositiveIntegerField(verbose_name='its place in the order of the school')),
                        ('raised_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_because', models.CharField(blank=True, choices=[('withdrawn', 'Withdrawn by the school'), ('phoned', 'Talked about on the phone')], max_length=10, verbose_name='why it was closed')),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='consultations.case')),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('discussed_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='consultations.consultation')),
                        ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='schools.partnership')),
                        ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['partnership', 'position'], name='consultatio_partner_400b20_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('case__isnull', True), models.Q(('group_name', ''), ('year_group__isnull', True)), _connector='OR'), name='request_of_a_case_says_no_more_of_it'), models.CheckConstraint(condition=models.Q(models.Q(('subject__in', ['child', 'year_group', 'staff']), _negated=True), ('group_name', ''), _connector='OR'), name='request_about_a_child_names_no_group'), models.CheckConstraint(condition=models.Q(('how_soon', 'sooner'), ('phone', ''), _connector='OR'), name='request_keeps_a_number_to_call_sooner'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_because', ''), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closed_because', ''), _negated=True)), _connector='OR'), name='request_is_closed_by_somebody_for_a_reason'), models.CheckConstraint(condition=models.Q(('discussed_in', None), ('closed_at', None), _connector='OR'), name='request_is_talked_about_or_closed')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalRecordCopy',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('history_change_reason', models.TextField(default='')),
                        ('consultation_version', models.PositiveIntegerField(verbose_name='the version of the consultation that was copied')),
                        ('copied_at', models.DateTimeField()),
                        ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='when it was said that it is not there')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('consultation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='consultations.consultation')),
                        ('copied_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan_version', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='consultations.planversion', verbose_name='the plan that was copied with it')),
                        ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical record copy',
                        'verbose_name_plural': 'historical record copys',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, accounts.models.sure.SureOfItself, models.Model),
                ),
                migrations.CreateModel(
                    name='RecordCopy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('consultation_version', models.PositiveIntegerField(verbose_name='the version of the consultation that was copied')),
                        ('copied_at', models.DateTimeField()),
                        ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='when it was said that it is not there')),
                        ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='record_copy', to='consultations.consultation')),
                        ('copied_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.planversion', verbose_name='the plan that was copied with it')),
                        ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='undone_copy_says_by_whom')],
                    },
                    bases=(consultations.models.of_case.OfCase, accounts.models.sure.SureOfItself, models.Model),
                ),
            ],
        ),
    ]
