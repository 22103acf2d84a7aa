"""The agency's own person register as an imported copy, and the index of documents.

1. Register rows are sealed; by what a row is found stands in the index outside the database (`cotejo.store.indexing`).
2. A delivery is read into a table of its own and takes the place of what it changes in one transaction.
3. A document is found by a keyed token of its hash; its ciphertext is a file in the home.
"""

from typing import ClassVar

from django.db import models


class RegisterRow(models.Model):
    """One person as the agency's register has them, sealed.

    `digest` is a keyed token of the row, by which a delivery sees that nothing changed; `change` the number of the
    change it came with.
    """

    id = models.CharField(primary_key=True, max_length=64)
    key = models.CharField(max_length=32)
    sealed = models.BinaryField()
    digest = models.BinaryField()
    change = models.BigIntegerField()

    class Meta:
        db_table = "store_register_row"
        indexes: ClassVar = [
            models.Index(fields=["change"], name="register_by_change"),
            models.Index(fields=["key"], name="register_by_key"),
        ]


class RegisterGone(models.Model):
    """A row that was removed, for those who still have it in an index made before."""

    id = models.CharField(primary_key=True, max_length=64)
    change = models.BigIntegerField()

    class Meta:
        db_table = "store_register_gone"


class RegisterIncoming(models.Model):
    """One row of a delivery that is being read; `line` is its place there."""

    id = models.CharField(primary_key=True, max_length=64)
    key = models.CharField(max_length=32)
    sealed = models.BinaryField()
    digest = models.BinaryField()
    line = models.BigIntegerField()

    class Meta:
        db_table = "store_register_incoming"


class RegisterImport(models.Model):
    """The delivery that is being read, or the last one: which it is, how far it was read, what was wrong.

    `source` names it by a hash; `place` is the last line read and `offset` where the next begins; `mapping` names the
    delivery's columns; `problems` holds line, column and code of each problem and no value.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    delivery = models.CharField(max_length=32)
    source = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    place = models.BigIntegerField(default=0)
    offset = models.BigIntegerField(default=0)
    last_id = models.CharField(max_length=64, default="")
    good = models.BigIntegerField(default=0)
    bad = models.BigIntegerField(default=0)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    finished = models.BooleanField(default=False)

    class Meta:
        db_table = "store_register_import"


class RegisterState(models.Model):
    """As of when the copy speaks, who signed for it and why (a code).

    `change` is the number of the newest change; `generation` names the index made up to `indexed`.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    as_of = models.BigIntegerField()
    imported_at = models.BigIntegerField()
    imported_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=40)
    change = models.BigIntegerField(default=0)
    generation = models.CharField(max_length=32, default="")
    indexed = models.BigIntegerField(default=0)

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
        indexes: ClassVar = [models.Index(fields=["file"], name="document_of_file")]
