"""Which request and version a message that was taken in is about, so that a partner that lost it can be told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0005_statistics")]

    operations = [
        migrations.AddField("inbox", "request", models.CharField(default="", db_default="", max_length=64)),
        migrations.AddField("inbox", "version", models.IntegerField(default=0, db_default=0)),
    ]
