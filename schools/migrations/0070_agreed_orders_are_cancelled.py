import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0062_papers_taken_before'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            model_name='order',
            name='cancelled_minutes',
            field=models.PositiveIntegerField(default=0, verbose_name='cancelled after it was agreed'),
        ),
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
            model_name='timeentry',
            name='reason',
            field=models.CharField(blank=True, choices=[('illness', 'Illness'), ('emergency', 'An emergency at the school'), ('agreed', 'Agreed with the school'), ('told_in_time', 'We were told in time'), ('typed_wrongly', 'The minutes were typed wrongly'), ('left_out', 'Time was left out'), ('not_used', 'Time was counted that was not used'), ('not_needed', 'The school does not need it any more'), ('no_capacity', 'No clinician has the time'), ('earlier_records', 'Brought in from earlier records'), ('goodwill', 'Goodwill'), ('put_right', 'A mistake put right')], max_length=20),
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
    ]
