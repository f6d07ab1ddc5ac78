from django.db import migrations

# In the order people choose from. The last value asks the risk question again.
THEMES = [
    ("worry", "Worry or anxiety", False),
    ("low-mood", "Low mood", False),
    ("anger", "Anger or behaviour", False),
    ("not-coming-to-school", "Not coming to school", False),
    ("friendships", "Friendships or bullying", False),
    ("family-change", "Family change or loss", False),
    ("eating", "Eating", False),
    ("sleep", "Sleep", False),
    ("attention", "Attention and focus", False),
    ("autism", "Autism or social communication, known or possible", False),
    ("learning", "Learning and confidence", False),
    ("starting-school", "Starting or changing school", False),
    ("shyness", "Shyness or not wanting to try", False),
    ("class-or-group", "How a class or group gets on", False),
    ("self-harm", "Self-harm or thoughts of suicide", True),
    ("trauma", "Trauma or abuse", True),
    ("staff", "Staff wellbeing or training", False),
    ("something-else", "Something else", False),
]


def load(apps, schema_editor):
    Theme = apps.get_model("resources", "Theme")
    for position, (slug, name, asks_risk_again) in enumerate(THEMES, start=1):
        Theme.objects.update_or_create(
            slug=slug, defaults={"name": name, "position": position, "asks_risk_again": asks_risk_again}
        )


def unload(apps, schema_editor):
    apps.get_model("resources", "Theme").objects.filter(slug__in=[slug for slug, _, _ in THEMES]).delete()


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_first")]

    operations = [migrations.RunPython(load, unload)]
