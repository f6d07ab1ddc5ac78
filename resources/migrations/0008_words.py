from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0007_synonyms")]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[("text", models.CharField(max_length=40, primary_key=True, serialize=False))],
        )
    ]
