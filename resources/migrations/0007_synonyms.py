from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0006_facets")]

    operations = [
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "typed",
                    models.CharField(
                        error_messages={"unique": "This word is in the list already. Change that one"},
                        help_text="One word, or a few words in a row, such as “kicking off”.",
                        max_length=60,
                        unique=True,
                        verbose_name="what people type",
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        help_text="Words of the strategies, with a comma between them, such as “anger, behaviour”.",
                        max_length=250,
                        verbose_name="what the library says",
                    ),
                ),
            ],
            options={"ordering": ["typed"]},
        )
    ]
