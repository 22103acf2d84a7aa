"""The register copy is brought up to date by deliveries and found through an index outside the database.

1. A copy of before has neither digests nor changes: it is emptied, and the operator imports it again.
2. `store_register_key` held what the index holds now.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0006_line")]

    operations = [
        migrations.DeleteModel(name="RegisterKey"),
        migrations.RunSQL("DELETE FROM store_register_row; DELETE FROM store_register_state", migrations.RunSQL.noop),
        migrations.AddField(model_name="registerrow", name="digest", field=models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField(model_name="registerrow", name="change", field=models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddIndex(model_name="registerrow", index=models.Index(fields=["change"], name="register_by_change")),
        migrations.AddIndex(model_name="registerrow", index=models.Index(fields=["key"], name="register_by_key")),
        migrations.AddField(model_name="registerstate", name="change", field=models.BigIntegerField(default=0)),
        migrations.AddField(model_name="registerstate", name="generation", field=models.CharField(default="", max_length=32)),
        migrations.AddField(model_name="registerstate", name="indexed", field=models.BigIntegerField(default=0)),
        migrations.CreateModel(
            name="RegisterGone",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("change", models.BigIntegerField()),
            ],
            options={"db_table": "store_register_gone"},
        ),
        migrations.CreateModel(
            name="RegisterIncoming",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=32)),
                ("sealed", models.BinaryField()),
                ("digest", models.BinaryField()),
                ("line", models.BigIntegerField()),
            ],
            options={"db_table": "store_register_incoming"},
        ),
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("delivery", models.CharField(max_length=32)),
                ("source", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
                ("place", models.BigIntegerField(default=0)),
                ("offset", models.BigIntegerField(default=0)),
                ("last_id", models.CharField(default="", max_length=64)),
                ("good", models.BigIntegerField(default=0)),
                ("bad", models.BigIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("finished", models.BooleanField(default=False)),
            ],
            options={"db_table": "store_register_import"},
        ),
    ]
