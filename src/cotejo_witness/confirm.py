"""The one thing a witness does: confirm a checkpoint that continues what it confirmed before, or say why not.

The order of checks and the numbers of the answers are those of c2sp.org/tlog-witness; every refusal is a sentence.
The new state is on disk before the confirmation leaves this function.
"""

from dataclasses import dataclass, replace

from cotejo.proof.checkpoint import Checkpoint, cosign, open_checkpoint
from cotejo.proof.notes import read_note
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.witnessing import AddCheckpoint
from cotejo_witness.heads import daily_line
from cotejo_witness.memory import Memory, Watched

_STATUS = {
    Reason.UNKNOWN_LOG: 404,
    Reason.BAD_SIGNATURE: 403,
    Reason.LOG_TWO_FACES: 409,
    Reason.LOG_REWRITTEN: 422,
    Reason.TOO_LARGE: 413,
}
_BAD_REQUEST, _CONFLICT, _OK = 400, 409, 200
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A number of HTTP, a content type and a body."""

    status: int
    body: str
    kind: str = TEXT


def confirm(memory: Memory, body: bytes, *, now: int) -> Answer:
    """Answer a request to confirm a checkpoint at `now` (ms UTC)."""
    try:
        request = AddCheckpoint.from_bytes(body)
        origin = Checkpoint.from_text(read_note(request.checkpoint).text).origin
        with memory.locked():
            watched = memory.find(origin)
            if watched is None:
                return _refusal(ProofError(Reason.UNKNOWN_LOG, origin[:100]))
            return _confirm(memory, watched, request, now=now)
    except ProofError as error:
        return _refusal(error)


def _confirm(memory: Memory, watched: Watched, request: AddCheckpoint, *, now: int) -> Answer:
    held, new = watched.held, open_checkpoint(request.checkpoint, watched.log)
    if request.old > new.size:
        raise ProofError(Reason.BAD_CHECKPOINT, f"{new.size} entries cannot continue {request.old}")
    if new.size == held.size and new.root != held.root:
        memory.keep_evidence(watched, request.checkpoint)
    elif request.old != held.size:
        return Answer(status=_CONFLICT, body=f"{held.size}\n", kind=SIZE)
    request.continuing(held, watched.log)
    line = cosign(request.checkpoint, log=watched.log, name=memory.name, key=memory.key, now=now)
    if daily := daily_line(watched, new, read_note(request.checkpoint), now=now):
        memory.keep_head(daily)
    memory.keep(replace(watched, held=new, signed=request.checkpoint.decode("utf-8"), confirmed=now))
    return Answer(status=_OK, body=line.text())


def _refusal(error: ProofError) -> Answer:
    sentences = f"{error.reason.en}\n{error.reason.es}\n({error.detail})\n"
    return Answer(status=_STATUS.get(error.reason, _BAD_REQUEST), body=sentences)
