"""What was heard about a request is found without reading the line: who holds a copy, and who has swept it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0010_signed_texts")]

    operations = [
        migrations.AddIndex("inbox", models.Index(fields=["request"], name="inbox_of_request")),
    ]
