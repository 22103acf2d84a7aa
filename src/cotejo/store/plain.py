"""What stands in the clear in the node's own tables, column by column, and why it may; a test compares the schema.

1. Plain, logged columns hold ids, states, codes, months, counts, user ids and times. What is said about a person is
   sealed (`SEALED`), or stands for something without saying it (`COMMITMENT`), or is in a table that is never logged.
2. A column that is not listed here does not exist; whoever adds one says here what it holds.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ID: Final = "id or name of a node"
STATE: Final = "state or yes and no"
CODE: Final = "code from a closed list"
COUNT: Final = "number, place or version"
USER: Final = "this agency's officer"
TIME: Final = "time in milliseconds UTC"
SEALED: Final = "sealed bytes"
COMMITMENT: Final = "hash, root, salt or keyed token"
PUBLISHED: Final = "published by both agencies: agreement, keys, status bits"
UNLOGGED: Final = "in a table that is never logged nor backed up"

_STREAM: Final = {"stream_kind": CODE, "stream_id": ID}
_LINE: Final = {"partner": ID, "mid": ID, "seq": COUNT, "kind": CODE, "sha256": COMMITMENT, "commitment": COMMITMENT}
_DOING: Final = {"at": TIME, "by": USER, "duty": CODE, "purpose": CODE}

PLAIN: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "store_officer": {
            "id": ID,
            **dict.fromkeys(("username", "name", "unit", "chain", "duties", "is_active", "password"), USER),
            **dict.fromkeys(("added_at", "last_login"), TIME),
        },
        "store_cache": {"cache_key": COMMITMENT, "value": COUNT, "expires": TIME},
        "store_act": {
            "leaf_id": COUNT,
            **_STREAM,
            **_DOING,
            "version": COUNT,
            "rules": CODE,
            "code": CODE,
            "body_commitment": COMMITMENT,
            "key": ID,
            "salt": COMMITMENT,
            "statistics": CODE,
            "statistics_salt": COMMITMENT,
        },
        "store_trace": {
            "leaf_id": COUNT,
            **_DOING,
            "what": CODE,
            "subject": ID,
            "case": ID,
            "codes": CODE,
            "salt": COMMITMENT,
            "statistics": CODE,
            "statistics_salt": COMMITMENT,
        },
        "store_house_leaf": {"index": COUNT, "leaf": COMMITMENT, "root": COMMITMENT},
        "store_log_head": {"name": ID, "size": COUNT, "frontier": COMMITMENT, "at": TIME},
        "store_unit_key": {
            "id": ID,
            **_STREAM,
            "epoch": COUNT,
            "wrapped": SEALED,
            "made_at": TIME,
            "destroyed_at": TIME,
        },
        "store_vault_item": {"id": COUNT, **_STREAM, "version": COUNT, "sealed": SEALED},
        "store_local_number": {"id": COUNT, **_STREAM, "number": COUNT},
        "store_card": {
            "id": COUNT,
            **_STREAM,
            "number": COUNT,
            "state": STATE,
            "partner": ID,
            "route": CODE,
            "parent": ID,
            "facets": CODE,
            "version": COUNT,
            "updated": TIME,
        },
        "store_waiting": {"id": COUNT, "card_id": COUNT, "duty": CODE, "step": CODE, "since": TIME, "due": TIME},
        "store_term": {"id": COUNT, "index": CODE, "term": ID, **_STREAM},
        "store_search_name": {"id": COUNT, "word": UNLOGGED, **_STREAM},
        "store_search_state": {"id": COUNT, "done": COUNT, "total": COUNT, "whole": STATE},
        "store_partner": {
            "name": ID,
            "agreement": PUBLISHED,
            "agreement_signed": PUBLISHED,
            "key_document": PUBLISHED,
            "sequence_in": COUNT,
            "sequence_out": COUNT,
            "last_in": COMMITMENT,
            "last_out": COMMITMENT,
            "paused": STATE,
            "updated": TIME,
        },
        "store_outbox": {
            "id": COUNT,
            **_LINE,
            "request": ID,
            "version": COUNT,
            "body": SEALED,
            "queued_at": TIME,
            "at": TIME,
            "state": STATE,
            "tries": COUNT,
            "next_try": TIME,
            "outcome": CODE,
            "gaps": CODE,
            "receipted_at": TIME,
        },
        "store_sealed_part": {
            "id": COUNT,
            "partner": ID,
            "mid": ID,
            "place": COUNT,
            "name": COMMITMENT,
            "body": SEALED,
        },
        "store_scheduled": {"id": COUNT, "partner": ID, "at": TIME, "key": ID, "token": ID, "sealed": SEALED},
        "store_inbox": {
            "id": COUNT,
            **_LINE,
            "request": ID,
            "version": COUNT,
            "outcome": CODE,
            "receipt": SEALED,
            "at": TIME,
        },
        "store_link_leaf": {
            "id": COUNT,
            "partner": ID,
            "index": COUNT,
            "leaf": COMMITMENT,
            "root": COMMITMENT,
            "outgoing": STATE,
            "mid": ID,
        },
        "store_line_digest": {
            "id": COUNT,
            "partner": ID,
            "outgoing": STATE,
            "size": COUNT,
            **dict.fromkeys(("frontier", "last", "outcomes"), COMMITMENT),
        },
        "store_line_trouble": {
            "partner": ID,
            "code": CODE,
            **dict.fromkeys(("expected", "times"), COUNT),
            **dict.fromkeys(("since", "at"), TIME),
        },
        "store_floor": {"id": COUNT, "origin": ID, "request": ID, "version": COUNT, "at": TIME},
        "store_slot": {"id": COUNT, "partner": ID, "slot": COUNT, "state": STATE, "at": TIME},
        "store_status_held": {
            "partner": ID,
            "number": COUNT,
            "issued": TIME,
            "expires": TIME,
            "bits": PUBLISHED,
            "received_at": TIME,
        },
        "store_signed_text": {
            "id": COUNT,
            **_STREAM,
            "what": CODE,
            "partner": ID,
            "ours": STATE,
            "number": COUNT,
            "key": ID,
            "token": ID,
            "sealed": SEALED,
        },
        "store_status_text": {"partner": ID, "issued": TIME, "signed": PUBLISHED},
        "store_due": {"id": COUNT, "kind": CODE, **_STREAM, "at": TIME, "taken_until": TIME},
        "store_register_row": {"id": ID, "key": ID, "sealed": SEALED, "digest": COMMITMENT, "change": COUNT},
        "store_register_gone": {"id": ID, "change": COUNT},
        "store_register_incoming": {"id": ID, "key": ID, "sealed": SEALED, "digest": COMMITMENT, "line": COUNT},
        "store_register_import": {
            "id": COUNT,
            "delivery": ID,
            "source": COMMITMENT,
            "mapping": CODE,
            **dict.fromkeys(("place", "offset", "good", "bad"), COUNT),
            "last_id": ID,
            "problems": CODE,
            "counts": COUNT,
            "finished": STATE,
        },
        "store_register_state": {
            "id": COUNT,
            "as_of": TIME,
            "imported_at": TIME,
            "imported_by": USER,
            "reason": CODE,
            "change": COUNT,
            "generation": ID,
            "indexed": COUNT,
        },
        "store_document_file": {
            "id": COUNT,
            "token": COMMITMENT,
            **_STREAM,
            "key": ID,
            "file": ID,
            "size": COUNT,
        },
    }
)
