from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0051_part_of_an_order_is_billed_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalinvoice',
            name='kept_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when the service took its first PDF'),
        ),
        migrations.AddField(
            model_name='historicalinvoice',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when the school took its first PDF'),
        ),
        migrations.AddField(
            model_name='historicalstatement',
            name='kept_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when the service took its first PDF'),
        ),
        migrations.AddField(
            model_name='historicalstatement',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when the school took its first PDF'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='kept_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when the service took its first PDF'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when the school took its first PDF'),
        ),
        migrations.AddField(
            model_name='statement',
            name='kept_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when the service took its first PDF'),
        ),
        migrations.AddField(
            model_name='statement',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='when the school took its first PDF'),
        ),
    ]
