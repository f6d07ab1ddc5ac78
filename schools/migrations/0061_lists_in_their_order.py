from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0060_papers_say_when_they_were_taken'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='order',
            name='schools_ord_service_844183_idx',
        ),
        migrations.AddIndex(
            model_name='adjustment',
            index=models.Index(fields=['agreement', '-id'], name='schools_adj_agreeme_6fc353_idx'),
        ),
        migrations.AddIndex(
            model_name='adjustment',
            index=models.Index(condition=models.Q(('decided_at', None)), fields=['id'], name='adjustment_waits'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['state', 'last_on'], name='schools_agr_state_d00c33_idx'),
        ),
        migrations.AddIndex(
            model_name='entryquery',
            index=models.Index(condition=models.Q(('answered_at', None)), fields=['-id'], name='query_waits'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['service', '-id'], name='schools_inv_service_cd5590_idx'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['service', '-id'], name='schools_ord_service_2a3dda_idx'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['service', 'state', '-id'], name='schools_ord_service_cbfe7f_idx'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(fields=['service', '-id'], name='schools_sta_service_10eb44_idx'),
        ),
    ]
