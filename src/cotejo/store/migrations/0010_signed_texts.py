"""Signed texts about a case are kept as they were said, so that a court can verify them (`cotejo package export`)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0009_line_digests")]

    operations = [
        migrations.CreateModel(
            name="SignedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream_kind", models.CharField(max_length=20)),
                ("stream_id", models.CharField(max_length=64)),
                ("what", models.CharField(max_length=20)),
                ("partner", models.CharField(max_length=64)),
                ("ours", models.BooleanField()),
                ("number", models.BigIntegerField()),
                ("key", models.CharField(max_length=32)),
                ("token", models.CharField(max_length=32, unique=True)),
                ("sealed", models.BinaryField()),
            ],
            options={"db_table": "store_signed_text"},
        ),
        migrations.AddConstraint(
            model_name="signedtext",
            constraint=models.UniqueConstraint(
                fields=("stream_kind", "stream_id", "what", "partner", "ours", "number"), name="one_text_a_place"
            ),
        ),
        migrations.CreateModel(
            name="StatusText",
            fields=[
                ("partner", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("issued", models.BigIntegerField()),
                ("signed", models.BinaryField()),
            ],
            options={"db_table": "store_status_text"},
        ),
    ]
