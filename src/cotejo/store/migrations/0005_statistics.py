"""What an act or a refusal counts for, beside it, and the salt under which its leaf commits to that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0004_redress")]

    operations = [
        migrations.AddField(model_name=model, name=name, field=models.BinaryField(default=b"", db_default=b""))
        for model in ("act", "trace")
        for name in ("statistics", "statistics_salt")
    ]
