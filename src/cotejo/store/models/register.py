"""The agency's own person register as an imported copy, and the index of documents.

1. Register rows are sealed; they are found by keyed tokens, so no name or number stands in a plain column.
2. A document is found by a keyed token of its hash; its ciphertext is a file in the home.
"""

from typing import ClassVar

from django.db import models


class RegisterRow(models.Model):
    """One person as the agency's register has them, sealed."""

    id = models.CharField(primary_key=True, max_length=64)
    key = models.CharField(max_length=32)
    sealed = models.BinaryField()

    class Meta:
        db_table = "store_register_row"


class RegisterKey(models.Model):
    """By which keyed tokens a row is found. `use`: `k` candidate key, `n` beginning of the folded name."""

    use = models.CharField(max_length=1)
    token = models.BinaryField()
    row = models.ForeignKey(RegisterRow, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        db_table = "store_register_key"
        indexes: ClassVar = [models.Index(fields=["use", "token"], name="register_by_token")]


class RegisterState(models.Model):
    """As of when the copy speaks, who signed for it and why (a code)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    as_of = models.BigIntegerField()
    imported_at = models.BigIntegerField()
    imported_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=40)

    class Meta:
        db_table = "store_register_state"


class DocumentFile(models.Model):
    """A kept document: keyed token of its plain hash, the unit whose key seals it, and the name of its file."""

    token = models.BinaryField()
    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)
    key = models.CharField(max_length=32)
    file = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        db_table = "store_document_file"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "stream_kind", "stream_id"], name="one_file_a_unit_and_document")
        ]
