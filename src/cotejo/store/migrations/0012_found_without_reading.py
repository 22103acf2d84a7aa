"""What the node asks for with every message or round is found without reading the line or the timers whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0011_inbox_of_request")]

    operations = [
        migrations.AddIndex(
            "outbox", models.Index(fields=["partner", "kind", "seq"], name="outbox_newest_of_kind")
        ),
        migrations.AddIndex(
            "outbox",
            models.Index(fields=["partner", "queued_at"], condition=models.Q(kind="request"), name="requests_told"),
        ),
        migrations.AddIndex(
            "inbox",
            models.Index(fields=["partner", "at"], condition=models.Q(kind="request"), name="requests_heard"),
        ),
        migrations.AddIndex(
            "due",
            models.Index(fields=["taken_until"], condition=models.Q(taken_until__gt=0), name="due_taken"),
        ),
    ]
