import alongside.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listening', '0001_initial'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='cycle',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='listening.cycle'),
        ),
        migrations.AddField(
            model_name='cycle',
            name='reply_address',
            field=models.CharField(default=alongside.kernel.ids.neutral_address, max_length=16, unique=True),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.UniqueConstraint(fields=('follows',), name='a_cycle_is_repeated_once'),
        ),
    ]
