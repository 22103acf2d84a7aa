"""Running digests of each line, so that comparing it never reads it whole; and why a partner's line waits here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0008_redress_oversight")]

    operations = [
        migrations.CreateModel(
            "LineDigest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("partner", models.CharField(max_length=64)),
                ("outgoing", models.BooleanField()),
                ("size", models.BigIntegerField()),
                ("frontier", models.BinaryField()),
                ("last", models.CharField(max_length=64)),
                ("outcomes", models.CharField(max_length=64)),
            ],
            options={"db_table": "store_line_digest"},
        ),
        migrations.AddConstraint(
            "LineDigest",
            models.UniqueConstraint(fields=["partner", "outgoing", "size"], name="one_digest_a_size"),
        ),
        migrations.CreateModel(
            "LineTrouble",
            fields=[
                ("partner", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=40)),
                ("expected", models.BigIntegerField()),
                ("since", models.BigIntegerField()),
                ("at", models.BigIntegerField()),
                ("times", models.IntegerField()),
            ],
            options={"db_table": "store_line_trouble"},
        ),
    ]
