"""Accounts of the oversight body at the redress office: they read what is late, and nothing of a complaint (F65)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0007_register_deliveries")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE redress.officer ADD COLUMN oversight boolean NOT NULL DEFAULT false", migrations.RunSQL.noop
        )
    ]
