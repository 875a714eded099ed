from datetime import timedelta

from django.db import migrations, models


def end_what_older_releases_kept(apps, _schema_editor):
    """They kept answers for three years. Only where those of too few may wait for others are they of any use."""
    cycles = apps.get_model("listening", "Cycle").objects
    for pk, released_on, may_wait in cycles.filter(released_on__isnull=False).values_list(
            "pk", "released_on", "other_people"):
        cycles.filter(pk=pk).update(answers_until=released_on + timedelta(days=366 if may_wait else 0))


class Migration(migrations.Migration):
    dependencies = [("listening", "0001_initial")]
    operations = [
        migrations.AddField("cycle", "answers_until", models.DateField(blank=True, null=True)),
        migrations.RunPython(end_what_older_releases_kept, migrations.RunPython.noop),
    ]
