
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0050_statement_keeps_its_figures'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalinvoiceline',
            name='credits',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.invoiceline', verbose_name='the line that it takes back'),
        ),
        migrations.AddField(
            model_name='historicalinvoiceline',
            name='turn',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='how often this part is billed with this line'),
        ),
        migrations.AddField(
            model_name='invoiceline',
            name='credits',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credited_by', to='schools.invoiceline', verbose_name='the line that it takes back'),
        ),
        migrations.AddField(
            model_name='invoiceline',
            name='turn',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='how often this part is billed with this line'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.UniqueConstraint(condition=models.Q(('credits__isnull', True)), fields=('order', 'part', 'turn'), name='part_of_an_order_billed_once'),
        ),
    ]
