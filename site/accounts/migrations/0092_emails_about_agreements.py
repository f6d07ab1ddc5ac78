from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0091_emails_about_cancelled_orders'),
    ]

    operations = [
        migrations.AlterField(
            model_name='delivery',
            name='kind',
            field=models.CharField(choices=[('plan_ready', 'Plan ready'), ('reviews_due', 'Reviews due'), ('invited', 'Invited'), ('new_device', 'New sign-in'), ('password_reset', 'Password reset'), ('second_step', 'Second step forgotten'), ('visit_changed', 'Visit changed'), ('time_used', 'Visit summary'), ('time_low', 'Time low'), ('order', 'Order'), ('agreement', 'Agreement to sign'), ('adjustment', 'Adjustment to agree')], max_length=16),
        ),
    ]
