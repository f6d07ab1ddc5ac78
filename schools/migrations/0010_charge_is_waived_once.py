from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0005_ledger_is_written_once")]

    operations = [
        migrations.AddConstraint(
            model_name="timeentry",
            constraint=models.UniqueConstraint(
                name="charge_is_waived_once",
                fields=["corrects"],
                condition=models.Q(kind="release", corrects__isnull=False),
                violation_error_message="This charge is waived already.",
            ),
        ),
    ]
