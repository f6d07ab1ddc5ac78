from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_one_open_invitation'),
    ]

    operations = [
        migrations.AlterField(
            model_name='delivery',
            name='kind',
            field=models.CharField(choices=[('plan_ready', 'Plan ready'), ('reviews_due', 'Reviews due'), ('invited', 'Invited'), ('new_device', 'New sign-in'), ('password_reset', 'Password reset'), ('second_step', 'Second step forgotten')], max_length=16),
        ),
    ]
