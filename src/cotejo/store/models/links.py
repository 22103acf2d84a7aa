"""What passes between this node and its partners, and what is due.

1. A direction is a line without gaps: `seq` counts from 1, `prev` is the hash of the message before.
2. Bodies here are sealed envelopes; what waits for its moment is sealed with the vault.
3. A version floor, a status number and a slot that is never valid again do not go back (triggers, migration 0003).
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PartnerRow(models.Model):
    """A paired node. `agreement` holds the exact terms of each agreement of the pairing, oldest first, one a line.

    `agreement_signed` holds both signatures of each, in the same order, one a line.
    """

    name = models.CharField(primary_key=True, max_length=64)
    agreement = models.BinaryField()
    agreement_signed = models.BinaryField(default=b"")
    key_document = models.TextField()
    sequence_in = models.BigIntegerField(default=0)
    sequence_out = models.BigIntegerField(default=0)
    last_in = models.CharField(max_length=64, default="")
    last_out = models.CharField(max_length=64, default="")
    paused = models.BooleanField(default=False)
    updated = models.BigIntegerField()

    class Meta:
        db_table = "store_partner"


class Outbox(models.Model):
    """One sealed message: sent no earlier than `at`, tried until receipted.

    `state` is `waiting`, `receipted`, or `restored`: a message this database lost, known from the partner without its
    bytes.
    """

    partner = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    mid = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    request = models.CharField(max_length=64)
    version = models.IntegerField()
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    queued_at = models.BigIntegerField()
    at = models.BigIntegerField()
    state = models.CharField(max_length=20, default="waiting")
    tries = models.IntegerField(default=0)
    next_try = models.BigIntegerField()
    outcome = models.CharField(max_length=40, default="")
    gaps = ArrayField(models.CharField(max_length=80), default=list)
    receipted_at = models.BigIntegerField(default=0)

    class Meta:
        db_table = "store_outbox"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "seq"], name="one_message_a_place"),
            models.UniqueConstraint(fields=["partner", "mid"], name="one_place_a_message"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["partner", "seq"], condition=models.Q(state="waiting"), name="outbox_waiting"),
            models.Index(fields=["request"], name="outbox_of_request"),
            models.Index(fields=["partner", "kind", "seq"], name="outbox_newest_of_kind"),
            models.Index(fields=["partner", "queued_at"], condition=models.Q(kind="request"), name="requests_told"),
        ]


class SealedPart(models.Model):
    """A sealed part of a document that goes before its message, in this order; kept while its request lives."""

    partner = models.CharField(max_length=64)
    mid = models.CharField(max_length=64)
    place = models.IntegerField()
    name = models.CharField(max_length=64)
    body = models.BinaryField()

    class Meta:
        db_table = "store_sealed_part"
        constraints: ClassVar = [models.UniqueConstraint(fields=["partner", "mid", "place"], name="one_part_a_place")]


class Scheduled(models.Model):
    """Something to tell a partner at a later moment; it gets its number in the line only then."""

    partner = models.CharField(max_length=64)
    at = models.BigIntegerField()
    key = models.CharField(max_length=32)
    token = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "store_scheduled"
        indexes: ClassVar = [models.Index(fields=["at"], name="scheduled_by_time")]


class Inbox(models.Model):
    """A message that was taken in, and the receipt it is answered with for ever (I8)."""

    partner = models.CharField(max_length=64)
    mid = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    request = models.CharField(max_length=64, default="", db_default="")
    version = models.IntegerField(default=0, db_default=0)
    sha256 = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    outcome = models.CharField(max_length=40)
    receipt = models.BinaryField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "store_inbox"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "mid"], name="taken_in_once"),
            models.UniqueConstraint(fields=["partner", "seq"], name="taken_in_in_order"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["request"], name="inbox_of_request"),
            models.Index(fields=["partner", "at"], condition=models.Q(kind="request"), name="requests_heard"),
        ]


class LinkLeaf(models.Model):
    """One leaf of the log of a link: a message of either direction; both sides write the same commitment."""

    partner = models.CharField(max_length=64)
    index = models.BigIntegerField()
    leaf = models.BinaryField()
    root = models.BinaryField()
    outgoing = models.BooleanField()
    mid = models.CharField(max_length=64)

    class Meta:
        db_table = "store_link_leaf"
        constraints: ClassVar = [models.UniqueConstraint(fields=["partner", "index"], name="one_link_leaf_a_place")]


class LineDigest(models.Model):
    """What the first `size` messages of a direction stand for (`cotejo.exchange.directions`), all of them answered.

    Derived: a line is compared from here on and not from its beginning.
    """

    partner = models.CharField(max_length=64)
    outgoing = models.BooleanField()
    size = models.BigIntegerField()
    frontier = models.BinaryField()
    last = models.CharField(max_length=64)
    outcomes = models.CharField(max_length=64)

    class Meta:
        db_table = "store_line_digest"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "outgoing", "size"], name="one_digest_a_size")
        ]


class LineTrouble(models.Model):
    """Why the newest message of a partner was not taken in: the code, since when, how often; gone once one is."""

    partner = models.CharField(primary_key=True, max_length=64)
    code = models.CharField(max_length=40)
    expected = models.BigIntegerField()
    since = models.BigIntegerField()
    at = models.BigIntegerField()
    times = models.IntegerField()

    class Meta:
        db_table = "store_line_trouble"


class Floor(models.Model):
    """The receiver never again acts on a version of this request below `version` (I8)."""

    origin = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    version = models.IntegerField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "store_floor"
        constraints: ClassVar = [models.UniqueConstraint(fields=["origin", "request"], name="one_floor_a_request")]


class Slot(models.Model):
    """The state of one status slot towards a partner (1 valid, 2 suspended, 3 never valid again)."""

    partner = models.CharField(max_length=64)
    slot = models.IntegerField()
    state = models.SmallIntegerField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "store_slot"
        constraints: ClassVar = [models.UniqueConstraint(fields=["partner", "slot"], name="one_state_a_slot")]


class StatusRow(models.Model):
    """The newest status list a partner pushed."""

    partner = models.CharField(primary_key=True, max_length=64)
    number = models.BigIntegerField()
    issued = models.BigIntegerField()
    expires = models.BigIntegerField()
    bits = models.BinaryField()
    received_at = models.BigIntegerField()

    class Meta:
        db_table = "store_status_held"


class Due(models.Model):
    """A due moment. `taken_until` is the lease of the worker that has it; 0 when nobody has."""

    kind = models.CharField(max_length=40)
    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)
    at = models.BigIntegerField()
    taken_until = models.BigIntegerField(default=0)

    class Meta:
        db_table = "store_due"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "stream_kind", "stream_id"], name="one_moment_a_kind")
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="due_by_time"),
            models.Index(fields=["taken_until"], condition=models.Q(taken_until__gt=0), name="due_taken"),
        ]
