
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0030_offers_say_who'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalstatement',
            name='figures',
            field=models.JSONField(default=list, verbose_name='its lines with dates and whole minutes, for a spreadsheet'),
        ),
        migrations.AddField(
            model_name='statement',
            name='figures',
            field=models.JSONField(default=list, verbose_name='its lines with dates and whole minutes, for a spreadsheet'),
        ),
    ]
