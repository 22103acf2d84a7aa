"""Whether a row names a file of a document is found without reading all rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0012_found_without_reading")]

    operations = [
        migrations.AddIndex("documentfile", models.Index(fields=["file"], name="document_of_file")),
    ]
