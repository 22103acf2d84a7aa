"""What lists and searches read. All but the local numbers is derived from acts and can be made again.

1. Cards, waiting lines and terms hold codes, ids, tokens and times only.
2. Names for search are in tables that are never logged nor backed up (UNLOGGED, migration 0003): a crash empties them
   and they are rebuilt from the vault. `SearchState` is emptied with them, which is how a crash is noticed.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class LocalNumber(models.Model):
    """The short number screens show. It never travels and is never given again."""

    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)
    number = models.IntegerField()

    class Meta:
        db_table = "store_local_number"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream_kind", "stream_id"], name="one_number_a_stream"),
            models.UniqueConstraint(fields=["stream_kind", "number"], name="one_stream_a_number"),
        ]


class CardRow(models.Model):
    """What a list shows of a case (`cotejo.rules.cases.Card`), with its local number, version and last change."""

    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)
    number = models.IntegerField()
    state = models.CharField(max_length=40)
    partner = models.CharField(max_length=64)
    route = models.CharField(max_length=40)
    parent = models.CharField(max_length=64)
    facets = ArrayField(models.CharField(max_length=80), default=list)
    version = models.IntegerField()
    updated = models.BigIntegerField()

    class Meta:
        db_table = "store_card"
        constraints: ClassVar = [models.UniqueConstraint(fields=["stream_kind", "stream_id"], name="one_card_a_stream")]
        indexes: ClassVar = [
            models.Index(fields=["stream_kind", "state", "-updated"], name="card_by_state"),
            models.Index(fields=["parent"], name="card_by_parent"),
        ]


class WaitingRow(models.Model):
    """One thing that waits on a card: for which duty, since when, until when (0: no term)."""

    card = models.ForeignKey(CardRow, on_delete=models.CASCADE, related_name="waiting")
    duty = models.CharField(max_length=20)
    step = models.CharField(max_length=60)
    since = models.BigIntegerField()
    due = models.BigIntegerField()

    class Meta:
        db_table = "store_waiting"
        indexes: ClassVar = [models.Index(fields=["duty", "since"], name="waiting_for_duty")]


class Term(models.Model):
    """By which ids and tokens a stream is found (`cotejo.rules.cases.Fold.terms`)."""

    index = models.CharField(max_length=40)
    term = models.CharField(max_length=128)
    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)

    class Meta:
        db_table = "store_term"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["index", "term", "stream_kind", "stream_id"], name="one_line_a_term")
        ]
        indexes: ClassVar = [models.Index(fields=["stream_kind", "stream_id"], name="terms_of_stream")]


class SearchName(models.Model):
    """One folded word of a name of a stream. UNLOGGED."""

    word = models.CharField(max_length=80)
    stream_kind = models.CharField(max_length=20)
    stream_id = models.CharField(max_length=64)

    class Meta:
        db_table = "store_search_name"
        indexes: ClassVar = [
            models.Index(fields=["word"], name="search_by_word", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["stream_kind", "stream_id"], name="search_of_stream"),
        ]


class SearchState(models.Model):
    """One row when the search names are whole; none after a crash. UNLOGGED. `done` of `total` while rebuilding."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    done = models.BigIntegerField()
    total = models.BigIntegerField()
    whole = models.BooleanField()

    class Meta:
        db_table = "store_search_state"
