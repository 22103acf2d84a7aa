"""What happened and the log that commits to it: acts, their sealed bodies, reads and refusals, leaves.

1. An act's key is the index of its leaf, so an act without a leaf cannot be written (I9).
2. The row's own salt stays with the row; the body's salt is sealed with the body and dies with it. So an erased act is
   still checked against the log in everything but its body.
3. `statistics` is what an act or refusal counts for (codes, a month, hours; no person), as exact bytes; the leaf
   commits to it under `statistics_salt`, so that an auditor counts again without reading anything else (I14).
4. `by` is an officer's id, `partner:<node>`, `clock` or `redress`.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class HouseLeaf(models.Model):
    """One leaf of the house log; `root` is the root of the tree that ends with it."""

    index = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField()
    root = models.BinaryField()

    class Meta:
        db_table = "store_house_leaf"


class LogHead(models.Model):
    """How far a log (`house`, `link:<partner>`) has come: its size, its frontier, the highest time it was written."""

    name = models.CharField(primary_key=True, max_length=80)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    at = models.BigIntegerField(default=0)

    class Meta:
        db_table = "store_log_head"


class Act(models.Model):
    """One accepted act. `body_commitment` commits to the sealed body; `key` names the unit key that opens it."""

    leaf = models.OneToOneField(HouseLeaf, primary_key=True, on_delete=models.PROTECT, related_name="act")
    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)
    version = models.IntegerField()
    at = models.BigIntegerField()
    by = models.CharField(max_length=80)
    duty = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    rules = models.CharField(max_length=20)
    code = models.CharField(max_length=80)
    body_commitment = models.BinaryField()
    key = models.CharField(max_length=32)
    salt = models.BinaryField()
    statistics = models.BinaryField(default=b"", db_default=b"")
    statistics_salt = models.BinaryField(default=b"", db_default=b"")

    class Meta:
        db_table = "store_act"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream_kind", "stream_id", "version"], name="one_act_a_version")
        ]


class Trace(models.Model):
    """A read, a refusal, a search, an export or an erasure (I10). `subject` is an id or a keyed token, never a name."""

    leaf = models.OneToOneField(HouseLeaf, primary_key=True, on_delete=models.PROTECT, related_name="trace")
    what = models.CharField(max_length=20)
    at = models.BigIntegerField()
    by = models.CharField(max_length=80)
    duty = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=128)
    case = models.CharField(max_length=128)
    codes = ArrayField(models.CharField(max_length=80), default=list)
    salt = models.BinaryField()
    statistics = models.BinaryField(default=b"", db_default=b"")
    statistics_salt = models.BinaryField(default=b"", db_default=b"")

    class Meta:
        db_table = "store_trace"
        indexes: ClassVar = [
            models.Index(fields=["case"], name="trace_of_case"),
            models.Index(fields=["by", "at"], name="trace_of_person"),
        ]


class UnitKey(models.Model):
    """The data key of one erasable unit, wrapped by the key of a week. Destroyed: `wrapped` empty and a time."""

    id = models.CharField(primary_key=True, max_length=32)
    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)
    epoch = models.IntegerField()
    wrapped = models.BinaryField()
    made_at = models.BigIntegerField()
    destroyed_at = models.BigIntegerField(default=0)

    class Meta:
        db_table = "store_unit_key"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stream_kind", "stream_id"], condition=models.Q(destroyed_at=0), name="one_living_key_a_unit"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["epoch"], name="unit_key_of_epoch")]


class VaultItem(models.Model):
    """The sealed body of one act."""

    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)
    version = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "store_vault_item"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream_kind", "stream_id", "version"], name="one_body_a_version")
        ]
