from django.db import migrations, models

AS_OF = models.DateTimeField(blank=True, null=True, verbose_name="when its words had last changed then")
REVISION = models.BigIntegerField(blank=True, null=True, verbose_name="its revision then")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0093_drafts_can_be_discarded")]

    operations = [
        migrations.AddField("step", "strategy_as_of", AS_OF),
        migrations.AddField("step", "strategy_revision", REVISION),
        migrations.AddField("historicalstep", "strategy_as_of", AS_OF),
        migrations.AddField("historicalstep", "strategy_revision", REVISION),
    ]
