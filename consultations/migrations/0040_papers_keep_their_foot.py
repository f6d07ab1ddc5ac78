from django.db import migrations, models

FIELDS = {
    "from_whom": models.CharField("the service, as it was called then", max_length=120, default=""),
    "label": models.CharField("the label at its foot, as it was then", max_length=60, blank=True, default=""),
    "tells_of_referral": models.BooleanField("what was heard of a referral stands in it", default=False),
}


class Migration(migrations.Migration):
    dependencies = [("consultations", "0030_count_headway")]

    operations = [
        migrations.AddField(model, name, field, preserve_default=name == "tells_of_referral")
        for model in ("paper", "historicalpaper")
        for name, field in FIELDS.items()
    ]
