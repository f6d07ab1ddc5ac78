"""People and their roles, what they read and what is sent to them, as of release 0.1.0 (docs/adr/0042)."""

import accounts.models.encrypted
import accounts.models.place
import django.core.validators
import django.db.models.deletion
import simple_history.models
import uuid
import web.new_tables
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models


def make_cache_table(apps, schema_editor):
    """Of the cache that all workers share: wrong tries and used codes are counted in it."""
    call_command("createcachetable", "accounts_cache", database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS accounts_cache")


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0002_role_places'),
        ('accounts', '0003_reading_links'),
        ('accounts', '0004_audit_and_confirmed_roles'),
        ('accounts', '0005_roles_there_are_in_force'),
        ('accounts', '0006_deliveries'),
        ('accounts', '0007_devices'),
        ('accounts', '0008_shared_cache'),
        ('accounts', '0009_invitations'),
        ('accounts', '0010_second_step_forgotten'),
        ('accounts', '0011_one_open_invitation'),
        ('accounts', '0060_readings_by_person'),
        ('accounts', '0070_reviews_due'),
        ('accounts', '0080_approvers'),
        ('accounts', '0090_emails_about_time'),
        ('accounts', '0091_emails_about_cancelled_orders'),
        ('accounts', '0092_emails_about_agreements'),
        ('accounts', '0093_emails_bring_a_visit'),
        ('accounts', '0110_emails_about_requests'),
        ('accounts', '0120_emails_about_cover'),
        ('accounts', '0130_emails_about_visits'),
    ]

    dependencies = [
        ('accounts', '0001_people'),
        ('consultations', '0001_squashed_0100_first_release'),
        ('schools', '0001_squashed_0061_first_release'),
    ]

    operations = [
        web.new_tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('signed_in', 'Signed in'), ('sign_in_refused', 'Sign-in refused'), ('locked_out', 'Locked out'), ('signed_out', 'Signed out'), ('second_factor', 'Second factor changed'), ('password', 'Password changed'), ('invited', 'Invited'), ('role', 'Role changed'), ('handed_over', 'Work handed over'), ('exported', 'Exported')], max_length=16)),
                        ('at', models.DateTimeField()),
                        ('detail', models.CharField(blank=True, max_length=200)),
                        ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='from where')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-at', '-id'], name='accounts_au_at_32f534_idx'), models.Index(fields=['person', '-at'], name='accounts_au_person__8a6b17_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('plan_ready', 'Plan ready'), ('reviews_due', 'Reviews due'), ('invited', 'Invited'), ('new_device', 'New sign-in'), ('password_reset', 'Password reset'), ('second_step', 'Second step forgotten'), ('visit_changed', 'Visit changed'), ('time_used', 'Visit summary'), ('time_low', 'Time low'), ('order', 'Order'), ('agreement', 'Agreement to sign'), ('adjustment', 'Adjustment to agree'), ('visit_reminder', 'Visit reminder'), ('phone_school', 'Phone the school'), ('visits_changed', 'Visits changed'), ('visit_covered', 'Visit passed on')], max_length=16)),
                        ('address', models.EmailField(blank=True, max_length=254, verbose_name='address of somebody without an account')),
                        ('role_kind', models.CharField(blank=True, choices=[('clinician', 'Clinician'), ('link_clinician', 'Link clinician'), ('service_lead', 'Service lead'), ('link_staff', 'Link staff'), ('plan_reader', 'Plan reader'), ('safeguarding_lead', 'Safeguarding lead'), ('budget_holder', 'Budget holder'), ('commissioner', 'Commissioner'), ('editor', 'Editor'), ('administrator', 'Administrator')], max_length=20)),
                        ('count', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('happened_at', models.DateTimeField(blank=True, null=True)),
                        ('link', accounts.models.encrypted.EncryptedText(blank=True, default='')),
                        ('about', models.CharField(blank=True, max_length=64, verbose_name='digest of what it is sent once about')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('given_up', 'Given up')], default='waiting', max_length=8)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('last_error', models.CharField(blank=True, max_length=60, validators=[django.core.validators.RegexValidator('\\A\\w+\\Z')], verbose_name='what kind of error it was')),
                        ('queued_at', models.DateTimeField()),
                        ('next_try_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.rolerow', verbose_name='the role it goes to')),
                        ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                        ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='the member of staff it names')),
                        ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='pounds')),
                        ('change', models.CharField(blank=True, choices=[('moved', 'The visit was moved'), ('school_cancelled', 'The school cancelled'), ('clinician_cancelled', 'The clinician cancelled'), ('school_closed', 'The school was closed'), ('no_link_person', 'There was nobody to meet')], max_length=20, verbose_name='why the visit changed')),
                        ('declined_because', models.CharField(blank=True, choices=[('no_money', 'There is no money for it now'), ('not_needed', 'It is not needed now'), ('no_capacity', 'No clinician has the time'), ('too_late', 'It is too late in the year'), ('talk_first', 'Let us talk about it first')], max_length=12)),
                        ('left_minutes', models.IntegerField(blank=True, null=True)),
                        ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='minutes used')),
                        ('moved_to_at', models.DateTimeField(blank=True, null=True)),
                        ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='number of the order')),
                        ('order_state', models.CharField(blank=True, choices=[('asked', 'asked for'), ('to_approve', 'waits for an approver'), ('requested', 'received'), ('offered', 'less offered'), ('agreed', 'agreed'), ('declined', 'declined'), ('cancelled', 'cancelled'), ('in_part', 'cancelled in part')], max_length=10)),
                        ('pot', models.CharField(blank=True, choices=[('core', 'core offer'), ('bought', 'bought time')], max_length=6)),
                        ('unit', models.CharField(blank=True, choices=[('half_day', 'half day'), ('session', 'session'), ('day', 'day')], max_length=10)),
                        ('unit_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('until_on', models.DateField(blank=True, null=True, verbose_name='when the time is used up at this rate')),
                        ('calendar_sequence', models.PositiveIntegerField(blank=True, null=True, verbose_name='how often the visit has changed for them')),
                        ('calendar_uid', models.UUIDField(blank=True, null=True, verbose_name='what calendar programs call the visit')),
                        ('moved_until_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'deliveries',
                        'indexes': [models.Index(fields=['-queued_at', '-id'], name='accounts_de_queued__fe58b7_idx'), models.Index(fields=['service', '-queued_at', '-id'], name='accounts_de_service_695601_idx'), models.Index(fields=['person', '-queued_at', '-id'], name='accounts_de_person__fde883_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('person', None), ('address', ''), _connector='XOR'), name='delivery_to_one', violation_error_message='An e-mail goes to a person or to an address.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='delivery_sent_at_when_sent', violation_error_message='Only an e-mail that was sent was sent at a time.'), models.CheckConstraint(condition=models.Q(('link', ''), models.Q(('kind__in', ['invited', 'password_reset']), ('state', 'waiting')), _connector='OR'), name='delivery_keeps_no_token', violation_error_message='A link with a token is kept until it is sent, and no longer.'), models.UniqueConstraint(condition=models.Q(('about', ''), _negated=True), fields=('kind', 'person', 'about'), name='delivery_once_about', violation_error_message='This e-mail was sent to this person before.'), models.CheckConstraint(condition=models.Q(('change__in', ['', 'moved', 'school_cancelled', 'clinician_cancelled', 'school_closed', 'no_link_person']), ('pot__in', ['', 'core', 'bought']), ('unit__in', ['', 'half_day', 'session', 'day']), ('order_state__in', ['', 'asked', 'to_approve', 'requested', 'offered', 'agreed', 'declined', 'cancelled', 'in_part']), ('declined_because__in', ['', 'no_money', 'not_needed', 'no_capacity', 'too_late', 'talk_first'])), name='delivery_says_words_from_lists', violation_error_message='An e-mail says no word that is not in its list.')],
                    },
                ),
                migrations.CreateModel(
                    name='Device',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64)),
                        ('first_used_at', models.DateTimeField()),
                        ('last_used_at', models.DateTimeField()),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'digest'), name='one_row_per_device')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalInvitation',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('history_change_reason', models.TextField(default='')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('first_name', models.CharField(max_length=60)),
                        ('last_name', models.CharField(max_length=60)),
                        ('job', models.CharField(blank=True, max_length=120, verbose_name='job at the school')),
                        ('kind', models.CharField(choices=[('clinician', 'Clinician'), ('link_clinician', 'Link clinician'), ('service_lead', 'Service lead'), ('link_staff', 'Link staff'), ('plan_reader', 'Plan reader'), ('safeguarding_lead', 'Safeguarding lead'), ('budget_holder', 'Budget holder'), ('commissioner', 'Commissioner'), ('editor', 'Editor'), ('administrator', 'Administrator')], max_length=20)),
                        ('token_digest', models.CharField(db_index=True, editable=False, max_length=64)),
                        ('sent_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('accepted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('acting', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.rolerow', verbose_name='invited in the role')),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('invited_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('partnership', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.partnership')),
                        ('school', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
                        ('service', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.service')),
                        ('is_approver', models.BooleanField(default=False, verbose_name='approves orders')),
                    ],
                    options={
                        'verbose_name': 'historical invitation',
                        'verbose_name_plural': 'historical invitations',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('first_name', models.CharField(max_length=60)),
                        ('last_name', models.CharField(max_length=60)),
                        ('job', models.CharField(blank=True, max_length=120, verbose_name='job at the school')),
                        ('kind', models.CharField(choices=[('clinician', 'Clinician'), ('link_clinician', 'Link clinician'), ('service_lead', 'Service lead'), ('link_staff', 'Link staff'), ('plan_reader', 'Plan reader'), ('safeguarding_lead', 'Safeguarding lead'), ('budget_holder', 'Budget holder'), ('commissioner', 'Commissioner'), ('editor', 'Editor'), ('administrator', 'Administrator')], max_length=20)),
                        ('token_digest', models.CharField(editable=False, max_length=64, unique=True)),
                        ('sent_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('acting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.rolerow', verbose_name='invited in the role')),
                        ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='schools.partnership')),
                        ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                        ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                        ('is_approver', models.BooleanField(default=False, verbose_name='approves orders')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['email'], name='accounts_in_email_571f5a_idx'), models.Index(fields=['partnership', 'kind'], name='accounts_in_partner_14928f_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('partnership__isnull', True), ('school__isnull', True), ('service__isnull', False)), models.Q(('partnership__isnull', False), ('school__isnull', True), ('service__isnull', True)), models.Q(('partnership__isnull', True), ('school__isnull', False), ('service__isnull', True)), _connector='OR'), name='invitation_has_one_scope', violation_error_message='An invitation is to one service, one partnership or one school.'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False), ('revoked_at__isnull', True)), _connector='OR'), name='invitation_accepted_by_somebody', violation_error_message='An invitation is accepted by somebody, or revoked.'), models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True)), fields=('email', 'kind', 'service'), name='one_open_invitation_to_a_service', violation_error_message='This address is invited already. Send that invitation again'), models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True)), fields=('email', 'kind', 'partnership'), name='one_open_invitation_to_a_partnership', violation_error_message='This address is invited already. Send that invitation again'), models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True)), fields=('email', 'kind', 'school'), name='one_open_invitation_to_a_school', violation_error_message='This address is invited already. Send that invitation again'), models.CheckConstraint(condition=models.Q(('is_approver', False), ('kind', 'budget_holder'), _connector='OR'), name='invitation_approves_as_budget_holder', violation_error_message='Only a budget holder approves orders.')],
                    },
                    bases=(accounts.models.place.AtOnePlace, models.Model),
                ),
                migrations.CreateModel(
                    name='VisitSaid',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('calendar_uid', models.UUIDField(verbose_name='what calendar programs call the visit')),
                        ('calendar_sequence', models.PositiveIntegerField(verbose_name='how often the visit has changed for them')),
                        ('is_cancelled', models.BooleanField(default=False, verbose_name="it does not take place, or is somebody else's")),
                        ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='accounts.delivery')),
                    ],
                    options={
                        'verbose_name_plural': 'visits said',
                        'ordering': ['starts_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('delivery', 'calendar_uid'), name='visit_said_once'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='visit_said_ends_later')],
                    },
                ),
            ],
        ),
        web.new_tables.ChangeTables(
            operations=[
                migrations.AddField(
                    model_name='historicalrolerow',
                    name='partnership',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.partnership'),
                ),
                migrations.AddField(
                    model_name='historicalrolerow',
                    name='person',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='historicalrolerow',
                    name='school',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school'),
                ),
                migrations.AddField(
                    model_name='historicalrolerow',
                    name='service',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.service'),
                ),
                migrations.AddField(
                    model_name='historicalrolerow',
                    name='confirmed_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='in force since'),
                ),
                migrations.AddField(
                    model_name='historicalrolerow',
                    name='confirmed_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='historicalrolerow',
                    name='is_approver',
                    field=models.BooleanField(default=False, verbose_name='approves orders'),
                ),
                migrations.AddField(
                    model_name='reading',
                    name='case',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='consultations.case'),
                ),
                migrations.AddField(
                    model_name='reading',
                    name='person',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='reading',
                    name='role',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.rolerow'),
                ),
                migrations.AddField(
                    model_name='reading',
                    name='reason',
                    field=models.CharField(blank=True, max_length=300, verbose_name='why, where it was asked'),
                ),
                migrations.AddField(
                    model_name='rolerow',
                    name='partnership',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='schools.partnership'),
                ),
                migrations.AddField(
                    model_name='rolerow',
                    name='person',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='rolerow',
                    name='school',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school'),
                ),
                migrations.AddField(
                    model_name='rolerow',
                    name='service',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service'),
                ),
                migrations.AddField(
                    model_name='rolerow',
                    name='confirmed_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='in force since'),
                ),
                migrations.AddField(
                    model_name='rolerow',
                    name='confirmed_by',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='rolerow',
                    name='is_approver',
                    field=models.BooleanField(default=False, verbose_name='approves orders'),
                ),
                migrations.AddField(
                    model_name='usedformkey',
                    name='person',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddIndex(
                    model_name='reading',
                    index=models.Index(fields=['case', '-read_at', '-id'], name='accounts_re_case_id_e768e8_idx'),
                ),
                migrations.AddIndex(
                    model_name='reading',
                    index=models.Index(fields=['person', 'record', '-read_at'], name='accounts_re_person__9a8ea1_idx'),
                ),
                migrations.AddIndex(
                    model_name='rolerow',
                    index=models.Index(fields=['person', 'kind'], name='accounts_ro_person__2a6a2f_idx'),
                ),
                migrations.AddIndex(
                    model_name='rolerow',
                    index=models.Index(fields=['partnership', 'kind'], name='accounts_ro_partner_9895e6_idx'),
                ),
                migrations.AddConstraint(
                    model_name='rolerow',
                    constraint=models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='role_ends_after_it_starts', violation_error_message='The end of a role must not be before its start.'),
                ),
                migrations.AddConstraint(
                    model_name='rolerow',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('partnership__isnull', True), ('school__isnull', True), ('service__isnull', False)), models.Q(('partnership__isnull', False), ('school__isnull', True), ('service__isnull', True)), models.Q(('partnership__isnull', True), ('school__isnull', False), ('service__isnull', True)), _connector='OR'), name='role_has_one_scope', violation_error_message='A role is for one service, one partnership or one school.'),
                ),
                migrations.AddConstraint(
                    model_name='rolerow',
                    constraint=models.CheckConstraint(condition=models.Q(('is_approver', False), ('kind', 'budget_holder'), _connector='OR'), name='role_approves_as_budget_holder', violation_error_message='Only a budget holder approves orders.'),
                ),
            ],
        ),
        migrations.RunPython(make_cache_table, drop_cache_table),
    ]
