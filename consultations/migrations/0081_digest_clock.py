import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0080_case_handover'),
        ('schools', '0001_schools_and_visits'),
    ]

    operations = [
        migrations.CreateModel(
            name='DigestClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('next_at', models.DateTimeField()),
                ('done_for', models.DateField(blank=True, null=True, verbose_name='the Monday of the last week done')),
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='digest_clock', to='schools.service')),
            ],
        ),
    ]
