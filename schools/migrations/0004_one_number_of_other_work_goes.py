from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("schools", "0003_other_work_is_writing_up")]

    operations = [
        migrations.RemoveField("historicalvisit", "minutes_other"),
        migrations.RemoveField("visit", "minutes_other"),
    ]
