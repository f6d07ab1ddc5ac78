from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0021_nothing_goes_live_unreviewed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='strategypage',
            name='reviewed_by',
            field=models.CharField(blank=True, help_text='Name, job and service, as schools know them.', max_length=250),
        ),
    ]
