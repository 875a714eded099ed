from datetime import timedelta

from django.db import migrations, models


def give_older_releases_a_year(apps, _schema_editor):
    """Their answers were kept for three years. What is told needs them no more; what waits does, for a year."""
    cycles = apps.get_model("listening", "Cycle").objects
    for pk, released_on in cycles.filter(released_on__isnull=False).values_list("pk", "released_on"):
        cycles.filter(pk=pk).update(answers_until=released_on + timedelta(days=366))


class Migration(migrations.Migration):
    dependencies = [("listening", "0001_initial")]
    operations = [
        migrations.AddField("cycle", "answers_until", models.DateField(blank=True, null=True)),
        migrations.RunPython(give_older_releases_a_year, migrations.RunPython.noop),
    ]
