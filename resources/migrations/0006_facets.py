import resources.models.facets
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("resources", "0005_first_response_themes")]

    operations = [
        migrations.AddField(
            model_name="strategypage", name="facets", field=resources.models.facets.FacetsField()
        )
    ]
