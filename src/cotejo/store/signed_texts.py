"""Keeping signed texts about a case beside its acts, and giving them back (`cotejo.store.models.signed`).

1. A message is kept under the case the transaction that told it or took it in wrote to, and so is its receipt. What
   changed no case (refused, unknown, erased) leaves no text (I6, I11).
2. The status list a decision rested on is kept with the decision. When a newer one came meanwhile the decision is taken
   again on that one: nobody decides on a list that is no longer the newest (I5).
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.actions.unit import Conflict, StatusHeld
from cotejo.proof.exact import sha256
from cotejo.rules.acts import Entry, Millis, NewAct, Stream, StreamKind
from cotejo.rules.review_acts import Decided, TakenIn
from cotejo.store import rows as table
from cotejo.store.locks import lock_streams
from cotejo.store.models import Inbox, Outbox, SignedText, StatusRow, StatusText, Term
from cotejo.store.vault import NotOpened, OpenKey, Vault, open_sealed, seal

CASES: Final = frozenset({StreamKind.DOSSIER, StreamKind.REVIEW})


class What(StrEnum):
    """What kind of signed text it is."""

    MESSAGE = "message"
    RECEIPT = "receipt"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A signed text as it is given back: what it is, with whom it was exchanged, whether we signed it, its number."""

    what: What
    partner: str
    ours: bool
    number: int
    signed: bytes


def cases_of(acts: Iterable[NewAct]) -> tuple[Stream, ...]:
    """Return the cases these acts change, in order, each once."""
    return tuple(dict.fromkeys(each.stream for each in acts if each.stream.kind in CASES))


def case_of(request: str, partner: str, cases: Mapping[Stream, OpenKey], *, using: str) -> Stream | None:
    """Return which of these cases a request of ours or of this partner is about."""
    if not request or len(cases) <= 1:
        return next(iter(cases), None) if request else None
    named = Term.objects.using(using).filter(
        index__in=("dossier.request", "review.request"), term__in=(request, f"{partner}/{request}")
    )
    known = {Stream(StreamKind(kind), id_) for kind, id_ in named.values_list("stream_kind", "stream_id")}
    return next((each for each in cases if each in known), None)


def keep(case: Stream, *texts: Text, key: OpenKey, using: str) -> None:
    """Keep texts under their case and its living key, each once; the caller holds the case's lock."""
    rows = [_row(case, text, key, secrets.token_hex(16)) for text in texts]
    table.add(rows, using=using, more=table.ON_CONFLICT_NOTHING)


def _row(case: Stream, text: Text, key: OpenKey, token: str) -> SignedText:
    return SignedText(
        stream_kind=case.kind,
        stream_id=case.id,
        what=text.what,
        partner=text.partner,
        ours=text.ours,
        number=text.number,
        key=key.id,
        token=token,
        sealed=seal(key.key, text.signed, about=_about(token)),
    )


def texts_of(case: Stream, *, vault: Vault, using: str) -> tuple[Text, ...]:
    """Return all texts kept of a case, in the order in which they came; none of one that was erased."""
    rows = list(SignedText.objects.using(using).filter(stream_kind=case.kind, stream_id=case.id).order_by("id"))
    keys = vault.keys_of(*{row.key for row in rows})
    return tuple(
        Text(
            what=What(row.what),
            partner=row.partner,
            ours=row.ours,
            number=row.number,
            signed=open_sealed(keys[row.key].key, bytes(row.sealed), about=_about(row.token)),
        )
        for row in rows
        if row.key in keys
    )


def keep_receipt(message: Outbox, signed: bytes, *, vault: Vault, now: Millis, using: str) -> None:
    """Keep the receipt of a message of ours beside the message, if that is kept. Inside the caller's transaction."""
    here = SignedText.objects.using(using).filter(
        what=What.MESSAGE, partner=message.partner, ours=True, number=message.seq
    )
    text = Text(what=What.RECEIPT, partner=message.partner, ours=False, number=message.seq, signed=signed)
    for row in here if signed else ():
        case = Stream(StreamKind(row.stream_kind), row.stream_id)
        lock_streams([case], using=using)
        if here.filter(id=row.id).exists():
            keep(case, text, key=vault.key_for_sealing(case, now=now), using=using)


def forget(case: Stream, *, using: str) -> None:
    """Take away all texts of a case that is erased."""
    SignedText.objects.using(using).filter(stream_kind=case.kind, stream_id=case.id).delete()


def unfit(*, vault: Vault, using: str) -> Iterator[str]:
    """Name every text that does not open, or is not the message its line holds under that number."""
    for row in SignedText.objects.using(using).order_by("id").iterator():
        key = vault.keys_of(row.key).get(row.key)
        name = f"{row.what} {row.number}, {row.partner}, {row.stream_kind}:{row.stream_id}"
        try:
            signed = open_sealed(key.key, bytes(row.sealed), about=_about(row.token)) if key else b""
        except NotOpened:
            signed = b""
        if not signed or (row.what == What.MESSAGE and not _in_line(row, sha256(signed).hex(), using)):
            yield name


def _in_line(row: SignedText, digest: str, using: str) -> bool:
    here = {"partner": row.partner, "seq": row.number, "sha256": digest}
    line = Outbox.objects.using(using) if row.ours else Inbox.objects.using(using)
    return line.filter(**here).exists()


def keep_newest(held: StatusHeld, *, using: str) -> None:
    """Keep the signed text of the list that is now the newest of its partner; the caller has just kept the list."""
    newest = StatusRow.objects.using(using).filter(partner=held.partner, issued=held.issued).exists()
    if held.signed and newest:
        StatusText.objects.using(using).update_or_create(
            partner=held.partner, defaults={"issued": held.issued, "signed": held.signed}
        )


def keep_status(entries: Iterable[Entry], history: Sequence[Entry], *, key: OpenKey, using: str) -> None:
    """Keep the list each new decision rested on (rule 2). Raises `Conflict` when it is no longer the newest."""
    for entry in entries:
        if not isinstance(entry.act, Decided) or not entry.act.status_issued:
            continue
        partner = next((each.act.from_partner for each in history if isinstance(each.act, TakenIn)), "")
        held = StatusRow.objects.using(using).filter(partner=partner).select_for_update().first()
        if held is not None and held.issued != entry.act.status_issued:
            raise Conflict("a newer status list came while this was decided")
        text = StatusText.objects.using(using).filter(partner=partner, issued=entry.act.status_issued).first()
        if text is not None:
            kept = Text(what=What.STATUS, partner=partner, ours=False, number=text.issued, signed=bytes(text.signed))
            keep(entry.stream, kept, key=key, using=using)


def _about(token: str) -> str:
    return f"signed:{token}"
