from django.db import migrations, models
from django.db.models import Q

STATUS = models.CharField(
    choices=[
        ("draft", "Draft"),
        ("sent", "Sent"),
        ("agreed", "Agreed"),
        ("replaced", "Replaced"),
        ("sent_back", "Sent back"),
        ("taken_back", "Taken back"),
        ("discarded", "Discarded"),
    ],
    default="draft",
    max_length=10,
)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0092_find_names_without_accents")]

    operations = [
        migrations.AlterField("historicalplanversion", "status", STATUS),
        migrations.AlterField("planversion", "status", STATUS),
        migrations.AddConstraint(
            "planversion",
            models.CheckConstraint(
                name="discarded_says_who_and_when",
                condition=~Q(status="discarded")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, sent_at__isnull=True),
            ),
        ),
    ]
