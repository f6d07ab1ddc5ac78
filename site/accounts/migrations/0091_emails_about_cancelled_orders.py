from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0090_emails_about_time'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_says_words_from_lists',
        ),
        migrations.AlterField(
            model_name='delivery',
            name='order_state',
            field=models.CharField(blank=True, choices=[('asked', 'asked for'), ('to_approve', 'waits for an approver'), ('requested', 'received'), ('offered', 'less offered'), ('agreed', 'agreed'), ('declined', 'declined'), ('cancelled', 'cancelled'), ('in_part', 'cancelled in part')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('change__in', ['', 'moved', 'school_cancelled', 'clinician_cancelled', 'school_closed', 'no_link_person']), ('pot__in', ['', 'core', 'bought']), ('unit__in', ['', 'half_day', 'session', 'day']), ('order_state__in', ['', 'asked', 'to_approve', 'requested', 'offered', 'agreed', 'declined', 'cancelled', 'in_part']), ('declined_because__in', ['', 'no_money', 'not_needed', 'no_capacity', 'too_late', 'talk_first'])), name='delivery_says_words_from_lists', violation_error_message='An e-mail says no word that is not in its list.'),
        ),
    ]
