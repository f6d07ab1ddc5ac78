from django.db import migrations
from django.db.models import F

NEW = ("minutes_training", "minutes_liaison", "minutes_travel")
MODELS = ("Visit", "HistoricalVisit")


def divide(apps, schema_editor):
    """What was one number of other work stands as preparation and writing up: nobody said more of it then."""
    for name in MODELS:
        finished = apps.get_model("schools", name).objects.filter(minutes_other__isnull=False)
        finished.update(minutes_writing_up=F("minutes_other"), **dict.fromkeys(NEW, 0))


def add_up(apps, schema_editor):
    for name in MODELS:
        finished = apps.get_model("schools", name).objects.filter(minutes_writing_up__isnull=False)
        finished.update(
            minutes_other=F("minutes_writing_up") + F("minutes_liaison") + F("minutes_travel"),
            minutes_with_staff=F("minutes_with_staff") + F("minutes_training"),
        )


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_time_and_money")]

    operations = [migrations.RunPython(divide, add_up)]
