"""Signed texts about a case, exactly as they were said: what a court verifies without trusting either node.

1. A text is sealed under the key of its case and dies with it (I11). What it says stands in acts as well; its bytes and
   its signature stand here alone.
2. Of status lists the newest of each partner is kept, and for good the one each decision rested on.
"""

from typing import ClassVar

from django.db import models


class SignedText(models.Model):
    """One signed text. `what` is `message`, `receipt` or `status`; `ours`: this node signed it.

    `number` is of the message in its line (a receipt has that of the message it answers), or the moment of a list.
    """

    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)
    what = models.CharField(max_length=20)
    partner = models.CharField(max_length=64)
    ours = models.BooleanField()
    number = models.BigIntegerField()
    key = models.CharField(max_length=32)
    token = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "store_signed_text"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stream_kind", "stream_id", "what", "partner", "ours", "number"], name="one_text_a_place"
            )
        ]


class StatusText(models.Model):
    """The newest status list a partner pushed, as it signed it; `issued` says which."""

    partner = models.CharField(primary_key=True, max_length=64)
    issued = models.BigIntegerField()
    signed = models.BinaryField()

    class Meta:
        db_table = "store_status_text"
